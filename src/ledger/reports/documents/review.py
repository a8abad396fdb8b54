"""What an import would do, as users hold it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import LanguageWord
from ledger.domain.events import Event
from ledger.domain.finding import Finding, tally
from ledger.domain.settings import Settings
from ledger.json_shapes.of_reports import ReviewJson
from ledger.messages import Language, Message
from ledger.reports.documents.base import (
    LedgerDocument,
    Rendering,
    renderer,
    rendering,
)
from ledger.reports.values.reviewed_sheets import ReviewedSheet
from ledger.reports.values.summaries import counted
from ledger.reports.values.tidy_rows import whole_rows


def _unmarked(_: Language) -> Sequence[ReviewedSheet]:
    return ()


@all_checked
@frozen(kw_only=True, repr=False)
class Review(LedgerDocument):
    """
    What an import would do.

    Attributes:
        events: What would be recorded; nothing where a finding is an error.

        findings: What there is to note.

        settings: Those of the ledger.

        marked: Returns the sheets of the files, their findings in a language at the
            cells that they are about.
    """

    events: Sequence[Event]
    findings: Sequence[Finding]
    settings: Settings = field(eq=False)
    marked: Callable[[Language], Sequence[ReviewedSheet]] = field(
        default=_unmarked, eq=False
    )

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("review", "tables", "language"),
        "json": rendering(None, "to_dict", "language"),
        "xlsx": rendering("review_workbook", "workbook", "language"),
    }

    def summary(self) -> Iterable[Message | str]:
        """Return how many events and findings there are."""
        yield counted("events", len(self.events))
        yield tally(self.findings)

    def to_dict(self, language: Language | LanguageWord | None = None) -> ReviewJson:
        """
        Return the review as JSON values, its words in the ledger's or in *language*.

        Raises:
            InvalidInput: There is no such language.
        """
        found: ReviewJson = renderer("review").values(self, language)
        return found

    def to_records(
        self, table: str = "events", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each event that would be recorded, or for each finding.

        Args:
            table: ``events`` or ``findings``.

            wide: Changes nothing: each row has all that there is of its thing.

        Raises:
            InvalidInput: There is no such table.
        """
        shown = self.to_dict()
        tables: dict[str, Callable[[], Sequence[Mapping[str, Any]]]] = {
            "events": lambda: shown["would_record"],
            "findings": lambda: shown["findings"],
        }
        return whole_rows(tables, table, wide=wide)

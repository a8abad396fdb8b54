"""The figures that changed between two moments of knowledge, as users hold them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import field, frozen

from ledger.audit.audit_document import AuditDocument
from ledger.audit.changes import Difference, caused_by
from ledger.audit.figure_words import changed_in_words
from ledger.domain.choice_words import LanguageWord
from ledger.domain.error_language import all_in_own_language
from ledger.domain.settings import Settings
from ledger.json_shapes.of_audits import DifferencesJson
from ledger.messages import Language, Message, message
from ledger.reports.documents.base import LedgerDocument
from ledger.reports.values.outline import Outline, OutlineLine
from ledger.reports.values.tidy_rows import whole_rows
from ledger.reports.vocabulary import language_or


@all_in_own_language
@frozen(kw_only=True, repr=False)
class Differences(AuditDocument, LedgerDocument):
    """
    Which figures about a day changed between two moments of knowledge, and by what.

    It is iterated over figure by figure.

    Attributes:
        through: The day that the figures go to.

        earlier, later: Facts recorded up to these positions were compared.

        settings: Of the ledger, whose language and scale it speaks.
    """

    through: date
    earlier: int
    later: int
    figures: tuple[Difference, ...]
    settings: Settings = field(eq=False)

    def __iter__(self) -> Iterator[Difference]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)

    def summary(self) -> Iterable[Message | str]:
        """Return the day, both positions, and how many figures changed."""
        yield f"{self.through}"
        yield f"{self.earlier} → {self.later}"
        yield message("summary.changed", count=len(self.figures))

    def outline(self, language: Language) -> Outline:
        """Return a line for each figure that changed, and their number."""
        del language
        lines = [
            message(
                "line.figure",
                causes=caused_by(one),
                **changed_in_words(one.path, one.issued, one.computed, self.settings),
            )
            for one in self.figures
        ]
        lines.append(message("line.changed", count=len(lines)))
        return Outline(lines=tuple(map(OutlineLine, lines)))

    def to_dict(
        self, language: Language | LanguageWord | None = None
    ) -> DifferencesJson:
        """
        Return it as JSON values, its words in its own language or *language*.

        Raises:
            InvalidInput: There is no such language.
        """
        spoken = language_or(language, self.language)
        return {
            "through": self.through.isoformat(),
            "earlier": self.earlier,
            "later": self.later,
            "figures": [each.to_dict(spoken) for each in self.figures],
        }

    def to_records(
        self, table: str = "figures", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return a row for each figure, or for each event that changed one.

        Args:
            table: ``figures`` or ``causes``.

            wide: Changes nothing: each row has all that there is of its thing.

        Raises:
            InvalidInput: There is no such table.
        """
        tables = {"figures": self._figures, "causes": self._causes}
        return whole_rows(tables, table, wide=wide)

    def _figures(self) -> list[dict[str, Any]]:
        return [
            {"path": one.path, "issued": one.issued, "computed": one.computed}
            for one in self.figures
        ]

    def _causes(self) -> list[dict[str, Any]]:
        return [
            {"path": one.path, **cause.to_dict(self.language)}
            for one in self.figures
            for cause in one.causes
        ]

"""The monthly report as users hold it: its values, and what they are shown as."""

from collections.abc import Iterable, Mapping
from typing import IO, Any, ClassVar

from attrs import frozen

from ledger.domain.choice_words import LanguageWord
from ledger.domain.error_language import all_in_own_language
from ledger.json_shapes.of_reports import MonthlyReportJson
from ledger.messages import Language, Message
from ledger.reports.documents.base import (
    LedgerDocument,
    Rendering,
    printed,
    renderer,
    rendering,
)
from ledger.reports.documents.portfolio import Portfolio
from ledger.reports.values.monthly import MonthlyValues
from ledger.reports.values.summaries import counted, money, position
from ledger.reports.values.tidy_rows import of_report


@all_in_own_language
@frozen(kw_only=True, repr=False)
class MonthlyReport(LedgerDocument, MonthlyValues):
    """
    Spending against plan and attainment against target at the end of a month.

    Its figures are those of :class:`MonthlyValues`.
    """

    renderings: ClassVar[Mapping[str, Rendering]] = {
        "text": rendering("monthly_text", "shown", "language", "project"),
        "json": rendering(None, "to_dict"),
        "csv": rendering("monthly_table", "csv", "language", "table"),
        "html": rendering("html", "page", "language", "progress"),
        "xlsx": rendering("monthly_workbook", "workbook", "language", "progress"),
    }

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the figures, in hex; in its receipt."""
        as_json = renderer("json")
        found: str = as_json.digest(as_json.figures(self))
        return found

    def summary(self) -> Iterable[Message | str]:
        """Return month, projects, budget, execution and position."""
        yield self.month
        yield counted("projects", len(self.projects))
        yield from money(self.totals, self.settings)
        yield position(self.position)

    def to_dict(self) -> MonthlyReportJson:
        """Return the report in the stable shape of its JSON form."""
        found: MonthlyReportJson = renderer("json").report(self)
        return found

    def to_records(
        self, table: str = "months", *, wide: bool = False
    ) -> list[dict[str, Any]]:
        """
        Return rows for data frames, one for each figure; see the how-to.

        Args:
            table: ``months`` for the money, project × month × figure, or
                ``indicators``.

            wide: One row for all figures of a project's month, or of an indicator.

        Raises:
            InvalidInput: There is no such table.
        """
        return of_report(self, table, wide=wide)

    def portfolio(self) -> Portfolio:
        """Return the same figures by unit, source, group, rank and month."""
        return Portfolio.of(self)

    def print(
        self,
        file: IO[str] | None = None,
        width: int | None = None,
        *,
        project: str | None = None,
        language: Language | LanguageWord | None = None,
    ) -> None:
        """
        Print the report, or one *project* in detail, to a terminal or to *file*.

        Raises:
            InvalidInput: There is no such language.
            UnknownProject: It is not in the report.
        """
        printed(self, file, width, {"project": project, "language": language})

"""The monthly report as users hold it: its values, and what they are shown as."""

import os
from typing import IO, TYPE_CHECKING, Any

from attrs import frozen

from ledger.domain.progress import Progress, silent
from ledger.output import write
from ledger.reports.documents.base import Rendered, renderer
from ledger.reports.documents.portfolio import Portfolio
from ledger.reports.values.monthly import MonthlyValues
from ledger.reports.values.tidy_rows import RECORDS

if TYPE_CHECKING:
    from rich.console import RenderableType


@frozen(kw_only=True)
class MonthlyReport(MonthlyValues, Rendered):
    """
    Spending against plan and attainment against target at the end of a month.

    Its figures are those of :class:`MonthlyValues`.
    """

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the figures, in hex; in its receipt."""
        as_json = renderer("json")
        found: str = as_json.digest(as_json.figures(self))
        return found

    def to_dict(self) -> dict[str, object]:
        """Return the report in the stable shape of its JSON form."""
        as_json = renderer("json")
        found: dict[str, object] = as_json.report(self)
        return found

    def to_csv(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        table: str = "projects",
        language: str | None = None,
    ) -> str:
        """
        Return a table as CSV, and write it to *path* if there is one.

        The file begins with a byte order mark, so that spreadsheets read it as UTF-8;
        the text that is returned does not.

        Args:
            table: ``projects``, ``indicators`` or ``months``.

            language: Of heads and statuses; without one they are those of the JSON.

        Raises:
            InvalidInput: There is no such table or language, or it cannot be written.
        """
        as_table, tables = renderer("table"), renderer("monthly_table").TABLES
        made = as_table.chosen(tables, table)(self)
        found: str = as_table.csv(made, self.settings, path, language)
        return found

    def to_records(self, table: str = "months") -> list[dict[str, Any]]:
        """
        Return tidy rows for data frames, one for each figure; see the how-to.

        Args:
            table: ``months`` for the money, project × month × figure, or
                ``indicators``.

        Raises:
            InvalidInput: There is no such table.
        """
        return list(renderer("table").chosen(RECORDS, table)(self))

    def portfolio(self) -> Portfolio:
        """Return the same figures by unit, source, group, rank and month."""
        return Portfolio.of(self)

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        progress: Progress = silent,
    ) -> None:
        """
        Write the report as one HTML page that needs nothing else.

        Args:
            language: ``zh`` or ``en``; by default the ledger's.

            progress: Called with how many more projects were written, of how many.

        Raises:
            InvalidInput: It cannot be written, or there is no such language.
            LogError: The ledger was closed: the page lists its events.
        """
        html = renderer("html")
        write(path, html.page(self, language, progress))

    def to_workbook(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        progress: Progress = silent,
    ) -> None:
        """
        Write the report as a workbook: projects, indicators, months with a chart.

        Totals and rates are formulas. The official forms are those of
        :meth:`Ledger.monitoring` and :meth:`Ledger.self_evaluation`.

        Args:
            language: ``zh`` or ``en``; by default the ledger's.

            progress: Called with how many more projects were written, of how many.

        Raises:
            InvalidInput: It cannot be written, or there is no such language.
        """
        monthly_workbook = renderer("monthly_workbook")
        write(path, [monthly_workbook.workbook(self, language, progress)])

    def to_text(
        self,
        width: int = 100,
        *,
        project: str | None = None,
        language: str | None = None,
    ) -> str:
        """
        Return the report, or one *project* in detail, as plain text.

        Args:
            width: Columns at most.

            language: ``zh`` or ``en``; by default the ledger's.

        Raises:
            InvalidInput: There is no such language.
            UnknownProject: It is not in the report.
        """
        terminal = renderer("terminal")
        found: str = terminal.rendered(self._text(project, language), width)
        return found

    def print(
        self,
        file: IO[str] | None = None,
        width: int | None = None,
        *,
        project: str | None = None,
        language: str | None = None,
    ) -> None:
        """
        Print the report, or one *project* in detail, to a terminal or to *file*.

        Raises:
            InvalidInput: There is no such language.
            UnknownProject: It is not in the report.
        """
        terminal = renderer("terminal")
        terminal.put(self._text(project, language), file, width)

    def _text(self, project: str | None, language: str | None) -> "RenderableType":
        monthly_text = renderer("monthly_text")
        found: RenderableType = (
            monthly_text.report(self, language)
            if project is None
            else monthly_text.detail(self, self.project(project), language)
        )
        return found

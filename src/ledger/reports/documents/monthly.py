"""The monthly report as users hold it: its values, and what they are shown as."""

import os
from collections.abc import Iterable, Mapping
from typing import IO, Any, ClassVar, Literal, TypedDict, Unpack, overload

from attrs import frozen

from ledger.domain.error_language import all_in_own_language
from ledger.domain.progress import Progress
from ledger.json_shapes.of_reports import MonthlyReportJson
from ledger.messages import Language, Message
from ledger.reports.documents.base import (
    Document,
    Rendering,
    printed,
    renderer,
    rendering,
    whole,
    written,
)
from ledger.reports.documents.portfolio import Portfolio
from ledger.reports.values.monthly import MonthlyValues
from ledger.reports.values.summaries import counted, money, position
from ledger.reports.values.tidy_rows import of_report


class MonthlyOptions(TypedDict, total=False):
    """
    What one may ask of a monthly report in a format.

    Attributes:
        language: ``zh`` or ``en``; by default the ledger's. In a table without one,
            heads and statuses are those of the JSON. JSON has none.

        width: Of a text: columns at most.

        project: Of a text: the one project that is shown, in detail.

        table: Of CSV: ``projects``, ``indicators`` or ``months``.

        progress: Called with how many more projects were written, of how many.
    """

    language: str | None
    width: int
    project: str | None
    table: str
    progress: Progress


@all_in_own_language
@frozen(kw_only=True, repr=False)
class MonthlyReport(Document, MonthlyValues):
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
    def language(self) -> Language:
        """The ledger's."""
        return self.settings.language

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
        as_json = renderer("json")
        found: MonthlyReportJson = as_json.report(self)
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

    @overload
    def render(
        self, format: Literal["xlsx"], **options: Unpack[MonthlyOptions]
    ) -> bytes: ...
    @overload
    def render(
        self,
        format: Literal["text", "json", "csv", "html"],
        **options: Unpack[MonthlyOptions],
    ) -> str: ...
    @overload
    def render(self, format: str, **options: Unpack[MonthlyOptions]) -> str | bytes: ...
    def render(self, format: str, **options: Unpack[MonthlyOptions]) -> str | bytes:
        """
        Return the report as ``text``, ``json``, ``csv``, ``html`` or ``xlsx``.

        A page needs nothing else. Totals and rates of a workbook are formulas; the
        official forms are those of :meth:`Ledger.monitoring` and
        :meth:`Ledger.self_evaluation`.

        Raises:
            InvalidInput: There is no such format, language or table, or an option has
                no effect in the format.
            LogError: A page lists events of the ledger, which was closed and is in no
                file, or in one that is another now.
            UnknownProject: The project is not in the report.
        """
        return whole(self, format, options)

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        format: str | None = None,
        **options: Unpack[MonthlyOptions],
    ) -> None:
        """
        Write the report to a file, whole or not at all, as :meth:`render` makes it.

        Args:
            format: By default that of the ending of *path*.

        Raises:
            InvalidInput: The ending is that of no format, the file cannot be written,
                or as :meth:`render`.
            LogError, UnknownProject: As :meth:`render`.
        """
        written(self, path, format, options)

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
        printed(self, file, width, {"project": project, "language": language})

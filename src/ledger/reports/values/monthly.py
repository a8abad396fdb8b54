"""The monthly attainment report as values: one entry a project, worst first."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import IO, TYPE_CHECKING, Any

import msgspec
from attrs import field, frozen

from ledger.domain.codes import unknown_project
from ledger.domain.finding import Finding
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings
from ledger.domain.weights import ScoringRule
from ledger.output import write
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import (
    ExecutionLine,
    ExecutionTotal,
    Month,
    total,
    total_months,
)
from ledger.projections.policy import BADNESS, Policy, Status
from ledger.reports.document import Rendered
from ledger.reports.values.supporting_events import Entry

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ledger.reports.values.portfolio import Portfolio

_NO_RESULT = Status.NO_RESULT


class ProjectReport(msgspec.Struct, frozen=True, gc=False):
    """
    One project at the end of a month.

    Attributes:
        status: The worst of its money and its indicators; an indicator whose result is
            not due yet does not count.
    """

    execution: ExecutionLine
    indicators: Sequence[AttainmentLine]
    status: Status
    findings: tuple[Finding, ...]

    @classmethod
    def of(
        cls, execution: ExecutionLine, indicators: Sequence[AttainmentLine]
    ) -> "ProjectReport":
        """Put a project's money and its indicators together."""
        status, findings = execution.status, execution.findings
        badness = BADNESS[status]
        for line in indicators:
            if BADNESS[line.status] > badness and (
                line.due or line.status != _NO_RESULT
            ):
                status = line.status
                badness = BADNESS[status]
            if line.findings:
                findings += line.findings
        return cls(execution, indicators, status, findings)

    @property
    def counts(self) -> dict[Status, int]:
        """How many indicators have each status."""
        return counted(line.status for line in self.indicators)


@frozen(kw_only=True)
class UnitReport:
    """A unit's own objectives at the end of a month."""

    unit: str
    name: str
    indicators: Sequence[AttainmentLine]

    @classmethod
    def of(
        cls, unit: str, state: Indicators, indicators: Sequence[AttainmentLine]
    ) -> "UnitReport":
        """Name the unit whose *indicators* these are."""
        return cls(unit=unit, name=state.name, indicators=indicators)


@frozen(kw_only=True)
class MonthlyReport(Rendered):
    """
    Spending against plan and attainment against target at the end of a month.

    Attributes:
        projects: Worst first.

        known_at: The cut of recorded facts that was asked for, if any.

        position: Facts recorded up to this position are in it.

        root: The root over the lines up to there, in hex: a fingerprint of the record.

        origin: The name of the log.

        settings, policy, scoring: The conventions and thresholds that the figures
            follow.

        entries: Returns the events that the figures of a project, or of ``unit:CODE``,
            rest on; it reads them from the ledger, which must still be open.
    """

    through: date
    known_at: str | None
    position: int
    root: str
    origin: str
    settings: Settings
    policy: Policy
    scoring: ScoringRule
    totals: ExecutionTotal
    projects: Sequence[ProjectReport]
    units: Sequence[UnitReport]
    findings: Sequence[Finding]
    entries: Callable[[str], Sequence[Entry]] = field(repr=False, eq=False)

    @classmethod
    def of(
        cls,
        through: date,
        projects: Sequence[ProjectReport],
        units: Sequence[UnitReport],
        *,
        known_at: str | None,
        position: int,
        root: str,
        origin: str,
        settings: Settings,
        policy: Policy,
        scoring: ScoringRule,
        entries: Callable[[str], Sequence[Entry]],
    ) -> "MonthlyReport":
        """Put the report together: totals from sums, projects worst first."""
        lines = [project.execution for project in projects]
        findings = [f for project in projects for f in project.findings]
        findings += [
            f for unit in units for line in unit.indicators for f in line.findings
        ]
        return cls(
            through=through,
            known_at=known_at,
            position=position,
            root=root,
            origin=origin,
            settings=settings,
            policy=policy,
            scoring=scoring,
            entries=entries,
            totals=total(lines, through, settings),
            projects=sorted(projects, key=_worst_first),
            units=units,
            findings=findings,
        )

    @property
    def month(self) -> str:
        """The month as ``YYYY-MM``."""
        return f"{self.through:%Y-%m}"

    @property
    def months(self) -> list[Month]:
        """The twelve months of the fiscal year, each the sum of all projects."""
        lines = (project.execution for project in self.projects)
        return total_months(lines, self.through, self.settings)

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the figures, in hex; in its receipt."""
        from ledger.reports.render import json as as_json

        return as_json.digest(as_json.figures(self))

    def to_dict(self) -> dict[str, object]:
        """Return the report in the stable shape of its JSON form."""
        from ledger.reports.render import json as as_json

        return as_json.report(self)

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
        from ledger.reports.render import table as as_table
        from ledger.reports.render.monthly_table import TABLES

        made = as_table.chosen(TABLES, table)(self)
        return as_table.csv(made, self.settings, path, language)

    def to_records(self, table: str = "months") -> list[dict[str, Any]]:
        """
        Return tidy rows for data frames, one for each figure; see the how-to.

        Args:
            table: ``months`` for the money, project × month × figure, or
                ``indicators``.

        Raises:
            InvalidInput: There is no such table.
        """
        from ledger.reports.render.table import chosen
        from ledger.reports.values.tidy_rows import RECORDS

        return list(chosen(RECORDS, table)(self))

    def portfolio(self) -> "Portfolio":
        """Return the same figures by unit, source, group, rank and month."""
        from ledger.reports.values.portfolio import Portfolio

        return Portfolio.of(self)

    def project(self, code: str) -> ProjectReport:
        """
        Return one project of the report.

        Raises:
            UnknownProject: It is not in it.
        """
        for project in self.projects:
            if project.execution.project == code:
                return project
        raise unknown_project(code)

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
    ) -> None:
        """
        Write the report as one HTML page that needs nothing else.

        Args:
            language: ``zh`` or ``en``; by default the ledger's.

            progress: Is handed the projects, and yields them one by one.

        Raises:
            InvalidInput: It cannot be written, or there is no such language.
            LogError: The ledger was closed: the page lists its events.
        """
        from ledger.reports.render import html

        write(path, html.page(self, language, progress))

    def to_workbook(
        self,
        path: str | os.PathLike[str],
        *,
        language: str | None = None,
        progress: Callable[[Sequence[Any]], Iterable[Any]] = iter,
    ) -> None:
        """
        Write the report as a workbook: projects, indicators, months with a chart.

        Totals and rates are formulas. The official forms are those of
        :meth:`Ledger.monitoring` and :meth:`Ledger.self_evaluation`.

        Args:
            language: ``zh`` or ``en``; by default the ledger's.

            progress: Is handed the projects, and yields them one by one.

        Raises:
            InvalidInput: It cannot be written, or there is no such language.
        """
        from ledger.reports.render import monthly_workbook

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
        from ledger.reports.render import terminal

        return terminal.rendered(self._text(project, language), width)

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
        from ledger.reports.render import terminal

        terminal.put(self._text(project, language), file, width)

    def _text(self, project: str | None, language: str | None) -> "RenderableType":
        from ledger.reports.render import monthly_text

        if project is None:
            return monthly_text.report(self, language)
        return monthly_text.detail(self, self.project(project), language)


def counted(statuses: Iterable[Status]) -> dict[Status, int]:
    """Return how often each status that occurs does."""
    found = list(statuses)
    return {status: found.count(status) for status in Status if status in found}


def _worst_first(project: ProjectReport) -> tuple[int, int, int, str]:
    line = project.execution
    return -BADNESS[project.status], -BADNESS[line.status], line.pace, line.project

"""The monthly attainment report as values: one line for each project, worst first."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, Self

import msgspec
from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.codes import unknown_project
from ledger.domain.finding import Finding
from ledger.domain.period_events import PeriodReopened
from ledger.domain.periods import Lock, Periods
from ledger.domain.policies import Judging
from ledger.domain.policy import Policy
from ledger.domain.results import Indicators
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.settings import Settings
from ledger.domain.status import Status, badness, badness_at_end
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine, total_months
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.projections.forecast import forecast
from ledger.projections.months import Month
from ledger.projections.shared_vouchers import shared_vouchers
from ledger.reports.values.part import ReportPart, part_of
from ledger.reports.values.supporting_events import RecordedFigures


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
        worst = status.row.badness
        for line in indicators:
            row = line.status.row
            if row.badness > worst:
                status, worst = line.status, row.badness
            if line.findings:
                findings += line.findings
        if status is _BEHIND and execution.elapsed == 1:
            every = [status, *(line.status for line in indicators)]
            status = max(every, key=badness_at_end)
        return cls(execution, indicators, status, findings)

    @property
    def money_status(self) -> Status:
        """The status of its money alone."""
        return self.execution.status

    @property
    def calendar_status(self) -> Status:
        """What its money would be judged by the calendar alone."""
        return self.execution.calendar_status

    @property
    def closed_on(self) -> date | None:
        """The day of its closing, where it was closed by the date."""
        return self.execution.closed_on

    @property
    def days_overdue(self) -> int:
        """How many days ago the first commitment that is overdue was due."""
        return self.execution.days_overdue

    @property
    def forecast(self) -> Decimal | None:
        """What will be disbursed by the year's end at the pace so far."""
        return forecast(self.execution)

    @property
    def counts(self) -> dict[Status, int]:
        """How many indicators have each status."""
        return counted(line.status for line in self.indicators)


_BEHIND: Final = Status.BEHIND
_NEVER_CLOSED: Final = Periods()


@all_checked
@frozen(kw_only=True)
class UnitReport:
    """
    A unit's own objectives at the end of a month.

    Attributes:
        findings: What is to be put right, other than doubts about its indicators.
    """

    unit: str
    name: str
    indicators: Sequence[AttainmentLine]
    findings: tuple[Finding, ...] = ()

    @classmethod
    def of(
        cls, unit: str, state: Indicators, indicators: Sequence[AttainmentLine]
    ) -> "UnitReport":
        """Name the unit whose *indicators* these are."""
        return cls(unit=unit, name=state.name, indicators=indicators)

    @property
    def every_finding(self) -> list[Finding]:
        """What is doubted of its indicators, and what is to be put right."""
        doubts = (doubt for line in self.indicators for doubt in line.findings)
        return [*doubts, *self.findings]


@frozen(kw_only=True)
class ClosedPeriod:
    """
    The last closing of all units or of one, and what was reopened of its scope.

    Attributes:
        reopened: In order; what was recorded under each is in the register of closed
            months.
    """

    lock: Lock
    reopened: Sequence[PeriodReopened]


@frozen(kw_only=True)
class MonthlyValues:
    """
    Spending against plan and attainment against target at the end of a month.

    Attributes:
        projects: Worst first.

        known_at: The cut of recorded facts that was asked for, if any.

        position: Facts recorded up to this position are in it.

        root: The root over the lines up to there, in hex: a fingerprint of the record.

        origin: The name of the log.

        settings: The conventions that the figures follow.

        judging: The thresholds that they are judged by, and whose those are.

        periods: What was closed and reopened by its position.

        selection: The unit or the project that it is of, where it is of one.

        supporting_events: Returns the events that the figures of a project or of a unit
            rest on; it reads them from the ledger, or from its file where that was
            closed since.
    """

    through: date
    known_at: str | None
    position: int
    root: str
    origin: str
    settings: Settings
    judging: Judging
    totals: ExecutionTotal
    projects: Sequence[ProjectReport]
    units: Sequence[UnitReport]
    findings: Sequence[Finding]
    supporting_events: RecordedFigures = field(repr=False, eq=False)
    periods: Periods = field(repr=False, default=_NEVER_CLOSED)
    selection: Selection = EVERYTHING

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
        judging: Judging,
        supporting_events: RecordedFigures,
        periods: Periods,
        selection: Selection,
        earlier_orders: Iterable[Finding],
    ) -> Self:
        """
        Put the report together: totals from sums, projects worst first.

        Args:
            earlier_orders: What is to be put right still of fiscal years before.
        """
        lines = [project.execution for project in projects]
        findings = [f for project in projects for f in project.findings]
        findings += [f for unit in units for f in unit.every_finding]
        findings += earlier_orders
        findings += shared_vouchers((line.budget for line in lines), through, settings)
        return cls(
            through=through,
            known_at=known_at,
            position=position,
            root=root,
            origin=origin,
            settings=settings,
            judging=judging,
            supporting_events=supporting_events,
            periods=periods,
            selection=selection,
            totals=total(lines, through, settings),
            projects=sorted(projects, key=_worst_first),
            units=units,
            findings=findings,
        )

    @property
    def policy(self) -> Policy:
        """What statuses are judged by."""
        return self.judging.policy

    @property
    def scoring(self) -> ScoringRule:
        """What points are given by."""
        return self.judging.scoring

    @property
    def closed(self) -> list[ClosedPeriod]:
        """What is closed of its fiscal year, and what was reopened of that."""
        return closed_periods(self.periods, self.through, self.settings)

    @property
    def month(self) -> str:
        """The month as ``YYYY-MM``."""
        return self.settings.month_of(self.through)

    @property
    def indicators(self) -> list[AttainmentLine]:
        """All indicators, of projects and of units."""
        own = [line for project in self.projects for line in project.indicators]
        return own + [line for unit in self.units for line in unit.indicators]

    @property
    def part(self) -> ReportPart:
        """What it is of, with its name."""
        names = {unit.unit: unit.name for unit in self.units}
        lines = (project.execution for project in self.projects)
        return part_of(self.selection, lines, names)

    @property
    def months(self) -> list[Month]:
        """The twelve months of the fiscal year, each the sum of all projects."""
        lines = (project.execution for project in self.projects)
        return total_months(lines, self.through, self.settings)

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


def closed_periods(
    periods: Periods, through: date, settings: Settings
) -> list[ClosedPeriod]:
    """Return what is closed of the fiscal year of a day, and what was reopened."""
    start = settings.year_of(through).start
    return [
        ClosedPeriod(lock=lock, reopened=periods.reopenings(lock, start))
        for lock in periods.closings(start)
    ]


def counted(statuses: Iterable[Status]) -> dict[Status, int]:
    """Return how often each status that occurs does."""
    given = list(statuses)
    return {status: given.count(status) for status in Status if status in given}


def _worst_first(project: ProjectReport) -> tuple[int, int, int, str]:
    line = project.execution
    return -badness(project.status), -badness(line.status), line.pace, line.project

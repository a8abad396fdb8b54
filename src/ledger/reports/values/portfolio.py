"""The portfolio at the end of a month: by unit, source, group, rank and month."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Self

from attrs import field, frozen

from ledger.domain.exact_numbers import summed
from ledger.domain.finding import Finding
from ledger.domain.money import share
from ledger.domain.scoring_rule import WeightGroup
from ledger.domain.status import Status
from ledger.domain.weight_groups import group_of
from ledger.projections.amounts import Money
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal, total
from ledger.projections.months import Month
from ledger.projections.move_findings import MOVED
from ledger.reports.values.monthly import MonthlyValues, ProjectReport, counted


@frozen(kw_only=True)
class UnitTotal:
    """
    The projects of one unit.

    Attributes:
        statuses: How many of its projects have each status that occurs.
    """

    unit: str
    unit_name: str | None
    projects: int
    statuses: dict[Status, int]
    money: ExecutionTotal


@frozen(kw_only=True)
class GroupTotal:
    """
    The indicators of all projects under one level 1.

    Attributes:
        group: The group that earns points; a level 1 of none, as printed.

        statuses: How many of its indicators have each status that occurs.

        scored: How many of its indicators have a score.

        score: Σ points of these.

        possible_score: Σ points that these can earn.
    """

    group: WeightGroup | str
    indicators: int
    statuses: dict[Status, int]
    scored: int
    score: Decimal
    possible_score: Decimal

    @property
    def score_rate(self) -> Decimal | None:
        """Σ points ÷ Σ points possible; ``None`` where nothing has a score."""
        return share(self.score, self.possible_score)


@frozen(kw_only=True)
class PortfolioValues:
    """
    All projects of a monthly report together; rates come from sums of amounts.

    Attributes:
        by_unit: In order of the unit's code.

        by_level1: Of the projects' indicators; groups that earn points come first.

        by_execution_rate: Lowest first; projects without a budget have no rate and are
            not in it.

        by_variance: Furthest behind plan first; projects without a plan are not in it.
            Ties of either are in order of code.
    """

    report: MonthlyValues = field(repr=False)
    by_unit: Sequence[UnitTotal]
    by_level1: Sequence[GroupTotal]
    by_execution_rate: Sequence[ExecutionLine]
    by_variance: Sequence[ExecutionLine]
    months: Sequence[Month]

    @classmethod
    def of(cls, report: MonthlyValues) -> Self:
        """Group, rank and add up the projects of a monthly report."""
        projects = sorted(report.projects, key=_code)
        lines = [project.execution for project in projects]
        ranked = [each for each in lines if each.minor_planned is not None]
        return cls(
            report=report,
            by_unit=_by_unit(projects, report),
            by_level1=_by_level1(projects),
            by_execution_rate=sorted((i for i in lines if i.minor_current), key=_rate),
            by_variance=sorted(ranked, key=_variance),
            months=report.months,
        )

    @property
    def totals(self) -> ExecutionTotal:
        """The sum of all projects."""
        return self.report.totals

    @property
    def moves(self) -> Sequence[Finding]:
        """A note for each move of a project to another unit by then."""
        return [
            finding
            for project in self.report.projects
            for finding in project.execution.findings
            if finding.code == MOVED
        ]

    @property
    def rankings(self) -> dict[str, Sequence[ExecutionLine]]:
        """The rankings by the key of the figure that each goes by."""
        return {"execution_rate": self.by_execution_rate, "variance": self.by_variance}

    @property
    def by_source(self) -> dict[str, Money]:
        """The sum of each funding source."""
        return self.totals.by_source


def _by_unit(
    projects: Iterable[ProjectReport], report: MonthlyValues
) -> list[UnitTotal]:
    units: dict[str, list[ProjectReport]] = {}
    for project in projects:
        units.setdefault(project.execution.unit, []).append(project)
    return [
        UnitTotal(
            unit=unit,
            unit_name=next(filter(None, (p.execution.unit_name for p in own)), None),
            projects=len(own),
            statuses=counted(project.status for project in own),
            money=total(
                (project.execution for project in own), report.through, report.settings
            ),
        )
        for unit, own in sorted(units.items())
    ]


def _by_level1(projects: Iterable[ProjectReport]) -> list[GroupTotal]:
    groups: dict[WeightGroup | str, list[AttainmentLine]] = {
        group: [] for group in WeightGroup
    }
    for project in projects:
        for line in project.indicators:
            groups.setdefault(group_of(line.level1) or line.level1, []).append(line)
    return [_group(group, lines) for group, lines in groups.items() if lines]


def _group(group: WeightGroup | str, lines: Sequence[AttainmentLine]) -> GroupTotal:
    pairs = [(line.score, line.weight) for line in lines]
    scored = [(s, w) for s, w in pairs if s is not None and w is not None]
    return GroupTotal(
        group=group,
        indicators=len(lines),
        statuses=counted(line.status for line in lines),
        scored=len(scored),
        score=summed(score for score, _ in scored),
        possible_score=summed(weight for _, weight in scored),
    )


def _code(project: ProjectReport) -> str:
    return project.execution.project


def _rate(line: ExecutionLine) -> Fraction:
    return Fraction(line.minor_disbursed, line.minor_current)


def _variance(line: ExecutionLine) -> int:
    return line.minor_disbursed - line.minor_plans

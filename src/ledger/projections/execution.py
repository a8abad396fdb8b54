"""Cumulative spending against plan and budget: the *execution* projection."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from operator import add, attrgetter
from typing import Final, NamedTuple

from ledger.domain import plain_budget
from ledger.domain.adjustment_kind import AdjustmentKind, BudgetParts
from ledger.domain.announcements import announced_by
from ledger.domain.arguments import checked
from ledger.domain.budget import (
    Budget,
    PlanInForce,
    is_opened_by,
)
from ledger.domain.budget_parts import standing_adjustments
from ledger.domain.carried_money import OfYear
from ledger.domain.carry_ages import left_of_years
from ledger.domain.catalogue import followed
from ledger.domain.commitment import Commitment
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Fold
from ledger.domain.finding import Finding
from ledger.domain.plain_budget import PlainBudget
from ledger.domain.plan import planned
from ledger.domain.policy import Policy
from ledger.domain.refunds import Refund
from ledger.domain.settings import Settings
from ledger.domain.status import Status
from ledger.domain.subject import ProjectCode, Stream, UnitCode, code_of, year_of
from ledger.domain.titles import titled
from ledger.domain.withdrawals import approved_on_day
from ledger.messages import Message, message
from ledger.projections.against_plan import AgainstPlan, against_plan
from ledger.projections.amounts import Money, summed_money
from ledger.projections.carry_findings import carry_findings
from ledger.projections.execution_total import ExecutionTotal, joined
from ledger.projections.likely_twice import likely_twice
from ledger.projections.money_status import (
    ahead_of_plan,
    due_by,
    money_status,
    status_by_time,
)
from ledger.projections.months import Month, months_of
from ledger.projections.move_findings import moved
from ledger.projections.overspending import overspent
from ledger.projections.projection import Projection
from ledger.projections.source_money import by_source, refunded, with_refunds

_NO_PLAN: Final = message("reason.no_plan")
_NOT_JUDGED = Status.NOT_DUE
_NOTHING: Final[dict[str, int]] = {}
_NO_PARTS: Final[dict[str, BudgetParts]] = {}


def _initial(stream: Stream) -> Budget:
    return PlainBudget(
        project=ProjectCode(code_of(stream)), fiscal_year=year_of(stream) or 0
    )


def _evolve(state: Budget, recorded: RecordedEvent) -> Budget:
    assert isinstance(state, PlainBudget)  # Made by the above.
    return plain_budget.evolve(state, recorded)


EXECUTION: Final[Projection[Budget]] = Projection(
    name="execution",
    version=10,
    state=PlainBudget,
    initial=_initial,
    evolve=_evolve,
    envelope=False,
    follows=followed(Fold.EXECUTION),
)
"""Each project's money. Its state answers for every date."""


class ReportedAdjustment(NamedTuple):
    """An adjustment as reports show it: its amount signed, in the main unit."""

    on: date
    kind: AdjustmentKind
    source: str
    amount: Decimal


class ExecutionLine(ExecutionTotal, frozen=True, gc=False):
    """
    One project's money at a date.

    Attributes:
        plan_in_force: The plan of the date; ``None`` for none.

        closed_on: Where it was closed by the date.

        refunds: What came back of earlier years by the date, in the order of recording.

        has_budget: Whether more is known by the date than such refunds.
    """

    project: ProjectCode
    name: str
    unit: UnitCode
    unit_name: str | None
    fiscal_year: int
    through: date
    status: Status
    findings: tuple[Finding, ...]
    plan_in_force: PlanInForce | None
    _disbursements: tuple[tuple[int, Sequence[int], Sequence[int]], ...]
    _settings: Settings
    _policy: Policy
    closed_on: date | None
    _budget: Budget
    refunds: Sequence[Refund]
    has_budget: bool

    def __repr__(self) -> str:
        about = f"{self.project} · {self.through}"
        return f"<{type(self).__name__} {about} · {self._in_short}>"

    @property
    def budget(self) -> Budget:
        """What its figures were made of."""
        return self._budget

    @property
    def money_status(self) -> Status:
        """What its money is judged."""
        return self.status

    @property
    def calendar_status(self) -> Status:
        """What its money would be judged by the calendar alone (序时)."""
        if not self.has_budget:
            return _NOT_JUDGED
        year = self._settings.year(self.fiscal_year)
        return status_by_time(
            self._budget,
            self.minor_current,
            self.minor_disbursed,
            self.through,
            year,
            self._policy,
        )

    @property
    def plan_reason(self) -> Message | None:
        """Why nothing is known of what is planned; ``None`` where it is."""
        return _NO_PLAN if self.minor_planned is None else None

    @property
    def minor_planned(self) -> int | None:
        """What is planned by the date; ``None`` where no plan says it."""
        return self.minor_plans if self.has_budget and not self.unplanned else None

    @property
    def commitments(self) -> list[Commitment]:
        """The commitments entered by the date, in order of day."""
        every = self._budget.commitments.values()
        known = [each for each in every if each.since <= self.through]
        return sorted(known, key=attrgetter("since"))

    @property
    def days_overdue(self) -> int:
        """How many days ago the first that is overdue was due; 0 where none is."""
        return max((days for e in self.held for days in e.overdue_days), default=0)

    @property
    def commitment_count(self) -> int:
        """How many commitments it has, of whatever day."""
        return len(self._budget.commitments)

    @checked
    def left_of_years(self, source: str) -> list[OfYear]:
        """
        Return what is left of a source and of which years, in minor units.

        The oldest is spent first; what a closing carries over is left.
        """
        return left_of_years(self._budget, source, self.through)

    @property
    def announced(self) -> dict[str, Decimal]:
        """What its form prints of the year before and did not come yet, by source."""
        found = announced_by(self._budget, self.through)
        return {name: self.currency.major(each) for name, each in found.items()}

    @property
    def by_source(self) -> dict[str, Money]:
        """
        The amounts of each funding source that it has, with what stands below it.

        None stands below another, but where refunds of earlier years are of both.
        """
        return joined(self.by_path)

    @property
    def adjustments(self) -> list[ReportedAdjustment]:
        """The adjustments effective by the date, in order of day; none corrected."""
        major, standing = self.currency.major, standing_adjustments
        return [
            ReportedAdjustment(each.on, each.kind, each.source, major(each.amount))
            for each in sorted(
                standing(self._budget, self.through), key=attrgetter("on")
            )
        ]

    @property
    def checkpoints(self) -> list[tuple[date, Decimal]]:
        """The plan in force at the date: cumulative amounts at days; none, no plan."""
        plan = self.plan_in_force
        if plan is None:
            return []
        pairs = zip(plan.days, plan.amounts, strict=True)
        return [(date.fromordinal(d), self.currency.major(a)) for d, a in pairs]

    @property
    def minor_plan_end(self) -> int:
        """What the plan in force at the date ends at, in minor units; 0 for none."""
        return 0 if self.plan_in_force is None else self.plan_in_force.end

    @property
    def minor_due(self) -> int:
        """What was due at the last checkpoint passed, in minor units; 0 for none."""
        plan = self.plan_in_force
        return 0 if plan is None else due_by(plan, self.through)

    @property
    def months(self) -> list[Month]:
        """
        The twelve months of the fiscal year.

        All of them follow the plan in force at the line's date, so that their sum is
        that plan and no month plans less than nothing; without a plan nothing is known
        of what any of them plans.
        """
        ends = self._settings.year(self.fiscal_year).month_ends()
        return months_of(ends, *self.cumulative(ends), self.through, self._settings)

    def cumulative(self, ends: list[date]) -> tuple[list[int] | None, list[int]]:
        """
        Return what is planned and what is disbursed by each of some days.

        Minor units; one plan says all that is planned, the one in force at the line's
        date, ``None`` where there is none; after that date nothing more is disbursed.
        """
        year = self._settings.year(self.fiscal_year)
        plan = self.plan_in_force
        last = [end.toordinal() for end in ends]
        due: list[int] | None = None
        if plan is not None:
            eve, by = year.eve.toordinal(), self._settings.convention
            days, amounts = plan.days, plan.amounts
            due = [planned(days, amounts, day, eve, by) for day in last]
        through, spent = self.through.toordinal(), [0] * len(ends)
        for start, on, paid in self._disbursements:
            sums = [0, *accumulate(paid)]
            for i, day in enumerate(last):
                spent[i] += sums[bisect_right(on, min(day, through) - start)]
        return due, spent


def execution_line(
    state: Budget, through: date, settings: Settings, policy: Policy
) -> ExecutionLine | None:
    """
    Return a project's money at *through*.

    ``None`` before it has a budget or a refund, and before its fiscal year begins.
    """
    refunds = state.refunds and tuple(e for e in state.refunds if e.on <= through)
    state = approved_on_day(state, through)
    year = settings.year(state.fiscal_year)
    has_budget = is_opened_by(state, through)
    if through < year.start or not (has_budget or any(refunded(refunds).values())):
        return None
    closed = state.closed_on is not None and state.closed_on <= through
    currency = settings.currency
    sources = by_source(state, through, currency, closed=closed) if has_budget else {}
    sources = with_refunds(sources, refunds, currency) if refunds else sources
    parts = list(sources.values())
    whole = parts[0] if len(parts) == 1 else summed_money(parts, currency)
    disbursed, current = whole.minor_disbursed, whole.minor_current
    against = against_plan(state, current, through, year, settings)
    timelines = [each.timeline() for each in state.disbursements.values()]
    return ExecutionLine(  # By place: names would cost more than the arithmetic.
        currency,
        whole.minor_original,
        current,
        disbursed,
        whole.minor_carried_over,
        whole.minor_lapsed,
        whole.minor_final,
        whole.minor_reserved,
        whole.minor_contracted,
        whole.minor_handed_on,
        whole.minor_withheld,
        whole.minor_refunded,
        whole.minor_parts,
        whole.held,
        against.due,
        against.first_due,
        against.unplanned,
        year.elapsed(through),
        sources,
        state.project,
        *titled(state, through),
        state.fiscal_year,
        through,
        money_status(state, against.plan, current, disbursed, through, year, policy),
        _findings(state, sources, against, whole, through, settings, policy),
        against.plan,
        tuple(timelines),
        settings,
        policy,
        state.closed_on if closed else None,
        state,
        refunds,
        has_budget,
    )


def _findings(
    state: Budget,
    sources: dict[str, Money],
    against: AgainstPlan,
    whole: Money,
    through: date,
    settings: Settings,
    policy: Policy,
) -> tuple[Finding, ...]:
    """Return what is amiss with the money of a project at a day."""
    plan, spent = against.plan, whole.minor_disbursed
    ahead: tuple[Finding, ...] = ()
    if plan is not None and spent > against.due:
        ahead = ahead_of_plan(
            state, plan, whole.minor_current, spent, through, settings, policy
        )
    return (
        *against.findings,
        *ahead,
        *carry_findings(state, through, settings),
        *moved(state, through, settings),
        *likely_twice(state, through, settings),
        *overspent(state, sources, through, settings),
    )


def total_months(
    lines: Iterable[ExecutionLine], through: date, settings: Settings
) -> list[Month]:
    """
    Return the twelve months of the fiscal year, each the sum of *lines*.

    Nothing is known of what they plan where one of the lines has no plan.
    """
    ends = settings.year_of(through).month_ends()
    due: list[int] | None = [0] * len(ends)
    spent = [0] * len(ends)
    for line in lines:
        planned_by, spent_by = line.cumulative(ends)
        if not line.has_budget:
            planned_by = [0] * len(ends)
        unknown = due is None or planned_by is None
        due = None if unknown else list(map(add, due or (), planned_by or ()))
        spent = list(map(add, spent, spent_by))
    return months_of(ends, due, spent, through, settings)

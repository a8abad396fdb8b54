"""Cumulative spending against plan and budget: the *execution* projection."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from operator import add, attrgetter
from typing import Final, NamedTuple

import msgspec

from ledger.domain import budget
from ledger.domain.budget import (
    Adjustment,
    Budget,
    PlainBudget,
    PlanInForce,
    in_force,
)
from ledger.domain.calendar import FiscalYear
from ledger.domain.catalogue import followed
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Fold
from ledger.domain.events import AdjustmentKind
from ledger.domain.exact_numbers import PLACES, Exact, quotient, rounded
from ledger.domain.finding import Finding, note
from ledger.domain.money import Currency, share
from ledger.domain.plan import planned
from ledger.domain.settings import Settings
from ledger.domain.status import Status
from ledger.domain.subject import code_of
from ledger.projections.policy import Policy
from ledger.projections.projection import Projection

_ON_TRACK = Status.ON_TRACK


def _initial(stream: str) -> Budget:
    return PlainBudget(project=code_of(stream))


def _evolve(state: Budget, recorded: RecordedEvent) -> Budget:
    assert isinstance(state, PlainBudget)  # Made by the above.
    return budget.evolve(state, recorded)


EXECUTION: Final[Projection[Budget]] = Projection(
    name="execution",
    version=2,
    state=PlainBudget,
    initial=_initial,
    evolve=_evolve,
    envelope=False,
    follows=followed(Fold.EXECUTION),
)
"""Each project's money. Its state answers for every date."""


class Money(msgspec.Struct, frozen=True, gc=False):
    """
    The amounts of a project, a funding source or a sum of them, at a date.

    Inside they are integer minor units; properties give them in the main unit of the
    ledger's currency, exact.

    Attributes:
        minor_final: What closed projects disbursed, to which nothing is added.
    """

    currency: Currency
    minor_original: int
    minor_current: int
    minor_disbursed: int
    minor_carried_over: int
    minor_lapsed: int
    minor_final: int

    @property
    def original_budget(self) -> Decimal:
        """The budget first approved (年初预算数)."""
        return self.currency.major(self.minor_original)

    @property
    def current_budget(self) -> Decimal:
        """The budget with the adjustments effective by the date (全年预算数)."""
        return self.currency.major(self.minor_current)

    @property
    def disbursed(self) -> Decimal:
        """What left, net of the reversals effective by the date."""
        return self.currency.major(self.minor_disbursed)

    def plus(self, other: "Money") -> "Money":
        """Return the sums of both."""
        return Money(
            self.currency,
            self.minor_original + other.minor_original,
            self.minor_current + other.minor_current,
            self.minor_disbursed + other.minor_disbursed,
            self.minor_carried_over + other.minor_carried_over,
            self.minor_lapsed + other.minor_lapsed,
            self.minor_final + other.minor_final,
        )

    @property
    def carried_over(self) -> Decimal:
        """What closings left to the year after (结转)."""
        return self.currency.major(self.minor_carried_over)

    @property
    def lapsed(self) -> Decimal:
        """What closings gave back (结余收回)."""
        return self.currency.major(self.minor_lapsed)

    @property
    def available(self) -> Decimal:
        """Current budget − disbursed − carried over − lapsed: 0 once it is closed."""
        return self.currency.major(
            self.minor_current
            - self.minor_disbursed
            - self.minor_carried_over
            - self.minor_lapsed
        )

    @property
    def execution_rate(self) -> Decimal | None:
        """Disbursed ÷ current budget; ``None`` without a budget."""
        return share(self.minor_disbursed, self.minor_current)

    @property
    def exact_rate(self) -> Exact | None:
        """The execution rate before it is rounded."""
        whole = self.minor_current
        return quotient(self.minor_disbursed, whole) if whole else None


class Month(NamedTuple):
    """
    One month of the fiscal year.

    What was disbursed is ``None`` in months that begin after the report's date, and
    what was disbursed so far in the month that it lies in.
    """

    month: str
    planned: Decimal
    disbursed: Decimal | None
    cumulative_planned: Decimal
    cumulative_disbursed: Decimal | None


class BudgetChange(NamedTuple):
    """An adjustment as reports show it: its amount signed, in the main unit."""

    on: date
    kind: AdjustmentKind
    source: str
    amount: Decimal


class ExecutionTotal(Money, frozen=True, gc=False):
    """
    Money against plan: a project's, or a sum of projects; rates come from the sums.

    Attributes:
        minor_planned: By the plan in force at the date.

        minor_original_planned: By the plan that was approved first.

        elapsed: Exact share of the fiscal year elapsed.

        by_source: The amounts of each funding source.
    """

    minor_planned: int
    minor_original_planned: int
    elapsed: Fraction
    by_source: dict[str, Money]

    @property
    def time_progress(self) -> Decimal:
        """Share of the fiscal year elapsed (序时进度), to six decimals."""
        return rounded(self.elapsed, PLACES)

    @property
    def planned(self) -> Decimal:
        """Planned cumulative spending at the date."""
        return self.currency.major(self.minor_planned)

    @property
    def original_planned(self) -> Decimal:
        """Planned cumulative spending at the date by the plan approved first."""
        return self.currency.major(self.minor_original_planned)

    @property
    def variance(self) -> Decimal:
        """Disbursed − planned; negative = behind."""
        return self.currency.major(self.minor_disbursed - self.minor_planned)

    @property
    def plan_rate(self) -> Decimal | None:
        """Disbursed ÷ planned; ``None`` where nothing is planned yet."""
        return share(self.minor_disbursed, self.minor_planned)

    @property
    def pace(self) -> int:
        """
        Disbursed ÷ planned in 2⁻¹⁰⁷ths, to sort by; 1 where nothing is planned yet.

        Amounts are below 2⁵³, so that two quotients that differ, differ by more.
        """
        whole = self.minor_planned
        return (self.minor_disbursed << 107) // whole if whole else 1 << 107


class ExecutionLine(ExecutionTotal, frozen=True, gc=False):
    """
    One project's money at a date.

    Attributes:
        closed_on: Where it was closed by the date.
    """

    project: str
    name: str
    unit: str
    unit_name: str | None
    fiscal_year: int
    through: date
    status: Status
    findings: tuple[Finding, ...]
    _plans: list[PlanInForce]
    _payments: tuple[tuple[int, Sequence[int], Sequence[int]], ...]
    _settings: Settings
    _adjustments: list[Adjustment]
    closed_on: date | None

    @property
    def adjustments(self) -> list[BudgetChange]:
        """The adjustments effective by the date, in order of day."""
        major = self.currency.major
        return [
            BudgetChange(each.on, each.kind, each.source, major(each.amount))
            for each in sorted(self._adjustments, key=attrgetter("on"))
            if each.on <= self.through
        ]

    @property
    def checkpoints(self) -> list[tuple[date, Decimal]]:
        """The plan in force at the date: cumulative amounts at days."""
        plan = in_force(self._plans, self.through)
        pairs = zip(plan.days, plan.amounts, strict=True)
        return [(date.fromordinal(d), self.currency.major(a)) for d, a in pairs]

    @property
    def minor_plan_end(self) -> int:
        """What the plan in force at the date ends at, in minor units."""
        return in_force(self._plans, self.through).end

    @property
    def months(self) -> list[Month]:
        """
        The twelve months of the fiscal year.

        All of them follow the plan in force at the line's date, so that their sum is
        that plan and no month plans less than nothing.
        """
        ends = self._settings.year(self.fiscal_year).month_ends()
        return _months(ends, *self.cumulative(ends), self.through, self._settings)

    def cumulative(self, ends: list[date]) -> tuple[list[int], list[int]]:
        """
        Return what is planned and what is disbursed by each of some days.

        Minor units; one plan says all that is planned, the one in force at the line's
        date; after that date nothing more is disbursed.
        """
        year = self._settings.year(self.fiscal_year)
        plan = in_force(self._plans, self.through)
        eve, by = year.eve.toordinal(), self._settings.convention
        days, amounts = plan.days, plan.amounts
        last = [end.toordinal() for end in ends]
        due = [planned(days, amounts, day, eve, by) for day in last]
        through, spent = self.through.toordinal(), [0] * len(ends)
        for start, on, paid in self._payments:
            sums = [0, *accumulate(paid)]
            for i, day in enumerate(last):
                spent[i] += sums[bisect_right(on, min(day, through) - start)]
        return due, spent


def execution_line(
    state: Budget, through: date, settings: Settings, policy: Policy
) -> ExecutionLine | None:
    """Return a project's money at *through*; ``None`` before its approval."""
    if state.approved_on is None or state.approved_on > through:
        return None
    year = settings.year(state.fiscal_year)
    current = _current(state, through)
    by_source = _by_source(state, current, through, settings.currency)
    disbursed = sum([part.minor_disbursed for part in by_source.values()])
    closed = state.closed_on is not None and state.closed_on <= through
    budget_now = sum(current.values())
    elapsed = year.elapsed(through)
    first, plan = state.plans[0], in_force(state.plans, through)
    due = _due(plan, through, year, settings)
    return ExecutionLine(  # By place: names would cost more than the arithmetic.
        settings.currency,
        sum(state.original.values()),
        budget_now,
        disbursed,
        sum(state.carried_over.values()) if closed else 0,
        sum(state.lapsed.values()) if closed else 0,
        disbursed if closed else 0,
        due,
        due if plan is first else _due(first, through, year, settings),
        elapsed,
        by_source,
        state.project,
        state.name,
        state.unit,
        state.unit_name,
        state.fiscal_year,
        through,
        money_status(budget_now, disbursed, elapsed, policy),
        _plan_findings(state, through, budget_now, settings),
        state.plans,
        tuple([payments.timeline() for payments in state.payments.values()]),
        settings,
        state.adjustments,
        state.closed_on if closed else None,
    )


def _current(state: Budget, through: date) -> dict[str, int]:
    """Return the budget of each source with the adjustments effective by *through*."""
    current = dict(state.original)
    for adjustment in state.adjustments:
        if adjustment.on <= through:
            source = adjustment.source
            current[source] = current.get(source, 0) + adjustment.amount
    return current


def _by_source(
    state: Budget, current: dict[str, int], through: date, currency: Currency
) -> dict[str, Money]:
    """Return the amounts of each source, what a closing left of it among them."""
    closed = state.closed_on is not None and state.closed_on <= through
    original, parts = state.original, {}
    for source, amount in current.items():
        payments = state.payments.get(source)
        spent = 0 if payments is None else payments.spent(through)
        parts[source] = Money(
            currency,
            original.get(source, 0),
            amount,
            spent,
            state.carried_over.get(source, 0) if closed else 0,
            state.lapsed.get(source, 0) if closed else 0,
            spent if closed else 0,
        )
    return parts


def _due(plan: PlanInForce, on: date, year: FiscalYear, settings: Settings) -> int:
    """Return what *plan* says is spent by *on*, in minor units."""
    eve = year.eve.toordinal()
    return planned(plan.days, plan.amounts, on.toordinal(), eve, settings.convention)


def money_status(
    current_budget: int, disbursed: int, elapsed: Fraction, policy: Policy
) -> Status:
    """Judge spending by the share of time progress that the execution rate makes."""
    if current_budget == 0 or elapsed == 0:
        return _ON_TRACK
    spent, due = disbursed * elapsed.denominator, current_budget * elapsed.numerator
    if _below(spent, due, policy.money_behind_below):
        return Status.BEHIND
    at_risk = _below(spent, due, policy.money_at_risk_below)
    return Status.AT_RISK if at_risk else _ON_TRACK


def _below(part: int, whole: int, share_: Decimal) -> bool:
    """Say whether *part* is less than a share of *whole*, exact."""
    numerator, denominator = share_.as_integer_ratio()
    return part * denominator < whole * numerator


def total(
    lines: Iterable[ExecutionTotal], through: date, settings: Settings
) -> ExecutionTotal:
    """Return the sum of *lines*, or of sums; rates come from sums, never from rates."""
    currency = settings.currency
    nothing = Money(currency, 0, 0, 0, 0, 0, 0)
    whole, due, due_first = nothing, 0, 0
    sources: dict[str, Money] = {}
    for line in lines:
        whole, due = whole.plus(line), due + line.minor_planned
        due_first += line.minor_original_planned
        for source, part in line.by_source.items():
            sources[source] = sources.get(source, nothing).plus(part)
    return ExecutionTotal(
        currency,
        whole.minor_original,
        whole.minor_current,
        whole.minor_disbursed,
        whole.minor_carried_over,
        whole.minor_lapsed,
        whole.minor_final,
        due,
        due_first,
        settings.year_of(through).elapsed(through),
        {source: sources[source] for source in sorted(sources)},
    )


def total_months(
    lines: Iterable[ExecutionLine], through: date, settings: Settings
) -> list[Month]:
    """Return the twelve months of the fiscal year, each the sum of *lines*."""
    ends = settings.year_of(through).month_ends()
    due, spent = [0] * len(ends), [0] * len(ends)
    for line in lines:
        planned_by, spent_by = line.cumulative(ends)
        due = list(map(add, due, planned_by))
        spent = list(map(add, spent, spent_by))
    return _months(ends, due, spent, through, settings)


def _months(
    ends: list[date],
    due: list[int],
    spent: list[int],
    through: date,
    settings: Settings,
) -> list[Month]:
    major = settings.currency.major
    months = []
    for i, end in enumerate(ends):
        before = ends[i - 1] if i else settings.year_of(end).eve
        known = before < through
        months.append(
            Month(
                month=end.isoformat()[:7],
                planned=major(due[i] - (due[i - 1] if i else 0)),
                disbursed=major(spent[i] - (spent[i - 1] if i else 0))
                if known
                else None,
                cumulative_planned=major(due[i]),
                cumulative_disbursed=major(spent[i]) if known else None,
            )
        )
    return months


def _plan_findings(
    state: Budget, through: date, current: int, settings: Settings
) -> tuple[Finding, ...]:
    plan = in_force(state.plans, through)
    if plan.end == current:
        return ()
    return (
        note(
            "plan.not_revised",
            f"the plan ends at {settings.money(plan.end)}, the current budget is "
            f"{settings.money(current)}",
            place=state.project,
            expected="a revised plan that ends at the current budget",
        ),
    )

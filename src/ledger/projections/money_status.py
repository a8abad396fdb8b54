"""What is concluded from a project's money: against its plan, or against time."""

from bisect import bisect_right
from datetime import date
from fractions import Fraction

from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.budget import Budget, PlanInForce, opened_on
from ledger.domain.calendar import FiscalYear
from ledger.domain.finding import Finding, finding
from ledger.domain.plan import Convention, planned
from ledger.domain.policy import MoneyAgainst, Policy, status_below
from ledger.domain.settings import Settings
from ledger.domain.status import Status, badness

_NOT_JUDGED = Status.NOT_DUE
_ON_TRACK = Status.ON_TRACK
_CLOSED = Status.CLOSED
_IN_YEAR = BudgetOrigin.IN_YEAR
_BY_PLAN = MoneyAgainst.PLAN
_BY_TIME = MoneyAgainst.TIME
_LINEAR = Convention.LINEAR


def money_status(
    state: Budget,
    plan: PlanInForce | None,
    current: int,
    disbursed: int,
    through: date,
    year: FiscalYear,
    policy: Policy,
) -> Status:
    """
    Judge what is disbursed by a day, by what *policy* compares it with.

    Against the *plan*: its share of what was due at the last checkpoint passed. Where
    no plan is in force: against time. A budget of nothing is not judged, and what is
    closed no more.
    """
    if state.closed_on is not None and state.closed_on <= through:
        return _CLOSED
    if current <= 0:
        return _NOT_JUDGED
    against = policy.money_against
    if plan is None or against is _BY_TIME:
        return status_by_time(state, current, disbursed, through, year, policy)
    due, status = due_by(plan, through), _ON_TRACK
    if disbursed < due:
        status = status_below(disbursed, due, policy.money_thresholds, _ON_TRACK)
    if against is _BY_PLAN:
        return status
    by_time = status_by_time(state, current, disbursed, through, year, policy)
    return max(status, by_time, key=badness)


def due_by(plan: PlanInForce, through: date) -> int:
    """Return what was due at the last checkpoint passed, in minor units; 0: none."""
    place = bisect_right(plan.days, through.toordinal())
    return plan.amounts[place - 1] if place else 0


def status_by_time(
    state: Budget,
    current: int,
    disbursed: int,
    through: date,
    year: FiscalYear,
    policy: Policy,
) -> Status:
    """
    Judge the execution rate by the share of the project's time that has passed.

    Nothing is expected before the first end of a quarter after the money is there.
    """
    if current <= 0:
        return _NOT_JUDGED
    if not is_expected_by_time(state, through, year):
        return _ON_TRACK
    part, whole = elapsed_of(state, through, year).as_integer_ratio()
    made, due = disbursed * whole, current * part
    return status_below(made, due, policy.money_thresholds, _ON_TRACK)


def is_expected_by_time(state: Budget, through: date, year: FiscalYear) -> bool:
    """Return whether a quarter of the year has ended since the money is there."""
    opened = opened_on(state)
    assert opened is not None  # It has a budget.
    return max(opened, year.eve) < year.quarter_ended(through)


def elapsed_of(state: Budget, through: date, year: FiscalYear) -> Fraction:
    """Return the share of a project's time that has passed: of the year, as a rule."""
    return year.elapsed_since(time_from(state, year), through)


def time_from(state: Budget, year: FiscalYear) -> date:
    """
    Return the day on which a project's time begins: that of the year, as a rule.

    That of a project which was approved within the year begins with its approval,
    unless carried-over money was there before.
    """
    approved = state.approved_on
    if (
        state.origin is not _IN_YEAR
        or approved is None
        or opened_on(state) != approved
        or approved < year.start
    ):
        return year.start
    return approved


def ahead_of_plan(
    state: Budget,
    plan: PlanInForce,
    current: int,
    disbursed: int,
    through: date,
    settings: Settings,
    policy: Policy,
) -> tuple[Finding, ...]:
    """
    Find what is disbursed far ahead of the plan.

    The plan is read evenly by days, whatever the ledger's convention. A single payment
    is ahead of nothing, nor is anything while nothing is planned.
    """
    by, of = policy.money_ahead_by.as_integer_ratio()
    if disbursed * of < by * current or not disbursed:
        return ()
    eve = settings.year(state.fiscal_year).eve.toordinal()
    line = planned(plan.days, plan.amounts, through.toordinal(), eve, _LINEAR)
    single = len({amount for amount in plan.amounts if amount}) < 2
    if single or not line or (disbursed - line) * of < by * current:
        return ()
    from_, of = policy.money_ahead_from.as_integer_ratio()
    if disbursed * of < from_ * line:
        return ()
    remark = finding(
        "money.ahead",
        place=state.project,
        disbursed=settings.money(disbursed),
        line=settings.money(line),
        on=through,
    )
    return (remark.spoken(settings.language),)

"""Which units' closings bind a fact, and from which day on."""

from collections.abc import Mapping
from datetime import date

from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import Budget, opened_on
from ledger.domain.events import BudgetApproved, Event
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.subject import UnitCode
from ledger.domain.titles import units_from
from ledger.domain.withdrawals import approvals_from, last_withdrawal


def bound_units(
    event: Event, money: Budget, on: date
) -> Mapping[UnitCode | None, date]:
    """
    Return the units whose closings bind an event, and each one's first day of those.

    They are all that the project has from that day on, and that to which it moves; of
    an approval that takes a project-year from a unit also that one, from the day on
    which money was carried in or refunded before.

    Args:
        money: Of its stream, before it.

        on: The earliest day whose figures it changes.
    """
    if type(event) is PriorYearRefund:
        return _bound_by_refund(event, money, on)
    about = _unit_about(event)
    if about is None:
        days: dict[UnitCode | None, date] = {}
        for day, unit in units_from(money, on):
            days.setdefault(unit or None, day)
        if isinstance(event, FormRevised) and event.to_unit is not None:
            days[UnitCode(event.to_unit)] = on
        return days
    unit = UnitCode(about)
    opened = _known_since(money) if isinstance(event, BudgetApproved) else None
    if opened is None or (money.unit == unit and not money.titles):
        return {unit: on}
    own: dict[UnitCode | None, date] = {}
    for day, before in units_from(money, opened):
        own.setdefault(before, day)
    return own | {unit: min(on, opened)}


def _unit_about(event: Event) -> str | None:
    """Return the unit that *event* is about, or whose project-year it opens."""
    unit: str | None = getattr(getattr(event, "opens", None) or event, "unit", None)
    return unit


def _bound_by_refund(
    event: PriorYearRefund, money: Budget, on: date
) -> Mapping[UnitCode | None, date]:
    """Return the units of a refund: its day may have an approval withdrawn since."""
    opens = None if event.opens is None else UnitCode(event.opens.unit)
    days: dict[UnitCode | None, date] = {}
    for start, known in approvals_from(money, on):
        for day, unit in units_from(known, start):
            if known.withdrawn_on is None or day < known.withdrawn_on:
                days.setdefault(unit or opens, day)
    return days


def _known_since(budget: Budget) -> date | None:
    """Return the day since which it has figures, but for withdrawn approvals."""
    since = last_withdrawal(budget) or date.min
    refunded = (max(each.on, since) for each in budget.refunds)
    days = [opened_on(budget), *refunded]
    return min((day for day in days if day is not None), default=None)

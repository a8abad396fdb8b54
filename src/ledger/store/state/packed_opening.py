"""From when on a stored project-year has money: approved, or carried in."""

from datetime import date

from ledger.domain.budget import Budget, CarriedIn, first_carried_in
from ledger.domain.events import BudgetAdjusted
from ledger.domain.subject import UnitCode


def approved_by_and_after(
    budget: Budget, source: str, on: date
) -> tuple[int, dict[date, int]]:
    """Return what is approved of a source by a day, and what after it, by day."""
    approved, since = budget.original.get(source, 0), budget.approved_on
    if approved and since is not None and since > on:
        return 0, {since: approved}
    return approved, {}


def carry_in(budget: Budget, event: BudgetAdjusted) -> None:
    """Know what was carried in, from when on, and whose the year is that it opens."""
    sign = event.kind.sign
    budget.carried_in += [
        CarriedIn(event.on, part.source, part.since, sign * part.amount)
        for part in event.since
    ]
    budget.carried_in_on = first_carried_in(budget.carried_in_on, event)
    if event.opens is not None and budget.approved_on is None:
        budget.name, budget.unit_name = event.opens.name, event.opens.unit_name
        budget.unit = UnitCode(event.opens.unit)

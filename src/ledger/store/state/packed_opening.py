"""What few facts bring to stored money: carried-over amounts, and remarks."""

from datetime import date

from ledger.domain.budget import Budget, CarriedIn, Resemblance, first_carried_in
from ledger.domain.events import BudgetAdjusted, Disbursed
from ledger.domain.exceptions_taken import ExceptionTaken
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


def remark(budget: Budget, event: BudgetAdjusted | Disbursed) -> None:
    """Know what a fact may repeat, and that it was allowed as an exception."""
    if event.resembles:
        budget.resemblances.append(Resemblance.of_event(event))
    if isinstance(event, Disbursed) and event.exception is not None:
        budget.exceptions.append(ExceptionTaken.of_event(event))

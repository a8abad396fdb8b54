"""What few facts bring to stored money: carried-over amounts, refunds, and remarks."""

from bisect import insort
from datetime import date

from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.announcements import announcement_of, since_of_announcement
from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import (
    Budget,
    CarriedIn,
    PlanInForce,
    Resemblance,
    first_carried_in,
    since_of,
)
from ledger.domain.catalogue import effects_of
from ledger.domain.closing_events import OpenedProject
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    Event,
    SpendingPlanRevised,
)
from ledger.domain.exceptions_taken import ExceptionTaken
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refunds import Refund
from ledger.domain.subject import UnitCode
from ledger.domain.titles import Title, since_of_title


def approved_by_and_after(
    budget: Budget, source: str, on: date
) -> tuple[int, dict[date, int]]:
    """Return what is approved of a source by a day, and what after it, by day."""
    approved, since = budget.original.get(source, 0), budget.approved_on
    if approved and since is not None and since > on:
        return 0, {since: approved}
    return approved, {}


def _announce(budget: Budget, event: BudgetApproved | FormRevised) -> None:
    """Know what a form prints of the year before, if it does."""
    announcement = announcement_of(budget, event)
    if announcement is not None:
        known = sorted([*budget.announcements, announcement], key=since_of_announcement)
        budget.announcements = tuple(known)


def follow_plan(budget: Budget, event: BudgetApproved | SpendingPlanRevised) -> None:
    """Know the plan of a fact, if it has one."""
    if event.plan is not None:
        insort(budget.plans, PlanInForce.of(event.on, event.plan), key=since_of)


def approve(budget: Budget, event: BudgetApproved) -> None:
    """Know what an approval gives, and says of the year before."""
    if budget.titles:
        _title(budget, Title.of_approval(event))
    else:
        budget.name, budget.unit_name = event.name, event.unit_name
        budget.unit = UnitCode(event.unit)
    budget.approved_on = event.on
    budget.origin = event.origin or BudgetOrigin.ANNUAL
    budget.original = {each.source or "": each.amount for each in effects_of(event)}
    _announce(budget, event)
    follow_plan(budget, event)


def revise_form(budget: Budget, event: FormRevised) -> None:
    """Know what a revised form says of names, units and the year before."""
    _announce(budget, event)
    title = Title.of(event, budget.approved_on or event.on)
    if title is not None:
        _title(budget, title)


def _title(budget: Budget, title: Title) -> None:
    """Know one more name of the project, or of its unit."""
    budget.titles = tuple(sorted([*budget.titles, title], key=since_of_title))


def carry_in(budget: Budget, event: BudgetAdjusted) -> None:
    """Know what was carried in, from when on, and whose the year is that it opens."""
    sign = event.kind.sign
    budget.carried_in += tuple(
        CarriedIn(event.on, part.source, part.since, sign * part.amount)
        for part in event.since
    )
    budget.carried_in_on = first_carried_in(budget.carried_in_on, event)
    if event.opens is not None and budget.approved_on is None:
        _entitle(budget, event.opens)


def refund(budget: Budget, event: Event, source: str, amount: int) -> None:
    """Know what came back of an earlier year, and whose the year is that it opens."""
    assert isinstance(event, PriorYearRefund)
    budget.refunds += (Refund.of_event(event, source, amount),)
    if event.opens is not None:
        _entitle(budget, event.opens)


def _entitle(budget: Budget, opens: OpenedProject) -> None:
    budget.name, budget.unit_name = opens.name, opens.unit_name
    budget.unit = UnitCode(opens.unit)


def remark(budget: Budget, event: BudgetAdjusted | Disbursed) -> None:
    """Know what a fact may repeat, and that it was allowed as an exception."""
    if event.resembles:
        budget.resemblances += (Resemblance.of_event(event),)
    if isinstance(event, Disbursed) and event.exception is not None:
        budget.exceptions += (ExceptionTaken.of_event(event),)


def add_amount(amounts: dict[str, int], source: str, amount: int) -> None:
    """Add to the amount of a source; one that is 0 is left out."""
    amounts[source] = amounts.get(source, 0) + amount
    if not amounts[source]:
        del amounts[source]

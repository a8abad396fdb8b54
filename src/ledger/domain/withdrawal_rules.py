"""What the rules allow of withdrawing an approval."""

from datetime import date
from operator import itemgetter

from attrs import evolve as replace

from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.characters import check_filled
from ledger.domain.closing_events import CarriedOver
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted, Disbursed, Event, ResultReported
from ledger.domain.money_guards import (
    by_source,
    check_open,
    checked_amounts,
    listed_amounts,
    not_approved,
)
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refusals import ApprovalInUse, OutsideFiscalYear
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings
from ledger.messages import Message, message


def decide_withdrawal(
    budget: Budget, indicators: Indicators, event: ApprovalWithdrawn, settings: Settings
) -> ApprovalWithdrawn:
    """
    Withdraw the approval of a project-year while nothing rests on it.

    That is no payment, commitment, adjustment, carry-over or refund of an earlier year,
    whatever became of it, and no result that stands.
    """
    check_filled("reason", event.reason, LONGEST_TEXT)
    if budget.approved_on is None:
        raise not_approved(event.project, budget)
    year = check_open(budget, event.project, event.on, settings)
    if event.on > year.end:
        first = budget.approved_on or year.start
        raise OutsideFiscalYear(event.project, event.on, first, year.end)
    recorded = _resting(budget, indicators)
    if recorded is not None:
        raise ApprovalInUse(event.project, year.year, *recorded)
    decided = replace(
        event,
        year=None if event.on in year else year.year,
        amounts=by_source(budget.original),
        origin=budget.origin,
    )
    given = checked_amounts(event.amounts, of=budget) if event.amounts else ()
    if given not in ((), decided.amounts):
        right = listed_amounts(decided.amounts, settings)
        found = listed_amounts(given, settings)
        raise InvalidInput("amounts", found, message("expected.computed", value=right))
    if event.origin not in (None, decided.origin):
        right = message("expected.computed", value=decided.origin)
        raise InvalidInput("origin", event.origin, right)
    return decided


def _resting(budget: Budget, indicators: Indicators) -> tuple[date, Message] | None:
    """Return the first day of what only an approval can carry, and what that is."""
    found: list[tuple[date, type[Event]]] = []
    for paid in budget.disbursements.values():
        start, days, _ = paid.timeline()
        found += [(date.fromordinal(start + day), Disbursed) for day in days[:1]]
    found += [(each.since, CommitmentEntered) for each in budget.commitments.values()]
    found += [(each.on, BudgetAdjusted) for each in budget.adjustments]
    found += [(each.on, CarriedOver) for each in budget.handed_on]
    found += [(each.on, PriorYearRefund) for each in budget.refunds]
    for one in indicators.tracked.values():
        found += [(result.on, ResultReported) for result in one.results]
    if not found:
        return None
    on, kind = min(found, key=itemgetter(0))
    return on, Message(f"event.{kind.__name__}")

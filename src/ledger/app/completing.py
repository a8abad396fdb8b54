"""Requests with what they take from the facts that they name."""

from typing import Final

from ledger.app.givers import check_supplement, resolved_approval
from ledger.app.retractions import adjustment_of, resolved
from ledger.app.underway import AppendUnderWay
from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.continued_commitments import check_continued
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    DisbursementReversed,
    Event,
    ObjectivesSet,
    ResultRetracted,
)
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.subject import Stream, Subject
from ledger.store.state.held_states import HeldStates

COMPLETED: Final = frozenset(
    {
        AdjustmentCorrected,
        BudgetAdjusted,
        BudgetApproved,
        CommitmentEntered,
        DisbursementReversed,
        ObjectivesSet,
        PriorYearRefund,
        ResultRetracted,
    }
)
"""Types that may take something from other facts."""


def completed(
    append: AppendUnderWay,
    event: Event,
    stream: Stream,
    held: HeldStates,
    *,
    last: bool,
) -> Event:
    """
    Return an event with what it takes from others.

    Args:
        last: Whether nothing more of the append is to come.
    """
    match event:
        case DisbursementReversed() | PriorYearRefund():
            money = held.states[0]
            return append.refunds.completed(event, money, waited=last)
        case ResultRetracted():
            return resolved(append.writer, event, stream)
        case AdjustmentCorrected():
            return adjustment_of(append.writer, event, stream)
        case BudgetApproved():
            return resolved_approval(append, event, last=last)
        case BudgetAdjusted() if event.kind.is_carry:
            return append.carries.completed(event, held.states[0], append.states)
        case BudgetAdjusted(kind=AdjustmentKind.SUPPLEMENT):
            check_supplement(append, event, held.states[0])
        case ObjectivesSet():
            append.states.parts = None  # It may compute from projects.
        case CommitmentEntered() if event.continues is not None:
            year = append.settings.year(event.continues.year).year
            before = Subject.project(event.project, year).stream
            if before < stream:
                check_continued(event, append.states.money(before))
    return event

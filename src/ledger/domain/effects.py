"""What each type of event adds to which money."""

from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.closing_events import (
    CarriedOver,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.commitment import CommitmentAdjustmentKind, CommitmentStep
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.event_type import Effect, Flow
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
)
from ledger.domain.funding import Funding
from ledger.domain.refund_events import PriorYearRefund

_OfCommitment = CommitmentEntered | CommitmentAdjusted | CommitmentReleased | Disbursed
"""Events that change what is open of one commitment."""


def _each(
    flow: Flow, amounts: tuple[Funding, ...], sign: int = 1
) -> tuple[Effect, ...]:
    return tuple(Effect(flow, part.source, sign * part.amount) for part in amounts)


def approved(event: BudgetApproved) -> tuple[Effect, ...]:
    """Return the budget that an approval gives, without what legs bring."""
    if not event.carried:
        return _each(Flow.BUDGET, event.amounts)
    legs = {part.source for part in event.carried}
    own = tuple(part for part in event.amounts if part.source not in legs)
    return _each(Flow.BUDGET, own)


def withdrawn(event: ApprovalWithdrawn) -> tuple[Effect, ...]:
    """Return the budget that an approval does not give any more."""
    return _each(Flow.BUDGET, event.amounts, -1)


def adjusted(event: BudgetAdjusted) -> tuple[Effect, ...]:
    """Return how an adjustment changes the budget."""
    return _each(Flow.BUDGET, event.amounts, event.kind.sign)


def corrected(event: AdjustmentCorrected) -> tuple[Effect, ...]:
    """Return what an adjustment gave or took, the other way round."""
    sign = 0 if event.kind is None else -event.kind.sign
    return _each(Flow.BUDGET, event.amounts, sign)


def disbursed(event: Disbursed) -> tuple[Effect, ...]:
    """Return what leaves, and what it takes of a commitment."""
    paid = Effect(Flow.DISBURSED, event.source, event.amount)
    if event.commitment is None:
        return (paid,)
    flow, taken = Flow.of_stage(event.stage), -event.amount
    step = CommitmentStep.DISBURSED
    return (
        paid,
        Effect(flow, event.source, taken, event.commitment, step),
        *released(event),
    )


def given_back(event: DisbursementReversed) -> tuple[Effect, ...]:
    """Return what comes back or leaves again, and of which commitment."""
    leaves = event.disbursement is not None and not event.taken_back
    source, amount = event.source, event.amount if leaves else -event.amount
    moved = Effect(Flow.DISBURSED, source, amount)
    if event.restores is None:
        return (moved,)
    step = CommitmentStep.DISBURSED if leaves else CommitmentStep.RESTORED
    flow = Flow.of_stage(event.stage)
    return moved, Effect(flow, source, -amount, event.restores, step)


def refunded(event: PriorYearRefund) -> tuple[Effect, ...]:
    """Return what came back of an earlier year, or did not come after all."""
    amount = event.amount if event.takes_back is None else -event.amount
    return (Effect(Flow.REFUNDED, event.source, amount),)


def _open(
    event: _OfCommitment,
    step: CommitmentStep,
    amounts: tuple[Funding, ...],
    sign: int = 1,
) -> tuple[Effect, ...]:
    """Return what *event* changes of what is open of its commitment."""
    flow, number = Flow.of_stage(event.stage), event.commitment
    return tuple(
        Effect(flow, part.source, sign * part.amount, number, step) for part in amounts
    )


def entered(event: CommitmentEntered) -> tuple[Effect, ...]:
    """Return what is open of a new commitment, and taken of a reservation."""
    step, number = CommitmentStep.TAKEN_OVER, event.of
    return (
        *_open(event, CommitmentStep.ENTERED, event.amounts),
        *(
            Effect(Flow.RESERVED, part.source, -part.amount, number, step)
            for part in event.taken_over
        ),
    )


def commitment_adjusted(event: CommitmentAdjusted) -> tuple[Effect, ...]:
    """Return how much more or less is open."""
    if event.kind is CommitmentAdjustmentKind.INCREASE:
        return _open(event, CommitmentStep.INCREASED, event.amounts)
    return _open(event, CommitmentStep.DECREASED, event.amounts, -1)


def released(event: CommitmentReleased | Disbursed) -> tuple[Effect, ...]:
    """Return how much less is open."""
    return _open(event, CommitmentStep.RELEASED, event.released or (), -1)


def closed(event: ProjectClosed) -> tuple[Effect, ...]:
    """Return what a closing leaves to the next year, and what lapses."""
    return (
        *_each(Flow.CARRIED_OVER, event.carried_over),
        *_each(Flow.LAPSED, event.lapsed),
    )


def handed_on(event: CarriedOver) -> tuple[Effect, ...]:
    """Return what of that was handed on to the next year."""
    return _each(Flow.HANDED_ON, event.amounts)


def carry_returned(event: CarryReturned) -> tuple[Effect, ...]:
    """Return what came back of it."""
    return _each(Flow.HANDED_ON, event.amounts, -1)


def reopened(event: ProjectReopened) -> tuple[Effect, ...]:
    """Return what the lifted closing had left to the next year, and lapsed."""
    return (
        *_each(Flow.CARRIED_OVER, event.carried_over, -1),
        *_each(Flow.LAPSED, event.lapsed, -1),
    )

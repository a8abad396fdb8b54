"""What the rules allow of vouchers, of reversals, and of the reversals of those."""

from collections.abc import Sequence
from typing import Final

from attrs import evolve as replace

from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.characters import check_filled, checked_text
from ledger.domain.commitment import CommitmentMovement, CommitmentStep
from ledger.domain.commitment_rules import as_stored, check_fits, check_is_open
from ledger.domain.errors import InvalidInput
from ledger.domain.events import Disbursed, DisbursementReversed
from ledger.domain.identity import voucher_identity
from ledger.domain.money_guards import check_amount, check_available, check_day_of_life
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refunds import Refund
from ledger.domain.refusals import (
    ReversalExceeded,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.domain.settings import Settings
from ledger.domain.source_rules import chosen_source
from ledger.domain.vouchers import (
    SETTLED,
    Movement,
    most_reversible,
    reversed_wholly_on,
)
from ledger.messages import message

_DISBURSE: Final = message("found.disburse")


def is_booked_again(
    budget: Budget,
    event: Disbursed | DisbursementReversed | PriorYearRefund,
    settings: Settings,
) -> bool:
    """
    Return whether a disbursement of this voucher was reversed wholly before.

    Raises:
        VoucherUsed: The project has the voucher, and it was not.
    """
    voucher = event.voucher
    check_filled("voucher", voucher, LONGEST_TEXT)
    if not voucher.isprintable():
        checked_text("voucher", voucher)
        if not voucher_identity(voucher):
            raise InvalidInput("voucher", voucher, message("expected.visible_number"))
    if not budget.has_voucher(voucher):
        return False
    found = budget.movements_of(voucher)
    identity = voucher_identity(voucher)
    own: Movement | Refund
    own = next((each for each in found if each.voucher == identity), None) or next(
        each for each in budget.refunds if each.has_voucher(voucher)
    )
    if own.of is None and isinstance(event, Disbursed):
        free = reversed_wholly_on(found)
        if free is not None and event.on >= free:
            return True
    amount = settings.money(own.amount)
    used = message("found.movement", amount=amount, on=own.on)
    apart = isinstance(event, Disbursed) and own.of is None and own.on == event.on
    line = own.on, abs(own.amount)
    raise VoucherUsed(budget.project, voucher, used, line, apart=apart)


def decide_reversal(
    budget: Budget, event: DisbursementReversed, settings: Settings
) -> DisbursementReversed:
    """
    Take back at most what is left of a disbursement, not before it was made.

    Of a reversal likewise: the money leaves again.
    """
    check_day_of_life(budget, event.project, event.on)
    is_booked_again(budget, event, settings)
    check_amount(event.amount, least=1)
    lines = _lines(budget, event)
    of = next(each for each in lines if each.voucher == voucher_identity(event.of))
    if event.on < of.on:
        right = message("expected.day_from_disbursed", since=of.on, voucher=event.of)
        raise InvalidInput("on", event.on, right)
    left, _ = most_reversible(lines, of.voucher, event.on)
    check_left(event, event.of, left, settings)
    source = of.source if event.source is not None or of.of is not None else None
    paid = None if of.of is None else event.disbursement or of.paid
    taken_back = of.of is not None and of.amount > 0
    decided = replace(event, source=source, disbursement=paid, taken_back=taken_back)
    return _restored(budget, event, decided, of, settings)


def check_left(
    event: DisbursementReversed | PriorYearRefund,
    of: str,
    left: int,
    settings: Settings,
) -> None:
    """
    Check that an event gives back no more than what is *left* of a voucher.

    Raises:
        ReversalExceeded: It does.
    """
    if event.amount > left:
        raise ReversalExceeded(
            message(
                "error.reversal_exceeded",
                project=event.project,
                amount=settings.money(event.amount),
                of=of,
                left=settings.money(left),
            ),
            requested=event.amount,
            left=left,
        )


def _lines(budget: Budget, event: DisbursementReversed) -> list[Movement]:
    """Return what moved the money that a reversal is about: one source's of one."""
    related = budget.movements_of(event.of)
    own = [each for each in related if each.voucher == voucher_identity(event.of)]
    if not own:
        raise UnknownVoucher(event.of, within=event.project)
    known = sorted({each.source for each in own})
    source = chosen_source(event.project, event.of, event.source, known)
    own = [each for each in own if each.source == source]
    paid = _disbursement(event, own)
    if paid.endswith(SETTLED):
        voucher = paid.removesuffix(SETTLED)
        again = next(m for m in budget.movements_of(voucher) if m.voucher == voucher)
        said = message(
            "error.reversal_exceeded.booked_again",
            project=event.project,
            of=event.of,
            voucher=voucher,
            on=again.on,
        )
        raise ReversalExceeded(said, requested=event.amount, left=0)
    return [each for each in related if (each.source, each.paid) == (source, paid)]


def _disbursement(event: DisbursementReversed, own: Sequence[Movement]) -> str:
    """Return the disbursement that a reversal is about, by its identity."""
    known = {each.paid.removesuffix(SETTLED): each.paid for each in own}
    if event.disbursement is None:
        if len(known) == 1:
            return next(iter(known.values()))
        right = message("expected.choice", words=sorted(known), nearest=None)
        raise InvalidInput("disbursement", None, right)
    named = voucher_identity(event.disbursement)
    if named not in known:
        known_words = sorted(known)
        raise UnknownVoucher(event.disbursement, within=event.of, known=known_words)
    return known[named]


def _restored(
    budget: Budget,
    asked: DisbursementReversed,
    event: DisbursementReversed,
    of: Movement,
    settings: Settings,
) -> DisbursementReversed:
    """
    Return a reversal that gives back to the commitment, unless that has ended.

    Of a reversal that gave back to one, it takes that again; else it takes what is
    free.

    Args:
        asked: As it was asked for.

        of: What it takes back.
    """
    identity = budget.liquidated(of.liquidation, of.source)
    commitment = None if identity is None else budget.commitments[identity]
    source, amount, on = of.source, event.amount, event.on
    leaves = of.amount < 0
    if commitment is None or commitment.ended(on) is not None:
        if leaves:
            check_available(budget, source, amount, on, _DISBURSE, settings)
        return as_stored(asked, replace(event, restores=None, stage=None))
    if leaves:
        place = event.project, on, _DISBURSE, settings
        check_is_open(commitment, source, amount, *place)
        step, amount = CommitmentStep.DISBURSED, -amount
    else:
        step = CommitmentStep.RESTORED
    movement = CommitmentMovement(on, source, amount, step)
    check_fits(commitment.moved(movement), "on", on)
    decided = replace(event, restores=commitment.number, stage=commitment.stage)
    return as_stored(asked, decided)

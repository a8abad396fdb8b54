"""Payments and adjustments that look as if they were recorded twice."""

from datetime import date

from ledger.domain.budget import Budget, Resemblance
from ledger.domain.finding import Finding, finding
from ledger.domain.settings import Settings
from ledger.domain.vouchers import still_stands
from ledger.messages import Message, listed, message


def likely_twice(
    state: Budget, through: date, settings: Settings
) -> tuple[Finding, ...]:
    """
    Return a note for each that resembles another one, while both stand by a day.

    What was reversed wholly or corrected by then stands no more.
    """
    if not state.resemblances:
        return ()  # As in most.
    found = []
    for each in state.resemblances:
        if each.on > through:
            continue
        note = (
            _payment(state, each, through, settings)
            if each.kind is None
            else _adjustment(state, each, through, settings)
        )
        if note is not None:
            found.append(note.spoken(settings.language))
    return tuple(found)


def _payment(
    state: Budget, own: Resemblance, through: date, settings: Settings
) -> Finding | None:
    others = [each for each in own.of if _stands(state, each, through)]
    if not others or not _stands(state, own.name, through):
        return None
    return finding(
        "disbursement.likely_twice",
        place=state.project,
        found=own.name,
        expected=message("expected.disbursement_once"),
        amount=settings.money(own.amount),
        on=own.on,
        voucher=own.name,
        others=listed(others),
    )


def _stands(state: Budget, voucher: str, through: date) -> bool:
    """Return whether something is left by a day of what was paid with a voucher."""
    return still_stands(state.movements_of(voucher), voucher, through)


def _adjustment(
    state: Budget, own: Resemblance, through: date, settings: Settings
) -> Finding | None:
    like = own.name, own.source, own.amount, own.kind
    corrected = [
        each
        for each in state.corrections.values()
        if each[1:] == like and each.on <= through
    ]
    if len(corrected) >= len(own.of):
        return None
    assert own.kind is not None
    return finding(
        "adjustment.likely_twice",
        place=state.project,
        found=own.name,
        expected=message("expected.adjustment_once"),
        kind=Message(f"word.{own.kind.value}"),
        amount=settings.money(abs(own.amount)),
        on=own.on,
        document=own.name,
    )

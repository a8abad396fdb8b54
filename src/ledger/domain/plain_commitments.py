"""The plain fold of a project's commitments: each event makes a new mapping."""

from collections.abc import Mapping

from ledger.domain.catalogue import effects_of
from ledger.domain.commitment import (
    Commitment,
    CommitmentMovement,
    commitment_identity,
)
from ledger.domain.commitment_events import (
    CommitmentEntered,
    CommitmentReleased,
    entered,
)
from ledger.domain.events import Disbursed, DisbursementReversed, Event
from ledger.domain.vouchers import movement_of

Commitments = Mapping[str, Commitment]
Liquidations = Mapping[str, dict[str, str]]


def after(commitments: Commitments, event: Event, owner: str) -> dict[str, Commitment]:
    """
    Return commitments by identity as they are after one more event.

    Args:
        owner: The funding source of what the event reverses.

    Raises:
        LookupError: It names a commitment that was not entered.
    """
    found = dict(commitments)
    if isinstance(event, CommitmentEntered):
        found[commitment_identity(event.commitment)] = entered(event)
    for _, source, amount, number, step in effects_of(event):
        if number is not None and step is not None:
            identity = commitment_identity(number)
            movement = CommitmentMovement(event.on, source or owner, amount, step)
            found[identity] = found[identity].moved(movement)
    ended = ended_by(event)
    if ended is not None:
        identity = commitment_identity(ended)
        found[identity] = found[identity].moved(end=event.on)
    return found


def liquidated(
    liquidations: Liquidations, event: Event, owner: str
) -> dict[str, dict[str, str]]:
    """
    Return the commitments of vouchers by source as they are after one more event.

    Args:
        owner: The funding source of what the event reverses.
    """
    if not isinstance(event, Disbursed | DisbursementReversed):
        return dict(liquidations)
    voucher = movement_of(event, event.source or owner, 0).liquidation
    again = isinstance(event, Disbursed) and event.booked_again
    found = {own: by for own, by in liquidations.items() if not again or own != voucher}
    number = event.commitment if isinstance(event, Disbursed) else event.restores
    if number is not None:
        on = {event.source or owner: commitment_identity(number)}
        found[voucher] = found.get(voucher, {}) | on
    return found


def ended_by(event: Event) -> str | None:
    """Return the number of the commitment that *event* ends, if it does."""
    if isinstance(event, Disbursed) and event.final:
        return event.commitment
    if isinstance(event, CommitmentReleased) and not event.amounts:
        return event.commitment
    return None

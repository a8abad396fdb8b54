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
from ledger.domain.events import Disbursed, Event

Commitments = Mapping[str, Commitment]


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


def ended_by(event: Event) -> str | None:
    """Return the number of the commitment that *event* ends, if it does."""
    if isinstance(event, Disbursed) and event.final:
        return event.commitment
    if isinstance(event, CommitmentReleased) and not event.amounts:
        return event.commitment
    return None

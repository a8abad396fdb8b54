"""Which commitments are overdue by what was recorded, folded from nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ledger.domain.commitment import commitment_identity
from ledger.domain.commitment_events import CommitmentEntered
from ledger.domain.envelope import RecordedEvent
from ledger.domain.funding import is_within
from ledger.projections.execution import EXECUTION


class OverdueCommitment(NamedTuple):
    """What is open of a commitment that was due, with the event that entered it."""

    entered: RecordedEvent
    amount: int


def overdue(
    known: Sequence[RecordedEvent], through: date, source: str | None
) -> list[OverdueCommitment]:
    """
    Return the commitments that are overdue by a day.

    Args:
        known: The events of a project-year under its approval of that day.

        source: What is open of this one, and of those below it.
    """
    return list(_overdue(known, through, source))


def _overdue(
    known: Sequence[RecordedEvent], through: date, source: str | None
) -> Iterator[OverdueCommitment]:
    commitments = EXECUTION.fold(known[0].stream, known).commitments
    for each in known:
        if isinstance(each.event, CommitmentEntered):
            identity = commitment_identity(each.event.commitment)
            amounts = commitments[identity].overdue(through)
            own = sum(part for path, part in amounts.items() if is_within(path, source))
            if own:
                yield OverdueCommitment(each, own)

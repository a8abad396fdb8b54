"""What stores hand out is what the domain calls a recorded event."""

import msgspec

from ledger.events import RecordedEvent
from ledger.store.stored_event import AlreadyRecorded, StoredEvent
from support import disbursement

PAID = disbursement()
STORED = StoredEvent(
    7, "project:2023:P-1", 2, "id", "Disbursed", 1, PAID.on, "at", "a", "k", None, PAID
)


def test_a_stored_event_is_a_recorded_event():
    """It has all that may be asked of one, and a script may ask for its class."""
    assert isinstance(STORED, RecordedEvent)
    assert isinstance(AlreadyRecorded.of(STORED), RecordedEvent)
    assert not isinstance(PAID, RecordedEvent)


def test_an_event_that_was_there_before_is_the_same_event():
    """It differs in what it says of itself, and in nothing else."""
    again = AlreadyRecorded.of(STORED)

    assert (STORED.already, again.already) == (False, True)
    assert [STORED, again] == [again, STORED]
    assert again != msgspec.structs.replace(STORED, position=8)
    assert again != PAID

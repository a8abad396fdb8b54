"""An event as the log has it: a fact with what was filled in."""

from datetime import date
from typing import Final

import msgspec

from ledger.domain.errors import LogCorrupted
from ledger.domain.events import Event


class RecordedEvent(msgspec.Struct, frozen=True, gc=False):
    """
    A fact with what the log filled in.

    Attributes:
        position: Place in the whole log, from 1, without gaps.

        stream: ``project:CODE`` or ``unit:CODE``.

        version: Place in the stream, from 1, without gaps.

        id: UUIDv7.

        on: The effective date, as in the event.

        recorded_at: When the log took it: a UTC instant in ISO 8601 with microseconds
            and ``Z``, which sorts as text.

        key: The caller's own id of the request that it came with, all of whose events
            have it and no others in the ledger.

        cause: The id of the event that led to this one.
    """

    position: int
    stream: str
    version: int
    id: str
    type: str
    schema: int
    on: date
    recorded_at: str
    actor: str
    key: str | None
    cause: str | None
    event: Event

    @property
    def already(self) -> bool:
        """Whether it was recorded before it was asked for."""
        return False


class AlreadyRecorded(RecordedEvent, frozen=True, gc=False):
    """What was recorded when the same was asked for before; else the same event."""

    @property
    def already(self) -> bool:
        """Whether it was recorded before it was asked for."""
        return True

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RecordedEvent):
            return NotImplemented
        names = RecordedEvent.__struct_fields__
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return hash(self.id)


def misplaced(recorded: RecordedEvent) -> LogCorrupted:
    """
    Return the error for an event that does not follow from its stream's state.

    The rules refuse such an event, so somebody has changed the log.
    """
    return LogCorrupted(
        f"position {recorded.position}: a {recorded.type} that does not follow "
        f"from what {recorded.stream} holds before it; run `verify`"
    )


MISPLACED: Final = (ArithmeticError, AssertionError, LookupError, ValueError)
"""What following such an event may raise."""

"""An event before and after the log takes it: a request, and a record."""

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

        key: The caller's idempotency key, unique for stream and type.

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


class Problem(msgspec.Struct, frozen=True):
    """A line of a file that is no request, and why."""

    place: str
    message: str


class Request(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """
    A fact that somebody asks to record.

    Attributes:
        key: The caller's own id of the fact.

        actor: Who says so, where it is not the ledger's actor.

        place: Where it was read, such as ``line 12``.
    """

    event: Event
    key: str | None = None
    actor: str | None = None
    cause: str | None = None
    place: str = ""

"""An event as the log has it: a fact with what was filled in."""

from datetime import date
from typing import Final, Protocol, TypedDict, runtime_checkable

from ledger.domain.errors import LogCorrupted
from ledger.domain.events import Event
from ledger.domain.subject import Stream
from ledger.messages import Message, message


class FileEnvelope(TypedDict, total=False):
    """
    What may be given with a file of requests, whose lines have keys of their own.

    Attributes:
        cause: What led to it, such as the id of another event.

        actor: Who says so, if not the ledger's actor.

        expected_version: That of the first event's stream, as the caller has read it;
            a request that its key says was recorded is not compared with it.
    """

    cause: str | None
    actor: str | None
    expected_version: int | None


class Envelope(FileEnvelope, total=False):
    """
    What may be given with any request, next to what it is about.

    Attributes:
        key: The caller's own id of the request. The same request with the same key is
            recorded once: what was recorded is returned, with ``already`` true.

        cause: What led to it, such as the id of another event.

        actor: Who says so, if not the ledger's actor.

        expected_version: That of the first event's stream, as the caller has read it;
            a request that its key says was recorded is not compared with it.
    """

    key: str | None


@runtime_checkable
class RecordedEvent(Protocol):
    """A fact with what the log filled in; nothing of it ever changes."""

    @property
    def position(self) -> int:
        """Its place in the whole log, from 1, without gaps."""

    @property
    def stream(self) -> Stream:
        """Whose it is: ``project:CODE`` or ``unit:CODE``."""

    @property
    def version(self) -> int:
        """Its place in the stream, from 1, without gaps."""

    @property
    def id(self) -> str:
        """A UUIDv7."""

    @property
    def type(self) -> str:
        """The name of its type, as it is stored."""

    @property
    def schema(self) -> int:
        """The schema of its payload, as it is stored."""

    @property
    def on(self) -> date:
        """The effective date, as in the event."""

    @property
    def recorded_at(self) -> str:
        """
        When the log took it: a UTC instant in ISO 8601 with microseconds and ``Z``.

        It sorts as text.
        """

    @property
    def actor(self) -> str:
        """Who recorded it."""

    @property
    def key(self) -> str | None:
        """
        The caller's own id of the request that it came with.

        All events of that request have it, and no others in the ledger.
        """

    @property
    def cause(self) -> str | None:
        """The id of the event that led to this one."""

    @property
    def event(self) -> Event:
        """The fact itself."""

    @property
    def already(self) -> bool:
        """Whether it was recorded before it was asked for."""


def misplaced(recorded: RecordedEvent) -> LogCorrupted:
    """
    Return the error for an event that does not follow from its stream's state.

    The rules refuse such an event, so somebody has changed the log.
    """
    return LogCorrupted(
        message(
            "error.corrupted.misplaced",
            position=recorded.position,
            type=Message(f"event.{recorded.type}"),
            stream=recorded.stream,
        )
    )


MISPLACED: Final = (ArithmeticError, AssertionError, LookupError, ValueError)
"""What following such an event may raise."""

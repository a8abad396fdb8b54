"""
What the rest of the package may ask of a store, whatever it is made of.

A store keeps one log: events in order of position, the tree over their lines, the
checkpoints that were sealed, and the states of streams. Only modules of a store know
how; everything else names the classes here, and :mod:`ledger.store.opening` opens one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LogError
from ledger.domain.events import Event
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream, SubjectKind
from ledger.messages import message
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.codec import Codec
from ledger.store.forensics import Forensics, Maintenance
from ledger.store.line import Row
from ledger.store.merkle import Tree
from ledger.store.records import Head, Snapshot


class Snapshots(Protocol):
    """The states of streams that a store keeps."""

    def of(self, projection: str, version: int, stream: Stream) -> Snapshot | None:
        """Return the stored state of one stream, or ``None``."""

    def of_projects(
        self, year: int, projections: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[str, Stream, bytes]]:
        """
        Yield projection, stream and state of the projects of a fiscal year.

        They come in order of stream.

        Args:
            projections: Only these, by name and version.
        """

    def followed(self) -> dict[tuple[str, int], int]:
        """Return how many events all snapshots of a projection's version follow."""


class Writer(Protocol):
    """
    What may be done while the only right to write is held.

    It is a ``with`` block: what is appended is kept all or, where the block raises, not
    at all.
    """

    @property
    def size(self) -> int:
        """How many events the log has, with those appended here."""

    @property
    def saved(self) -> int:
        """The position through which snapshots are stored."""

    @property
    def changes(self) -> int:
        """A number that differs once another has written to the store."""

    @property
    def today(self) -> date:
        """The day of recording by the clock, in UTC."""

    @property
    def behind(self) -> bool:
        """Whether the clock is behind the last instant of the log."""

    @property
    def recorded_at(self) -> str:
        """The instant of what is appended here; no other append has it."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def version(self, stream: Stream) -> int:
        """Return the version of *stream*, what was appended here included."""

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, one appended here included."""

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key* with their digests, of here included."""

    def expect(self, events: Sequence[Event]) -> None:
        """
        Prepare for events that may be appended: those are appended in less time.

        They must be the very objects, and live as long as the block.
        """

    def append(
        self,
        stream: Stream,
        event: Event,
        actor: str,
        key: str | None = None,
        cause: str | None = None,
        request: str | None = None,
        after: int | None = None,
    ) -> RecordedEvent:
        """
        Append *event* to *stream*, its own, and return it with its envelope.

        Args:
            request: The digest of the request.

            after: The version of its stream, from who knows it.

        Raises:
            InvalidInput: It, its key or its cause holds what cannot be stored, or is
                longer than every reader of lines takes.
        """

    def restore(self, row: Row) -> None:
        """
        Append a row as it was recorded in another file.

        Raises:
            LogCorrupted: It is not the next one, or cannot be read.
        """

    def flush(self) -> None:
        """Write what was appended so far, within the transaction."""

    def seal(self, size: int, root: bytes, note: str) -> None:
        """Keep a checkpoint; the same note twice is kept once."""

    def save(self, states: Iterable[tuple[str, int, Snapshot]]) -> None:
        """
        Store the states of every stream that moved since snapshots were last stored.

        Each comes with the name and the version of its projection.
        """


class EventStore(Protocol):
    """An append-only log of events; what may be appended is decided above."""

    @property
    def snapshots(self) -> Snapshots:
        """The states of streams that are kept."""

    @property
    def path(self) -> Path | None:
        """The file; ``None`` in memory."""

    @property
    def place(self) -> str:
        """What messages name it by: a file, an address without password, a word."""

    @property
    def settings(self) -> Settings:
        """The settings fixed when the log was created."""

    @property
    def origin(self) -> str:
        """The name that the log was given when it was created; no other has it."""

    @property
    def conventions(self) -> str:
        """The origin and the settings as canonical JSON."""

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""

    @property
    def read_only(self) -> bool:
        """Whether the log was opened for reading only."""

    def close(self) -> None:
        """Close the file."""

    def check_layout(self) -> None:
        """
        Check that the file's tables, indexes and triggers are as they were made.

        Raises:
            LogCorrupted: One is missing, added or changed.
        """

    def maintenance(self) -> Maintenance | None:
        """Return the maintenance of the file; ``None`` for a store without one."""

    def forensics(self) -> Forensics:
        """Return the stored bytes, to be read whatever they hold."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one consistent view of the file while several reads are made."""

    def writing(self, *, wait: bool = True) -> Writer:
        """
        Take the only right to write, to be held by a ``with`` block.

        What is appended is kept all or, where the block raises, not at all.

        Args:
            wait: For another writer to end, for the seconds given at opening; else
                not, from then on.

        Raises:
            ReadOnlyLedger, LedgerLocked: As their names say.
        """

    def copied(self) -> "EventStore":
        """Return a copy of the log, to try there what is not to be kept."""

    def head(self) -> Head:
        """
        Return the end of the log.

        Raises:
            LogCorrupted: It cannot be read.
        """

    def version(self, stream: Stream) -> int:
        """Return how many events *stream* holds; 0 where there is none."""

    def streams(
        self, kind: SubjectKind | None = None, year: int | None = None
    ) -> list[Stream]:
        """
        Return the streams in order of name.

        Args:
            kind: Only those of a kind of subject.

            year: Of that kind, only those of a fiscal year.
        """

    def streams_after(self, position: int) -> list[Stream]:
        """Return the streams that have events above *position*, in order of name."""

    def read(
        self,
        *,
        after: int = 0,
        until: int | None = None,
        types: Sequence[str] = (),
    ) -> Iterator[RecordedEvent]:
        """
        Yield events in order of position.

        Args:
            after: Only positions above it.

            until: Only positions up to it.

            types: Only these stored type names.
        """

    def read_stream(
        self, stream: Stream, *, after_version: int = 0, until: int | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the events of *stream* above a version, up to a position, in order."""

    def read_by_stream(
        self,
        *,
        until: int | None = None,
        envelope: bool = True,
        streams: Iterable[Stream] | None = None,
    ) -> Iterator[tuple[Stream, list[RecordedEvent]]]:
        """
        Yield the streams in order of name, each with events in order of version.

        They come some at a time, the same stream again while it has more. What others
        append meanwhile is not among them.

        Args:
            streams: Only these, in this order.

            envelope: Whether id, actor, key, cause and the instant of recording are
                needed; without them it is faster, and they are empty.
        """

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, or ``None``."""

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key*, in order, each with its digest."""

    def keyless(self, stream: Stream, after_version: int) -> Iterator[tuple[str, int]]:
        """
        Yield digest and version of what files recorded without keys, in order.

        Args:
            after_version: Only above it.
        """

    def at_version(self, stream: Stream, version: int) -> RecordedEvent:
        """
        Return the event of a stream at a version.

        Raises:
            LogCorrupted: There is none.
        """

    def undone(self, stream: Stream) -> Iterator[RecordedEvent]:
        """Yield the reversals and retractions of a stream, in order."""

    def lines(self, *, after: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the canonical lines in order of position."""

    def position_at(self, at: datetime) -> int:
        """Return the last position recorded by *at*; 0 where there is none."""

    def last_day(self, until: int) -> date | None:
        """
        Return the latest effective date recorded up to a position, if any.

        The end of the log is known from the head; for a position before it, all events
        up to there are read.
        """

    def append_around(self, position: int) -> tuple[int, int]:
        """
        Return where the append that wrote a position begins and ends.

        The first is the position before it. An append is the run of events with one
        instant of recording.
        """

    def last_instant(self) -> str:
        """Return when the last event was recorded; empty where there is none."""

    def root_at(self, position: int) -> bytes:
        """Return the root over the lines up to *position*."""

    def tree(self) -> Tree:
        """Return the tree over the log's lines, as it is stored."""

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """
        Yield number, size, root and note of the checkpoints, as they were sealed.

        Raises:
            LogCorrupted: One cannot be read.
        """

    def checkpoint(self, size: int) -> LogCheckpoint:
        """Return an unsigned checkpoint of the first *size* events."""

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""

    def today(self) -> date:
        """
        Return the day now, in UTC, whatever the zone of the clock.

        Raises:
            InvalidInput: The clock says no zone.
        """


def maintenance_of(store: EventStore) -> Maintenance:
    """
    Return the maintenance of a log's file, for callers that need one.

    Raises:
        LogError: The store has no file.
    """
    maintenance = store.maintenance()
    if maintenance is None:
        raise LogError(message("error.log.no_file"))
    return maintenance

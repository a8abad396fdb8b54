"""Reading a log that is kept in plain lists."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec
from attrs import frozen

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import (
    LogCorrupted,
)
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream, Subject, SubjectKind
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.clock import instant
from ledger.store.codec import Codec, codec
from ledger.store.line import line
from ledger.store.merkle import HEIGHT, Tree
from ledger.store.records import (
    Head,
)
from ledger.store.stored_event import StoredEvent
from support_lists import Lists

PART = 7
"""How many events of a stream come together."""


@frozen
class ListReader:
    """The events of lists, in the orders in which they are asked for."""

    lists: Lists

    @property
    def settings(self) -> Settings:
        """What was fixed when the log was created."""
        return self.lists.settings

    @property
    def origin(self) -> str:
        """The name that the log was given when it was created."""
        return self.lists.origin

    @property
    def conventions(self) -> str:
        """The origin and the settings as canonical JSON."""
        return self.lists.conventions

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""
        return codec()

    def head(self) -> Head:
        """Return the end of the log."""
        return self.lists.head()

    def version(self, stream: Stream) -> int:
        """Return how many events *stream* holds; 0 where there is none."""
        return sum(row.stream == stream for row in self.lists.rows)

    def streams(
        self, kind: SubjectKind | None = None, year: int | None = None
    ) -> list[Stream]:
        """Return the streams, or those of a kind and a year, in order of name."""
        streams = sorted({row.stream for row in self.lists.rows})
        return [
            one
            for one in streams
            if kind in {None, Subject.of(one).kind}
            and year in {None, Subject.of(one).year}
        ]

    def streams_after(self, position: int) -> list[Stream]:
        """Return the streams that have events above *position*, in order of name."""
        return sorted({row.stream for row in self.lists.rows[position:]})

    def read(
        self, *, after: int = 0, until: int | None = None, types: Sequence[str] = ()
    ) -> Iterator[RecordedEvent]:
        """Yield events in order of position."""
        for row in self.lists.rows[after:until]:
            if not types or row.type in types:
                yield self.codec.recorded(row)

    def read_stream(
        self, stream: Stream, *, after_version: int = 0, until: int | None = None
    ) -> Iterator[StoredEvent]:
        """Yield the events of *stream* above a version, up to a position, in order."""
        for row in self.lists.rows[:until]:
            if row.stream == stream and row.version > after_version:
                yield self.codec.recorded(row)

    def read_by_stream(
        self,
        *,
        until: int | None = None,
        envelope: bool = True,
        streams: Iterable[Stream] | None = None,
    ) -> Iterator[tuple[Stream, list[RecordedEvent]]]:
        """Yield the streams in order of name, each with events in order of version."""
        last = len(self.lists.rows) if until is None else until
        for stream in self.streams() if streams is None else streams:
            events = list(self.read_stream(stream, until=last))
            if not envelope:
                events = [
                    msgspec.structs.replace(
                        each, id="", recorded_at="", actor="", key=None, cause=None
                    )
                    for each in events
                ]
            for start in range(0, len(events), PART):
                yield stream, [*events[start : start + PART]]

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, or ``None``."""
        for row in self.lists.rows:
            if row.id == event_id:
                return self.codec.recorded(row)
        return None

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key*, in order, each with its digest."""
        rows = [row for row in self.lists.rows if row.key == key]
        return [(self.codec.recorded(row), row.request) for row in rows]

    def keyless(self, stream: Stream, after_version: int) -> Iterator[tuple[str, int]]:
        """Yield digest and version of what files recorded without keys, in order."""
        for row in self.lists.rows:
            if row.stream != stream or row.version <= after_version:
                continue
            if row.request is not None and row.key is None:
                yield row.request, row.version

    def at_version(self, stream: Stream, version: int) -> RecordedEvent:
        """Return the event of a stream at a version."""
        for row in self.lists.rows:
            if (row.stream, row.version) == (stream, version):
                return self.codec.recorded(row)
        raise LogCorrupted(f"{stream} has no version {version}")

    def undone(self, stream: Stream) -> Iterator[RecordedEvent]:
        """Yield the reversals and retractions of a stream, in order."""
        for recorded in self.read_stream(stream):
            if recorded.type in ("DisbursementReversed", "ResultRetracted"):
                yield recorded

    def lines(self, *, after: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the canonical lines in order of position."""
        return map(line, self.lists.rows[after:until])

    def position_at(self, at: datetime) -> int:
        """Return the last position recorded by *at*; 0 where there is none."""
        return sum(row.recorded_at <= instant(at) for row in self.lists.rows)

    def last_day(self, until: int) -> date | None:
        """Return the latest effective date recorded up to a position, if any."""
        days = [date.fromisoformat(row.on) for row in self.lists.rows[:until]]
        return max(days, default=None)

    def append_around(self, position: int) -> tuple[int, int]:
        """Return where the append that wrote a position begins and ends."""
        at = self.lists.rows[position - 1].recorded_at
        own = [row.position for row in self.lists.rows if row.recorded_at == at]
        return own[0] - 1, own[-1]

    def last_instant(self) -> str:
        """Return when the last event was recorded; empty where there is none."""
        return self.lists.rows[-1].recorded_at if self.lists.rows else ""

    def root_at(self, position: int) -> bytes:
        """Return the root over the lines up to *position*."""
        return self.lists.tree(position).root()

    def tree(self) -> Tree:
        """Return the tree over the log's lines."""
        hashes = self.lists.hashes()
        assert all(level % HEIGHT == 0 for level in hashes)
        return Tree(lambda level, first, last: hashes.get(level, [])[first:last])

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """Yield number, size, root and note of the checkpoints, as they were sealed."""
        return iter(self.lists.seals)

    def checkpoint(self, size: int) -> LogCheckpoint:
        """Return what the log was at *size* events, vouched for by nobody."""
        return LogCheckpoint(
            origin=self.origin,
            size=size,
            root=self.root_at(size),
            conventions=self.conventions,
        )

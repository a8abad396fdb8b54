"""
A store of plain lists: the protocol of stores, with nothing fast and no file.

What it says follows from its rows each time that it is asked.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, date, datetime
from types import TracebackType
from typing import Self

import attrs
import msgspec
from attrs import define, field, frozen

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import (
    InvalidInput,
    LedgerLocked,
    LogCorrupted,
    ReadOnlyLedger,
)
from ledger.domain.events import Event
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream
from ledger.store.clock import Clock, Entropy, instant, is_behind, just_after, utc_now
from ledger.store.event_ids import ids_after
from ledger.store.line import LONGEST_LINE, Row, line
from ledger.store.protocol import EventStore
from ledger.store.records import (
    Snapshot,
    StoredSnapshot,
)
from support_list_reader import ListReader
from support_lists import ListForensics, Lists, ListSnapshots


@define
class ListWriter:
    """What may be done while the only right to write lists is held."""

    store: "ListStore"
    draft: Lists
    changes: int
    today: date
    behind: bool
    recorded_at: str
    id_start: str
    id_number: int

    @classmethod
    def begin(cls, store: "ListStore") -> "ListWriter":
        """Take the right to write: what is appended is kept at the end."""
        lists = store.lists
        draft = attrs.evolve(
            lists,
            rows=list(lists.rows),
            seals=list(lists.seals),
            states=dict(lists.states),
        )
        last, last_id = store.last_instant(), lists.rows[-1].id if lists.rows else ""
        now = store.now()
        at = instant(now)
        start, number = ids_after(last_id, now, store.entropy)
        return cls(
            store,
            draft,
            lists.commits - store.own[0],
            now.astimezone(UTC).date(),
            is_behind(at, last),
            at if at > last else just_after(last),
            start,
            number,
        )

    @property
    def size(self) -> int:
        """How many events the log has, with those appended here."""
        return len(self.draft.rows)

    @property
    def saved(self) -> int:
        """The position through which snapshots are stored."""
        return self.draft.saved

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was appended, all or nothing."""
        lists, draft = self.store.lists, self.draft
        lists.held = False
        if kind is None:
            lists.rows, lists.seals = draft.rows, draft.seals
            lists.states, lists.saved = draft.states, draft.saved
            lists.commits += 1
            self.store.own[0] += 1

    def _within(self) -> ListReader:
        """Return what reads what was appended so far."""
        return ListReader(self.draft)

    def version(self, stream: Stream) -> int:
        """Return the version of *stream*, what was appended here included."""
        return self._within().version(stream)

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, one appended here included."""
        return self._within().find(event_id)

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key* with their digests, of here included."""
        return self._within().find_request(key)

    def expect(self, events: Sequence[Event]) -> None:
        """Prepare nothing: each is encoded as it comes."""

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
        """Append *event* to *stream*, its own, and return it with its envelope."""
        version = self.version(stream)
        assert after is None or after == version
        name, schema, payload = self.store.codec.encode(event)
        row = Row(
            position=self.size + 1,
            stream=stream,
            version=version + 1,
            id=f"{self.id_start}-{self.id_number:012x}",
            type=name,
            schema=schema,
            on=event.on.isoformat(),
            recorded_at=self.recorded_at,
            actor=actor,
            key=key,
            cause=cause,
            request=request,
            payload=payload,
        )
        self.id_number += 1
        try:
            size = len(line(row))
        except LogCorrupted as problem:
            right = "characters of Unicode"
            raise InvalidInput("key, cause", f"{key}, {cause}", right) from problem
        if size > LONGEST_LINE:
            right = f"a fact whose line has up to {LONGEST_LINE} bytes"
            raise InvalidInput(name, f"{size} bytes", right)
        self.draft.rows.append(row)
        recorded = self.store.codec.recorded(row)
        return msgspec.structs.replace(recorded, event=event)

    def restore(self, row: Row) -> None:
        """Append a row as it was recorded in another store."""
        expected = self.size + 1, self.version(row.stream) + 1
        if (row.position, row.version) != expected:
            raise LogCorrupted(f"is {row[:3]}; expected {expected}")
        if self.draft.rows and row.id <= self.draft.rows[-1].id:
            raise LogCorrupted(f"has the id {row.id}; expected one above the last")
        self.store.codec.recorded(row)
        self.draft.rows.append(row)

    def flush(self) -> None:
        """Do nothing: what was appended is seen."""

    def seal(self, size: int, root: bytes, note: str) -> None:
        """Keep a checkpoint; the same note twice is kept once."""
        if note not in [kept for *_, kept in self.draft.seals]:
            self.draft.seals.append((len(self.draft.seals) + 1, size, root, note))

    def save(self, states: Iterable[tuple[str, int, Snapshot]]) -> None:
        """Store the states of every stream that moved."""
        self.draft.saved = self.size
        for name, version, each in states:
            kept = StoredSnapshot(
                each.stream_version,
                self.size,
                each.events,
                each.state,
            )
            self.draft.states[name, each.stream] = version, each.stream, kept


@frozen
class ListStore(ListReader):
    """
    A log in lists; several may share the same.

    Attributes:
        own: How often something was kept by this one.
    """

    clock: Clock = utc_now
    entropy: Entropy = os.urandom
    read_only: bool = False
    path: None = None
    place: str = ":memory:"
    own: list[int] = field(factory=lambda: [0])

    @property
    def snapshots(self) -> ListSnapshots:
        """The states of streams that are kept."""
        return ListSnapshots(self.lists)

    def close(self) -> None:
        """Do nothing: there is no file."""

    def copied(self) -> "ListStore":
        """Return a copy, which keeps nothing of what is tried there."""
        lists = attrs.evolve(
            self.lists,
            rows=list(self.lists.rows),
            seals=list(self.lists.seals),
            states=dict(self.lists.states),
        )
        return ListStore(lists, self.clock, self.entropy)

    def check_layout(self) -> None:
        """Do nothing: there is none."""

    def maintenance(self) -> None:
        """Return ``None``: there is nothing beneath lists."""

    def forensics(self) -> ListForensics:
        """Return the stored rows."""
        return ListForensics(self.lists)

    def reading(self) -> AbstractContextManager[None]:
        """Hold one view of the lists."""
        return nullcontext()

    def writing(self, *, wait: bool = True) -> ListWriter:
        """Take the only right to write, to be held by a ``with`` block."""
        if self.read_only:
            raise ReadOnlyLedger("opened for reading only")
        if self.lists.held:
            raise LedgerLocked(f"another is writing (wait: {wait})")
        writer = ListWriter.begin(self)
        self.lists.held = True
        return writer

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""
        return self.clock()

    def today(self) -> date:
        """Return the day now, in UTC, whatever the zone of the clock."""
        now = self.now()
        instant(now)
        return now.astimezone(UTC).date()


def store_in_lists(
    clock: Clock = utc_now,
    entropy: Entropy = os.urandom,
    *,
    settings: Settings | None = None,
) -> EventStore:
    """Return a new store of lists."""
    return ListStore(Lists.new(entropy, settings), clock, entropy)

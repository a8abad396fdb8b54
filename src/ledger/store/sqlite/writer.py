"""The only right to write a log: events, the tree over them, and snapshots."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from types import TracebackType
from typing import Any, Self

import msgspec
from attrs import define, field

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LogCorrupted, said_by
from ledger.domain.events import Event
from ledger.domain.subject import Stream
from ledger.messages import message
from ledger.store.clock import instant, is_behind, just_after
from ledger.store.codec import Encoded
from ledger.store.event_ids import ids_after
from ledger.store.line import LONGEST_LINE, Row, Values, as_row, check_length, lines
from ledger.store.merkle import Frontier, leaf_hashes
from ledger.store.records import Snapshot
from ledger.store.sqlite.insertion import insertion
from ledger.store.sqlite.reader import FileReader
from ledger.store.sqlite.snapshots import FileSnapshots
from ledger.store.sqlite.sql_file import SqlFile
from ledger.store.sqlite.stored_tree import stored_tree
from ledger.store.stored_event import StoredEvent

_INSERT_SUBTREE = "INSERT INTO subtrees VALUES (?, ?, ?)"
_UPDATE_HEAD = (
    "UPDATE head SET size = ?, frontier = ?, saved = ?, counts = ?, last_on = ?"
)
_LAST = "SELECT * FROM events ORDER BY position DESC LIMIT 1"
_encode = msgspec.json.Encoder().encode
_ID, _TYPE, _ON = map(Row._fields.index, ("id", "type", "on"))
_RECORDED_AT = Row._fields.index("recorded_at")
_CHUNK = 2_000
_FEW, _AFTER_FEW, _AFTER_MANY = 100, 500, 4_000
# From so many pages written ahead a commit of few or many events moves them in place:
# to write further ahead costs few more, and many change the same ones again.
_LONGEST_PAYLOAD = LONGEST_LINE - 10_000
"""Bytes of a payload whose line is never too long: names are short."""


@define
class FileWriter:
    """
    What may be done while the only right to write is held.

    Attributes:
        size: How many events the log has, with those appended here.

        saved: The position through which snapshots are stored.

        changes: What SQLite counts of the commits of other connections.

        today: The day of recording by the clock, in UTC.

        behind: Whether the clock is behind the last instant of the log.

        recorded_at: The instant of what is appended here; no other append has it.
    """

    _reader: FileReader
    _file: SqlFile
    _snapshots: FileSnapshots
    _resting: list["FileWriter"]
    size: int
    saved: int
    _counts: dict[str, int]
    _frontier: Frontier
    _last: str
    _last_id: str
    _last_on: str
    changes: int = -1
    today: date = date.min
    behind: bool = False
    recorded_at: str = ""
    _own_changes: int = -1
    _id_start: str = ""
    _id_number: int = 0
    _restored: dict[Stream, int] = field(factory=dict)
    _by_key: dict[str, list[tuple[RecordedEvent, str | None]]] = field(factory=dict)
    _rows: list[Values] = field(factory=list)
    _ahead: dict[int, Encoded] = field(factory=dict)
    _written_last: tuple[Any, ...] = ()
    _keeps: bool = False
    _before: int = 0
    _moved_after: int = 0

    @classmethod
    def at_end(
        cls, reader: FileReader, snapshots: FileSnapshots, resting: list["FileWriter"]
    ) -> "FileWriter":
        """
        Read the end of the log, check that it agrees with itself, and append there.

        Args:
            resting: Where the writer waits between its transactions.

        Raises:
            LogCorrupted: The head contradicts itself, or the last event cannot be read.
        """
        file = reader.file
        file.check_schema()
        head = reader.head()
        with file.translating:
            last = file.connection.execute(
                "SELECT recorded_at, id FROM events WHERE position = ?", (head.size,)
            ).fetchall()
        try:
            recorded_at, last_id = last[0] if last else ("", "")
            datetime.fromisoformat(recorded_at or "2000-01-01")
            int(last_id.replace("-", "") or "0", 16)
        except (TypeError, ValueError) as problem:
            raise LogCorrupted(
                message("error.corrupted.end", path=file.path, problem=said_by(problem))
            ) from None
        kept = stored_tree(file.query).root(0, head.size)
        if kept != head.root or len(last) != min(head.size, 1):
            raise LogCorrupted(message("error.corrupted.head", path=file.path))
        end = head.saved, head.counts, head.frontier, recorded_at, last_id, head.last_on
        return cls(reader, file, snapshots, resting, head.size, *end)

    def is_at_end(self, changes: int) -> bool:
        """
        Return whether nothing was written to the file since this writer rested.

        Args:
            changes: What SQLite counts of the commits of other connections.
        """
        own = self._file.connection.total_changes
        return self.changes == changes and self._own_changes == own

    def start(self, changes: int) -> None:
        """Take the instant and the ids of one more transaction."""
        file, last = self._file, self._last_id
        now = file.now()
        self.changes, self._before = changes, self.size
        # Each append has an instant of its own, above the last one's: the events of
        # one instant are one append, whatever the clock says.
        at = instant(now)
        self.today, self.behind = now.astimezone(UTC).date(), is_behind(at, self._last)
        self.recorded_at = at if at > self._last else just_after(self._last)
        self._id_start, self._id_number = ids_after(last, now, file.entropy)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Keep what was appended, all or nothing, and wait for the next transaction."""
        connection = self._file.connection
        self._ahead.clear()
        try:
            if kind is None:
                with self._file.translating:
                    self._finish()
                    connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        if kind is None:
            self._restored.clear()
            self._own_changes = connection.total_changes
            self._resting.append(self)

    def version(self, stream: Stream) -> int:
        """Return the version of *stream*, what was appended here included."""
        self.flush()
        return self._reader.version(stream)

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, one appended here included."""
        self.flush()
        return self._reader.find(event_id)

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key* with their digests, of here included."""
        return [*self._reader.find_request(key), *self._by_key.get(key, ())]

    def expect(self, events: Sequence[Event]) -> None:
        """Encode events together that may be appended; they stay as they are."""
        self._ahead = self._file.codec.all_encoded(events)

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
        version = (self.version(stream) if after is None else after) + 1
        encoded = self._ahead.get(id(event)) or self._file.codec.encode(event)
        name, schema, payload = encoded
        position = self.size + 1
        event_id = f"{self._id_start}-{self._id_number:012x}"
        self._id_number += 1
        at, on = self.recorded_at, event.on
        values = (
            position,
            stream,
            version,
            event_id,
            name,
            schema,
            _written(on),
            at,
            actor,
            key,
            cause,
            request,
            payload,
        )
        if len(payload) > _LONGEST_PAYLOAD:
            check_length(as_row(values))
        recorded = StoredEvent(
            position,
            stream,
            version,
            event_id,
            name,
            schema,
            on,
            at,
            actor,
            key,
            cause,
            event,
        )
        if key is not None:
            self._by_key.setdefault(key, []).append((recorded, request))
        self.size = position
        rows = self._rows
        rows.append(values)
        if len(rows) >= _CHUNK:
            self.flush()
        return recorded

    def restore(self, row: Row) -> None:
        """
        Append a row as it was recorded in another file.

        Raises:
            LogCorrupted: It is not the next one, or cannot be read.
        """
        stream, position = row.stream, self.size + 1
        version = (self._restored.get(stream) or self._reader.version(stream)) + 1
        if (row.position, row.version) != (position, version):
            raise LogCorrupted(
                message(
                    "error.corrupted.order",
                    position=row.position,
                    version=row.version,
                    stream=stream,
                    position_2=position,
                    version_2=version,
                )
            )
        if row.id <= self._last_id:
            raise LogCorrupted(message("error.corrupted.id", id=row.id))
        self._file.codec.recorded(row)
        self.size, self._last_id, self._restored[stream] = position, row.id, version
        self._rows.append(row)
        if len(self._rows) >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what was appended so far, within the transaction."""
        with self._file.translating:
            self._flush()

    def seal(self, size: int, root: bytes, note: str) -> None:
        """Keep a checkpoint; the same note twice is kept once."""
        execute = self._file.connection.execute
        kept = "SELECT COUNT(*) FROM checkpoints WHERE note = ?"
        with self._file.translating:
            if execute(kept, (note,)).fetchone() == (1,):
                return
            execute(
                """
                INSERT INTO checkpoints
                SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ? FROM checkpoints
                """,
                (size, root, note),
            )
            self._hold(execute(kept, (note,)).fetchone() == (1,))
            counted = execute("UPDATE head SET sealed = sealed + 1")
            self._hold(counted.rowcount == 1)

    def save(self, states: Iterable[tuple[str, int, Snapshot]]) -> None:
        """
        Store the states of every stream that moved since snapshots were last stored.

        Each comes with the name and the version of its projection.
        """
        self.flush()
        self.saved = self.size
        self._snapshots.save(states, self.saved)

    def _flush(self) -> None:
        """Write what was appended so far; errors of SQLite are as they are."""
        rows = self._rows
        if not rows:
            return
        columns = [*zip(*rows, strict=True)]
        leaves = leaf_hashes(lines(columns))
        execute = self._file.connection.executemany
        self._hold(self._insert(columns, leaves) == len(rows))
        subtrees = self._frontier.extend(leaves)
        if subtrees:
            kept = [
                (level, number, bytearray(root)) for level, number, root in subtrees
            ]
            self._hold(execute(_INSERT_SUBTREE, kept).rowcount == len(kept))
        if not self._keeps:
            self._written_last = *rows[-1][:-1], columns[-1][-1].decode(), leaves[-1]
        self._last, self._last_id = columns[_RECORDED_AT][-1], columns[_ID][-1]
        self._last_on = max(self._last_on, *columns[_ON])
        counts = self._counts
        for name in columns[_TYPE]:
            counts[name] = counts.get(name, 0) + 1
        rows.clear()
        self._by_key.clear()

    def _insert(self, columns: list[tuple[Any, ...]], leaves: list[bytes]) -> int:
        """Insert events with their leaves, and return how many there were."""
        execute = self._file.connection.executemany
        written: int = execute(*insertion(columns, leaves)).rowcount
        return written

    def _pace(self) -> None:
        """Choose how often pages that were written ahead are moved in place."""
        pages = _AFTER_FEW if self.size - self._before < _FEW else _AFTER_MANY
        if pages != self._moved_after:
            self._file.connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")
            self._moved_after = pages

    def _finish(self) -> None:
        """Write what is left, and move the head; errors of SQLite are as they are."""
        self._flush()
        frontier, execute = self._frontier, self._file.connection.execute
        self._pace()
        if self._written_last and not self._keeps:
            self._hold(execute(_LAST).fetchone() == self._written_last)
            self._keeps = True
        moved = execute(
            _UPDATE_HEAD,
            (
                frontier.size,
                bytearray(frontier.to_bytes()),
                self.saved,
                _encode(self._counts).decode(),
                self._last_on,
            ),
        )
        self._hold(moved.rowcount == 1)

    def _hold(self, there: bool) -> None:
        """
        Check that the file has what was written, before anybody relies on it.

        Raises:
            LogCorrupted: It has not.
        """
        if not there:
            raise LogCorrupted(
                message("error.corrupted.not_kept", path=self._file.path)
            )


_written = lru_cache(maxsize=1024)(date.isoformat)
"""Returns a date as text; a batch holds few of them many times."""

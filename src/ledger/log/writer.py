"""The only right to write a log: events, the tree over them, and snapshots."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from attrs import define, field

from ledger.domain.errors import InvalidInput, LogCorrupted
from ledger.domain.events import Event, stream_of
from ledger.domain.recorded import RecordedEvent
from ledger.log.layout import translated
from ledger.log.merkle import Frontier, leaf_hash
from ledger.log.record import Row, line

if TYPE_CHECKING:
    from ledger.log.sqlite import SqliteLog

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]

_INSERT = f"INSERT INTO events VALUES ({', '.join('?' * 11)}, CAST(? AS TEXT), ?)"
_INSERT_SUBTREE = "INSERT INTO subtrees VALUES (?, ?, ?)"
_CHUNK = 2_000


class Snapshot(NamedTuple):
    """
    A stored state of one stream under one projection.

    Attributes:
        stream_version: Of the last event that it follows.

        events: How many events it follows from.

        fiscal_year: Of the stream, where its state says one.
    """

    stream: str
    stream_version: int
    events: int
    fiscal_year: int | None
    state: bytes


def instant(at: datetime) -> str:
    """
    Return *at* as the log writes instants: UTC, microseconds, ``Z``.

    Raises:
        InvalidInput: It has no time zone.
    """
    if at.tzinfo is None:
        raise InvalidInput("instant", at.isoformat(), "a time with its zone")
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    return f"{text}Z"


class End(NamedTuple):
    """
    The end of the log as the last append of this connection left it.

    Attributes:
        changes: What SQLite counts of the commits of other connections, and of the
            rows that this one wrote; while it is the same, nothing else was written.
    """

    changes: tuple[int, int]
    saved: int
    counts: Counter[str]
    frontier: Frontier
    recorded_at: str
    id: str


@define
class Writer:
    """
    What may be done while the only right to write is held.

    Attributes:
        saved: The position through which snapshots are stored.

        changes: What SQLite counts of the commits of other connections.

        versions: Of the streams looked at so far.
    """

    _log: "SqliteLog"
    changes: int
    saved: int
    _counts: Counter[str]
    _frontier: Frontier
    _last: str
    _last_id: str
    _recorded_at: str
    _ids: Iterator[str]
    versions: dict[str, int] = field(factory=dict)
    _pending: list[RecordedEvent] = field(factory=list)
    _rows: list[tuple[Any, ...]] = field(factory=list)

    @classmethod
    def begin(cls, log: "SqliteLog") -> "Writer":
        """
        Take the end of *log* as the place to append to.

        Raises:
            LogCorrupted: The head contradicts itself, or the last event cannot be read.
        """
        changes = log.changes()
        end = log.ends.pop() if log.ends else None
        if end is None or end.changes != (changes, log.connection.total_changes):
            end = cls._end(log)
        # A clock that was set back must not make the record run backwards.
        now = log.now()
        recorded_at = max(instant(now), end.recorded_at)
        ids = _uuid7s(now, log.entropy(10), after=end.id)
        return cls(log, changes, *end[1:], recorded_at, ids)

    @classmethod
    def _end(cls, log: "SqliteLog") -> End:
        """Read the end of the log, and hold it to itself."""
        head = log.head()
        with translated(log.path):
            execute = log.connection.execute
            (frontier,) = execute("SELECT frontier FROM head").fetchone()
            last = execute(
                "SELECT recorded_at, id FROM events WHERE position = ?", (head.size,)
            ).fetchall()
        try:
            recorded_at, last_id = last[0] if last else ("", "")
            datetime.fromisoformat(recorded_at or "2000-01-01")
            int(last_id.replace("-", "") or "0", 16)
            tree = Frontier.from_bytes(head.size, frontier)
        except (TypeError, ValueError) as problem:
            raise LogCorrupted(f"{log.path}: the end of the log: {problem}") from None
        if tree.root() != head.root or len(last) != min(head.size, 1):
            raise LogCorrupted(f"{log.path}: the head is not that of the log")
        written = 0, 0  # It is used at once.
        counts = Counter(head.counts)
        return End(written, head.saved, counts, tree, recorded_at, last_id)

    def end(self) -> End:
        """Return the end of the log as this writer left it."""
        changes = self.changes, self._log.connection.total_changes
        last = self._last, self._last_id
        return End(changes, self.saved, self._counts, self._frontier, *last)

    @property
    def size(self) -> int:
        """How many events the log has, with those appended here."""
        return self._frontier.size + len(self._rows)

    def version(self, stream: str) -> int:
        """Return the version of *stream*, what was appended here included."""
        if stream not in self.versions:
            self.versions[stream] = self._log.version(stream)
        return self.versions[stream]

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, one appended here included."""
        pending = (e for e in self._pending if e.id == event_id)
        return next(pending, None) or self._log.find(event_id)

    def find_key(self, stream: str, name: str, key: str) -> RecordedEvent | None:
        """Return the event that has *key*, one appended here included."""
        pending = (
            e
            for e in self._pending
            if e.key == key and e.stream == stream and e.type == name
        )
        return next(pending, None) or self._log.find_key(stream, name, key)

    def append(
        self,
        event: Event,
        *,
        actor: str,
        key: str | None = None,
        cause: str | None = None,
    ) -> RecordedEvent:
        """
        Append *event* to its stream and return it with its envelope.

        Raises:
            InvalidInput: It, its key or its cause holds what cannot be stored.
        """
        stream = stream_of(event)
        version = self.version(stream) + 1
        name, schema, payload = self._log.codec.encode(event)
        position, event_id = self.size + 1, next(self._ids)
        at, on = self._recorded_at, event.on
        row = (
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
            payload,
        )
        try:
            leaf = leaf_hash(line(row))
        except LogCorrupted as problem:
            found = f"{key}, {cause}"
            right = "characters of Unicode"
            raise InvalidInput("key, cause", found, right) from problem
        recorded = RecordedEvent(
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
        self._rows.append((*row, leaf))
        self.versions[stream] = version
        self._pending.append(recorded)
        if len(self._rows) >= _CHUNK:
            self.flush()
        return recorded

    def restore(self, row: Row) -> None:
        """
        Append a row as it was recorded in another file.

        Raises:
            LogCorrupted: It is not the next one, or cannot be read.
        """
        stream, right = row[1], (self.size + 1, self.version(row[1]) + 1)
        if (row[0], row[2]) != right:
            raise LogCorrupted(
                f"has position {row[0]} and version {row[2]} of {stream}; "
                f"expected {right[0]} and {right[1]}"
            )
        if row[3] <= self._last_id:
            raise LogCorrupted(f"has the id {row[3]}; expected one above the last")
        self._last_id = row[3]
        self._log.codec.recorded(row)
        self._rows.append((*row, leaf_hash(line(row))))
        self.versions[stream] = row[2]
        if len(self._rows) >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what was appended so far, within the transaction."""
        if not self._rows:
            return
        with translated(self._log.path):
            self._log.connection.executemany(_INSERT, self._rows)
            subtrees = self._frontier.extend(row[-1] for row in self._rows)
            if subtrees:
                self._log.connection.executemany(_INSERT_SUBTREE, subtrees)
        self._counts.update(row[4] for row in self._rows)
        self._last, self._last_id = self._rows[-1][7], self._rows[-1][3]
        self._rows.clear()
        self._pending.clear()

    def seal(self, size: int, root: bytes, note: str) -> None:
        """Keep a checkpoint; the same note twice is kept once."""
        with translated(self._log.path):
            self._log.connection.execute(
                """
                INSERT INTO checkpoints
                SELECT COALESCE(MAX(number), 0) + 1, ?, ?, ? FROM checkpoints
                WHERE NOT EXISTS (SELECT 1 FROM checkpoints WHERE note = ?)
                """,
                (size, root, note, note),
            )

    def save(self, states: Iterable[tuple[str, int, Snapshot]]) -> None:
        """
        Store the states of every stream that moved since snapshots were last stored.

        Each comes with the name and the version of its projection.
        """
        self.flush()
        self.saved = self.size
        with translated(self._log.path):
            self._log.connection.executemany(
                """
                INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (projection, stream) DO UPDATE SET
                  version = excluded.version, stream_version = excluded.stream_version,
                  events = excluded.events, position = excluded.position,
                  fiscal_year = excluded.fiscal_year, state = excluded.state
                """,
                (
                    (name, stream, version, stream_version, n, self.saved, year, state)
                    for name, version, (
                        stream,
                        stream_version,
                        n,
                        year,
                        state,
                    ) in states
                ),
            )

    def finish(self) -> None:
        """Write what is left, and move the head."""
        self.flush()
        frontier = self._frontier
        with translated(self._log.path):
            self._log.connection.execute(
                "UPDATE head SET size = ?, frontier = ?, root = ?, saved = ?, "
                "counts = ?",
                (
                    frontier.size,
                    frontier.to_bytes(),
                    frontier.root(),
                    self.saved,
                    msgspec.json.encode(self._counts).decode(),
                ),
            )


_written = lru_cache(maxsize=1024)(date.isoformat)
"""Returns a date as text; a batch holds few of them many times."""


def _uuid7s(at: datetime, entropy: bytes, *, after: str) -> Iterator[str]:
    """
    Yield UUIDv7s, each one above the one before (RFC 9562, 5.7 and 6.2).

    Args:
        at: The instant of them all, unless the last one has a later.

        entropy: Ten random bytes, from which they start in a new millisecond.

        after: The last one so far, or nothing.
    """
    time, rest = f"{int(at.timestamp() * 1000):012x}", entropy.hex()
    variant = "89ab"[entropy[9] & 3]
    start = f"{time[:8]}-{time[8:]}-7{rest[:3]}-{variant}{rest[3:6]}"
    first = int.from_bytes(entropy[3:9], "big") >> 1  # There is room above it.
    if after[:13] >= start[:13]:
        start, first = after[:23], int(after[24:], 16) + 1
    return (f"{start}-{number:012x}" for number in count(first))

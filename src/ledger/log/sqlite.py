"""The event log in one SQLite file: reading, appending and snapshots."""

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from attrs import define, field, frozen
from sqlite_utils import Database

from ledger.domain.errors import (
    InvalidInput,
    ReadOnlyLedger,
)
from ledger.domain.events import Event, stream_of
from ledger.domain.recorded import RecordedEvent
from ledger.domain.settings import Settings
from ledger.log import record
from ledger.log.layout import (
    check_file,
    connect,
    prepare,
    read_settings,
    translated,
)
from ledger.log.merkle import Frontier, leaf_hash
from ledger.log.record import Codec, Row, line

Clock = Callable[[], datetime]
Entropy = Callable[[int], bytes]

_COLUMNS = (
    "position, stream, version, id, type, schema, effective_on, "
    'recorded_at, actor, "key", cause, CAST(payload AS BLOB)'
)
_INSERT = f"INSERT INTO events VALUES ({', '.join('?' * 13)})"
_CHUNK = 2_000
_READ_TOGETHER = 50
_LAST = 2**63 - 1


class Head(NamedTuple):
    """
    The end of the log.

    Attributes:
        size: How many events it has.

        root: Over their lines.

        saved: The position through which snapshots were stored.

        counts: How many events of each type it has.
    """

    size: int
    root: bytes
    saved: int
    counts: dict[str, int]


class Snapshot(NamedTuple):
    """
    A stored state of one stream under one projection.

    Attributes:
        stream_version: Of the last event that it follows.

        events: How many events it follows from.
    """

    stream: str
    stream_version: int
    events: int
    state: bytes


def utc_now() -> datetime:
    """Return the instant now; the clock used where none is injected."""
    return datetime.now(UTC)


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


@frozen
class SqliteLog:
    """
    An append-only log of events in one file.

    Reading, appending and snapshots only; what may be appended is decided above.
    """

    path: Path | None
    settings: Settings
    _db: Database = field(repr=False)
    _codec: Codec = field(repr=False)
    _clock: Clock = field(repr=False)
    _entropy: Entropy = field(repr=False)
    read_only: bool = False

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        settings: Settings | None = None,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
        clock: Clock = utc_now,
        entropy: Entropy = secrets.token_bytes,
        codec: Codec | None = None,
    ) -> "SqliteLog":
        """
        Open the log at *path*, or create it with *settings* where there is none.

        Args:
            path: A file, or ``:memory:``.

            timeout: Seconds to wait for another writer.

        Raises:
            NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
            InvalidInput: The file exists with other settings than *settings*.
        """
        memory = os.fspath(path) == ":memory:"
        file = None if memory else Path(path)
        if file is not None:
            check_file(file, create=create and not read_only)
        with translated(file):
            connection = connect(file, read_only=read_only, timeout=timeout)
        try:
            with translated(file):
                db = Database(
                    connection, recursive_triggers=False, execute_plugins=False
                )
                prepare(db, file, settings, read_only=read_only)
                known = read_settings(connection)
        except BaseException:
            connection.close()
            raise
        if settings is not None and known != settings:
            connection.close()
            raise InvalidInput("settings", settings, f"those of the file, {known}")
        codec = codec or record.codec()
        return cls(file, known, db, codec, clock, entropy, read_only)

    def close(self) -> None:
        """Close the file."""
        self._db.conn.close()

    def head(self) -> Head:
        """Return the end of the log."""
        size, root, saved, counts = self._one(
            "SELECT size, root, saved, counts FROM head"
        )
        return Head(size, root, saved, json.loads(counts))

    def version(self, stream: str) -> int:
        """Return how many events *stream* holds; 0 where there is none."""
        (version,) = self._one(
            "SELECT COALESCE(MAX(version), 0) FROM events WHERE stream = ?", stream
        )
        return int(version)

    def streams(self, kind: str) -> list[str]:
        """Return the streams of *kind*, ``project`` or ``unit``, in order of name."""
        # Jumps from one stream to the next in the index instead of reading all of it.
        rows = self._query(
            """
            WITH RECURSIVE each(stream) AS (
              SELECT MIN(stream) FROM events WHERE stream >= ? AND stream < ?
              UNION ALL
              SELECT (SELECT MIN(stream) FROM events
                      WHERE stream > each.stream AND stream < ?)
              FROM each WHERE each.stream IS NOT NULL
            )
            SELECT stream FROM each WHERE stream IS NOT NULL
            """,
            f"{kind}:",
            f"{kind};",
            f"{kind};",
        )
        return [stream for (stream,) in rows]

    def streams_after(self, position: int) -> list[str]:
        """Return the streams that have events above *position*, in order of name."""
        rows = self._query(
            "SELECT DISTINCT stream FROM events WHERE position > ? ORDER BY stream",
            position,
        )
        return [stream for (stream,) in rows]

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
        chosen = f"AND type IN ({', '.join('?' * len(types))})" if types else ""
        where = f"position > ? AND position <= ? {chosen} ORDER BY position"
        return self._recorded(where, after, _end(until), *types)

    def read_stream(
        self, stream: str, *, after_version: int = 0, until: int | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the events of *stream* above a version, up to a position, in order."""
        where = "stream = ? AND version > ? AND position <= ? ORDER BY version"
        return self._recorded(where, stream, after_version, _end(until))

    def read_by_stream(self, *, until: int | None = None) -> Iterator[RecordedEvent]:
        """Yield all events, stream after stream, each in order of version."""
        where = "position <= ? ORDER BY stream, version"
        return self._recorded(where, _end(until))

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, or ``None``."""
        rows = self._rows("id = ?", event_id)
        return next(map(self._codec.recorded, rows), None)

    def find_key(self, stream: str, name: str, key: str) -> RecordedEvent | None:
        """Return the event of this type that has *key* in *stream*, or ``None``."""
        rows = self._rows('stream = ? AND type = ? AND "key" = ?', stream, name, key)
        return next(map(self._codec.recorded, rows), None)

    def lines(self, *, after: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the canonical lines in order of position."""
        where = "position > ? AND position <= ? ORDER BY position"
        return map(line, self._rows(where, after, _end(until)))

    def position_at(self, at: datetime) -> int:
        """Return the last position recorded by *at*; 0 where there is none."""
        wanted = instant(at)
        low, high = 0, self.head().size
        while low < high:  # recorded_at never falls along positions.
            middle = (low + high + 1) // 2
            (recorded_at,) = self._one(
                "SELECT recorded_at FROM events WHERE position = ?", middle
            )
            if recorded_at <= wanted:
                low = middle
            else:
                high = middle - 1
        return low

    def snapshot(self, projection: str, version: int, stream: str) -> Snapshot | None:
        """Return the stored state of one stream, or ``None``."""
        rows = self._query(
            "SELECT stream, stream_version, events, state FROM snapshots "
            "WHERE projection = ? AND stream = ? AND version = ?",
            projection,
            stream,
            version,
        )
        return next((Snapshot(*row) for row in rows), None)

    def snapshots(self) -> Iterator[tuple[str, int, str, int, bytes]]:
        """
        Yield projection, its version, stream, events and state of all snapshots.

        They come as they lie in the file, those of one stream mostly together.
        """
        return self._query(
            "SELECT projection, version, stream, events, state "
            "FROM snapshots ORDER BY rowid"
        )

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one consistent view of the file while several reads are made."""
        connection = self._db.conn
        if connection.in_transaction:
            yield
            return
        with translated(self.path):
            connection.execute("BEGIN")
        try:
            yield
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")

    @contextmanager
    def writing(self, *, wait: bool = True) -> Iterator["Writer"]:
        """
        Hold the only right to write; what is appended is kept all or not at all.

        Args:
            wait: For another writer to end, for the seconds given at opening; else
                not, from then on.

        Raises:
            ReadOnlyLedger, LedgerLocked: As their names say.
        """
        if self.read_only:
            raise ReadOnlyLedger(f"{self.path}: opened for reading only")
        connection = self._db.conn
        with translated(self.path):
            if not wait:
                connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("BEGIN IMMEDIATE")
        try:
            writer = Writer.begin(self)
            yield writer
            with translated(self.path):
                writer.finish()
                connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def root_at(self, position: int) -> bytes:
        """Return the root over the lines up to *position*."""
        head = self.head()
        if position == head.size:
            return head.root
        frontier = Frontier()
        leaves = self._query(
            "SELECT leaf FROM events WHERE position <= ? ORDER BY position", position
        )
        frontier.extend(leaf for (leaf,) in leaves)
        return frontier.root()

    def last_day(self, until: int) -> date | None:
        """Return the last effective date recorded up to a position, if any."""
        (day,) = self._one(
            "SELECT MAX(effective_on) FROM events WHERE position <= ?", until
        )
        return None if day is None else date.fromisoformat(day)

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""
        return self._clock()

    def changes(self) -> int:
        """Return a number that moves when another connection writes to the file."""
        (number,) = self._one("PRAGMA data_version")
        return int(number)

    def _recorded(self, where: str, *values: object) -> Iterator[RecordedEvent]:
        recorded = self._codec.recorded
        with translated(self.path):
            cursor = self._db.conn.execute(
                f"SELECT {_COLUMNS} FROM events WHERE {where}", values
            )
            # A few dozen at a time: faster by a tenth than one, or than thousands.
            while rows := cursor.fetchmany(_READ_TOGETHER):
                yield from [recorded(row) for row in rows]

    def _rows(self, where: str, *values: object) -> Iterator[Row]:
        return self._query(f"SELECT {_COLUMNS} FROM events WHERE {where}", *values)

    def _query(self, sql: str, *values: object) -> Iterator[Any]:
        with translated(self.path):
            yield from self._db.conn.execute(sql, values)

    def _one(self, sql: str, *values: object) -> Any:
        return next(self._query(sql, *values))


@define
class Writer:
    """
    What may be done while the only right to write is held.

    Attributes:
        saved: The position through which snapshots are stored.

        versions: Of the streams looked at so far.
    """

    _log: SqliteLog
    saved: int
    _counts: Counter[str]
    _frontier: Frontier
    _recorded_at: str
    _milliseconds: int
    versions: dict[str, int] = field(factory=dict)
    _pending: list[RecordedEvent] = field(factory=list)
    _rows: list[tuple[Any, ...]] = field(factory=list)

    @classmethod
    def begin(cls, log: SqliteLog) -> "Writer":
        """Take the end of *log* as the place to append to."""
        size, frontier, saved, counts = log._one(
            "SELECT size, frontier, saved, counts FROM head"
        )
        now = instant(log._clock())
        last = log._query("SELECT recorded_at FROM events WHERE position = ?", size)
        # A clock that was set back must not make the record run backwards.
        recorded_at = max([now, *(text for (text,) in last)])
        milliseconds = int(datetime.fromisoformat(recorded_at).timestamp() * 1000)
        counted = Counter(json.loads(counts))
        tree = Frontier.from_bytes(size, frontier)
        return cls(log, saved, counted, tree, recorded_at, milliseconds)

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
        """Append *event* to its stream and return it with its envelope."""
        stream = stream_of(event)
        version = self.version(stream) + 1
        name, schema, payload = self._log._codec.encode(event)
        position = self.size + 1
        event_id = _uuid7(self._milliseconds, self._log._entropy(10))
        start = position, stream, version, event_id, name, schema
        on, rest = event.on.isoformat(), (self._recorded_at, actor, key, cause)
        leaf = leaf_hash(line((*start, on, *rest, payload)))
        recorded = RecordedEvent(*start, event.on, *rest, event)
        self._rows.append((*start, on, *rest, payload.decode(), leaf))
        self.versions[stream] = version
        self._pending.append(recorded)
        if len(self._rows) >= _CHUNK:
            self.flush()
        return recorded

    def flush(self) -> None:
        """Write what was appended so far, within the transaction."""
        with translated(self._log.path):
            self._log._db.conn.executemany(_INSERT, self._rows)
        self._frontier.extend(row[-1] for row in self._rows)
        self._counts.update(row[4] for row in self._rows)
        self._rows.clear()
        self._pending.clear()

    def save(self, states: Iterable[tuple[str, int, Snapshot]]) -> None:
        """
        Store the states of every stream that moved since snapshots were last stored.

        Each comes with the name and the version of its projection.
        """
        self.flush()
        self.saved = self.size
        with translated(self._log.path):
            self._log._db.conn.executemany(
                """
                INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (projection, stream) DO UPDATE SET
                  version = excluded.version, stream_version = excluded.stream_version,
                  events = excluded.events, position = excluded.position,
                  state = excluded.state
                """,
                (
                    (name, stream, version, stream_version, n, self.saved, state)
                    for name, version, (stream, stream_version, n, state) in states
                ),
            )

    def finish(self) -> None:
        """Write what is left, and move the head."""
        self.flush()
        frontier = self._frontier
        with translated(self._log.path):
            self._log._db.conn.execute(
                "UPDATE head SET size = ?, frontier = ?, root = ?, saved = ?, "
                "counts = ?",
                (
                    frontier.size,
                    frontier.to_bytes(),
                    frontier.root(),
                    self.saved,
                    json.dumps(self._counts),
                ),
            )


def _end(until: int | None) -> int:
    return _LAST if until is None else until


def _uuid7(milliseconds: int, entropy: bytes) -> str:
    """Return a UUIDv7 (RFC 9562, 5.7) of a Unix time and ten random bytes."""
    time, rest = f"{milliseconds:012x}", entropy.hex()
    variant = "89ab"[entropy[9] & 3]
    return f"{time[:8]}-{time[8:]}-7{rest[:3]}-{variant}{rest[3:6]}-{rest[6:18]}"

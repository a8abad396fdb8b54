"""The event log in one SQLite file: reading, appending and snapshots."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from attrs import field, frozen

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import (
    InvalidInput,
    LedgerLocked,
    LogCorrupted,
    ReadOnlyLedger,
)
from ledger.domain.settings import Settings
from ledger.store import codec as record
from ledger.store.checkpoint import Checkpoint
from ledger.store.codec import Codec, Row, line
from ledger.store.merkle import Tree
from ledger.store.sqlite.file_format import (
    Translated,
    check_file,
    connect,
    conventions_of,
    counted,
    hold_still,
    prepare,
    read_settings,
    settings_of,
)
from ledger.store.sqlite.schema import SCHEMA_ROWS, changed
from ledger.store.sqlite.writer import Clock, Entropy, Snapshot, Writer, instant
from ledger.store.stored_tree import stored_tree

COLUMNS = (
    "position, stream, version, id, type, schema, effective_on, "
    'recorded_at, actor, "key", cause, request, CAST(payload AS BLOB)'
)
EACH_STREAM = """
WITH RECURSIVE each(stream) AS (
  SELECT MIN(stream) FROM events WHERE stream >= ? AND stream < ?
  UNION ALL
  SELECT (SELECT MIN(stream) FROM events
          WHERE stream > each.stream AND stream < ?)
  FROM each WHERE each.stream IS NOT NULL
)
SELECT stream FROM each WHERE stream IS NOT NULL
"""
"""Jumps from one stream to the next in the index instead of reading all of it."""

_BARE = "version, position, type, schema, effective_on, payload"
_COUNTED = "typeof(events) = 'integer' AND typeof(stream_version) = 'integer'"
"""A snapshot without the numbers that it stands for is as good as none."""

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

        last_on: The latest effective date, as it is stored; empty without events.
    """

    size: int
    root: bytes
    saved: int
    counts: dict[str, int]
    last_on: str


def utc_now() -> datetime:
    """Return the instant now; the clock used where none is injected."""
    return datetime.now(UTC)


@frozen
class SqliteLog:
    """
    An append-only log of events in one file.

    Reading, appending and snapshots only; what may be appended is decided above.

    Attributes:
        origin: The name that the log was given when it was created; no other has it.

        conventions: The origin and the settings as canonical JSON.

        connection: To the file; only modules of the log use it.

        rested: The writer of the last append here, or nothing.

        held: SQLite's number of the schema that was found to be as it was made.

        translating: Raises what SQLite says within a ``with`` block as our own errors.
    """

    path: Path | None
    settings: Settings
    origin: str
    conventions: str
    connection: sqlite3.Connection = field(repr=False)
    codec: Codec = field(repr=False)
    _clock: Clock = field(repr=False)
    entropy: Entropy = field(repr=False)
    read_only: bool = False
    rested: list[Writer] = field(init=False, repr=False, eq=False, factory=list)
    held: list[int] = field(init=False, repr=False, eq=False, factory=list)
    translating: Translated = field(init=False, repr=False, eq=False)

    @translating.default
    def _translating(self) -> Translated:
        return Translated(self.path)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        settings: Settings | None = None,
        origin: str | None = None,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
        clock: Clock = utc_now,
        entropy: Entropy = os.urandom,
        codec: Codec | None = None,
    ) -> "SqliteLog":
        """
        Open the log at *path*, or create it with *settings* where there is none.

        Args:
            path: A file, or ``:memory:``.

            origin: The name of a new log; by default a random one.

            timeout: Seconds to wait for another writer.

        Raises:
            NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
            InvalidInput: The file exists with other settings than *settings*.
        """
        memory = os.fspath(path) == ":memory:"
        file = None if memory else Path(path)
        if file is not None:
            check_file(file, create=create and not read_only)
        with Translated(file):
            connection = connect(file, read_only=read_only, timeout=timeout)
        try:
            with Translated(file):
                new = origin or f"ledger/{entropy(16).hex()}"
                prepare(connection, file, settings, new, read_only=read_only)
                values = read_settings(connection)
            known = settings_of(values)
        except BaseException:
            connection.close()
            raise
        if settings is not None and known != settings:
            connection.close()
            raise InvalidInput("settings", settings, f"those of the file, {known}")
        codec = codec or record.codec()
        conventions, name = conventions_of(values), values.get("origin", "")
        return cls(
            file, known, name, conventions, connection, codec, clock, entropy, read_only
        )

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def head(self) -> Head:
        """
        Return the end of the log.

        Raises:
            LogCorrupted: It cannot be read.
        """
        row = self._one("SELECT size, root, saved, counts, last_on FROM head")
        if tuple(map(type, row)) != (int, bytes, int, str, str):
            raise LogCorrupted(f"{self.path}: the head cannot be read")
        size, root, saved, counts, last_on = row
        return Head(size, root, saved, counted(counts), last_on)

    def version(self, stream: str) -> int:
        """Return how many events *stream* holds; 0 where there is none."""
        (version,) = self._one(
            "SELECT COALESCE(MAX(version), 0) FROM events WHERE stream = ?", stream
        )
        if type(version) is not int:
            raise LogCorrupted(f"{self.path}: a version of {stream} is no number")
        return version

    def streams(self, kind: str | None = None) -> list[str]:
        """Return the streams of *kind*, ``project`` or ``unit``, in order of name."""
        first, end = ("", "\U0010ffff") if kind is None else (f"{kind}:", f"{kind};")
        return [stream for (stream,) in self._query(EACH_STREAM, first, end, end)]

    def streams_after(self, position: int) -> list[str]:
        """Return the streams that have events above *position*, in order of name."""
        # Sorted here: SQLite would go through the whole index that is in this order.
        rows = self._query("SELECT stream FROM events WHERE position > ?", position)
        return sorted({stream for (stream,) in rows})

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

    def read_by_stream(
        self,
        *,
        until: int | None = None,
        envelope: bool = True,
        streams: Iterable[str] | None = None,
    ) -> Iterator[tuple[str, list[RecordedEvent]]]:
        """
        Yield the streams in order of name, each with events in order of version.

        They come some at a time, the same stream again while it has more. What others
        append meanwhile is not among them.

        Args:
            streams: Only these, in this order.

            envelope: Whether id, actor, key, cause and the instant of recording are
                needed; without them it is faster, and they are empty.
        """
        columns = COLUMNS if envelope else _BARE
        where = "stream = ? AND position <= ? ORDER BY version"
        sql = f"SELECT {columns} FROM events WHERE {where}"
        bare, whole = self.codec.bare, self.codec.recorded
        last = self.head().size if until is None else until
        with self.translating:
            for stream in self.streams() if streams is None else streams:
                with self._texts(str if envelope else bytes):
                    cursor = self.connection.execute(sql, (stream, last))
                    rows = cursor.fetchmany(_READ_TOGETHER)
                while rows:
                    yield (
                        stream,
                        (list(map(whole, rows)) if envelope else bare(stream, rows)),
                    )
                    with self._texts(str if envelope else bytes):
                        rows = cursor.fetchmany(_READ_TOGETHER)

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, or ``None``."""
        rows = self._rows(
            "position = ? AND id = ?", self._last("id", event_id), event_id
        )
        return next(map(self.codec.recorded, rows), None)

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key*, in order, each with its digest."""
        recorded = self.codec.recorded
        rows = self._rows('"key" = ? ORDER BY position', key)
        return [(recorded(row), row[-2]) for row in rows]

    def keyless(self, stream: str, after_version: int) -> Iterator[tuple[str, int]]:
        """
        Yield digest and version of what files recorded without keys, in order.

        Args:
            after_version: Only above it.
        """
        return self._query(
            "SELECT request, version FROM events WHERE stream = ? AND version > ? "
            'AND request IS NOT NULL AND "key" IS NULL ORDER BY version',
            stream,
            after_version,
        )

    def at_version(self, stream: str, version: int) -> RecordedEvent:
        """
        Return the event of a stream at a version.

        Raises:
            LogCorrupted: There is none.
        """
        rows = self._rows("stream = ? AND version = ?", stream, version)
        for row in rows:
            return self.codec.recorded(row)
        raise LogCorrupted(f"{self.path}: {stream} has no version {version}")

    def undone(self, stream: str) -> Iterator[RecordedEvent]:
        """Yield the reversals and retractions of a stream, in order."""
        types = "'DisbursementReversed', 'ResultRetracted'"
        return self._recorded(
            f"stream = ? AND type IN ({types}) ORDER BY version", stream
        )

    def lines(self, *, after: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the canonical lines in order of position."""
        where = "position > ? AND position <= ? ORDER BY position"
        return map(line, self._rows(where, after, _end(until)))

    def position_at(self, at: datetime) -> int:
        """Return the last position recorded by *at*; 0 where there is none."""
        return self._last("recorded_at", instant(at))

    def snapshot(self, projection: str, version: int, stream: str) -> Snapshot | None:
        """Return the stored state of one stream, or ``None``."""
        rows = self._query(
            "SELECT stream, stream_version, events, fiscal_year, state FROM snapshots "
            f"WHERE projection = ? AND stream = ? AND version = ? AND {_COUNTED}",
            projection,
            stream,
            version,
        )
        return next((Snapshot(*row) for row in rows), None)

    def snapshots(
        self, fiscal_year: int, projections: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[str, str, bytes]]:
        """
        Yield projection, stream and state of the snapshots of a year.

        They come as they lie in the file, those of one stream mostly together.

        Args:
            projections: Only these, by name and version.
        """
        chosen = " OR ".join(["(projection = ? AND version = ?)"] * len(projections))
        return self._query(
            "SELECT projection, stream, state FROM snapshots "
            f"WHERE fiscal_year = ? AND ({chosen}) AND {_COUNTED} ORDER BY rowid",
            fiscal_year,
            *chain.from_iterable(projections),
        )

    def followed(self) -> dict[tuple[str, int], int]:
        """Return how many events all snapshots of a projection's version follow."""
        rows = self._query(
            "SELECT projection, version, SUM(events) FROM snapshots "
            "WHERE typeof(events) = 'integer' GROUP BY projection, version"
        )
        return {(name, version): events for name, version, events in rows}

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one consistent view of the file while several reads are made."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        with self.translating:
            connection.execute("BEGIN")
        try:
            yield
            hold_still(connection, self.path)
        finally:
            # Nothing was written; and a COMMIT fails where the file is damaged.
            if connection.in_transaction:
                connection.execute("ROLLBACK")

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
        if self.read_only:
            raise ReadOnlyLedger(f"{self.path}: opened for reading only")
        connection = self.connection
        with self.translating:
            if not wait:
                connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("BEGIN IMMEDIATE")
            try:
                (changes,) = connection.execute("PRAGMA data_version").fetchone()
                return Writer.begin(self, changes)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def hold_schema(self) -> None:
        """
        Hold the file's tables, indexes and triggers to being as they were made.

        Raises:
            LogCorrupted: One is missing, added or changed: it could lose or change what
                is written, or show something else than what is stored.
        """
        number = list(self._one("PRAGMA schema_version"))
        if self.held == number:
            return
        wrong = changed(self._query(SCHEMA_ROWS))
        if wrong:
            raise LogCorrupted(
                f"{self.path}: {', '.join(wrong)}: missing, added or changed; expected "
                "the layout that the ledger was made with"
            )
        self.held[:] = number

    def root_at(self, position: int) -> bytes:
        """Return the root over the lines up to *position*."""
        head = self.head()
        return head.root if position == head.size else self.tree().root(0, position)

    def tree(self) -> Tree:
        """Return the tree over the log's lines, as it is stored."""
        return stored_tree(self._query)

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """
        Yield number, size, root and note of the checkpoints, as they were sealed.

        Raises:
            LogCorrupted: One cannot be read.
        """
        for row in self._query(
            "SELECT number, size, root, note FROM checkpoints ORDER BY number"
        ):
            if tuple(map(type, row)) != (int, int, bytes, str):
                raise LogCorrupted(f"{self.path}: a stored checkpoint cannot be read")
            yield row

    def checkpoint(self, size: int) -> Checkpoint:
        """Return what the log was at *size* events, vouched for by nobody."""
        return Checkpoint(
            origin=self.origin,
            size=size,
            root=self.root_at(size),
            conventions=self.conventions,
        )

    def backup(self, path: Path) -> None:
        """
        Copy the whole log to a new file, whatever others write meanwhile.

        Raises:
            LogError: The file cannot be written.
        """
        with Translated(path), closing(sqlite3.connect(path)) as copy:
            self.connection.backup(copy)

    def settle(self) -> None:
        """
        Move what SQLite keeps beside the file into it, so that it can be moved alone.

        Raises:
            LogError: There is no room.
            LedgerLocked: Another process has the file open.
        """
        (busy, _, _) = self._one("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise LedgerLocked(f"{self.path}: another process has it open")

    def last_day(self, until: int) -> date | None:
        """
        Return the latest effective date recorded up to a position, if any.

        The end of the log is known from the head; for a position before it, all events
        up to there are read.
        """
        head = self.head()
        day = head.last_on
        if until != head.size:
            (day,) = self._one(
                "SELECT MAX(effective_on) FROM events WHERE position <= ?", until
            )
        try:
            return date.fromisoformat(day) if day else None
        except (TypeError, ValueError) as problem:
            raise LogCorrupted(f"{self.path}: an effective date: {problem}") from None

    def append_around(self, position: int) -> tuple[int, int]:
        """
        Return where the append that wrote a position begins and ends.

        The first is the position before it. An append is the run of events with one
        instant of recording.
        """
        (at,) = self._one("SELECT recorded_at FROM events WHERE position = ?", position)
        if type(at) is not str:
            raise LogCorrupted(f"{self.path}: position {position} has no instant")
        return self._last("recorded_at", at, below=True), self._last("recorded_at", at)

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""
        return self._clock()

    def today(self) -> date:
        """
        Return the day now, in UTC, whatever the zone of the clock.

        Raises:
            InvalidInput: The clock says no zone.
        """
        now = self.now()
        instant(now)
        return now.astimezone(UTC).date()

    def last_instant(self) -> str:
        """Return when the last event was recorded; empty where there is none."""
        (last,) = self._one(
            "SELECT COALESCE((SELECT recorded_at FROM events "
            "ORDER BY position DESC LIMIT 1), '')"
        )
        if type(last) is not str:
            raise LogCorrupted(f"{self.path}: the end of the log cannot be read")
        return last

    def _recorded(self, where: str, *values: object) -> Iterator[RecordedEvent]:
        recorded = self.codec.recorded
        with self.translating:
            cursor = self.connection.execute(
                f"SELECT {COLUMNS} FROM events WHERE {where}", values
            )
            # A few dozen at a time: faster by a tenth than one, or than thousands.
            while rows := cursor.fetchmany(_READ_TOGETHER):
                yield from [recorded(row) for row in rows]

    @contextmanager
    def _texts(self, kind: type) -> Iterator[None]:
        """Read texts as *kind* of object: bytes are made faster than strings."""
        connection = self.connection
        before, connection.text_factory = connection.text_factory, kind
        try:
            yield
        finally:
            connection.text_factory = before

    def _last(self, column: str, most: str, *, below: bool = False) -> int:
        """
        Return the last position with up to *most* in a column that never falls.

        Args:
            below: With less than *most* instead.
        """
        (high,) = self._one("SELECT COALESCE(MAX(position), 0) FROM events")
        low = 0
        while low < high:
            middle = (low + high + 1) // 2
            (found,) = self._one(
                f"SELECT {column} FROM events WHERE position = ?", middle
            )
            if found < most or (found == most and not below):
                low = middle
            else:
                high = middle - 1
        return low

    def _rows(self, where: str, *values: object) -> Iterator[Row]:
        return self._query(f"SELECT {COLUMNS} FROM events WHERE {where}", *values)

    def _query(self, sql: str, *values: object) -> Iterator[Any]:
        with self.translating:
            yield from self.connection.execute(sql, values)

    def _one(self, sql: str, *values: object) -> Any:
        with self.translating:
            row = self.connection.execute(sql, values).fetchone()
        if row is None:
            raise LogCorrupted(f"{self.path}: a row is missing")
        return row


def _end(until: int | None) -> int:
    return _LAST if until is None else until

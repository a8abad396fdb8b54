"""Reading the events of a ledger file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from attrs import frozen

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LogCorrupted, said_by
from ledger.domain.subject import Stream, SubjectKind
from ledger.messages import message
from ledger.store.clock import instant
from ledger.store.line import as_row, line
from ledger.store.merkle import Frontier
from ledger.store.records import Head
from ledger.store.sqlite.file_format import counted
from ledger.store.sqlite.sql_file import SqlFile

EACH_STREAM: Final = """
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

_BARE: Final = "version, position, type, schema, effective_on, payload"
_READ_TOGETHER: Final = 50
_LAST: Final = 2**63 - 1


@frozen
class FileReader:
    """The events of a file, in the orders in which they are asked for."""

    file: SqlFile

    def head(self) -> Head:
        """
        Return the end of the log.

        Raises:
            LogCorrupted: It cannot be read.
        """
        row = self.file.one("SELECT size, frontier, saved, counts, last_on FROM head")
        size, roots, saved, counts, last_on = row
        if tuple(map(type, row)) != (int, bytes, int, str, str):
            raise self._unreadable_head()
        try:
            frontier = Frontier.from_bytes(size, roots)
        except ValueError:
            raise self._unreadable_head() from None
        return Head(size, frontier, saved, counted(counts), last_on)

    def _unreadable_head(self) -> LogCorrupted:
        code = "error.corrupted.head_unreadable"
        return LogCorrupted(message(code, path=self.file.path))

    def version(self, stream: Stream) -> int:
        """Return how many events *stream* holds; 0 where there is none."""
        (version,) = self.file.one(
            "SELECT COALESCE(MAX(version), 0) FROM events WHERE stream = ?", stream
        )
        if type(version) is not int:
            raise LogCorrupted(
                message(
                    "error.corrupted.version_number", path=self.file.path, stream=stream
                )
            )
        return version

    def streams(
        self, kind: SubjectKind | None = None, year: int | None = None
    ) -> list[Stream]:
        """Return the streams, or those of a kind and a year, in order of name."""
        first, end = ("", "\U0010ffff") if kind is None else kind.streams(year)
        return [stream for (stream,) in self.file.query(EACH_STREAM, first, end, end)]

    def streams_after(self, position: int) -> list[Stream]:
        """Return the streams that have events above *position*, in order of name."""
        # The plus keeps SQLite from going through its whole index of streams.
        rows = self.file.query(
            "SELECT DISTINCT +stream FROM events WHERE position > ?", position
        )
        return sorted(stream for (stream,) in rows)

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
        self, stream: Stream, *, after_version: int = 0, until: int | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the events of *stream* above a version, up to a position, in order."""
        where = "stream = ? AND version > ? AND position <= ? ORDER BY version"
        return self._recorded(where, stream, after_version, _end(until))

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
        columns = self.file.columns if envelope else _BARE
        where = "stream = ? AND position <= ? ORDER BY version"
        sql = f"SELECT {columns} FROM events WHERE {where}"
        bare, whole = self.file.codec.bare, self.file.codec.recorded
        last = self.head().size if until is None else until
        with self.file.translating:
            for stream in self.streams() if streams is None else streams:
                with self.file.texts(str if envelope else bytes):
                    cursor = self.file.connection.execute(sql, (stream, last))
                    rows = cursor.fetchmany(_READ_TOGETHER)
                while rows:
                    yield (
                        stream,
                        (list(map(whole, rows)) if envelope else bare(stream, rows)),
                    )
                    with self.file.texts(str if envelope else bytes):
                        rows = cursor.fetchmany(_READ_TOGETHER)

    def find(self, event_id: str) -> RecordedEvent | None:
        """Return the event with this id, or ``None``."""
        rows = self._rows(
            "position = ? AND id = ?", self._last("id", event_id), event_id
        )
        return next(map(self.file.codec.recorded, rows), None)

    def find_request(self, key: str) -> list[tuple[RecordedEvent, str | None]]:
        """Return the events that have *key*, in order, each with its digest."""
        recorded = self.file.codec.recorded
        rows = map(as_row, self._rows('"key" = ? ORDER BY position', key))
        return [(recorded(row), row.request) for row in rows]

    def keyless(self, stream: Stream, after_version: int) -> Iterator[tuple[str, int]]:
        """
        Yield digest and version of what files recorded without keys, in order.

        Args:
            after_version: Only above it.
        """
        return self.file.query(
            "SELECT request, version FROM events WHERE stream = ? AND version > ? "
            'AND request IS NOT NULL AND "key" IS NULL ORDER BY version',
            stream,
            after_version,
        )

    def at_version(self, stream: Stream, version: int) -> RecordedEvent:
        """
        Return the event of a stream at a version.

        Raises:
            LogCorrupted: There is none.
        """
        rows = self._rows("stream = ? AND version = ?", stream, version)
        for row in rows:
            return self.file.codec.recorded(row)
        raise LogCorrupted(
            message(
                "error.corrupted.version",
                path=self.file.path,
                stream=stream,
                version=version,
            )
        )

    def undone(self, stream: Stream) -> Iterator[RecordedEvent]:
        """Yield the reversals and retractions of a stream, in order."""
        types = ", ".join(f"'{row.name}'" for row in CATALOGUE if row.undoes)
        return self._recorded(
            f"stream = ? AND type IN ({types}) ORDER BY version", stream
        )

    def lines(self, *, after: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the canonical lines in order of position."""
        where = "position > ? AND position <= ? ORDER BY position"
        return map(line, map(as_row, self._rows(where, after, _end(until))))

    def position_at(self, at: datetime) -> int:
        """Return the last position recorded by *at*; 0 where there is none."""
        return self._last("recorded_at", instant(at))

    def last_day(self, until: int) -> date | None:
        """
        Return the latest effective date recorded up to a position, if any.

        The end of the log is known from the head; for a position before it, all events
        up to there are read.
        """
        head = self.head()
        day = head.last_on
        if until != head.size:
            (day,) = self.file.one(
                "SELECT MAX(effective_on) FROM events WHERE position <= ?", until
            )
        try:
            return date.fromisoformat(day) if day else None
        except (TypeError, ValueError) as problem:
            raise LogCorrupted(
                message(
                    "error.corrupted.effective_date",
                    path=self.file.path,
                    problem=said_by(problem),
                )
            ) from None

    def append_around(self, position: int) -> tuple[int, int]:
        """
        Return where the append that wrote a position begins and ends.

        The first is the position before it. An append is the run of events with one
        instant of recording.
        """
        (at,) = self.file.one(
            "SELECT recorded_at FROM events WHERE position = ?", position
        )
        if type(at) is not str:
            raise LogCorrupted(
                message(
                    "error.corrupted.instant", path=self.file.path, position=position
                )
            )
        return self._last("recorded_at", at, below=True), self._last("recorded_at", at)

    def last_instant(self) -> str:
        """Return when the last event was recorded; empty where there is none."""
        (last,) = self.file.one(
            "SELECT COALESCE((SELECT recorded_at FROM events "
            "ORDER BY position DESC LIMIT 1), '')"
        )
        if type(last) is not str:
            raise LogCorrupted(
                message("error.corrupted.end_unreadable", path=self.file.path)
            )
        return last

    def _recorded(self, where: str, *values: object) -> Iterator[RecordedEvent]:
        all_recorded = self.file.codec.all_recorded
        with self.file.translating:
            cursor = self.file.connection.execute(
                f"SELECT {self.file.columns} FROM events WHERE {where}", values
            )
            # A few dozen at a time: faster by a tenth than one, or than thousands.
            while rows := cursor.fetchmany(_READ_TOGETHER):
                yield from all_recorded([*zip(*rows, strict=True)])

    def _last(self, column: str, most: str, *, below: bool = False) -> int:
        """
        Return the last position with up to *most* in a column that never falls.

        Args:
            below: With less than *most* instead.
        """
        (high,) = self.file.one("SELECT COALESCE(MAX(position), 0) FROM events")
        low = 0
        while low < high:
            middle = (low + high + 1) // 2
            (found,) = self.file.one(
                f"SELECT {column} FROM events WHERE position = ?", middle
            )
            if found < most or (found == most and not below):
                low = middle
            else:
                high = middle - 1
        return low

    def _rows(self, where: str, *values: object) -> Iterator[Any]:
        return self.file.query(
            f"SELECT {self.file.columns} FROM events WHERE {where}", *values
        )


def _end(until: int | None) -> int:
    return _LAST if until is None else until

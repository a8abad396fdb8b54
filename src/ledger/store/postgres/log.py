"""The event log in a database of a PostgreSQL server."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final, Unpack

from attrs import field, frozen

from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import ReadOnlyLedger
from ledger.domain.subject import Stream
from ledger.messages import message
from ledger.store import codec as codecs
from ledger.store.codec import Codec
from ledger.store.line import as_row, line
from ledger.store.postgres.connection import RIGHT_TO_APPEND, ServerFile
from ledger.store.postgres.forensics import ServerInspection
from ledger.store.postgres.snapshots import ServerSnapshots
from ledger.store.postgres.writer import HEAD_COMMIT, ServerWriter
from ledger.store.sqlite.connection import LogOpening
from ledger.store.sqlite.log import SqliteLog
from ledger.store.sqlite.table_log import TableLog
from ledger.store.sqlite.writer import FileWriter

_TOGETHER: Final = 500
_DECODED: Final = 50
_BARE: Final = (
    "version, position, convert_to(type, 'UTF8'), schema, "
    "convert_to(effective_on, 'UTF8'), convert_to(payload, 'UTF8')"
)


@frozen
class PostgresLog(TableLog):
    """
    An append-only log of events in one database.

    Reading, appending and snapshots only; what may be appended is decided above.
    """

    file: ServerFile
    snapshots: ServerSnapshots = field(init=False, repr=False, eq=False)
    _resting: list[FileWriter] = field(init=False, repr=False, eq=False, factory=list)

    @snapshots.default
    def _snapshots(self) -> ServerSnapshots:
        return ServerSnapshots(self.file)

    @classmethod
    def open(
        cls, address: str, *, codec: Codec | None = None, **how: Unpack[LogOpening]
    ) -> "PostgresLog":
        """
        Open the log at *address*, or create it where the database is empty.

        Raises:
            LogError: The server cannot be reached, or refuses.
            NotALedger, NewerLedger, ReadOnlyLedger: As their names say.
            InvalidInput: The log exists with other settings than *settings*.
        """
        return cls(ServerFile.open(address, codec or codecs.codec(), **how))

    @property
    def path(self) -> None:
        """There is no file."""

    def maintenance(self) -> None:
        """Return nothing: the server looks after its files."""

    def forensics(self) -> ServerInspection:
        """Return the stored values, to be read whatever they hold."""
        return ServerInspection(self.file)

    def copied(self) -> SqliteLog:
        """Return a copy of the log in memory, to try there what is not to be kept."""
        file = self.file
        copy = SqliteLog.open(
            ":memory:",
            codec=file.codec,
            settings=file.settings,
            origin=file.origin,
            clock=file.clock,
            entropy=file.entropy,
        )
        with copy.writing() as writer:
            for row in self._paged(0, None):
                writer.restore(as_row(row))
        return copy

    def writing(self, *, wait: bool = True) -> FileWriter:
        """
        Take the only right to write, to be held by a ``with`` block.

        What is appended is kept all or, where the block raises, not at all.

        Args:
            wait: For another writer to end, for the seconds given at opening; else
                not.

        Raises:
            ReadOnlyLedger, LedgerLocked: As their names say.
        """
        if self.read_only:
            raise ReadOnlyLedger(message("error.read_only", path=self.file.path))
        connection = self.file.connection
        with self.file.translating:
            # Each statement sees what others committed before the lock was had.
            connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
            try:
                # No more than one millisecond: zero would be for ever.
                patience = max(1, int(self.file.timeout * 1000)) if wait else 1
                connection.execute(f"SET LOCAL lock_timeout TO {patience}")
                lock = "SELECT pg_advisory_xact_lock(?)"
                connection.execute(lock, (RIGHT_TO_APPEND,))
                return self._writer()
            except BaseException:
                connection.execute("ROLLBACK")
                raise

    def _writer(self) -> FileWriter:
        """Return the writer that rests at the end of the log, else a new one."""
        connection = self.file.connection
        (commit,) = self.file.one(HEAD_COMMIT)
        if commit != connection.own_commit:
            connection.own_commit = commit
            connection.others += 1
        writer = self._resting.pop() if self._resting else None
        if writer is None or not writer.is_at_end(connection.others):
            writer = ServerWriter.at_end(self, self.snapshots, self._resting)
        writer.start(connection.others)
        return writer

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
        return map(self.file.codec.recorded, self._paged(after, until, types))

    def lines(self, *, after: int = 0, until: int | None = None) -> Iterator[bytes]:
        """Yield the canonical lines in order of position."""
        return map(line, map(as_row, self._paged(after, until)))

    def _paged(
        self, after: int, until: int | None, types: Sequence[str] = ()
    ) -> Iterator[Any]:
        """
        Yield rows some at a time, so that a long log needs no memory.

        What is appended meanwhile is not among them.
        """
        size = self.head().size
        end = size if until is None else min(until, size)
        chosen = f"AND type IN ({', '.join('?' * len(types))})" if types else ""
        sql = (
            f"SELECT {self.file.columns} FROM events WHERE position > ? "
            f"AND position <= ? {chosen} ORDER BY position LIMIT {_TOGETHER}"
        )
        while rows := list(self.file.query(sql, after, end, *types)):
            yield from rows
            after = rows[-1][0]

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
        columns, version = (self.file.columns, 2) if envelope else (_BARE, 0)
        sql = (
            f"SELECT {columns} FROM events WHERE stream = ? AND version > ? "
            f"AND position <= ? ORDER BY version LIMIT {_TOGETHER}"
        )
        codec = self.file.codec
        last = self.head().size if until is None else until
        for stream in self.streams() if streams is None else streams:
            done = 0
            while rows := list(self.file.query(sql, stream, done, last)):
                yield (
                    stream,
                    [*map(codec.recorded, rows)]
                    if envelope
                    else codec.bare(stream, rows),
                )
                done = rows[-1][version]

    def streams_after(self, position: int) -> list[Stream]:
        """Return the streams that have events above *position*, in order of name."""
        rows = self.file.query(
            "SELECT DISTINCT stream FROM events WHERE position > ?", position
        )
        return sorted(stream for (stream,) in rows)

    def _recorded(self, where: str, *values: object) -> Iterator[RecordedEvent]:
        all_recorded, rows = self.file.codec.all_recorded, self._rows(where, *values)
        while some := [*islice(rows, _DECODED)]:
            yield from all_recorded([*zip(*some, strict=True)])

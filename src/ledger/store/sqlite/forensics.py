"""What an auditor reads beneath the log: stored rows as they are."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from ledger.domain.errors import LogError
from ledger.domain.subject import Stream
from ledger.store.codec import Codec
from ledger.store.conventions import conventions_of
from ledger.store.line import Row, as_row
from ledger.store.records import StoredHead, StoredSnapshot
from ledger.store.sqlite.file_format import TranslatedErrors
from ledger.store.sqlite.reader import EACH_STREAM
from ledger.store.sqlite.sql_file import SqlFile

_READ_TOGETHER: Final = 50
_PARTS: Final = 256
_LAST: Final = "\U0010ffff"
_TEXT: Final = "CAST(? AS TEXT)"
"""How bytes that may not be UTF-8 are passed to SQLite as text."""


@frozen
class Inspection:
    """
    The stored bytes of a log, read whatever they hold.

    Text that is no UTF-8 comes with surrogates in place of its bytes, so that it can
    be named instead of ending the reading.
    """

    file: SqlFile

    @property
    def path(self) -> Path | None:
        """The file; ``None`` in memory and on a server."""
        path = self.file.path
        return path if isinstance(path, Path) else None

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""
        return self.file.codec

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one view of the file, in which any bytes can be read."""
        connection = self.file.connection
        before = connection.text_factory
        try:
            with self.file.reading():
                yield
        finally:
            connection.text_factory = before

    def rows(self, after: str = "", until: str | None = None) -> Iterator[Row]:
        """
        Yield the stored rows, stream after stream, by version.

        Args:
            after: Only streams that come after it.

            until: Only streams up to it.
        """
        sql, order = f"SELECT {self.file.columns} FROM events", "stream, version"
        return map(as_row, self._of_streams(sql, order, after, until))

    def leaved_rows(
        self, after: str = "", until: str | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the same rows as tuples, each with its leaf behind its values."""
        sql = f"SELECT {self.file.columns}, leaf FROM events"
        return self._of_streams(sql, "stream, version", after, until)

    def _of_streams(
        self, sql: str, order: str, after: str, until: str | None
    ) -> Iterator[tuple[Any, ...]]:
        bound = "" if until is None else f"AND stream <= {_TEXT}"
        return self.query(
            f"{sql} WHERE stream > {_TEXT} {bound} ORDER BY {order}",
            _bytes(after),
            *(() if until is None else (_bytes(until),)),
        )

    def ranges(self) -> list[tuple[str, str | None]]:
        """
        Return ranges of streams: after which, and up to which each range goes.

        Together they have every row, whatever names are read: the first begins before
        all names, and the last ends behind them.
        """
        try:
            names = [name for (name,) in self.query(EACH_STREAM, "", _LAST, _LAST)]
        except LogError:
            names = []  # Reading the rows will say why.
        each = -(-len(names) // _PARTS) or 1
        ends = names[each - 1 : -1 : each]
        return list(zip(["", *ends], [*ends, None], strict=True))

    def leaves(self) -> Iterator[tuple[int, bytes, str, str]]:
        """Yield position, leaf, instant and id of each row in order of position."""
        return self.query(
            "SELECT position, leaf, recorded_at, id FROM events ORDER BY position"
        )

    def subtrees(self) -> dict[tuple[int, int], bytes]:
        """Return the stored roots of subtrees by level and number."""
        rows = self.query("SELECT level, number, root FROM subtrees")
        return {(level, number): root for level, number, root in rows}

    def heads(self) -> list[StoredHead]:
        """Return the stored heads, of which there is one."""
        sql = f"SELECT {', '.join(StoredHead._fields)} FROM head"
        return [StoredHead(*row) for row in self.query(sql)]

    def conventions(self) -> str:
        """Return the stored settings as canonical JSON."""
        return conventions_of(dict(self.query("SELECT name, value FROM settings")))

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """Yield number, size, root and note of the stored checkpoints."""
        return self.query(
            "SELECT number, size, root, note FROM checkpoints ORDER BY number"
        )

    def named(self, stream: Stream, version: int) -> tuple[str, str] | None:
        """Return id and type of an event."""
        sql = f"SELECT id, type FROM events WHERE stream = {_TEXT} AND version = ?"
        return next(self.query(sql, _bytes(stream), version), None)

    def snapshots(
        self, after: str = "", until: str | None = None
    ) -> Iterator[tuple[Stream, str, int, StoredSnapshot]]:
        """Yield the stored states of such streams, with projection and its version."""
        columns = "stream, projection, version"
        sql = f"SELECT {columns}, {', '.join(StoredSnapshot._fields)} FROM snapshots"
        for row in self._of_streams(sql, "stream, projection", after, until):
            yield *row[:3], StoredSnapshot(*row[3:])

    def keeps(self, projection: str, stream: Stream | None = None) -> bool:
        """Check whether any state is stored, of any version; or one of *stream*."""
        own = ""
        values: list[object] = [projection]
        if stream is not None:
            own = f"AND stream = {_TEXT}"
            values.append(_bytes(stream))
        sql = f"SELECT EXISTS (SELECT 1 FROM snapshots WHERE projection = ? {own})"
        [(found,)] = self.query(sql, *values)
        return bool(found)

    def parted_keys(self) -> Iterator[tuple[str, int]]:
        """Yield each key that events of several appends have, and a position of it."""
        return self.query(
            'SELECT "key", MAX(position) FROM events WHERE "key" IN ('
            'SELECT "key" FROM events WHERE "key" IS NOT NULL '
            'GROUP BY "key" HAVING COUNT(*) > 1) '
            'GROUP BY "key" HAVING MIN(recorded_at) <> MAX(recorded_at)'
        )

    def orphans(self) -> list[str]:
        """Return the streams of snapshots that have no events."""
        sql = (
            "SELECT DISTINCT stream FROM snapshots WHERE NOT EXISTS "
            "(SELECT 1 FROM events WHERE events.stream = snapshots.stream) "
            "ORDER BY stream"
        )
        return [stream for (stream,) in self.query(sql)]

    def query(self, sql: str, *values: object) -> Iterator[Any]:
        """Yield the rows of a statement, whatever bytes its texts are."""
        return chain.from_iterable(self._parts(sql, values))

    def _parts(self, sql: str, values: tuple[object, ...]) -> Iterator[list[Any]]:
        connection, done = self.file.connection, 0
        with TranslatedErrors(self.path):
            while True:
                # A limit of -1 is none.
                cursor = connection.execute(f"{sql} LIMIT -1 OFFSET {done}", values)
                try:
                    while rows := cursor.fetchmany(_READ_TOGETHER):
                        yield rows
                        done += len(rows)
                except sqlite3.OperationalError:
                    if connection.text_factory is _any_text:
                        raise
                    connection.text_factory = _any_text
                else:
                    return


def _any_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")

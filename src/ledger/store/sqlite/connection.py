"""An open ledger file: the connection, what was fixed at creation, and the clock."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Final, TypedDict

from attrs import evolve, field, frozen

from ledger.domain.errors import InvalidInput, LogCorrupted
from ledger.domain.settings import Settings
from ledger.messages import message
from ledger.store.clock import Clock, Entropy, utc_now
from ledger.store.codec import Codec
from ledger.store.conventions import conventions_of, settings_of
from ledger.store.sqlite.file_format import (
    TranslatedErrors,
    check_file,
    connect,
    hold_still,
    prepare,
    read_settings,
)
from ledger.store.sqlite.schema import SCHEMA_ROWS, changed

COLUMNS: Final = (
    "position, stream, version, id, type, schema, effective_on, "
    'recorded_at, actor, "key", cause, request, CAST(payload AS BLOB)'
)
"""The columns of an event as the codec takes them, in its order."""


class LogOpening(TypedDict, total=False):
    """
    How a log is opened.

    Attributes:
        settings: Of a new log, or those that it has.

        origin: The name of a new log; by default a random one.

        timeout: Seconds to wait for another writer.
    """

    settings: Settings | None
    origin: str | None
    create: bool
    read_only: bool
    timeout: float
    clock: Clock
    entropy: Entropy


@frozen
class LogFile:
    """
    A ledger file that is open, or a ledger in memory.

    Attributes:
        path: ``None`` in memory.

        origin: The name that the log was given when it was created; no other has it.

        conventions: The origin and the settings as canonical JSON.

        connection: Only modules of this package use it.

        checked: SQLite's number of the schema that was found to be as it was made.

        translating: Raises what SQLite says within a ``with`` block as our own errors.
    """

    columns: ClassVar = COLUMNS
    path: Path | None
    settings: Settings
    origin: str
    conventions: str
    connection: sqlite3.Connection = field(repr=False)
    codec: Codec = field(repr=False)
    clock: Clock = field(repr=False)
    entropy: Entropy = field(repr=False)
    read_only: bool = False
    checked: list[int] = field(init=False, repr=False, eq=False, factory=list)
    translating: TranslatedErrors = field(init=False, repr=False, eq=False)

    @translating.default
    def _translating(self) -> TranslatedErrors:
        return TranslatedErrors(self.path)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        codec: Codec,
        *,
        settings: Settings | None = None,
        origin: str | None = None,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
        clock: Clock = utc_now,
        entropy: Entropy = os.urandom,
    ) -> "LogFile":
        """
        Open the file at *path*, or lay it out with *settings* where there is none.

        Raises:
            NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
            InvalidInput: The file exists with other settings than *settings*.
        """
        memory = os.fspath(path) == ":memory:"
        file = None if memory else Path(path)
        if file is not None:
            check_file(file, create=create and not read_only)
        with TranslatedErrors(file):
            connection = connect(file, read_only=read_only, timeout=timeout)
        try:
            with TranslatedErrors(file):
                new = origin or f"ledger/{entropy(16).hex()}"
                prepare(connection, file, settings, new, read_only=read_only)
                values = read_settings(connection)
            known = settings_of(values)
        except BaseException:
            connection.close()
            raise
        if settings is not None and known != settings:
            connection.close()
            right = message("expected.settings_of_file", known=known)
            problem = InvalidInput("settings", settings, right)
            problem.speak(known.language)
            raise problem
        conventions, name = conventions_of(values), values.get("origin", "")
        return cls(
            file, known, name, conventions, connection, codec, clock, entropy, read_only
        )

    def copied(self) -> "LogFile":
        """Return a copy in a file without a name, which is gone once it is closed."""
        copy = sqlite3.connect("", isolation_level=None)
        with self.translating:
            self.connection.backup(copy)
        return evolve(self, path=None, connection=copy, read_only=False)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""
        return self.clock()

    def query(self, sql: str, *values: object) -> Iterator[Any]:
        """Yield the rows that a statement gives."""
        with self.translating:
            # `chain` has no `close`: rows may be released after the file is closed.
            yield from chain(self.connection.execute(sql, values))

    def one(self, sql: str, *values: object) -> Any:
        """
        Return the one row that a statement gives.

        Raises:
            LogCorrupted: There is none.
        """
        with self.translating:
            row = self.connection.execute(sql, values).fetchone()
        if row is None:
            raise LogCorrupted(message("error.corrupted.row_missing", path=self.path))
        return row

    @contextmanager
    def texts(self, kind: type) -> Iterator[None]:
        """Read texts as *kind* of object: bytes are made faster than strings."""
        connection = self.connection
        before, connection.text_factory = connection.text_factory, kind
        try:
            yield
        finally:
            connection.text_factory = before

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one consistent view of the file while several reads are made."""
        connection = self.connection
        with self.translating:  # A connection that is closed says nothing.
            within = connection.in_transaction
            if not within:
                connection.execute("BEGIN")
        if within:
            yield
            return
        try:
            yield
            hold_still(connection, self.path)
        finally:
            # Nothing was written; and a COMMIT fails where the file is damaged.
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def check_schema(self) -> None:
        """
        Check that the file's tables, indexes and triggers are as they were made.

        Raises:
            LogCorrupted: One is missing, added or changed: it could lose or change what
                is written, or show something else than what is stored.
        """
        number = list(self.one("PRAGMA schema_version"))
        if self.checked == number:
            return
        wrong = changed(self.query(SCHEMA_ROWS))
        if wrong:
            raise LogCorrupted(
                message("error.corrupted.layout", path=self.path, wrong=wrong)
            )
        self.checked[:] = number

"""An open connection to a ledger in PostgreSQL, and what was fixed at its creation."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, Final

from attrs import define, field, frozen

from ledger.domain.errors import (
    InvalidInput,
    LogCorrupted,
    LogError,
    NewerLedger,
    NotALedger,
)
from ledger.domain.settings import Settings
from ledger.messages import message
from ledger.store.clock import Clock, Entropy, utc_now
from ledger.store.codec import Codec
from ledger.store.conventions import conventions_of, settings_of, values_of
from ledger.store.postgres.errors import ServerErrors, library
from ledger.store.postgres.schema import FORMAT, TRIGGERS_THERE, changed, laid_out

COLUMNS: Final = (
    "position, stream, version, id, type, schema, effective_on, "
    "recorded_at, actor, \"key\", cause, request, convert_to(payload, 'UTF8')"
)
"""The columns of an event as the codec takes them, in its order."""

RIGHT_TO_APPEND: Final = 0x4C444752
"""“LDGR”: the advisory lock that is the only right to write."""

_PATIENCE: Final = 10
"""Seconds that a server may take to answer at first."""

_HIDDEN: Final = "postgresql://…"

_OTHERS: Final = """
SELECT EXISTS (
  SELECT 1 FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname <> 'information_schema'
    AND n.nspname NOT LIKE 'pg\\_%'
)
"""


def shown(address: str) -> str:
    """
    Return an address as messages name it: without password and options.

    Of one whose parts are not clear nothing is shown: an ``@`` or a ``/`` in a password
    that is not written as ``%40`` or ``%2F`` makes its rest a part of another name.
    """
    try:
        parts = library().conninfo.conninfo_to_dict(address)
    except library().Error:
        return _HIDDEN
    user, host, port, name = (
        str(parts.get(part, "")) for part in ("user", "host", "port", "dbname")
    )
    if "@" in f"{user}{host}{name}" or not re.fullmatch(r"[\d,]*", port):
        return _HIDDEN
    return f"postgresql://{user}{user and '@'}{host}{port and ':'}{port}/{name}"


@define
class ServerConnection:
    """
    A connection that takes statements as :class:`sqlite3.Connection` does.

    One that was lost is made again with the next statement outside a transaction.

    Attributes:
        in_transaction: Whether one was begun here.

        total_changes: What SQLite counts; here the writer is the only one who writes.

        origin: Of the ledger that was opened, once it is known.

        own_commit: The transaction that moved the head last, as far as known here.

        others: How often another moved it meanwhile.
    """

    _address: str = field(repr=False)
    _path: str
    _read_only: bool
    _raw: Any = field(init=False, repr=False, default=None)
    _closed: bool = field(init=False, default=False)
    in_transaction: bool = field(init=False, default=False)
    total_changes: int = field(init=False, default=0)
    origin: str = field(init=False, default="")
    own_commit: int = field(init=False, default=0)
    others: int = field(init=False, default=0)

    def connect(self) -> None:
        """
        Connect to the server.

        Raises:
            LogError: It cannot be reached, or lets nobody in with these words.
        """
        psycopg = library()
        try:
            self._raw = psycopg.connect(
                self._address,
                autocommit=True,
                client_encoding="utf8",
                connect_timeout=_PATIENCE,
            )
        except psycopg.Error as problem:
            refused = getattr(problem.pgconn, "used_password", False)
            name = "refused" if refused else "unreachable"
            text = message(f"error.postgres.{name}", path=self._path)
            raise LogError(text) from None
        self._raw.execute("SET search_path TO ledger, pg_temp")
        self._raw.execute("SET synchronous_commit TO on")
        if self._read_only:
            self._raw.execute("SET default_transaction_read_only TO on")

    def _ready(self) -> Any:
        if self._closed:
            raise LogError(message("error.sqlite.closed", path=self._path))
        if self._raw.closed and not self.in_transaction:
            self.connect()
            self._check_origin()
        return self._raw

    def _check_origin(self) -> None:
        """Check that behind the address there is still the ledger that was opened."""
        there = _is_ledger(self, self._path)
        find = "SELECT value FROM settings WHERE name = 'origin'"
        if not there or self.execute(find).fetchone() != (self.origin,):
            self._raw.close()
            text = message("error.postgres.origin", path=self._path, origin=self.origin)
            raise LogError(text)

    def execute(self, sql: str, values: Sequence[object] = ()) -> Any:
        """Run a statement with ``?`` in place of values, and return its cursor."""
        raw = self._ready()
        if sql.startswith("BEGIN"):
            raw.execute(sql)
            self.in_transaction = True
            return None
        if sql == "ROLLBACK":
            self.in_transaction = False
            return None if raw.closed else raw.execute(sql)
        if sql == "COMMIT":
            self.in_transaction = False
            done = raw.execute(sql)
            if done.statusmessage != "COMMIT":  # An error within was passed over.
                raise LogError(message("error.postgres.undone", path=self._path))
            return done
        return raw.execute(sql.replace("?", "%s"), values or None)

    def executemany(self, sql: str, rows: Iterable[Sequence[object]]) -> Any:
        """Run a statement for many rows, and return the cursor that counted them."""
        cursor = self._ready().cursor()
        cursor.executemany(sql.replace("?", "%s"), list(rows))
        return cursor

    def close(self) -> None:
        """Close the connection; nothing opens it again."""
        self._closed = True
        self._raw.close()


@frozen
class ServerFile:
    """
    A ledger in a database that is open.

    Attributes:
        path: The address, without password and options.

        timeout: Seconds to wait for another writer.
    """

    columns: ClassVar = COLUMNS
    path: str
    settings: Settings
    origin: str
    conventions: str
    connection: ServerConnection = field(repr=False)
    codec: Codec = field(repr=False)
    clock: Clock = field(repr=False)
    entropy: Entropy = field(repr=False)
    read_only: bool = False
    timeout: float = 30.0
    translating: ServerErrors = field(init=False, repr=False, eq=False)

    @translating.default
    def _translating(self) -> ServerErrors:
        return ServerErrors(self.path)

    @classmethod
    def open(
        cls,
        address: str,
        codec: Codec,
        *,
        settings: Settings | None = None,
        origin: str | None = None,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
        clock: Clock = utc_now,
        entropy: Entropy = os.urandom,
    ) -> "ServerFile":
        """
        Open the ledger of a database, or lay one out where the database is empty.

        Raises:
            LogError: The server cannot be reached, or refuses.
            NotALedger, NewerLedger, ReadOnlyLedger: As their names say.
            InvalidInput: The ledger has other settings than *settings*.
        """
        path = shown(address)
        connection = ServerConnection(address, path, read_only)
        connection.connect()
        try:
            with ServerErrors(path):
                if not _is_ledger(connection, path):
                    _check_creating(path, create and not read_only)
                    new = origin or f"ledger/{entropy(16).hex()}"
                    _lay_out(connection, path, settings or Settings(), new)
                rows = connection.execute("SELECT name, value FROM settings").fetchall()
            values = dict(rows)
            known = settings_of(values)
            _check_settings(known, settings)
        except BaseException:
            connection.close()
            raise
        connection.origin = values.get("origin", "")
        return cls(
            path,
            known,
            connection.origin,
            conventions_of(values),
            connection,
            codec,
            clock,
            entropy,
            read_only,
            timeout,
        )

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""
        return self.clock()

    def query(self, sql: str, *values: object) -> Iterator[Any]:
        """Yield the rows that a statement gives."""
        with self.translating:
            rows = self.connection.execute(sql, values).fetchall()
        yield from rows

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

    def texts(self, _: type) -> AbstractContextManager[None]:
        """Read texts as they are: statements say which are bytes."""
        return nullcontext()

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one consistent view of the database while several reads are made."""
        connection = self.connection
        if connection.in_transaction:
            yield
            return
        with self.translating:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        try:
            yield
        finally:
            with self.translating:
                connection.execute("ROLLBACK")

    def check_schema(self) -> None:
        """
        Check that the triggers of the ledger are as they were made.

        Raises:
            LogCorrupted: One is missing, added, disabled or changed.
        """
        wrong = changed(set(self.query(TRIGGERS_THERE)))
        if wrong:
            raise LogCorrupted(
                message("error.corrupted.layout", path=self.path, wrong=wrong)
            )


def _is_ledger(connection: ServerConnection, path: str) -> bool:
    """Return whether the database has a ledger; ``False`` for an empty one."""
    find = "SELECT to_regclass('ledger.layout') IS NOT NULL"
    if connection.execute(find).fetchone() != (True,):
        if connection.execute(_OTHERS).fetchone() == (True,):
            raise NotALedger(message("error.not_a_ledger.database", path=path))
        return False
    rows = connection.execute("SELECT number FROM ledger.layout").fetchall()
    version = rows[0][0] if len(rows) == 1 else 0
    numbers = {"path": path, "version": version, "schema": FORMAT}
    if version > FORMAT:
        raise NewerLedger(message("error.newer_ledger", **numbers))
    if version < FORMAT:
        raise LogCorrupted(message("error.corrupted.layout_number", **numbers))
    return True


def _check_creating(path: str, create: bool) -> None:
    if not create:
        raise NotALedger(message("error.not_a_ledger.empty_database", path=path))


def _check_settings(known: Settings, wanted: Settings | None) -> None:
    if wanted is not None and known != wanted:
        expected = message("expected.settings_of_file", known=known)
        problem = InvalidInput("settings", wanted, expected)
        problem.speak(known.language)
        raise problem


def _lay_out(
    connection: ServerConnection, path: str, settings: Settings, origin: str
) -> None:
    """Make the tables of a new ledger, all of them or none."""
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT pg_advisory_xact_lock(?)", (RIGHT_TO_APPEND,))
        # Another process may have laid it out while this one waited.
        if not _is_ledger(connection, path):
            connection.execute(laid_out())
            connection.execute("INSERT INTO ledger.layout VALUES (?)", (FORMAT,))
            values = values_of(settings, origin)
            connection.executemany(
                "INSERT INTO ledger.settings VALUES (?, ?)", values.items()
            )
            digest = sha256(conventions_of(values).encode()).digest()
            connection.execute(
                "INSERT INTO ledger.head VALUES (1, 0, '', 0, '{}', '', ?, 0)",
                (digest,),
            )
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

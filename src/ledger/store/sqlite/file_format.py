"""The layout of a ledger file, opening one, and what SQLite's errors mean."""

import os
import sqlite3
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Final
from urllib.parse import quote

import msgspec

from ledger.domain.errors import (
    InvalidInput,
    LedgerLocked,
    LogCorrupted,
    LogError,
    NewerLedger,
    NotALedger,
    OlderLedger,
    ReadOnlyLedger,
    said_by,
)
from ledger.domain.settings import Settings
from ledger.loading import load
from ledger.messages import Message, message, said_by_system
from ledger.output import check_no_document, check_nothing
from ledger.store.conventions import conventions_of, values_of
from ledger.store.line import UNREADABLE

APPLICATION_ID: Final = 0x4C444752
"""“LDGR”, in the header of every ledger file."""

SCHEMA: Final = 7
"""The layout of the file that this version reads and writes."""


_MIGRATIONS: Final = {"sqlite": "ledger.store.sqlite.migrations"}
"""Loads sqlite-utils, which is needed once in the life of a file."""

READING: Final = "PRAGMA cache_size = -8000"
WRITING: Final = "PRAGMA cache_size = -16000"
"""How many kilobytes of pages are kept."""


def _system_error(name: str, path: Path, problem: OSError) -> Message:
    """Return that the system cannot open or read a file, and why."""
    reason = said_by_system(problem)
    return message(f"error.log.{name}", path=path, reason=reason)


def check_file(path: Path, *, create: bool) -> None:
    """Check that a file is a database; a missing one is wrong unless *create*."""
    if "\0" in str(path):
        raise NotALedger(message("error.not_a_ledger.name", path=path))
    try:
        status = path.stat() if path.exists() else None
    except OSError as problem:
        raise LogError(_system_error("cannot_open", path, problem)) from problem
    if status is None:
        if not create:
            raise NotALedger(message("error.not_a_ledger.no_file", path=path))
        if not path.absolute().parent.is_dir():
            raise NotALedger(message("error.not_a_ledger.no_folder", path=path))
        check_no_document(path)
        check_nothing(path)
        return
    if S_ISDIR(status.st_mode):
        raise NotALedger(message("error.not_a_ledger.folder", path=path))
    if not S_ISREG(
        status.st_mode
    ):  # To open a named pipe is to wait for whoever writes into it.
        raise NotALedger(message("error.not_a_ledger.device", path=path))
    try:
        with path.open("rb", buffering=0) as file:
            start = file.read(16)
    except OSError as problem:
        raise LogError(_system_error("cannot_read", path, problem)) from problem
    if start and start != b"SQLite format 3\x00":
        raise NotALedger(message("error.not_a_ledger.other_file", path=path))
    if not start and not create:
        raise NotALedger(message("error.not_a_ledger.empty", path=path))
    if status.st_nlink > 1:
        _check_other_names(path, status)


def _check_other_names(path: Path, status: os.stat_result) -> None:
    """
    Check that a file has no events waiting under another name of it in its folder.

    SQLite finds them by name: under this one they would be passed over, and what is
    written now would not be seen under the other.
    """
    real = Path(os.path.realpath(path))
    try:
        with os.scandir(real.parent) as listed:
            names = [each.name for each in listed if each.inode() == status.st_ino]
    except OSError as problem:
        raise LogError(_system_error("cannot_read", path, problem)) from problem
    for name in names:
        if name == real.name:
            continue
        for end in ("-wal", "-journal"):
            if real.with_name(f"{name}{end}").exists():
                raise LogError(
                    message("error.log.another_name", path=path, name=name, end=end)
                )


def connect(
    path: Path | None, *, read_only: bool, timeout: float
) -> sqlite3.Connection:
    """Open the file; *timeout* is how many seconds to wait for another writer."""
    if path is None:
        return sqlite3.connect(":memory:", isolation_level=None)
    mode = "ro" if read_only else "rwc"
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout)
    if read_only:
        try:
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except BaseException as problem:
            connection.close()
            if _code(problem) not in _NO_ROOM:
                raise
            # A folder that cannot be written to has no room for the shared-memory
            # file of a WAL database. Other files of it may hold events.
            _check_complete(path)
            connection = sqlite3.connect(
                f"{uri}&immutable=1",
                uri=True,
                isolation_level=None,
                factory=LocklessConnection,
            )
            connection.state = _state(path)
    return connection


class LocklessConnection(sqlite3.Connection):
    """
    A connection that takes no locks, since the folder has no room for them.

    Attributes:
        state: Of the file when it was opened.
    """

    state: tuple[int, ...] = ()


def hold_still(connection: sqlite3.Connection, path: Path | None) -> None:
    """
    Check that a file read without locks was not written to meanwhile.

    Raises:
        LogError: It was.
    """
    if isinstance(connection, LocklessConnection) and path is not None:
        _check_complete(path)
        if connection.state != _state(path):
            raise LogError(message("error.log.written_meanwhile", path=path))


def _state(path: Path) -> tuple[int, ...]:
    """Return what changes when a file is written to or replaced."""
    try:
        found = path.stat()
    except OSError as problem:
        raise LogError(_system_error("cannot_read", path, problem)) from problem
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _check_complete(path: Path) -> None:
    """
    Check that a file that is read alone has no other files that belong to it.

    SQLite looks in the folder of the file that a link leads to.
    """
    real = os.path.realpath(path)
    for end in ("wal", "journal"):
        beside = Path(f"{real}-{end}")
        if beside.exists() and beside.stat().st_size:
            raise LogError(
                message(f"error.log.{end}_unread", path=path, name=beside.name)
            )


def prepare(
    connection: sqlite3.Connection,
    path: Path | None,
    settings: Settings | None,
    origin: str,
    *,
    read_only: bool,
) -> None:
    """Check the file's header, and lay out a new one, whose name is *origin*."""
    connection.execute("PRAGMA trusted_schema = OFF")
    # Who only reads passes over most pages once.
    connection.execute(READING if read_only else WRITING)
    known = _is_ledger(connection, path)
    if read_only and not known:
        raise NotALedger(message("error.not_a_ledger.empty_database", path=path))
    if not known:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have laid it out while this one waited.
            if not _is_ledger(connection, path):
                _create(connection, settings or Settings(), origin)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    if not read_only:
        connection.execute("PRAGMA synchronous = FULL")
        # macOS keeps in its disk what is only synchronised; others ignore this.
        connection.execute("PRAGMA fullfsync = ON")


def _is_ledger(connection: sqlite3.Connection, path: Path | None) -> bool:
    """Return whether the file is a ledger; ``False`` for an empty one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    if application != APPLICATION_ID:
        count = "SELECT COUNT(*) FROM sqlite_schema"
        (tables,) = connection.execute(count).fetchone()
        if application or tables:
            raise NotALedger(message("error.not_a_ledger.database", path=path))
        return False
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > SCHEMA:
        raise NewerLedger(
            message("error.newer_ledger", path=path, version=version, schema=SCHEMA)
        )
    if version < SCHEMA:
        raise OlderLedger(
            message("error.older_ledger", path=path, version=version, schema=SCHEMA)
        )
    if version < SCHEMA:
        raise LogCorrupted(
            message(
                "error.corrupted.layout_number",
                path=path,
                version=version,
                schema=SCHEMA,
            )
        )
    return True


def _create(connection: sqlite3.Connection, settings: Settings, origin: str) -> None:
    load(_MIGRATIONS, "sqlite").lay_out(connection)
    values = values_of(settings, origin)
    connection.executemany("INSERT INTO settings VALUES (?, ?)", values.items())
    digest = sha256(conventions_of(values).encode()).digest()
    connection.execute(
        "INSERT INTO head VALUES (1, 0, x'', 0, '{}', '', ?, 0)", (digest,)
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA}")


def read_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """
    Return what was fixed when the ledger was created, by name.

    Raises:
        LogCorrupted: A name or a value is no text.
    """
    rows = connection.execute("SELECT name, value FROM settings").fetchall()
    if not all(type(each) is str for row in rows for each in row):
        raise LogCorrupted(message("error.corrupted.settings_value"))
    return dict(rows)


def counted(text: str) -> dict[str, int]:
    """
    Return how many events of each type the head says that there are.

    Raises:
        LogCorrupted: It cannot be read.
    """
    try:
        return msgspec.json.decode(text, type=dict[str, int])
    except UNREADABLE as problem:
        raise LogCorrupted(
            message("error.corrupted.counts", problem=said_by(problem))
        ) from problem


def _is_closed(problem: sqlite3.Error) -> bool:
    """Return whether a closed ledger was used: SQLite has no code for it."""
    return str(problem).startswith("Cannot operate on a closed")


_NO_ROOM: Final = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})

_PROBLEMS: Final[dict[int, tuple[type[LogError], str]]] = {
    sqlite3.SQLITE_BUSY: (LedgerLocked, "busy"),
    sqlite3.SQLITE_LOCKED: (LedgerLocked, "busy"),
    sqlite3.SQLITE_READONLY: (ReadOnlyLedger, "read_only"),
    sqlite3.SQLITE_NOTADB: (NotALedger, "other_file"),
    sqlite3.SQLITE_CORRUPT: (LogCorrupted, "damaged"),
    sqlite3.SQLITE_FULL: (LogError, "full"),
    sqlite3.SQLITE_IOERR: (LogError, "disk"),
    sqlite3.SQLITE_CANTOPEN: (LogError, "cannot_open"),
}


class TranslatedErrors:
    """
    Raise what SQLite says within a block as the library's own errors.

    Raises:
        LogError: By its subclasses, what is wrong with the file.
        InvalidInput: A text that was handed to it has half a surrogate pair.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: object, problem: BaseException | None, trace: object
    ) -> None:
        if problem is None:
            return
        if isinstance(problem, sqlite3.Error):
            other = LogError, "closed" if _is_closed(problem) else "other"
            known, name = _PROBLEMS.get(_code(problem), other)
            said = message(
                f"error.sqlite.{name}",
                path=self._path or ":memory:",
                words=str(problem) if name == "other" else None,
            )
            raise known(said) from problem
        if isinstance(problem, OverflowError):
            right = message("expected.number_to", most=2**63 - 1)
            raise InvalidInput(
                "position", message("found.larger_number"), right
            ) from problem
        if isinstance(problem, UnicodeEncodeError):
            right = message("expected.unicode")
            raise InvalidInput("text", problem.object, right) from problem
        if isinstance(problem, UnicodeDecodeError):
            # SQLite quotes what is damaged, and Python takes its words for UTF-8.
            file = self._path or ":memory:"
            raise LogCorrupted(message("error.corrupted.file", file=file)) from problem


def _code(problem: BaseException) -> int:
    """Return SQLite's primary result code; 0 where the error is not SQLite's."""
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF

"""A ledger file as a whole: its tables, damage to it, and copies of it."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

from attrs import frozen

from ledger.domain.errors import LedgerLocked, LogError
from ledger.messages import Message, message
from ledger.store.sqlite.connection import LogFile
from ledger.store.sqlite.file_format import READING, TranslatedErrors, connect
from ledger.store.sqlite.forensics import Inspection
from ledger.store.sqlite.schema import LAID_OUT, SCHEMA_ROWS, changed


@frozen
class FileMaintenance:
    """The file of a log, beneath what it says."""

    file: LogFile

    def faults(self) -> list[Message]:
        """Return what is not as it was made."""
        query = Inspection(self.file).query
        wrong = changed(query(SCHEMA_ROWS))
        if wrong:
            return [message("fault.layout", what=what) for what in wrong]
        sql = "SELECT migration_set, name FROM _sqlite_migrations ORDER BY id"
        steps = list(query(sql))
        if steps != [LAID_OUT]:
            found, right = str(steps), str([LAID_OUT])
            return [message("fault.laid_out", found=found, right=right)]
        return []

    def damage(self) -> "FileDamageCheck":
        """Start SQLite's own check of the file, while the caller goes on."""
        return FileDamageCheck(self.file)

    def backup(self, path: Path) -> None:
        """
        Copy the whole log to a new file, whatever others write meanwhile.

        Raises:
            LogError: The file cannot be written.
        """
        with TranslatedErrors(path), closing(sqlite3.connect(path)) as copy:
            self.file.connection.backup(copy)

    def settle(self) -> None:
        """
        Merge SQLite's other files into this one, so that it can be moved alone.

        Raises:
            LogError: There is no room.
            LedgerLocked: Another process has the file open.
        """
        (busy, _, _) = self.file.one("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise LedgerLocked(
                message("error.locked.open_elsewhere", path=self.file.path)
            )


class FileDamageCheck:
    """
    SQLite's own check of the file, made in a thread while the caller goes on.

    A ledger in memory is checked by the caller, when it asks.
    """

    def __init__(self, file: LogFile) -> None:
        self._file = file
        self._found: list[Message | str] = []
        self._thread: threading.Thread | None = None
        if file.path is not None:
            self._thread = threading.Thread(target=self._check_file, daemon=True)
            self._thread.start()

    def found(self) -> list[Message | str]:
        """Return what is damaged, once it is known."""
        if self._thread is None:
            self._check(self._file.connection)
        else:
            self._thread.join()
        return self._found

    def _check_file(self) -> None:
        try:
            with TranslatedErrors(self._file.path):
                connection = connect(self._file.path, read_only=True, timeout=30.0)
                with closing(connection):
                    connection.execute(READING)
                    self._check(connection)
        except LogError as problem:
            self._found.append(problem.message)

    def _check(self, connection: sqlite3.Connection) -> None:
        for (text,) in connection.execute("PRAGMA integrity_check(20)"):
            if text != "ok":
                self._found.append(message("fault.sqlite_check", text=str(text)))

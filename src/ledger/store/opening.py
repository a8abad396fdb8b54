"""Opening a store: the one place that chooses what a log is kept in."""

import os
import re
from sqlite3 import sqlite_version
from typing import Final, Unpack

from ledger.domain.errors import InvalidInput
from ledger.messages import message
from ledger.store.protocol import EventStore
from ledger.store.sqlite.connection import LogOpening
from ledger.store.sqlite.file_format import SCHEMA
from ledger.store.sqlite.log import SqliteLog
from ledger.store.sqlite.schema import OLDEST_SQLITE

FILE_VERSION: Final = SCHEMA
"""The version of files that are written and read."""


_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def check_path(path: object) -> None:
    """
    Check that what names a ledger is no address; of one, only its kind is repeated.

    Raises:
        InvalidInput: It is the address of a database, such as ``postgresql://…``.
    """
    address = _ADDRESS.match(path) if isinstance(path, str) else None
    if address is not None:
        right = message("expected.ledger_path")
        raise InvalidInput("path", f"{address[0]}…", right)


def open_store(path: str | os.PathLike[str], **how: Unpack[LogOpening]) -> EventStore:
    """
    Open the log at *path*, or create it with *settings* where there is none.

    Args:
        path: A file, or ``:memory:``.

    Raises:
        NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
        InvalidInput: The log exists with other settings than *settings*, or *path* is
            the address of a database.
    """
    check_path(path)
    return SqliteLog.open(path, **how)


def engine() -> tuple[str, str, str]:
    """Return what keeps ledger files, its version, and the oldest that can."""
    return "SQLite", sqlite_version, OLDEST_SQLITE

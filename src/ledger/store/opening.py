"""Opening a store: the one place that chooses what a log is kept in."""

import os
import re
from sqlite3 import sqlite_version
from typing import Final, Unpack

from ledger.domain.errors import InvalidInput
from ledger.loading import load
from ledger.messages import message
from ledger.store.protocol import EventStore
from ledger.store.sqlite.connection import LogOpening
from ledger.store.sqlite.file_format import SCHEMA
from ledger.store.sqlite.log import SqliteLog
from ledger.store.sqlite.schema import OLDEST_SQLITE

FILE_VERSION: Final = SCHEMA
"""The version of files that are written and read."""


_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


_SERVERS: Final = ("postgresql://", "postgres://")

_STORES: Final = {
    "address": "ledger.store.postgres.connection",
    "postgresql": "ledger.store.postgres.log",
}
"""Loaded where an address is opened: a ledger in a file needs none of it."""


def is_address(path: object) -> bool:
    """
    Return whether what names a ledger is the address of a database.

    Raises:
        InvalidInput: It is an address of another kind, of which no more is repeated.
    """
    address = _ADDRESS.match(path) if isinstance(path, str) else None
    if address is None:
        return False
    if address[0] not in _SERVERS:
        right = message("expected.ledger_path")
        raise InvalidInput("path", f"{address[0]}…", right)
    return True


class LedgerAddress(str):
    """The address of a ledger's database, which is said without its password."""

    __slots__ = ()

    def __str__(self) -> str:
        """Return what messages name it by."""
        named: str = load(_STORES, "address").shown(self[:])
        return named

    def __format__(self, form: str) -> str:
        """Return what messages name it by."""
        return format(str(self), form)

    def __repr__(self) -> str:
        """Return what messages name it by, quoted."""
        return repr(str(self))


def open_store(path: str | os.PathLike[str], **how: Unpack[LogOpening]) -> EventStore:
    """
    Open the log at *path*, or create it with *settings* where there is none.

    Args:
        path: A file, ``:memory:``, or the address of a database of PostgreSQL.

    Raises:
        NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
        LogError: The server cannot be reached, or refuses.
        InvalidInput: The log exists with other settings than *settings*, or *path* is
            the address of another kind of database.
    """
    if isinstance(path, str) and is_address(path):
        address = path[:]  # As it is, where it is a text that hides its password.
        opened: EventStore = load(_STORES, "postgresql").PostgresLog.open(
            address, **how
        )
        return opened
    return SqliteLog.open(path, **how)


def engine() -> tuple[str, str, str]:
    """Return what keeps ledger files, its version, and the oldest that can."""
    return "SQLite", sqlite_version, OLDEST_SQLITE

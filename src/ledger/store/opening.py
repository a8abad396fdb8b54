"""Opening a store: the one place that chooses what a log is kept in."""

import os
import re
from sqlite3 import sqlite_version
from typing import Final

from ledger.domain.errors import InvalidInput
from ledger.domain.settings import Settings
from ledger.messages import message
from ledger.store.clock import Clock, Entropy, utc_now
from ledger.store.protocol import EventStore
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


def open_store(
    path: str | os.PathLike[str],
    *,
    settings: Settings | None = None,
    origin: str | None = None,
    create: bool = True,
    read_only: bool = False,
    timeout: float = 30.0,
    clock: Clock = utc_now,
    entropy: Entropy = os.urandom,
) -> EventStore:
    """
    Open the log at *path*, or create it with *settings* where there is none.

    Args:
        path: A file, or ``:memory:``.

        origin: The name of a new log; by default a random one.

        timeout: Seconds to wait for another writer.

    Raises:
        NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
        InvalidInput: The log exists with other settings than *settings*, or *path* is
            the address of a database.
    """
    check_path(path)
    return SqliteLog.open(
        path,
        settings=settings,
        origin=origin,
        create=create,
        read_only=read_only,
        timeout=timeout,
        clock=clock,
        entropy=entropy,
    )


def engine() -> tuple[str, str, str]:
    """Return what keeps ledger files, its version, and the oldest that can."""
    return "SQLite", sqlite_version, OLDEST_SQLITE

"""The event log in one SQLite file."""

import os
from pathlib import Path
from typing import Unpack

from attrs import field, frozen

from ledger.domain.errors import ReadOnlyLedger
from ledger.messages import message
from ledger.store import codec as codecs
from ledger.store.codec import Codec
from ledger.store.sqlite.connection import LogFile, LogOpening
from ledger.store.sqlite.forensics import Inspection
from ledger.store.sqlite.maintenance import FileMaintenance
from ledger.store.sqlite.snapshots import FileSnapshots
from ledger.store.sqlite.table_log import TableLog
from ledger.store.sqlite.writer import FileWriter


@frozen
class SqliteLog(TableLog):
    """
    An append-only log of events in one file.

    Reading, appending and snapshots only; what may be appended is decided above.
    """

    file: LogFile
    snapshots: FileSnapshots = field(init=False, repr=False, eq=False)
    _resting: list[FileWriter] = field(init=False, repr=False, eq=False, factory=list)

    @snapshots.default
    def _snapshots(self) -> FileSnapshots:
        return FileSnapshots(self.file)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        codec: Codec | None = None,
        **how: Unpack[LogOpening],
    ) -> "SqliteLog":
        """
        Open the log at *path*, or create it with *settings* where there is none.

        Args:
            path: A file, or ``:memory:``.

        Raises:
            NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
            InvalidInput: The file exists with other settings than *settings*.
        """
        return cls(LogFile.open(path, codec or codecs.codec(), **how))

    @property
    def path(self) -> Path | None:
        """The file; ``None`` in memory."""
        return self.file.path

    def maintenance(self) -> FileMaintenance:
        """Return the file as a whole: its layout, damage to it, and copies."""
        return FileMaintenance(self.file)

    def forensics(self) -> Inspection:
        """Return the stored bytes, to be read whatever they hold."""
        return Inspection(self.file)

    def copied(self) -> "SqliteLog":
        """Return a copy of the log, to try there what is not to be kept."""
        return SqliteLog(self.file.copied())

    def writing(self, *, wait: bool = True) -> FileWriter:
        """
        Take the only right to write, to be held by a ``with`` block.

        What is appended is kept all or, where the block raises, not at all.

        Args:
            wait: For another writer to end, for the seconds given at opening; else
                not, from then on.

        Raises:
            ReadOnlyLedger, LedgerLocked: As their names say.
        """
        if self.read_only:
            raise ReadOnlyLedger(message("error.read_only", path=self.path))
        connection = self.file.connection
        with self.file.translating:
            if not wait:
                connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("BEGIN IMMEDIATE")
            try:
                (changes,) = connection.execute("PRAGMA data_version").fetchone()
                return self._writer(changes)
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _writer(self, changes: int) -> FileWriter:
        """
        Return the writer that rests at the end of the log, else a new one.

        Args:
            changes: What SQLite counts of the commits of other connections.
        """
        writer = self._resting.pop() if self._resting else None
        if writer is None or not writer.is_at_end(changes):
            writer = FileWriter.at_end(self, self.snapshots, self._resting)
        writer.start(changes)
        return writer

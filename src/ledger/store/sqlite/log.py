"""The event log in one SQLite file."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Unpack

from attrs import field, frozen

from ledger.domain.errors import LogCorrupted, ReadOnlyLedger
from ledger.domain.settings import Settings
from ledger.messages import message
from ledger.store import codec as codecs
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.clock import instant
from ledger.store.codec import Codec
from ledger.store.merkle import Tree
from ledger.store.sqlite.connection import LogFile, LogOpening
from ledger.store.sqlite.forensics import Inspection
from ledger.store.sqlite.maintenance import FileMaintenance
from ledger.store.sqlite.reader import FileReader
from ledger.store.sqlite.snapshots import FileSnapshots
from ledger.store.sqlite.stored_tree import stored_tree
from ledger.store.sqlite.writer import FileWriter


@frozen
class SqliteLog(FileReader):
    """
    An append-only log of events in one file.

    Reading, appending and snapshots only; what may be appended is decided above.
    """

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

    @property
    def settings(self) -> Settings:
        """The settings fixed when the log was created."""
        return self.file.settings

    @property
    def origin(self) -> str:
        """The name that the log was given when it was created; no other has it."""
        return self.file.origin

    @property
    def conventions(self) -> str:
        """The origin and the settings as canonical JSON."""
        return self.file.conventions

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""
        return self.file.codec

    @property
    def read_only(self) -> bool:
        """Whether the log was opened for reading only."""
        return self.file.read_only

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def check_layout(self) -> None:
        """
        Check that the file's tables, indexes and triggers are as they were made.

        Raises:
            LogCorrupted: One is missing, added or changed.
        """
        self.file.check_schema()

    def maintenance(self) -> FileMaintenance:
        """Return the file as a whole: its layout, damage to it, and copies."""
        return FileMaintenance(self.file)

    def forensics(self) -> Inspection:
        """Return the stored bytes, to be read whatever they hold."""
        return Inspection(self.file)

    def copied(self) -> "SqliteLog":
        """Return a copy of the log, to try there what is not to be kept."""
        return SqliteLog(self.file.copied())

    def reading(self) -> AbstractContextManager[None]:
        """Hold one consistent view of the file while several reads are made."""
        return self.file.reading()

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

    def root_at(self, position: int) -> bytes:
        """Return the root over the lines up to *position*."""
        head = self.head()
        return head.root if position == head.size else self.tree().root(0, position)

    def tree(self) -> Tree:
        """Return the tree over the log's lines, as it is stored."""
        return stored_tree(self.file.query)

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """
        Yield number, size, root and note of the checkpoints, as they were sealed.

        Raises:
            LogCorrupted: One cannot be read.
        """
        for row in self.file.query(
            "SELECT number, size, root, note FROM checkpoints ORDER BY number"
        ):
            if tuple(map(type, row)) != (int, int, bytes, str):
                raise LogCorrupted(
                    message("error.corrupted.checkpoint", path=self.path)
                )
            yield row

    def checkpoint(self, size: int) -> LogCheckpoint:
        """Return an unsigned checkpoint of the first *size* events."""
        return LogCheckpoint(
            origin=self.origin,
            size=size,
            root=self.root_at(size),
            conventions=self.conventions,
        )

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""
        return self.file.now()

    def today(self) -> date:
        """
        Return the day now, in UTC, whatever the zone of the clock.

        Raises:
            InvalidInput: The clock says no zone.
        """
        now = self.now()
        instant(now)
        return now.astimezone(UTC).date()

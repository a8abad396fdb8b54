"""What a log is that is kept in tables, whoever keeps those."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime

from attrs import frozen

from ledger.domain.errors import LogCorrupted
from ledger.domain.settings import Settings
from ledger.messages import message
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.clock import instant
from ledger.store.codec import Codec
from ledger.store.merkle import Tree
from ledger.store.sqlite.reader import FileReader
from ledger.store.sqlite.stored_tree import stored_tree


@frozen
class TableLog(FileReader):
    """An append-only log of events in tables: all but how it is opened and written."""

    @property
    def place(self) -> str:
        """The file, or the address without password; ``:memory:`` for none."""
        return str(self.file.path or ":memory:")

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

    def reading(self) -> AbstractContextManager[None]:
        """Hold one consistent view of the file while several reads are made."""
        return self.file.reading()

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
                    message("error.corrupted.checkpoint", path=self.file.path)
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

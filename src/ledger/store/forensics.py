"""What those may ask of a store who verify it: stored bytes, and what is beneath."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from ledger.domain.subject import Stream
from ledger.messages import Message
from ledger.store.codec import Codec
from ledger.store.line import Row
from ledger.store.records import StoredHead, StoredSnapshot


class Forensics(Protocol):
    """
    The stored bytes of a log, read whatever they hold, for those who verify.

    Text that is no UTF-8 comes with surrogates in place of its bytes.
    """

    @property
    def path(self) -> Path | None:
        """The file; ``None`` in memory."""

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one view of the file, in which any bytes can be read."""

    def rows(self, after: str = "", until: str | None = None) -> Iterator[Row]:
        """
        Yield the stored rows, stream after stream, by version.

        Args:
            after: Only streams that come after it.

            until: Only streams up to it.
        """

    def leaved_rows(
        self, after: str = "", until: str | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the same rows as tuples, each with its leaf behind its values."""

    def ranges(self) -> list[tuple[str, str | None]]:
        """
        Return ranges of streams: after which, and up to which each range goes.

        Together they have every row, whatever names are read: the first begins before
        all names, and the last ends behind them.
        """

    def leaves(self) -> Iterator[tuple[int, bytes, str, str]]:
        """Yield position, leaf, instant and id of each row in order of position."""

    def subtrees(self) -> dict[tuple[int, int], bytes]:
        """Return the stored roots of subtrees by level and number."""

    def heads(self) -> list[StoredHead]:
        """Return the stored heads, of which there is one."""

    def conventions(self) -> str:
        """Return the stored settings as canonical JSON."""

    def checkpoints(self) -> Iterator[tuple[int, int, bytes, str]]:
        """Yield number, size, root and note of the stored checkpoints."""

    def named(self, stream: Stream, version: int) -> tuple[str, str] | None:
        """Return id and type of an event."""

    def snapshots(
        self, after: str = "", until: str | None = None
    ) -> Iterator[tuple[Stream, str, int, StoredSnapshot]]:
        """Yield the stored states of such streams, with projection and its version."""

    def keeps(self, projection: str, stream: Stream | None = None) -> bool:
        """Check whether any state is stored, of any version; or one of *stream*."""

    def parted_keys(self) -> Iterator[tuple[str, int]]:
        """Yield each key that events of several appends have, and a position of it."""

    def orphans(self) -> list[str]:
        """Return the streams of snapshots that have no events."""


class DamageCheck(Protocol):
    """A check of stored bytes that goes on while the caller does something else."""

    def found(self) -> list[Message | str]:
        """Return what is damaged, once it is known."""


class Maintenance(Protocol):
    """Checks and copies of a whole file; a store without a file has none."""

    def faults(self) -> list[Message]:
        """Return what is not as it was made."""

    def damage(self) -> "DamageCheck":
        """Start SQLite's own check of the file, while the caller goes on."""

    def backup(self, path: Path) -> None:
        """
        Copy the whole log to a new file, whatever others write meanwhile.

        Raises:
            LogError: The file cannot be written.
        """

    def settle(self) -> None:
        """
        Merge SQLite's other files into this one, so that it can be moved alone.

        Raises:
            LogError: There is no room.
            LedgerLocked: Another process has the file open.
        """

"""What a log's reader and writer need of whatever keeps its tables."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from ledger.domain.settings import Settings
from ledger.store.clock import Entropy
from ledger.store.codec import Codec


class SqlFile(Protocol):
    """The tables of a log, with the same names wherever they are kept."""

    @property
    def columns(self) -> str:
        """The columns of an event as the codec takes them, in its order."""

    @property
    def path(self) -> Path | str | None:
        """What messages name: the file, or the address; ``None`` in memory."""

    @property
    def connection(self) -> Any:
        """What takes statements, as :class:`sqlite3.Connection` does."""

    @property
    def settings(self) -> Settings:
        """The settings fixed when the log was created."""

    @property
    def origin(self) -> str:
        """The name that the log was given when it was created; no other has it."""

    @property
    def conventions(self) -> str:
        """The origin and the settings as canonical JSON."""

    @property
    def read_only(self) -> bool:
        """Whether the log was opened for reading only."""

    @property
    def codec(self) -> Codec:
        """What turns stored payloads into events, and back."""

    @property
    def entropy(self) -> Entropy:
        """Returns random bytes, for event ids."""

    @property
    def translating(self) -> AbstractContextManager[None]:
        """Raises what the database says within a block as our own errors."""

    def close(self) -> None:
        """Close the connection."""

    def now(self) -> datetime:
        """Return the instant now, by the injected clock."""

    def query(self, sql: str, *values: object) -> Iterator[Any]:
        """Yield the rows that a statement gives."""

    def one(self, sql: str, *values: object) -> Any:
        """Return the one row that a statement gives."""

    def texts(self, kind: type, /) -> AbstractContextManager[None]:
        """Read texts as *kind* of object, or as statements say."""

    def reading(self) -> AbstractContextManager[None]:
        """Hold one consistent view while several reads are made."""

    def check_schema(self) -> None:
        """Check that tables, indexes and triggers are as they were made."""

"""What a store hands out as it keeps it: heads, states and rows."""

from collections.abc import Callable
from functools import partial
from typing import Final, NamedTuple

from ledger.domain.subject import Stream
from ledger.store.line import Row


class Head(NamedTuple):
    """
    The end of the log.

    Attributes:
        size: How many events it has.

        root: Over their lines.

        saved: The position through which snapshots were stored.

        counts: How many events of each type it has.

        last_on: The latest effective date, as it is stored; empty without events.
    """

    size: int
    root: bytes
    saved: int
    counts: dict[str, int]
    last_on: str


class Snapshot(NamedTuple):
    """
    A stored state of one stream under one projection.

    Attributes:
        stream_version: Of the last event that it follows.

        events: How many events it follows from.
    """

    stream: Stream
    stream_version: int
    events: int
    state: bytes


class StoredRow(NamedTuple):
    """A row as it is stored, whatever its values are, and the hash kept of its line."""

    row: Row
    leaf: bytes


as_stored: Final[Callable[[tuple[Row, bytes]], StoredRow]] = partial(
    tuple.__new__, StoredRow
)
"""Returns a row and its hash as a stored row, without looking."""


class StoredHead(NamedTuple):
    """The head as it is stored."""

    size: int
    frontier: bytes
    root: bytes
    saved: int
    counts: str
    last_on: str
    settings: bytes
    sealed: int


class StoredSnapshot(NamedTuple):
    """
    A state of a stream as it is stored.

    Attributes:
        stream_version: Of the last event that it follows.

        position: Through which snapshots were stored then.

        events: How many events it follows from.
    """

    stream_version: int
    position: int
    events: int
    state: bytes

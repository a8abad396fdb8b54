"""What a store hands out as it keeps it: heads and states."""

from typing import NamedTuple

from ledger.domain.subject import Stream
from ledger.store.merkle import Frontier


class Head(NamedTuple):
    """
    The end of the log.

    Attributes:
        size: How many events it has.

        frontier: Of the tree over their lines.

        saved: The position through which snapshots were stored.

        counts: How many events of each type it has.

        last_on: The latest effective date, as it is stored; empty without events.
    """

    size: int
    frontier: Frontier
    saved: int
    counts: dict[str, int]
    last_on: str

    @property
    def root(self) -> bytes:
        """The root over the lines."""
        return self.frontier.root()


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


class StoredHead(NamedTuple):
    """The head as it is stored."""

    size: int
    frontier: bytes
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

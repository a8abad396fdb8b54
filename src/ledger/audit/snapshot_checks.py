"""Checks that the snapshots of a stream are those that a replay gives."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec
from attrs import define, field

from ledger.audit.protocol import Check, Protocol
from ledger.domain.subject import Stream
from ledger.messages import Message, message
from ledger.projections.projection import Projection
from ledger.store.forensics import Forensics
from ledger.store.records import StoredSnapshot

_BUILT_IN: Final = 2
"""So many projections have snapshots from the first event on: they come first."""


class KeptSnapshots:
    """The stored snapshots of a range of streams, which are asked for in order."""

    def __init__(
        self, inspection: Forensics, after: str = "", until: str | None = None
    ) -> None:
        self.inspection = inspection
        rows = inspection.snapshots(after, until)
        self._rest = groupby(rows, key=itemgetter(0))
        self._next = next(self._rest, None)

    def of(self, stream: Stream) -> dict[tuple[str, int], StoredSnapshot]:
        """Return those of the next stream, by projection and its version."""
        own, at = self._next, _order(stream)
        while own is not None and _order(own[0]) < at:  # They have no events.
            own = next(self._rest, None)
        self._next = own
        if own is None or own[0] != stream:
            return {}
        kept = {(name, version): each for _, name, version, each in own[1]}
        self._next = next(self._rest, None)
        return kept


def _order(stream: object) -> tuple[bool, bytes]:
    """Return what a store orders streams by; what is no text comes last."""
    if not isinstance(stream, str):
        return True, b""
    return False, stream.encode("utf-8", "surrogateescape")


@define
class SnapshotChecks:
    """
    The snapshots of one stream, compared while its events are folded.

    Attributes:
        stored: Those of the streams from this one on.

        saved: The position through which snapshots are stored.

        due: Places of the projections that follow an event up to there.

        kept: By the stream's version: places of projections, with their snapshots.
    """

    stored: KeptSnapshots
    protocol: Protocol
    projections: Sequence[Projection[Any]]
    stream: Stream
    saved: int
    due: set[int] = field(factory=set)
    kept: dict[int, list[tuple[int, StoredSnapshot]]] = field(init=False)
    present: frozenset[int] = field(init=False)
    compared: set[int] = field(factory=set)

    def __attrs_post_init__(self) -> None:
        self.kept = {}
        stored = self.stored.of(self.stream)
        for place, each in enumerate(self.projections):
            kept = stored.get((each.name, each.version))
            if kept is not None:
                self.kept.setdefault(kept.stream_version, []).append((place, kept))
        own = (place for some in self.kept.values() for place, _ in some)
        self.present = frozenset(own)

    def compare(
        self, version: int, position: int, states: Sequence[Any], followed: list[int]
    ) -> None:
        """
        Compare the snapshots at a version with the states folded so far.

        Args:
            position: Where the event of that version is.

            followed: How many events each of the states follows from.
        """
        self.compared.add(version)
        for place, kept in self.kept.pop(version):
            _, at, count, state = kept
            self.protocol.examined[Check.SNAPSHOTS] += 1
            folded = msgspec.msgpack.encode(states[place])
            sound = position <= at <= self.saved
            same = (count, state) == (followed[place], folded)
            if not same or not sound:
                name = self.projections[place].name
                self._fault(
                    message("fault.snapshot", projection=message(f"projection.{name}"))
                )

    def finish(self, version: int, saved: int) -> None:
        """
        Check what is left when a stream that could be folded has ended.

        Args:
            version: Its last.

            saved: Its last among the events that snapshots follow from.
        """
        for at in self.kept:
            self._fault(message("fault.snapshot_beyond", version=at, versions=version))
        if self.compared - {saved}:
            self._fault(message("fault.snapshots_of", position=self.saved))
        for place in sorted(self.due - self.present):
            name = self.projections[place].name
            if place < _BUILT_IN and self._is_missing(name):
                self._fault(
                    message(
                        "fault.snapshot_missing",
                        projection=message(f"projection.{name}"),
                    )
                )

    def _is_missing(self, projection: str) -> bool:
        """
        Check whether other streams have a snapshot and this one has none.

        One of an earlier version is replaced when its stream moves, and where all were
        deleted every figure is the log's.
        """
        keeps = self.stored.inspection.keeps
        return keeps(projection) and not keeps(projection, self.stream)

    def _fault(self, what: Message) -> None:
        self.protocol.fault(Check.SNAPSHOTS, what, position=None, place=self.stream)

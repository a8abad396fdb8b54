"""States of streams: from snapshots, held between appends, and stored again."""

from collections.abc import Iterator
from typing import Any, Final, TypeVar

import msgspec
from attrs import define, field

from ledger.domain.recorded import RecordedEvent
from ledger.log.sqlite import SqliteLog, Writer
from ledger.projections.projection import Projection

S = TypeVar("S")
AnyProjection = Projection[Any]

_MOST_HELD: Final = 1_024


@define
class States:
    """
    The states of the streams that a writer touches, under every projection.

    They outlive one append, so that a script that records thousands of facts does not
    read each stream's snapshot again; another process's write discards them.
    """

    log: SqliteLog
    projections: tuple[AnyProjection, ...]
    held: dict[str, list[Any]] = field(factory=dict)
    touched: dict[str, int] = field(factory=dict)
    changes: int = -1

    def begin(self) -> None:
        """Discard what another process may have made stale."""
        changes = self.log.changes()
        if changes != self.changes:
            self.held.clear()
        self.changes = changes
        self.touched.clear()

    def of(self, stream: str) -> list[Any]:
        """Return the states of *stream*, one for each projection."""
        states = self.held.get(stream)
        if states is None:
            states = [load(self.log, each, stream) for each in self.projections]
            self.held[stream] = states
        return states

    def evolve(self, recorded: RecordedEvent) -> None:
        """Fold one more event into its stream's states."""
        states = self.of(recorded.stream)
        for i, projection in enumerate(self.projections):
            states[i] = projection.evolve(states[i], recorded)
        self.touched[recorded.stream] = recorded.version

    def save(self, writer: Writer) -> None:
        """Store the states of the touched streams beside the events."""
        for i, projection in enumerate(self.projections):
            writer.save(
                projection.name,
                projection.version,
                (
                    (stream, version, msgspec.json.encode(self.held[stream][i]))
                    for stream, version in self.touched.items()
                ),
            )
        self.touched.clear()

    def make_room(self, writer: Writer) -> None:
        """Store and let go of everything when many streams are held."""
        if len(self.held) > _MOST_HELD:
            self.save(writer)
            self.held.clear()

    def differing(self) -> Iterator[tuple[str, str]]:
        """Yield projection and stream of each snapshot that is not the replay's."""
        together = Projection.together(self.projections)
        with self.log.reading():
            for stream, states in together.fold_each(self.log.read_by_stream()):
                for projection, state in zip(self.projections, states, strict=True):
                    name, version = projection.name, projection.version
                    stored = self.log.snapshot(name, version, stream)
                    if stored is None or stored.state != msgspec.json.encode(state):
                        yield name, stream

    def rebuild(self) -> int:
        """Fold the whole log anew, store every state, and return how many streams."""
        self.forget()
        together = Projection.together(self.projections)
        count = 0
        with self.log.writing() as writer:
            for stream, states in together.fold_each(self.log.read_by_stream()):
                self.held[stream] = states
                self.touched[stream] = writer.version(stream)
                count += 1
                self.make_room(writer)
            self.save(writer)
        self.forget()
        return count

    def forget(self) -> None:
        """Discard everything, after a transaction that was rolled back."""
        self.held.clear()
        self.touched.clear()


def load(
    log: SqliteLog, projection: Projection[S], stream: str, until: int | None = None
) -> S:
    """Return a stream's state: its snapshot with the events after it, or a fold."""
    stored = None
    if until is None:
        stored = log.snapshot(projection.name, projection.version, stream)
    if stored is None:
        return projection.fold(stream, log.read_stream(stream, until=until))
    state = msgspec.json.decode(stored.state, type=projection.state)
    for recorded in log.read_stream(stream, after_version=stored.stream_version):
        state = projection.evolve(state, recorded)
    return state

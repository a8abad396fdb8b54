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
    versions: dict[str, int] = field(factory=dict)
    touched: set[str] = field(factory=set)
    changes: int = -1
    together: Projection[list[Any]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.together = Projection.together(self.projections)

    def begin(self) -> None:
        """Discard what another process may have made stale."""
        changes = self.log.changes()
        if changes != self.changes:
            self.forget()
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
        self.together.evolve(self.of(recorded.stream), recorded)
        self.versions[recorded.stream] = recorded.version
        self.touched.add(recorded.stream)

    def save(self, writer: Writer) -> None:
        """Store the states of the touched streams beside the events."""
        for i, projection in enumerate(self.projections):
            writer.save(
                projection.name,
                projection.version,
                (
                    (
                        stream,
                        self.versions[stream],
                        msgspec.json.encode(self.held[stream][i]),
                    )
                    for stream in self.touched
                ),
            )
        self.touched.clear()

    def make_room(self, writer: Writer) -> None:
        """Store and let go of everything when many streams are held."""
        if len(self.held) > _MOST_HELD:
            self.save(writer)
            self.forget()

    def differing(self) -> Iterator[tuple[str, str]]:
        """Yield projection and stream of each snapshot that is not the replay's."""
        with self.log.reading():
            for stream, states in self.together.fold_each(self.log.read_by_stream()):
                for projection, state in zip(self.projections, states, strict=True):
                    name, version = projection.name, projection.version
                    stored = self.log.snapshot(name, version, stream)
                    if stored is None or stored.state != msgspec.json.encode(state):
                        yield name, stream

    def rebuild(self) -> int:
        """Fold the whole log anew, store every state, and return how many streams."""
        self.forget()
        count = 0
        with self.log.writing() as writer:
            for stream, states in self.together.fold_each(self.log.read_by_stream()):
                self.held[stream] = states
                self.versions[stream] = writer.version(stream)
                self.touched.add(stream)
                count += 1
                self.make_room(writer)
            self.save(writer)
        self.forget()
        return count

    def forget(self) -> None:
        """Discard everything, after a transaction that was rolled back."""
        self.held.clear()
        self.versions.clear()
        self.touched.clear()


def load(
    log: SqliteLog, projection: Projection[S], stream: str, until: int | None = None
) -> S:
    """
    Return a stream's state: its snapshot with the events after it, or a fold.

    A snapshot that cannot be read is as good as none: every figure is the log's.
    """
    stored = None
    if until is None:
        stored = log.snapshot(projection.name, projection.version, stream)
    if stored is None:
        return projection.fold(stream, log.read_stream(stream, until=until))
    try:
        state = msgspec.json.decode(stored.state, type=projection.state)
    except msgspec.MsgspecError:
        return projection.fold(stream, log.read_stream(stream))
    for recorded in log.read_stream(stream, after_version=stored.stream_version):
        state = projection.evolve(state, recorded)
    return state

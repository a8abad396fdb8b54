"""States of streams: from snapshots, held between appends, and stored again."""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from attrs import define, field

from ledger.domain.budget import Budget
from ledger.domain.envelope import RecordedEvent
from ledger.domain.results import Indicators
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.projection import Projection, Steps, fiscal_year_of
from ledger.store.line import UNREADABLE
from ledger.store.protocol import EventStore, Writer
from ledger.store.records import Head, Snapshot
from ledger.store.state.packed import EXECUTION

S = TypeVar("S")
T = TypeVar("T")
AnyProjection = Projection[Any]

Make = Callable[[str, Budget, Indicators], T | None]
"""Makes something of a stream's money and indicators, or nothing."""

_EXECUTION: Final = EXECUTION.name, EXECUTION.version
_ATTAINMENT: Final = ATTAINMENT.name, ATTAINMENT.version
_BOTH: Final = Projection.together((EXECUTION, ATTAINMENT))
_MOST_HELD: Final = 1_024
_MOST_PACKED: Final = 16_384
_LEAST_AT_CLOSE: Final = 100
_FEW: Final = 4_000
"""Up to so many streams; with more of them, snapshots are stored as much later."""


@define
class Held:
    """
    A stream's states, one for each projection.

    Attributes:
        states: ``None`` where one is waiting.

        counts: How many events each projection has followed.

        version: Of the last event seen.

        fiscal_year: Where the states do not say one.

        waiting: States by place that are packed until an event asks for them.
    """

    states: list[Any]
    counts: list[int]
    version: int = 0
    fiscal_year: int | None = None
    waiting: dict[int, bytes] = field(factory=dict)

    def packed(self) -> "Packed":
        """Return the same as it is stored, in a fifth of the room."""
        waiting = self.waiting
        states = [
            waiting[i] if i in waiting else msgspec.msgpack.encode(state)
            for i, state in enumerate(self.states)
        ]
        year = fiscal_year_of(self.states) or self.fiscal_year
        return Packed(states, self.counts, self.version, year)


class Packed(NamedTuple):
    """A stream's states as they are stored."""

    states: list[bytes]
    counts: list[int]
    version: int
    fiscal_year: int | None

    def held(self) -> Held:
        """Return the same with every state waiting."""
        waiting = dict(enumerate(self.states))
        return Held(
            [None] * len(waiting), self.counts, self.version, self.fiscal_year, waiting
        )


@define
class States:
    """
    The states of the streams that a writer touches, under every projection.

    They outlive one append, so that a script that records thousands of facts does not
    read each stream's snapshot again; another process's write discards them.

    Attributes:
        every: Snapshots are stored once so many events have come since the last time,
            or five for each stream that is held where that is more.

        held: By stream, those touched last.

        packed: Those touched before, when many streams are.
    """

    log: EventStore
    projections: tuple[AnyProjection, ...]
    every: int = 20_000
    held: dict[str, Held] = field(factory=dict)
    packed: dict[str, Packed] = field(factory=dict)
    changes: int = -1
    steps: Steps = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.steps = Steps(self.projections)

    def begin(self, changes: int) -> None:
        """
        Discard what another process may have made stale.

        Args:
            changes: What SQLite counts of the commits of others.
        """
        if changes != self.changes:
            self.forget()
        self.changes = changes

    def of(self, stream: str) -> Held:
        """Return the states of *stream*."""
        held = self.held.get(stream)
        if held is None:
            packed = self.packed.pop(stream, None)
            held = self._loaded(stream) if packed is None else packed.held()
            self.held[stream] = held
        return held

    def unpack(self, held: Held, kind: type) -> None:
        """Have the states that follow events of a class ready; the others wait."""
        for i, _ in self.steps[kind]:
            stored = held.waiting.pop(i, None)
            if stored is not None:
                state = self.projections[i].state
                held.states[i] = msgspec.msgpack.decode(stored, type=state)

    def evolve(self, held: Held, recorded: RecordedEvent) -> None:
        """Fold one more event into its stream's states, *held*."""
        for i, step in self.steps[type(recorded.event)]:
            held.states[i] = step(held.states[i], recorded)
            held.counts[i] += 1
        held.version = recorded.version

    def save(self, writer: Writer, *, least: int | None = None) -> None:
        """
        Store snapshots, if *least* (else ``every``) events came since the last time.

        Whoever writes stores what others left, so no report ever reads more events
        than that beside the snapshots.
        """
        if least is None:
            least = self.every * max(_FEW, len(self.held) + len(self.packed)) // _FEW
        if writer.size - writer.saved < least:
            return
        writer.flush()
        writer.save(self._encoded(self.log.streams_after(writer.saved)))

    def catch_up(self) -> None:
        """
        Store snapshots that are far behind, before the file is closed.

        Raises:
            ReadOnlyLedger, LedgerLocked: As their names say; it does not wait.
        """
        head = self.log.head()
        if head.size - head.saved >= _LEAST_AT_CLOSE and not self.log.read_only:
            with self.log.writing(wait=False) as writer:
                self.begin(writer.changes)
                self.save(writer, least=1)

    def make_room(self, writer: Writer) -> None:
        """Pack what is held when many streams are, and let go when too many are."""
        if len(self.held) < _MOST_HELD:
            return
        for stream, held in self.held.items():
            self.packed[stream] = held.packed()
        self.held.clear()
        if len(self.packed) > _MOST_PACKED:
            self.save(writer, least=1)
            self.forget()

    def differing(self) -> Iterator[tuple[str, str]]:
        """
        Yield projection and stream of each snapshot that is not the replay's.

        The replay is that of the events through which snapshots were stored.
        """
        with self.log.reading():
            for stream, held in self._folded(self.log.head().saved):
                for i, projection in enumerate(self.projections):
                    name, version = projection.name, projection.version
                    stored = self.log.snapshots.of(name, version, stream)
                    kept = None if stored is None else (stored.events, stored.state)
                    count, state = held.counts[i], held.states[i]
                    wanted = (count, msgspec.msgpack.encode(state)) if count else None
                    if kept != wanted:
                        yield name, stream

    def rebuild(self) -> int:
        """Fold the whole log anew, store every state, and return how many streams."""
        self.forget()
        count = 0

        def states() -> Iterator[tuple[str, int, Snapshot]]:
            nonlocal count
            for stream, held in self._folded():
                yield from self._snapshots(stream, held.packed())
                count += 1

        with self.log.writing() as writer:
            writer.save(states())
        return count

    def forget(self) -> None:
        """Discard everything, after a transaction that was rolled back."""
        self.held.clear()
        self.packed.clear()

    def _folded(self, until: int | None = None) -> Iterator[tuple[str, Held]]:
        """Yield each stream with its states, folded from nothing."""
        envelope = any(each.envelope for each in self.projections)
        parts = self.log.read_by_stream(until=until, envelope=envelope)
        for stream, own in groupby(parts, key=itemgetter(0)):
            states = [each.initial(stream) for each in self.projections]
            held = Held(states, [0] * len(states))
            for _, events in own:
                for recorded in events:
                    self.evolve(held, recorded)
            yield stream, held

    def _loaded(self, stream: str) -> Held:
        version = self.log.version(stream)
        if not version:
            states = [each.initial(stream) for each in self.projections]
            return Held(states, [0] * len(states))
        loaded = [load(self.log, p, stream, last=version) for p in self.projections]
        return Held([s for s, _ in loaded], [n for _, n in loaded], version)

    def _encoded(self, streams: list[str]) -> Iterator[tuple[str, int, Snapshot]]:
        for stream in streams:
            held = self.held.get(stream)
            packed = self.packed.get(stream) if held is None else held.packed()
            yield from self._snapshots(stream, packed or self._loaded(stream).packed())

    def _snapshots(
        self, stream: str, packed: Packed
    ) -> Iterator[tuple[str, int, Snapshot]]:
        kept = zip(self.projections, packed.counts, packed.states, strict=True)
        for projection, count, state in kept:
            if count:
                year = packed.fiscal_year
                snapshot = Snapshot(stream, packed.version, count, year, state)
                yield projection.name, projection.version, snapshot


def load(
    log: EventStore,
    projection: Projection[S],
    stream: str,
    until: int | None = None,
    *,
    last: int | None = None,
) -> tuple[S, int]:
    """
    Return a stream's state, and how many events it follows from.

    It is the snapshot with the events after it, or a fold. A snapshot that cannot be
    read is as good as none: every figure is the log's.

    Args:
        until: Up to this position; by default to the end.

        last: The stream's version, from who knows it.
    """
    state, count, version = projection.initial(stream), 0, 0
    stored = None
    if until is None:
        stored = log.snapshots.of(projection.name, projection.version, stream)
    if stored is not None:
        try:
            state = msgspec.msgpack.decode(stored.state, type=projection.state)
        except UNREADABLE:
            state = projection.initial(stream)
        else:
            count, version = stored.events, stored.stream_version
    if version == last:
        return state, count
    follows = projection.follows
    for recorded in log.read_stream(stream, after_version=version, until=until):
        if not follows or type(recorded.event) in follows:
            state = projection.evolve(state, recorded)
            count += 1
    return state, count


def made_of_each(
    log: EventStore,
    position: int,
    fiscal_year: int,
    make: Make[T],
    *,
    stored: bool = True,
) -> list[T]:
    """
    Return what *make* makes of the states of each stream at a position, in order.

    They come from the snapshots and the events since, else from a fold.

    Args:
        fiscal_year: Of streams of other years nothing need be made.

        stored: Whether snapshots may be read.
    """
    head = log.head()
    made = None
    if stored and position == head.size:
        made = from_snapshots(log, head, fiscal_year, make)
    if made is None:
        parts = log.read_by_stream(until=position, envelope=False)
        folded = _BOTH.fold_each(parts)
        made = [(stream, make(stream, *both)) for stream, both in folded]
    return [each for _, each in made if each is not None]


def from_snapshots(
    log: EventStore, head: Head, fiscal_year: int, make: Make[T]
) -> list[tuple[str, T | None]] | None:
    """
    Return what *make* makes of the snapshots of a year; ``None`` if they lack an event.

    Each event is in one stream, so the events that all snapshots of a projection
    follow from, with those since, are as many as the log has of the types that it
    follows.
    """
    followed = log.snapshots.followed()
    money_left = sum(head.counts.get(e.__name__, 0) for e in EXECUTION.follows)
    left = sum(head.counts.get(e.__name__, 0) for e in ATTAINMENT.follows)
    money_left -= followed.get(_EXECUTION, 0)
    left -= followed.get(_ATTAINMENT, 0)
    since: dict[str, list[RecordedEvent]] = {}
    for recorded in log.read(after=head.saved):
        since.setdefault(recorded.stream, []).append(recorded)
        money_left -= type(recorded.event) in EXECUTION.follows
        left -= type(recorded.event) in ATTAINMENT.follows
    if left or money_left:
        return None
    decode_money = msgspec.msgpack.Decoder(EXECUTION.state).decode
    decode = msgspec.msgpack.Decoder(Indicators).decode
    waiting: dict[str, bytes] = {}
    made: list[tuple[str, T | None]] = []
    for name, stream, state in log.snapshots.of_year(
        fiscal_year, (_EXECUTION, _ATTAINMENT)
    ):
        other = waiting.pop(stream, None)
        if other is None:
            waiting[stream] = state
            continue
        money, rest = (state, other) if name == EXECUTION.name else (other, state)
        try:
            states: Any = decode_money(money), decode(rest)
        except UNREADABLE:
            return None
        if stream in since:
            states = _BOTH.continued(list(states), since.pop(stream))
        made.append((stream, make(stream, *states)))
    for stream, events in since.items():
        if events[0].version == 1:  # Others have snapshots, of other years.
            made.append((stream, make(stream, *_BOTH.fold(stream, events))))
    return sorted(made, key=itemgetter(0))

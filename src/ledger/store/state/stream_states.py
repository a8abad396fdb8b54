"""States of streams, held between appends and stored now and then."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import msgspec
from attrs import define, field

from ledger.domain.envelope import RecordedEvent
from ledger.domain.periods import Periods
from ledger.domain.policies import policy_facts
from ledger.domain.policy_events import PolicySet
from ledger.domain.subject import LEDGER, Stream, SubjectKind
from ledger.domain.unit_parts import UnitPart, unit_parts
from ledger.projections.projection import AnyProjection, Steps
from ledger.store.protocol import EventStore, Writer
from ledger.store.records import Snapshot
from ledger.store.state.held_states import HeldStates, Packed
from ledger.store.state.snapshot_reader import load

_MOST_HELD: Final = 1_024
_MOST_PACKED: Final = 16_384
_LEAST_AT_CLOSE: Final = 100
_FEW: Final = 4_000
"""Streams above which snapshots are stored later, in proportion to their number."""


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

        periods: Which days are closed; ``None`` until somebody asks.

        policies: What sets a policy, in order; likewise.

        parts: What units compute from projects, by these; likewise.

        givers: Of fiscal years that somebody asked of: the streams whose forms print
            money of another project's year before, by the code of that.
    """

    log: EventStore
    projections: tuple[AnyProjection, ...]
    every: int = 20_000
    held: dict[Stream, HeldStates] = field(factory=dict)
    packed: dict[Stream, Packed] = field(factory=dict)
    changes: int = -1
    periods: Periods | None = None
    policies: list[RecordedEvent] | None = None
    parts: dict[Stream, list[UnitPart]] | None = None
    givers: dict[int, dict[str, set[Stream]]] = field(factory=dict)
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

    def of(self, stream: Stream) -> HeldStates:
        """Return the states of *stream*."""
        held = self.held.get(stream)
        if held is None:
            packed = self.packed.pop(stream, None)
            held = self._loaded(stream) if packed is None else packed.held()
            self.held[stream] = held
        return held

    def money(self, stream: Stream) -> Any:
        """Return the first state of a stream: its money, as it is now."""
        held = self.of(stream)
        if 0 in held.waiting:
            self._decode(held, 0)
        return held.states[0]

    def money_of_year(self, year: int, saved: int) -> Iterator[Any]:
        """
        Yield the first state of each project of a year; none is held for it.

        Args:
            saved: The position through which snapshots are stored.
        """
        first, later = self.projections[0], {*self.log.streams_after(saved)}
        known = later | self.held.keys() | self.packed.keys()
        asked = [(first.name, first.version)]
        for _, stream, stored in self.log.snapshots.of_projects(year, asked):
            if stream not in known:
                yield msgspec.msgpack.decode(stored, type=first.state)
        for stream in self.log.streams(SubjectKind.PROJECT, year):
            if stream in known:
                held = self.held.get(stream)
                packed = self.packed.get(stream)
                if held is None:
                    held = packed.held() if packed else self._loaded(stream)
                if 0 in held.waiting:
                    self._decode(held, 0)
                yield held.states[0]

    def unpack(self, held: HeldStates, kind: type) -> None:
        """Have the states that follow events of a class ready; the others wait."""
        for i, _ in self.steps[kind]:
            if i in held.waiting:
                self._decode(held, i)

    def _decode(self, held: HeldStates, i: int) -> None:
        """Have a state ready that was packed."""
        state = self.projections[i].state
        held.states[i] = msgspec.msgpack.decode(held.waiting.pop(i), type=state)

    def evolve(self, held: HeldStates, recorded: RecordedEvent) -> None:
        """Fold one more event into its stream's states, *held*."""
        for i, step in self.steps[type(recorded.event)]:
            held.states[i] = step(held.states[i], recorded)
            held.counts[i] += 1
        held.version = recorded.version

    def known_periods(self) -> Periods:
        """Return which days are closed, by what was recorded so far."""
        return self.periods or self._of_ledger()[0]

    def known_policies(self) -> list[RecordedEvent]:
        """Return what sets a policy, by what was recorded so far."""
        return self._of_ledger()[1] if self.policies is None else self.policies

    def note_of_ledger(self, recorded: RecordedEvent) -> None:
        """Keep one more fact about the ledger itself."""
        periods, policies = self.known_periods(), self.known_policies()
        if isinstance(recorded.event, PolicySet):
            self.policies = [*policies, recorded]
        else:
            self.periods = periods.with_(recorded)

    def _of_ledger(self) -> tuple[Periods, list[RecordedEvent]]:
        """Read the facts about the ledger, of periods and of policies."""
        facts = list(self.log.read_stream(LEDGER))
        self.periods, self.policies = Periods.of(facts), policy_facts(facts)
        return self.periods, self.policies

    def unit_parts(self, project: Stream, writer: Writer) -> list[UnitPart]:
        """Return what units compute from a project, by what was recorded so far."""
        if self.parts is None:
            self.parts = {}
            writer.flush()
            units = map(self.log.read_stream, self.log.streams(SubjectKind.UNIT))
            for part in unit_parts(next(own) for own in units):
                self.parts.setdefault(part.project, []).append(part)
        return self.parts.get(project, [])

    def save(self, writer: Writer, *, least: int | None = None) -> None:
        """
        Store snapshots, if *least* (else ``every``) events came since the last time.

        Whoever writes stores what others left, so no report ever reads more events
        than that after the snapshots.
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
            LedgerLocked: As its name says; it does not wait.
        """
        if self.log.read_only:
            return
        head = self.log.head()
        if head.size - head.saved >= _LEAST_AT_CLOSE:
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

    def differing(self) -> Iterator[tuple[str, Stream]]:
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
        """Fold the whole log again, store every state; return the number of streams."""
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
        self.periods = self.policies = self.parts = None
        self.givers.clear()

    def _folded(self, until: int | None = None) -> Iterator[tuple[Stream, HeldStates]]:
        """Yield each stream with its states, folded from nothing."""
        envelope = any(each.envelope for each in self.projections)
        parts = self.log.read_by_stream(until=until, envelope=envelope)
        for stream, own in groupby(parts, key=itemgetter(0)):
            states = [each.initial(stream) for each in self.projections]
            held = HeldStates(states, [0] * len(states))
            for _, events in own:
                for recorded in events:
                    self.evolve(held, recorded)
            yield stream, held

    def _loaded(self, stream: Stream) -> HeldStates:
        version = self.log.version(stream)
        if not version:
            states = [each.initial(stream) for each in self.projections]
            return HeldStates(states, [0] * len(states))
        loaded = [load(self.log, p, stream, last=version) for p in self.projections]
        return HeldStates([s for s, _ in loaded], [n for _, n in loaded], version)

    def _encoded(self, streams: list[Stream]) -> Iterator[tuple[str, int, Snapshot]]:
        for stream in streams:
            held = self.held.get(stream)
            packed = self.packed.get(stream) if held is None else held.packed()
            yield from self._snapshots(stream, packed or self._loaded(stream).packed())

    def _snapshots(
        self, stream: Stream, packed: Packed
    ) -> Iterator[tuple[str, int, Snapshot]]:
        kept = zip(self.projections, packed.counts, packed.states, strict=True)
        for projection, count, state in kept:
            if count:
                snapshot = Snapshot(stream, packed.version, count, state)
                yield projection.name, projection.version, snapshot

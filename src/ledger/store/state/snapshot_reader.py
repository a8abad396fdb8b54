"""States of streams from snapshots, where these are complete, and else from a fold."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, Final, TypeVar

import msgspec

from ledger.domain.budget import Budget
from ledger.domain.envelope import RecordedEvent
from ledger.domain.results import Indicators
from ledger.domain.subject import Stream, SubjectKind
from ledger.projections.projection import Projection
from ledger.store.line import UNREADABLE
from ledger.store.protocol import EventStore
from ledger.store.records import Head
from ledger.store.state.collecting import CollectorPaused
from ledger.store.state.packed import BOTH

S = TypeVar("S")
T = TypeVar("T")

BothStates = tuple[Stream, Budget, Indicators]
"""A stream's money and indicators."""

MoneyState = tuple[Stream, Budget]
"""A stream's money."""

Make = Callable[[Sequence[Any]], Iterable[T | None]]
"""Makes something of each of some streams with its states, or nothing, in order."""

_TOGETHER: Final = 32
"""Streams whose states are made before the next step: one step at a time is faster."""


class _NotDecoded(Exception):
    """A snapshot cannot be read."""


def load(
    log: EventStore,
    projection: Projection[S],
    stream: Stream,
    until: int | None = None,
    *,
    last: int | None = None,
) -> tuple[S, int]:
    """
    Return a stream's state, and how many events it follows from.

    It is the snapshot with the events after it, or a fold. A snapshot that cannot be
    read is ignored: every figure is the log's.

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
    year: int,
    make: Make[T],
    of: Projection[list[Any]] = BOTH,
    *,
    stored: bool = True,
) -> list[T]:
    """
    Return what *make* makes of each project of a fiscal year at a position, in order.

    They come from the snapshots and the events since, else from a fold.

    Args:
        of: The states of each: those of money and of indicators, or of money alone.

        stored: Whether snapshots may be read.
    """
    head = log.head()
    made = None
    with CollectorPaused():
        if stored and position == head.size:
            made = from_snapshots(log, head, year, make, of)
        if made is None:
            own = log.streams(SubjectKind.PROJECT, year)
            parts = log.read_by_stream(until=position, envelope=False, streams=own)
            folded = ((stream, *states) for stream, states in of.fold_each(parts))
            made = list(_made(folded, make))
    return [each for _, each in made if each is not None]


def from_snapshots(
    log: EventStore,
    head: Head,
    year: int,
    make: Make[T],
    of: Projection[list[Any]] = BOTH,
) -> list[tuple[Stream, T | None]] | None:
    """
    Return what *make* makes of the snapshots of the projects of a year.

    Returns:
        ``None`` if the snapshots lack an event, or cannot be read.
    """
    since: dict[Stream, list[RecordedEvent]] = {}
    for recorded in log.read(after=head.saved):
        since.setdefault(recorded.stream, []).append(recorded)
    if not _are_complete(log, head, since, of):
        return None
    try:
        made = list(_made(_continued(log, year, since, of), make))
    except _NotDecoded:
        return None
    first, end = SubjectKind.PROJECT.streams(year)
    new = (each for each in since.items() if first <= each[0] < end)
    made += _made(((stream, *of.fold(stream, own)) for stream, own in new), make)
    return sorted(made, key=itemgetter(0))


def _made(
    states: Iterable[tuple[Any, ...]], make: Make[T]
) -> Iterator[tuple[Stream, T | None]]:
    """Yield each stream with what is made of its states."""
    rest = iter(states)
    while some := list(islice(rest, _TOGETHER)):
        yield from zip((stream for stream, *_ in some), make(some), strict=True)


def _are_complete(
    log: EventStore,
    head: Head,
    since: Mapping[Stream, Sequence[RecordedEvent]],
    of: Projection[list[Any]],
) -> bool:
    """
    Check that no event is missing from the snapshots and from what came since.

    Each event is in one stream, so the events that all snapshots of a projection
    follow from, with those since, are as many as the log has of the types that it
    follows.
    """
    followed = log.snapshots.followed()
    came = Counter(type(each.event) for events in since.values() for each in events)
    for part in of.parts:
        left = sum(head.counts.get(kind.__name__, 0) for kind in part.follows)
        left -= sum(came[kind] for kind in part.follows)
        if left != followed.get((part.name, part.version), 0):
            return False
    return True


def _continued(
    log: EventStore,
    year: int,
    since: dict[Stream, list[RecordedEvent]],
    of: Projection[list[Any]],
) -> Iterator[tuple[Any, ...]]:
    """
    Yield the projects of a year with their states; take the events *since* that count.

    Raises:
        _NotDecoded: A snapshot cannot be read.
    """
    parts = {each.name: each for each in of.parts}
    decoders = {
        name: msgspec.msgpack.Decoder(each.state).decode for name, each in parts.items()
    }
    named = [(name, each.version) for name, each in parts.items()]
    snapshots = log.snapshots.of_projects(year, named)
    for stream, own in groupby(snapshots, key=itemgetter(1)):
        kept: dict[str, Any] = {}
        for name, _, state in own:
            try:
                kept[name] = decoders[name](state)
            except UNREADABLE as problem:
                raise _NotDecoded(stream) from problem
        states = [  # There is none where no event of the kind came.
            kept[name] if name in kept else each.initial(stream)
            for name, each in parts.items()
        ]
        events = since.pop(stream, None)
        yield stream, *(of.continued(states, events) if events else states)

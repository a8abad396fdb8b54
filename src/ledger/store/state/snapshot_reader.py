"""States of streams from snapshots, where these are complete, and else from a fold."""

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from ledger.store.state.collecting import collector_paused
from ledger.store.state.packed import ATTAINMENT, BOTH, EXECUTION

S = TypeVar("S")
T = TypeVar("T")

BothStates = tuple[Stream, Budget, Indicators]
"""A stream's money and indicators."""

Make = Callable[[Sequence[BothStates]], Iterable[T | None]]
"""Makes something of each of some streams, or nothing, in order."""

_TOGETHER: Final = 32
"""Streams whose states are made before the next step: one step at a time is faster."""


class _NotDecoded(Exception):
    """A snapshot cannot be read."""


_EXECUTION: Final = EXECUTION.name, EXECUTION.version
_ATTAINMENT: Final = ATTAINMENT.name, ATTAINMENT.version


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
    *,
    stored: bool = True,
) -> list[T]:
    """
    Return what *make* makes of each project of a fiscal year at a position, in order.

    They come from the snapshots and the events since, else from a fold.

    Args:
        stored: Whether snapshots may be read.
    """
    head = log.head()
    made = None
    with collector_paused():
        if stored and position == head.size:
            made = from_snapshots(log, head, year, make)
        if made is None:
            own = log.streams(SubjectKind.PROJECT, year)
            parts = log.read_by_stream(until=position, envelope=False, streams=own)
            folded = ((stream, *both) for stream, both in BOTH.fold_each(parts))
            made = list(_made(folded, make))
    return [each for _, each in made if each is not None]


def from_snapshots(
    log: EventStore, head: Head, year: int, make: Make[T]
) -> list[tuple[Stream, T | None]] | None:
    """
    Return what *make* makes of the snapshots of the projects of a year.

    Returns:
        ``None`` if the snapshots lack an event, or cannot be read.
    """
    since: dict[Stream, list[RecordedEvent]] = {}
    for recorded in log.read(after=head.saved):
        since.setdefault(recorded.stream, []).append(recorded)
    if not _are_complete(log, head, since.values()):
        return None
    try:
        made = list(_made(_continued(log, year, since), make))
    except _NotDecoded:
        return None
    first, end = SubjectKind.PROJECT.streams(year)
    new = (each for each in since.items() if first <= each[0] < end)
    made += _made(((stream, *BOTH.fold(stream, own)) for stream, own in new), make)
    return sorted(made, key=itemgetter(0))


def _made(
    states: Iterable[BothStates], make: Make[T]
) -> Iterator[tuple[Stream, T | None]]:
    """Yield each stream with what is made of its states."""
    rest = iter(states)
    while some := list(islice(rest, _TOGETHER)):
        yield from zip((stream for stream, *_ in some), make(some), strict=True)


def _are_complete(
    log: EventStore, head: Head, since: Iterable[Iterable[RecordedEvent]]
) -> bool:
    """
    Check that no event is missing from the snapshots and from what came since.

    Each event is in one stream, so the events that all snapshots of a projection
    follow from, with those since, are as many as the log has of the types that it
    follows.
    """
    followed = log.snapshots.followed()
    money_left = sum(head.counts.get(e.__name__, 0) for e in EXECUTION.follows)
    left = sum(head.counts.get(e.__name__, 0) for e in ATTAINMENT.follows)
    money_left -= followed.get(_EXECUTION, 0)
    left -= followed.get(_ATTAINMENT, 0)
    for events in since:
        for recorded in events:
            money_left -= type(recorded.event) in EXECUTION.follows
            left -= type(recorded.event) in ATTAINMENT.follows
    return not left and not money_left


def _continued(
    log: EventStore, year: int, since: dict[Stream, list[RecordedEvent]]
) -> Iterator[BothStates]:
    """
    Yield the projects of a year with their states; take the events *since* that count.

    Raises:
        _NotDecoded: A snapshot cannot be read.
    """
    both = _EXECUTION, _ATTAINMENT
    decoders = {
        each.name: msgspec.msgpack.Decoder(each.state).decode
        for each in (EXECUTION, ATTAINMENT)
    }
    snapshots = log.snapshots.of_projects(year, both)
    for stream, own in groupby(snapshots, key=itemgetter(1)):
        kept: dict[str, Any] = {}
        for name, _, state in own:
            try:
                kept[name] = decoders[name](state)
            except UNREADABLE as problem:
                raise _NotDecoded(stream) from problem
        if len(kept) < len(both):  # No event of the other kind came.
            kept = {
                EXECUTION.name: EXECUTION.initial(stream),
                ATTAINMENT.name: ATTAINMENT.initial(stream),
                **kept,
            }
        budget, indicators = kept[EXECUTION.name], kept[ATTAINMENT.name]
        events = since.pop(stream, None)
        if events:
            budget, indicators = BOTH.continued([budget, indicators], events)
        yield stream, budget, indicators

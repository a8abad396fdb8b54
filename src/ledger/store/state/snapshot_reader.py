"""States of streams from snapshots, where these are complete, and else from a fold."""

from collections.abc import Callable, Iterable, Iterator
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

Make = Callable[[Stream, Budget, Indicators], T | None]
"""Makes something of a stream's money and indicators, or nothing."""

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
            folded = BOTH.fold_each(parts)
            made = [(stream, make(stream, *both)) for stream, both in folded]
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
    made: list[tuple[Stream, T | None]] = []
    for stream, stored in _paired(log, year):
        if stored is None:
            return None
        states = BOTH.continued(stored, since.pop(stream, ()))
        made.append((stream, make(stream, *states)))
    first, end = SubjectKind.PROJECT.streams(year)
    for stream, events in since.items():
        if first <= stream < end:
            made.append((stream, make(stream, *BOTH.fold(stream, events))))
    return sorted(made, key=itemgetter(0))


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


def _paired(log: EventStore, year: int) -> Iterator[tuple[Stream, list[Any] | None]]:
    """Yield the projects of a year with both states; ``None`` if one is unreadable."""
    decode_money = msgspec.msgpack.Decoder(EXECUTION.state).decode
    decode = msgspec.msgpack.Decoder(ATTAINMENT.state).decode
    waiting: dict[Stream, bytes] = {}
    both = _EXECUTION, _ATTAINMENT
    for name, stream, state in log.snapshots.of_projects(year, both):
        other = waiting.pop(stream, None)
        if other is None:
            waiting[stream] = state
            continue
        money, rest = (state, other) if name == EXECUTION.name else (other, state)
        try:
            states = [decode_money(money), decode(rest)]
        except UNREADABLE:
            yield stream, None
        else:
            yield stream, states

"""What a projection is, and how one is folded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar

from attrs import frozen

from ledger.domain.approval_events import FormRevised
from ledger.domain.arguments import all_checked
from ledger.domain.catalogue import WHATEVER_DAY
from ledger.domain.envelope import RecordedEvent
from ledger.domain.subject import Stream

S = TypeVar("S")


@all_checked
@frozen(kw_only=True)
class Projection(Generic[S]):
    """
    A pure fold of each stream's events into a state.

    Attributes:
        name: Unique among the projections of a ledger.

        version: Raised whenever *initial* or *evolve* changes what states come out;
            stored states of another version are not used.

        state: The type of the state, as `msgspec <https://jcristharif.com/msgspec>`_
            stores it: built-in containers, dates, decimals, named tuples, attrs
            classes.

        initial: Makes the state of a stream before its first event.

        evolve: Returns the state after one more event. It owns the state that it is
            given and may change it in place. No clock, no input or output, no
            randomness.

        follows: The event classes that *evolve* looks at; empty for all of them.

        envelope: Whether *evolve* looks at what an event was recorded with: its id,
            actor, key, cause and instant. A replay is faster without, and they are
            empty then.
    """

    name: str
    version: int
    state: type[S]
    initial: Callable[[Stream], S]
    evolve: Callable[[S, RecordedEvent], S]
    follows: frozenset[type] = frozenset()
    envelope: bool = True

    def fold(self, stream: Stream, events: Iterable[RecordedEvent]) -> S:
        """Return the state of *stream* after *events*."""
        return self.continued(self.initial(stream), events)

    def continued(self, state: S, events: Iterable[RecordedEvent]) -> S:
        """Return the state after *events* that follow *state*."""
        evolve = self.evolve
        for event in events:
            state = evolve(state, event)
        return state

    def fold_each(
        self, parts: Iterable[tuple[Stream, Sequence[RecordedEvent]]]
    ) -> Iterator[tuple[Stream, S]]:
        """
        Yield each stream and its state.

        Args:
            parts: Streams one after the other, each with its events, or with some of
                them at a time.
        """
        for stream, own in groupby(parts, key=itemgetter(0)):
            state = self.initial(stream)
            for _, events in own:
                state = self.continued(state, events)
            yield stream, state

    @property
    def parts(self) -> "Sequence[Projection[Any]]":
        """The projections that it is made of: itself, or those folded together."""
        return (self,)

    def joined(self, states: list[Any]) -> S:
        """Return the state that those of the parts make."""
        state: S = states[0]
        return state

    @classmethod
    def together(
        cls, projections: "Sequence[Projection[Any]]"
    ) -> "Projection[list[Any]]":
        """Return the projection whose state is the list of those of *projections*."""
        steps = Steps(projections)

        def initial(stream: Stream) -> list[Any]:
            return [each.initial(stream) for each in projections]

        def evolve(states: list[Any], event: RecordedEvent) -> list[Any]:
            return steps.follow(states, (event,))

        return _Together(
            name="together",
            version=1,
            state=list,
            initial=initial,
            evolve=evolve,
            envelope=any(each.envelope for each in projections),
            steps=steps,
        )


AnyProjection = Projection[Any]


class Steps(dict[type, list[tuple[int, Callable[..., Any]]]]):
    """Place and ``evolve`` of the projections that follow events of a class."""

    def __init__(self, projections: Sequence[Projection[Any]]) -> None:
        super().__init__()
        self.projections = projections

    def __missing__(self, kind: type) -> list[tuple[int, Callable[..., Any]]]:
        found = self[kind] = [
            (i, each.evolve)
            for i, each in enumerate(self.projections)
            if not each.follows or kind in each.follows
        ]
        return found

    def follow(self, states: list[Any], events: Iterable[RecordedEvent]) -> list[Any]:
        """Return the states after *events* that follow them."""
        for event in events:
            for i, step in self[type(event.event)]:
                states[i] = step(states[i], event)
        return states


@frozen(kw_only=True)
class _Together(Projection[list[Any]]):
    """Projections folded side by side."""

    steps: Steps

    @property
    def parts(self) -> Sequence[Projection[Any]]:
        return self.steps.projections

    def joined(self, states: list[Any]) -> list[Any]:
        return states

    def continued(self, state: list[Any], events: Iterable[RecordedEvent]) -> list[Any]:
        return self.steps.follow(state, events)


def effective_by(
    events: Iterable[RecordedEvent], through: date
) -> Iterator[RecordedEvent]:
    """
    Return the events that count on a day: those that are effective by then.

    A retraction speaks of the record and not of a day, a correction of a form of what
    was approved: they always count.
    """
    return (
        event
        for event in events
        if event.on <= through
        or type(event.event) in WHATEVER_DAY
        or (isinstance(event.event, FormRevised) and event.event.correction)
    )


def effective(
    parts: Iterable[tuple[Stream, list[RecordedEvent]]], through: date | None
) -> Iterable[tuple[Stream, list[RecordedEvent]]]:
    """Return streams with those of their events that are effective by *through*."""
    if through is None:
        return parts
    return ((stream, list(effective_by(own, through))) for stream, own in parts)

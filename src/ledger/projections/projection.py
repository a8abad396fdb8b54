"""What a projection is, and how one is folded."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, TypeVar

from attrs import frozen

from ledger.domain.errors import LogCorrupted
from ledger.domain.events import ResultRetracted
from ledger.domain.recorded import RecordedEvent

S = TypeVar("S")


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
    """

    name: str
    version: int
    state: type[S]
    initial: Callable[[str], S]
    evolve: Callable[[S, RecordedEvent], S]
    follows: frozenset[type] = frozenset()

    def fold(self, stream: str, events: Iterable[RecordedEvent]) -> S:
        """Return the state of *stream* after *events*."""
        return self.continued(self.initial(stream), events)

    def continued(self, state: S, events: Iterable[RecordedEvent]) -> S:
        """Return the state after *events* that follow *state*."""
        evolve = self.evolve
        for event in events:
            state = evolve(state, event)
        return state

    def fold_each(self, events: Iterable[RecordedEvent]) -> Iterator[tuple[str, S]]:
        """Yield each stream and its state; *events* come stream after stream."""
        for stream, own in groupby(events, key=attrgetter("stream")):
            yield stream, self.fold(stream, own)

    @classmethod
    def together(
        cls, projections: "Sequence[Projection[Any]]"
    ) -> "Projection[list[Any]]":
        """Return the projection whose state is the list of those of *projections*."""

        def initial(stream: str) -> list[Any]:
            return [each.initial(stream) for each in projections]

        steps: dict[type, list[tuple[int, Callable[..., Any]]]] = {}

        def evolve(states: list[Any], event: RecordedEvent) -> list[Any]:
            kind = type(event.event)
            found = steps.get(kind)
            if found is None:
                found = steps[kind] = steps_of(projections, kind)
            for i, step in found:
                states[i] = step(states[i], event)
            return states

        return Projection(
            name="together", version=1, state=list, initial=initial, evolve=evolve
        )


def steps_of(
    projections: "Sequence[Projection[Any]]", kind: type
) -> list[tuple[int, Callable[..., Any]]]:
    """Return place and ``evolve`` of the projections that follow events of *kind*."""
    return [
        (i, each.evolve)
        for i, each in enumerate(projections)
        if not each.follows or kind in each.follows
    ]


def held(
    evolve: Callable[[S, RecordedEvent], S],
) -> Callable[[S, RecordedEvent], S]:
    """
    Return *evolve* with an error of ours for an event that does not follow.

    The rules refuse such an event, so somebody has changed the log. The error is
    :class:`~ledger.domain.errors.LogCorrupted` and names the position.
    """

    def step(state: S, recorded: RecordedEvent) -> S:
        try:
            return evolve(state, recorded)
        except (ArithmeticError, AssertionError, LookupError, ValueError) as problem:
            raise LogCorrupted(
                f"position {recorded.position}: a {recorded.type} that does not follow "
                f"from what {recorded.stream} holds before it; run `verify`"
            ) from problem

    return step


def effective(
    events: Iterable[RecordedEvent], through: date | None
) -> Iterable[RecordedEvent]:
    """
    Return the events effective by *through*.

    A retraction speaks of the record and not of a day: it always counts.
    """
    if through is None:
        return events
    return (
        event
        for event in events
        if event.on <= through or isinstance(event.event, ResultRetracted)
    )

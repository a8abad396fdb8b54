"""Virements and carry-overs (调剂、结转): which legs belong together."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from attrs import define, field

from ledger.domain.catalogue import document_of, effects_of, leg_of
from ledger.domain.closing_events import CarryEvent
from ledger.domain.event_type import Effect, Flow
from ledger.domain.events import BudgetAdjusted, Event
from ledger.domain.funding import carried_source, named_source
from ledger.domain.settings import Settings
from ledger.domain.streams import code_about
from ledger.messages import Message, message

K = TypeVar("K", bound=Hashable)
SumsSince = dict[tuple[str, int], int]
VirementKey = tuple[str, date, str | None, str | None, bool]
"""What legs share that belong together: their append, and what a leg says of them."""


@define
class Legs:
    """
    The legs of one virement or one carry-over.

    Attributes:
        sums: Signed minor units by funding source.

        since: Those of older years in both, by source and year.

        given, taken: Projects that give and that take.

        places: Where the legs stand, for who reads what is wrong.

        document: As the first leg spells it.

        first: The first position of any, 0 where none is known.
    """

    sums: dict[str, int]
    given: list[str]
    taken: list[str]
    places: list[str]
    document: str | None
    first: int = 0
    since: SumsSince = field(factory=dict)


@define
class Virements:
    """
    Legs, grouped by append, day and document; of a carry-over also by project.

    Recording and verifying both ask this: it looks at what is written, never at what
    was asked for.
    """

    groups: dict[VirementKey, Legs]

    @classmethod
    def none(cls) -> "Virements":
        """Return no virements."""
        return cls({})

    def add(
        self, append: str, event: Event, place: str = "", position: int = 0
    ) -> None:
        """
        Take an event that is written, if it is a leg.

        Args:
            append: What the events of one append share, as the instant of recording.
        """
        leg = leg_of(event)
        if leg is None:
            return
        project = code_about(event)
        sums: dict[str, int] = {}
        for effect in effects_of(event):
            source = _shared_source(effect)  # Of two years' money it is the same.
            sign = -1 if effect.flow is Flow.HANDED_ON else 1
            sums[source] = sums.get(source, 0) + sign * effect.amount
        legs = Legs(
            sums,
            [] if leg.takes else [project],
            [project] if leg.takes else [],
            [place or project],
            document_of(event),
            position,
            _since(event, takes=leg.takes),
        )
        self._join((append, leg.on, leg.document, leg.carried, leg.back), legs)

    def join(self, others: "Virements") -> None:
        """Take what was found elsewhere."""
        for group, legs in others.groups.items():
            self._join(group, legs)

    def problems(self, settings: Settings) -> Iterator[tuple[Message, Legs]]:
        """
        Yield what is wrong with each group, and its legs.

        Each must sum to zero in every funding source, no project may stand on both
        sides of a virement, and both years say since when carried-over money is.
        """
        for (_, on, _, carried, back), legs in self.groups.items():
            shown = legs.document or message("found.no_document")
            group = {"on": on, "document": shown}
            for source, amount in legs.sums.items():
                if amount:
                    kind = "carried" if carried else "corrected" if back else "sum"
                    said = message(
                        f"error.virement_unbalanced.{kind}",
                        **group,
                        amount=settings.money(amount),
                        source=named_source(source),
                    )
                    yield said, legs
            for (source, since), amount in legs.since.items():
                if amount and not any(legs.sums.values()):
                    said = message(
                        "error.virement_unbalanced.since",
                        **group,
                        amount=settings.money(abs(amount)),
                        source=named_source(source),
                        year=str(since),
                    )
                    yield said, legs
            sides = {*legs.given} & {*legs.taken} if carried is None else ()
            for project in sorted(sides):
                said = message(
                    "error.virement_unbalanced.sides", **group, project=project
                )
                yield said, legs

    def _join(self, group: VirementKey, more: Legs) -> None:
        legs = self.groups.get(group)
        if legs is None:
            self.groups[group] = more
            return
        _add(legs.sums, more.sums)
        _add(legs.since, more.since)
        legs.given += more.given
        legs.taken += more.taken
        legs.places += more.places
        if more.first and (more.first < legs.first or not legs.first):
            legs.first = more.first


def _add(sums: dict[K, int], more: Mapping[K, int]) -> None:
    for key, amount in more.items():
        sums[key] = sums.get(key, 0) + amount


def _since(event: Event, *, takes: bool) -> SumsSince:
    sums: SumsSince = {}
    if isinstance(event, CarryEvent | BudgetAdjusted):
        for part in event.since:
            amount = part.amount if takes else -part.amount
            _add(sums, {(part.source, part.since): amount})
    return sums


def _shared_source(effect: Effect) -> str:
    """Return the source that legs share: as the year after has it."""
    source = effect.source or ""
    return carried_source(source) if effect.flow is Flow.HANDED_ON else source

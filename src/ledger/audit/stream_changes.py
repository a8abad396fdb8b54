"""The new events of one stream between two positions, by the figures they bear on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import frozen

from ledger.audit.founding import FOUNDING, brought, founded, opening
from ledger.audit.relabelled import by_label, label_of, relabelled
from ledger.domain.about import AskedPeriod, answering
from ledger.domain.adjustment_kind import BudgetPart
from ledger.domain.balances import with_effects
from ledger.domain.budget import PlanInForce
from ledger.domain.budget_parts import part_of
from ledger.domain.catalogue import plan_of
from ledger.domain.due_days import QUARTERLY, YEARLY
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Effect, Flow
from ledger.domain.events import ResultReported, ResultRetracted, TargetRevised
from ledger.domain.funding import is_within
from ledger.domain.in_force import day_of, in_force, latest
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.pacing import follows_time
from ledger.domain.plan import planned_once
from ledger.domain.results import Indicators, Standard, Tracked
from ledger.domain.revised_indicators import on_day
from ledger.domain.statement_events import ScoreReported, VarianceExplained
from ledger.domain.subject import Stream
from ledger.domain.withdrawals import approved_on_day, under_approval_of
from ledger.figures.figure import Ground
from ledger.projections.counting import counting, kind_of
from ledger.projections.monthly_duty import is_by_month
from ledger.projections.result_figure import bounds, figure, shown
from ledger.store.state.packed import ATTAINMENT

_SAID: Final = {
    ScoreReported: Ground.SCORE,
    VarianceExplained: Ground.EXPLANATION,
}

Moves = Sequence[tuple[RecordedEvent, tuple[Effect, ...]]]
"""Events that move money, each with its effects."""

ByGround = Mapping[tuple[Ground, IndicatorLabel | None], Sequence[RecordedEvent]]
"""Events by what they bear on, and by the label of an indicator where it has one."""

_BY_HEADINGS: Final = frozenset({QUARTERLY, YEARLY})
"""When results are asked for by headings: a policy may ask for both each quarter."""


@frozen
class StreamChanges:
    """
    The events of a stream between two positions that bear on its figures at a day.

    Which version is in force, which results count and what moves money is asked of the
    rules that the figures are made by. So an event that is superseded, or that was
    taken back before anybody could see it, is not here.

    Attributes:
        moves: Those that move money, by position, each with its effects.

        later: Those that move money after the day.

        grounds: All others.
    """

    moves: Moves
    later: Moves
    grounds: ByGround

    @classmethod
    def of(
        cls,
        events: Sequence[RecordedEvent],
        first: int,
        through: date,
        asked: tuple[AskedPeriod, ...] = (),
    ) -> "StreamChanges":
        """
        Return what bears on the figures of one stream.

        Args:
            events: All of the stream, up to the later position.

            first: The earlier position.

            through: The day that the figures go to.

            asked: What people answer for on that day, the first choice first.
        """
        grounds: defaultdict[tuple[Ground, IndicatorLabel | None], list[RecordedEvent]]
        grounds = defaultdict(list)
        standing = under_approval_of(events, through, events[-1].position)
        founding = events
        if standing:
            state = _folded(standing[0].stream, standing, through)
            labelled = relabelled(standing, state)
            founding = relabelled(events, state)
            since = _Since(labelled, standing, first, through, asked)
            for ground, label, event in since.found():
                grounds[ground, label].append(event)
            grounds[Ground.OPENING, None] += brought(standing, first, through)
        for ground, event in founded(founding, first, through):
            grounds[ground, None].append(event)
        closings = grounds[Ground.CLOSURE, None]
        if closings and standing:
            for label, one in state.tracked.items():
                if is_by_month(one, one.standard(through)):
                    grounds[Ground.LAST_MONTH, label] += closings
        every = [
            (each, effects)
            for each, effects in with_effects(events)
            if effects and each.position > first
        ]
        moves = [(each, effects) for each, effects in every if each.on <= through]
        later = [(each, effects) for each, effects in every if each.on > through]
        return cls(moves, later, grounds)

    def moving(self, flow: Flow, source: str | None = None) -> Iterator[RecordedEvent]:
        """Yield the events that change a flow, of one funding source or of all."""
        for recorded, effects in self.moves:
            for effect in effects:
                if effect.flow is flow and _is_of(effect, source):
                    yield recorded

    def ahead(self, source: str | None = None) -> Iterator[RecordedEvent]:
        """
        Yield the events that move money after the day.

        Args:
            source: Of this funding source alone.
        """
        for recorded, effects in self.later:
            if any(_is_of(effect, source) for effect in effects):
                yield recorded

    def adding_to(
        self, part: BudgetPart, source: str | None = None
    ) -> Iterator[RecordedEvent]:
        """
        Yield the events that change a part of a budget.

        Args:
            source: Of this funding source alone.
        """
        for recorded, effects in self.moves:
            for effect in effects:
                own = effect.source or ""
                if (
                    effect.flow is Flow.BUDGET
                    and _is_of(effect, source)
                    and part_of(recorded.event, own, effect.amount) is part
                ):
                    yield recorded

    def bearing(
        self, ground: Ground, label: IndicatorLabel | None = None
    ) -> list[RecordedEvent]:
        """Return the events that bear on a ground, or on that of an indicator."""
        return list(self.grounds.get((ground, label), ()))

    def bearing_anywhere(self, ground: Ground) -> list[RecordedEvent]:
        """Return the events that bear on the ground of any indicator."""
        return [
            each
            for (own, _), events in self.grounds.items()
            if own is ground
            for each in events
        ]


def _is_of(effect: Effect, source: str | None) -> bool:
    """Return whether an effect is of a source, or of one below it."""
    return is_within(effect.source or "", source)


GroundEvent = tuple[Ground, IndicatorLabel | None, RecordedEvent]


@frozen
class _Since:
    """
    Finds what bears on the figures of a stream.

    Attributes:
        events: Of the stream, in order, under the approval of the day, with its labels.

        recorded: The same as they were recorded.

        asked: What people answer for on the day.
    """

    events: Sequence[RecordedEvent]
    recorded: Sequence[RecordedEvent]
    first: int
    through: date
    asked: tuple[AskedPeriod, ...]

    def found(self) -> Iterator[GroundEvent]:
        """Yield what is new, with its ground and its label."""
        new = [each for each in self.events if self._is_new(each)]
        yield from self._said()
        plan, first = self._plans()
        if plan is not None:
            yield Ground.PLAN, None, plan
        if first is not None:
            yield Ground.FIRST_PLAN, None, first
        targets = {
            label: target
            for label, own in by_label(self.events, TargetRevised).items()
            if (target := self._in_force([self._approval(), *own])) is not None
        }
        for label, target in targets.items():
            yield Ground.TARGET, label, target
        retractions = [each for each in self.events if self._takes_back(each)]
        results = [each for each in new if isinstance(each.event, ResultReported)]
        if plan is None and not (targets or retractions or results):
            return
        states = self._state(self.first), self._state(self.events[-1].position)
        yield from self._eased(states, plan)
        yield from self._read(states, targets)
        yield from self._reported(states[1], results)
        yield from self._retracted(states[1], retractions)

    def _is_new(self, recorded: RecordedEvent) -> bool:
        return recorded.position > self.first and recorded.on <= self.through

    def _in_force(self, versions: Iterable[RecordedEvent]) -> RecordedEvent | None:
        """Return the version in force on the day, where it is new."""
        known = list(versions)
        chosen = in_force(known, self.through, day_of) if known else None
        return chosen if chosen is not None and self._is_new(chosen) else None

    def _plans(self) -> tuple[RecordedEvent | None, RecordedEvent | None]:
        """Return what says the plan in force and the first, or that none is; if new."""
        known = [each for each in self.events if each.on <= self.through]
        plans = [each for each in known if plan_of(each.event) is not None]
        said = plans or opening(known)
        chosen = latest(said, self.through, day_of), min(said, key=day_of, default=None)
        last, first = (one if one and self._is_new(one) else None for one in chosen)
        return last, first

    def _approval(self) -> RecordedEvent:
        """Return what founds the subject: targets hold from it on."""
        own = (each for each in self.events if type(each.event) in FOUNDING)
        return next(own)

    def _said(self) -> Iterator[GroundEvent]:
        """Yield the scores and explanations that were given last, where new."""
        for kind, ground in _SAID.items():
            for label, own in by_label(self.events, kind).items():
                answer = answering(own, self.asked, self.through)
                if answer is not None and self._is_new(answer[0]):
                    yield ground, label, answer[0]

    def _takes_back(self, recorded: RecordedEvent) -> bool:
        """Return whether an event takes back a result of before, whatever its day."""
        event = recorded.event
        if not isinstance(event, ResultRetracted) or recorded.position <= self.first:
            return False
        result = self._version(event.version)
        return result.position <= self.first and result.on <= self.through

    def _version(self, version: int) -> RecordedEvent:
        return self.events[version - self.events[0].version]

    def _state(self, until: int, without: RecordedEvent | None = None) -> Indicators:
        left_out = 0 if without is None else without.position
        events = [
            each
            for each in self.recorded
            if each.position <= until and each.position != left_out
        ]
        return _folded(self.recorded[0].stream, events, self.through)

    def _eased(
        self, states: Sequence[Indicators], plan: RecordedEvent | None
    ) -> Iterator[GroundEvent]:
        """Yield the plan for each indicator of which a share is expected by a day."""
        if plan is None:
            return
        moved = self._planned_once(self.first) != self._planned_once(plan.position)
        for label in states[1].tracked:
            standards = self._standards(states, label)
            if any(map(follows_time, standards)):
                yield Ground.EASING, label, plan
            if moved and _BY_HEADINGS & {standard.due_at for standard in standards}:
                yield Ground.DUE, label, plan

    def _planned_once(self, until: int) -> int:
        """Return the day on which the plan in force at a position plans all, if any."""
        plans = [
            recorded
            for recorded in self.events
            if recorded.position <= until and plan_of(recorded.event) is not None
        ]
        last = latest(plans, self.through, day_of)
        plan = None if last is None else plan_of(last.event)
        if plan is None:
            return 0
        held = PlanInForce.of(self.through, plan)
        return planned_once(held.days, held.amounts)

    def _read(
        self,
        states: Sequence[Indicators],
        targets: Mapping[IndicatorLabel, RecordedEvent],
    ) -> Iterator[GroundEvent]:
        """Yield the targets that make another figure of the same results."""
        for label, target in targets.items():
            one = states[1].tracked.get(label)
            if one is None:
                continue
            standards = self._standards(states, label)
            if len({_figure(one, each, self.through) for each in standards}) > 1:
                yield Ground.READING, label, target

    def _standards(
        self, states: Iterable[Indicators], label: IndicatorLabel
    ) -> list[Standard]:
        """Return the standards of an indicator's results in both states."""
        both = (state.tracked.get(label) for state in states)
        return [one.standard(self.through) for one in both if one is not None]

    def _reported(
        self, state: Indicators, results: Iterable[RecordedEvent]
    ) -> Iterator[GroundEvent]:
        """Yield the new results that stand, and again those that make the figure."""
        for label, own in by_label(results, ResultReported).items():
            one = state.tracked.get(label)
            if one is None:
                continue
            standing = set(one.results.versions)
            counted = _counted(one, self.through, deciding=True)
            for each in own:
                if each.version in standing:
                    yield Ground.RESULTS, label, each
                if each.version in counted:
                    yield Ground.COUNTED, label, each

    def _retracted(
        self, state: Indicators, retractions: Iterable[RecordedEvent]
    ) -> Iterator[GroundEvent]:
        """Yield what took back a result, and again if others would count without."""
        for each in retractions:
            label = label_of(each)
            assert label is not None
            if label not in state.tracked:
                continue
            yield Ground.RESULTS, label, each
            otherwise = self._state(self.events[-1].position, without=each)
            ones = state.tracked[label], otherwise.tracked[label]
            now, then = (_counted(one, self.through) for one in ones)
            if now != then:
                yield Ground.COUNTED, label, each


def _folded(
    stream: Stream, events: Iterable[RecordedEvent], through: date
) -> Indicators:
    """Return what events say of indicators, under the approval of a day."""
    state = approved_on_day(ATTAINMENT.fold(stream, events), through)
    return on_day(state, through)


def _counted(one: Tracked, through: date, *, deciding: bool = False) -> set[int]:
    """
    Return the versions of the results that make a figure.

    Args:
        deciding: And of those that say of which kind it is, where there are several.
    """
    results = one.results
    count = results.count_by(through.toordinal())
    if not count:
        return set()
    found = counting(one.standard(through), results, count)
    places = set(found.places)
    if deciding and len({kind_of(results, place) for place in range(count)}) > 1:
        places.update(found.deciding)
    return {results.versions[place] for place in places}


def _figure(one: Tracked, standard: Standard, through: date) -> tuple[object, ...]:
    """Return what the results of an indicator come to under a standard, as shown."""
    found = figure(standard, one.results, one.results.count_by(through.toordinal()))
    measure = found.measure or standard.measure
    return (
        shown(found.value, measure, bounds(standard)),
        found.share,
        found.reason,
        measure,
        standard.unit,
    )

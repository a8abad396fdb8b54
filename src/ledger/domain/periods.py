"""Which days are closed, and for whom: what the facts about periods come to."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from math import inf
from typing import Any, Final, NamedTuple

from attrs import field, frozen

from ledger.domain.approval_events import FormRevised
from ledger.domain.bound_units import bound_units
from ledger.domain.calendar import FiscalYear
from ledger.domain.catalogue import BY_CLASS, types
from ledger.domain.closing_events import ProjectClosed
from ledger.domain.commitment import ReleaseReason
from ledger.domain.commitment_events import CommitmentReleased
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetApproved, Event, ResultRetracted
from ledger.domain.period_events import PeriodClosed, PeriodReopened
from ledger.domain.policy_events import PolicySet
from ledger.domain.refusals import InClosedPeriod
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings
from ledger.domain.subject import UnitCode
from ledger.domain.unit_parts import MAY_BE_READ, UnitPart, with_computing
from ledger.messages import message

PeriodEvent = PeriodClosed | PeriodReopened

OF_ITS_OWN_DAY: Final = types(lambda row: row.undoes is None) - {
    BudgetApproved,
    FormRevised,
}
"""
Types that change no day before their own, as what undoes or corrects may, and an
approval of what carried-over money opened before it.
"""


class NewFact(NamedTuple):
    """A fact, who records it and on which day, in UTC."""

    event: Event
    actor: str
    today: date


@frozen
class Lock:
    """A closing of a period, and who recorded it when, at which position."""

    closed: PeriodClosed
    position: int
    actor: str
    recorded_at: str


@frozen
class Periods:
    """
    The closings and reopenings of periods that were recorded, in order.

    A unit is bound by the last closing of its own and by those of all units since;
    where it has none of its own, by all of those.

    Attributes:
        last: The last day that any of them ever closed.
    """

    events: tuple[RecordedEvent, ...] = ()
    _positions: list[int] = field(init=False, repr=False, eq=False)
    _lasts: list[date] = field(init=False, repr=False, eq=False)
    last: date = field(init=False, repr=False, eq=False)
    _earlier: dict[int, "Periods"] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    _locks: dict[str | None, list[Lock]] = field(
        init=False, repr=False, eq=False, factory=dict
    )

    @_positions.default
    def _places(self) -> list[int]:
        return [each.position for each in self.events]

    @_lasts.default
    def _last_closed(self) -> list[date]:
        closed = (e.on if _is_closing(e) else date.min for e in self.events)
        return list(accumulate(closed, max))

    @last.default
    def _last(self) -> date:
        return self._lasts[-1] if self._lasts else date.min

    @classmethod
    def of(cls, recorded: Iterable[RecordedEvent]) -> "Periods":
        """Return what facts about the ledger say of periods."""
        return cls(tuple(e for e in recorded if isinstance(e.event, PeriodEvent)))

    def with_(self, recorded: RecordedEvent) -> "Periods":
        """Return the periods after one more event about them."""
        return Periods((*self.events, recorded))

    def before(self, position: int) -> "Periods":
        """Return those that were recorded before a position."""
        count = bisect_left(self._positions, position)
        if count == len(self.events):
            return self
        earlier = self._earlier.get(count)
        if earlier is None:
            earlier = self._earlier[count] = Periods(self.events[:count])
        return earlier

    def may_bind(self, event: Event) -> bool:
        """Return whether an event may change a closed day; most come after them all."""
        if event.on <= self.last:
            return True
        return type(event) not in OF_ITS_OWN_DAY and bool(self.events)

    def span(self, position: int) -> tuple[float, float, date]:
        """
        Return through which day periods are closed at a position, and where else.

        Returns:
            The first and the last position at which the same are known, and that day.
        """
        known, count = self._positions, bisect_left(self._positions, position)
        since = known[count - 1] + 1 if count else -inf
        until = known[count] if count < len(known) else inf
        return since, until, self._lasts[count - 1] if count else date.min

    @property
    def first(self) -> int:
        """The position of the first of them; 0 where there is none."""
        return self.events[0].position if self.events else 0

    def locks(self, unit: str | None) -> list[Lock]:
        """
        Return the closings that bind a unit, in order.

        Args:
            unit: ``None`` for the ledger as a whole.
        """
        known = self._locks.get(unit)
        if known is None:
            locks = [_lock(each) for each in self.events if _is_closing(each)]
            own = [i for i, each in enumerate(locks) if each.closed.unit == unit]
            start = own[-1] if own and unit is not None else 0
            scopes = {None, unit}
            known = [each for each in locks[start:] if each.closed.unit in scopes]
            self._locks[unit] = known
        return known

    def first_lock(self, on: date, unit: str | None) -> Lock | None:
        """Return the first closing that binds a day of a unit, if any."""
        return next((lock for lock in self.locks(unit) if on <= lock.closed.on), None)

    @property
    def scopes(self) -> set[UnitCode | None]:
        """The units that periods were closed for, and ``None`` for all of them."""
        closed = (_lock(fact).closed.unit for fact in self.events if _is_closing(fact))
        return {None, *(UnitCode(unit) for unit in closed if unit is not None)}

    def closings(self, since: date) -> list[Lock]:
        """Return the last closing of each scope, of those with days from *since*."""
        locks = [_lock(each) for each in self.events if _is_closing(each)]
        last = {each.closed.unit: each for each in locks}
        return [each for each in last.values() if each.closed.on >= since]

    def reopenings(self, lock: Lock, since: date) -> list[PeriodReopened]:
        """Return what was reopened of a scope for days from *since*, in order."""
        events = (each.event for each in self.events)
        return [
            each
            for each in events
            if isinstance(each, PeriodReopened)
            and each.unit == lock.closed.unit
            and each.on >= since
        ]

    def lock(self, on: date, unit: str | None, *, closes_year: bool) -> Lock | None:
        """
        Return the last closing that binds a day of a unit, if any.

        Args:
            closes_year: Only those that bind also what closes a year, dated on its
                last day: of a later day, or of the year's end.
        """
        binding = (
            each
            for each in reversed(self.locks(unit))
            if on < each.closed.on
            or (on == each.closed.on and (each.closed.year_end or not closes_year))
        )
        return next(binding, None)

    def is_reopened(
        self, on: date, unit: str | None, actor: str, recorded_on: date
    ) -> bool:
        """Check whether a closed day is reopened for who records on a day."""
        for place, recorded in enumerate(self.events):
            event = recorded.event
            if (
                isinstance(event, PeriodReopened)
                and event.since <= on <= event.on
                and event.unit in {None, unit}
                and event.for_actor in {None, actor}
                and recorded_on <= event.until
                and not _is_ended(event, self.events[place + 1 :])
            ):
                return True
        return False

    def check(
        self,
        units: Mapping[UnitCode | None, date],
        actor: str,
        recorded_on: date,
        *,
        closes_year: bool,
    ) -> None:
        """
        Check that a fact may be recorded.

        Args:
            units: Those whose figures it changes, and from which day on.

            closes_year: Whether it closes a year.

        Raises:
            InClosedPeriod: Such a day of one is closed, and the first of all days is
                not reopened for that unit.
        """
        on = min(units.values())
        for unit, since in units.items():
            lock = self.lock(since, unit, closes_year=closes_year)
            if lock and not self.is_reopened(on, unit, actor, recorded_on):
                closed, at = lock.closed, lock.recorded_at[:10]
                raise InClosedPeriod(on, closed.on, lock.actor, at, closed.unit)


def closes_year(event: Event, settings: Settings) -> bool:
    """Check whether an event closes a year (年终结账): dated on its last day."""
    if event.on != settings.year_of(event.on).end:
        return False
    if isinstance(event, CommitmentReleased):
        return event.why is ReleaseReason.YEAR_END
    return isinstance(event, ProjectClosed)


def judged_day(event: Event, indicators: Indicators, settings: Settings) -> date:
    """
    Return the earliest day whose figures an event changes.

    Args:
        indicators: Of its stream, before it.
    """
    if isinstance(event, ResultRetracted):
        label = indicators.labels.get(event.indicator, event.indicator)
        tracked = indicators.tracked.get(label)
        results = () if tracked is None else tracked.results
        days = (each.on for each in results if each.version == event.version)
        return next(iter(days), event.on)
    if isinstance(event, FormRevised) and event.correction:
        start = settings.year(indicators.fiscal_year).start
        return max(indicators.since or event.on, start)
    name = BY_CLASS[type(event)].year
    stated: int | str | None = None if name is None else getattr(event, name)
    if not isinstance(stated, int):  # What is about a month has a day of it.
        return event.on
    year: FiscalYear = settings.year(stated)
    return max(event.on, year.start)


def check_fact(
    periods: Periods,
    recorded: NewFact,
    states: Sequence[Any],
    parts: Callable[[], Sequence[UnitPart]],
    settings: Settings,
) -> None:
    """
    Check that a fact changes no figure of a closed day, of any unit that has it.

    Args:
        states: Of its stream before it: the money, and the indicators.

        parts: Returns which of its project's indicators units compute theirs from.

    Raises:
        InClosedPeriod: It would, and its day is not reopened for who records.
    """
    event, (money, indicators) = recorded.event, states[:2]
    if isinstance(event, PolicySet):
        days = dict.fromkeys(periods.scopes, event.on)
        periods.check(days, recorded.actor, recorded.today, closes_year=False)
        return
    day = judged_day(event, indicators, settings)
    units = bound_units(event, money, day)
    if type(event) in MAY_BE_READ:
        units = with_computing(units, event, indicators, parts(), day)
    closing = closes_year(event, settings)
    periods.check(units, recorded.actor, recorded.today, closes_year=closing)


def decide(
    periods: Periods, event: PeriodEvent, today: date, settings: Settings
) -> PeriodEvent:
    """
    Return the fact that a request about periods becomes.

    Raises:
        InvalidInput: The days are closed already, or are not closed; they lie ahead;
            a year's end is none; or no reason is given.
    """
    if isinstance(event, PeriodClosed):
        end = settings.year_of(event.on).end
        if event.year_end and event.on != end:
            right = message("expected.year_end", end=end)
            raise InvalidInput("through", event.on, right)
        return _decide_closing(periods, event, today)
    return _decide_reopening(periods, event, today)


def _decide_closing(periods: Periods, event: PeriodClosed, today: date) -> PeriodClosed:
    if event.on > today:
        raise InvalidInput("through", event.on, message("expected.day_to", last=today))
    last, reopened = None, False
    for each in (recorded.event for recorded in periods.events):
        if getattr(each, "unit", None) == event.unit:
            reopened = isinstance(each, PeriodReopened)
            last = each if isinstance(each, PeriodClosed) else last
    if last is None or event.on > last.on:
        return event
    again = reopened or (event.year_end and not last.year_end)
    if event.on < last.on or not again:
        right = message("expected.day_after", last=last.on)
        raise InvalidInput("through", event.on, right)
    return event


def _decide_reopening(
    periods: Periods, event: PeriodReopened, today: date
) -> PeriodReopened:
    if not event.reason.strip():
        raise InvalidInput("reason", event.reason, message("expected.reason"))
    if event.since > event.on:
        right = message("expected.day_to", last=event.on)
        raise InvalidInput("since", event.since, right)
    if event.until < today:
        right = message("expected.day_from", first=today)
        raise InvalidInput("until", event.until, right)
    if periods.lock(event.on, event.unit, closes_year=False) is None:
        right = message("expected.closed_day")
        raise InvalidInput("through", event.on, right)
    return event


def _lock(recorded: RecordedEvent) -> Lock:
    assert isinstance(recorded.event, PeriodClosed)
    at = recorded.recorded_at
    return Lock(recorded.event, recorded.position, recorded.actor, at)


def _is_closing(recorded: RecordedEvent) -> bool:
    return isinstance(recorded.event, PeriodClosed)


def _is_ended(reopened: PeriodReopened, later: Sequence[RecordedEvent]) -> bool:
    """Check whether a later closing of the same scope ends a reopening."""
    closings = (each.event for each in later if isinstance(each.event, PeriodClosed))
    return any(closed.unit == reopened.unit for closed in closings)

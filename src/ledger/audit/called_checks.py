"""Checks the legs that forms and closings call for, by what both years say."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from attrs import define, field

from ledger.audit.carry_facts import CollectedCarry
from ledger.audit.period_checks import PeriodChecks
from ledger.audit.read_years import ReadYears, read_events, read_money
from ledger.domain.announcements import announced_by, announcement_at, shared
from ledger.domain.budget import Budget
from ledger.domain.called_legs import days_to_hand_over, printed_less, taken_back
from ledger.domain.carried_money import Announcement
from ledger.domain.carry_legs import other_leg
from ledger.domain.carry_rules import left_to_hand_on
from ledger.domain.closing_events import CarriedOver, CarryReturned, ProjectClosed
from ledger.domain.decisions import check_day, decide
from ledger.domain.errors import LedgerError
from ledger.domain.funding import carried_source
from ledger.domain.money_guards import by_source
from ledger.domain.settings import Settings
from ledger.domain.subject import Subject

_TOLERANCE: Final = timedelta(days=1)


@define
class CalledLegs:
    """
    The legs that came with forms and closings, and those that had to.

    Attributes:
        legs: By the instant of their append.

        callers: Forms and closings by event id.

        closed: Project, year and instant of each closing.

        takers: Who printed money of a project and its year, by both.
    """

    years: ReadYears
    periods: PeriodChecks
    settings: Settings
    legs: dict[str, list[CollectedCarry]] = field(factory=dict)
    callers: dict[str, CollectedCarry] = field(factory=dict)
    closed: set[tuple[str, int, str]] = field(factory=set)
    takers: dict[tuple[str, int], set[str]] = field(factory=dict)

    def add(self, one: CollectedCarry) -> None:
        """Take a fact, before any is checked."""
        if one.is_a(CarriedOver, CarryReturned):
            self.legs.setdefault(one.recorded_at, []).append(one)
        elif one.is_a(ProjectClosed):
            self.callers[one.id] = one
            self.closed.add((one.project, one.year, one.recorded_at))
        elif one.is_form:
            self.callers[one.id] = one
            if one.is_approval:
                giver = one.other or one.project, one.year - 1
                self.takers.setdefault(giver, set()).add(one.project)

    def short(self, one: CollectedCarry) -> Iterator[str]:
        """Yield sources of which legs had to come with a fact, and did not."""
        if one.is_a(ProjectClosed):
            for project in sorted(self.takers.get((one.project, one.year), ())):
                yield from self._not_handed_over(one, project)
        elif one.is_form:
            yield from self._short_of_form(one)

    def uncalled(self, leg: CollectedCarry) -> bool:
        """Return whether a leg names a cause in its append that called for another."""
        caller = self.callers.get(leg.cause or "")
        if caller is None or caller.recorded_at != leg.recorded_at:
            return False
        taker = self.years.before(leg.other or "", leg.year + 1, leg.position)
        announcement = announcement_at(taker, date.max)
        if announcement is None or announcement.giver != leg.project:
            return True
        own = leg.other, leg.year + 1
        if caller.is_a(ProjectClosed):
            own = leg.project, leg.year
        if (caller.project, caller.year) != own:
            return True
        if leg.is_a(CarryReturned):
            giver = self.years.before(leg.project, leg.year, leg.position)
            due = self._due_back(caller, giver, taker, announcement)
        else:
            due = shared(announced_by(taker, date.max), leg.carried)
        return any(amount > due.get(s, 0) for s, amount in leg.carried.items())

    def _short_of_form(self, one: CollectedCarry) -> Iterator[str]:
        taker = self.years.after(one.project, one.year, one.recorded_at)
        announcement = announcement_at(taker, date.max)
        if announcement is None:
            return
        code, beside = announcement.giver, self.legs.get(one.recorded_at, ())
        sides = code, one.project
        own = [each for each in beside if (each.project, each.other) == sides]
        first = min((each.position for each in own), default=None)
        giver = self.years.after(code, one.year - 1, one.recorded_at)
        before = giver, taker
        if first is not None:
            before = (
                self.years.before(code, one.year - 1, first),
                self.years.before(one.project, one.year, first),
            )
        returned = [each for each in own if each.is_a(CarryReturned)]
        back = sum(sum(each.carried.values()) for each in returned)
        due = self._due_back(one, *before, announcement)
        if sum(due.values()) > back:
            yield carried_source(next(iter(due)))
        turned = (code, one.year - 1, one.recorded_at) in self.closed
        on = max(one.on, self.settings.year(one.year).start)
        ahead = on - _day(one) > _TOLERANCE
        if giver.closed_on is not None and not turned and not ahead:
            yield from announced_by(taker, date.max)

    def _due_back(
        self,
        form: CollectedCarry,
        giver: Budget,
        taker: Budget,
        announcement: Announcement,
    ) -> dict[str, int]:
        """Return what legs take back of what a form does not print any more."""
        events = self.years.events(form.project, form.year)
        for recorded in events:
            if recorded.position == form.position:
                money = self.years.before(form.project, form.year, form.position)
                less = printed_less(money, recorded.event) or {}
                return taken_back(giver, taker, less, announcement.amounts)
        return {}

    def _not_handed_over(self, closing: CollectedCarry, project: str) -> Iterator[str]:
        """Yield sources that a closing had to hand over to a project, and did not."""
        year = self.settings.year(closing.year + 1)
        giver = self.years.after(closing.project, closing.year, closing.recorded_at)
        taker = self.years.after(project, closing.year + 1, closing.recorded_at)
        announcement = announcement_at(taker, date.max)
        if giver.closed_on is None or announcement is None:
            return
        if announcement.giver != closing.project:
            return
        owed, today = announced_by(taker, date.max), _day(closing)
        for on in days_to_hand_over(taker, announcement.since, year, today):
            given = shared(owed, left_to_hand_on(giver, on))
            if given and self._could(closing, project, given, on):
                yield carried_source(next(iter(given)))
                return

    def _could(
        self, closing: CollectedCarry, project: str, given: dict[str, int], on: date
    ) -> bool:
        """Return whether both legs are allowed, by all that the two years hold."""
        leg = CarriedOver(
            project=closing.project,
            on=on,
            year=closing.year,
            to_project=None if project == closing.project else project,
            amounts=by_source(dict(sorted(given.items()))),
        )
        if self.periods.known.before(closing.position).may_bind(leg):
            return False
        try:
            check_day(leg, _day(closing))
            for code, year, event in (
                (closing.project, closing.year, leg),
                (project, closing.year + 1, other_leg(leg)),
            ):
                money = self._whole(code, year, closing.recorded_at)
                nothing: Any = None  # The rules of money ask no indicators.
                decide(money, nothing, event, self.settings)
        except LedgerError:
            return False
        return True

    def _whole(self, project: str, year: int, instant: str) -> Budget:
        """Return all the money of a year as the append of an instant left it."""
        stream = Subject.project(project, year).stream
        events = read_events(self.years.inspection, stream)
        known = (each for each in events if each.recorded_at <= instant)
        return read_money(known, stream)


def _day(one: CollectedCarry) -> date:
    """Return the day on which a fact was recorded, in UTC."""
    return date.fromisoformat(one.recorded_at[:10])

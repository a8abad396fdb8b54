"""Days that are closed, and what may still change them."""

from datetime import date
from typing import Any

from ledger.events import (
    BudgetApproved,
    CommitmentReleased,
    FormRevised,
    ObjectivesSet,
    PeriodClosed,
    PeriodReopened,
    PolicySet,
    PriorYearRefund,
    ProjectClosed,
    ResultRetracted,
)

from . import money, revised, withdrawals
from .book import Book, Fact, stream_of, under_approval
from .carries import known
from .computing import computing

OF_LEDGER = (PeriodClosed, PeriodReopened, PolicySet)
ACTOR = "model"
"""Who records what the model is asked."""


def binding(facts: list[Fact], unit: str | None) -> list[PeriodClosed]:
    """Return the closings that bind a unit: from its own last one on, and the common."""
    closings = [f.event for f in facts if isinstance(f.event, PeriodClosed)]
    own = [i for i, one in enumerate(closings) if unit and one.unit == unit]
    since = own[-1] if own else 0
    return [one for one in closings[since:] if one.unit in {None, unit}]


def is_locked(
    facts: list[Fact], day: date, unit: str | None, *, ends_year: bool
) -> bool:
    """
    Return whether a day is closed for a unit.

    Args:
        ends_year: Whether what ends a year is asked, dated on its last day.
    """
    return any(
        day < one.on or (day == one.on and (one.year_end or not ends_year))
        for one in binding(facts, unit)
    )


def is_open_again(facts: list[Fact], day: date, unit: str | None, today: date) -> bool:
    """Return whether a closed day is opened again for who records."""
    for place, fact in enumerate(facts):
        one = fact.event
        if not isinstance(one, PeriodReopened):
            continue
        over = any(
            isinstance(f.event, PeriodClosed) and f.event.unit == one.unit
            for f in facts[place:]
        )
        fits = one.since <= day <= one.on and one.unit in {None, unit}
        ours = one.for_actor in {None, ACTOR}
        if fits and ours and today <= one.until and not over:
            return True
    return False


def bound(
    book: Book, every: list[Fact], event: Any, day: date
) -> dict[str | None, date]:
    """
    Return the units whose closed days a fact may change, each with the first of them.

    A fact about a project is one of every unit that it has from that day on, a move
    one of that to which it goes. A refund may be of a day of which the approval is
    withdrawn by now.
    """
    year = book.year_about(event)
    if isinstance(event, PriorYearRefund):
        return _bound_by_refund(every, book.fact(0, book.now, "", event), day)
    facts = under_approval(every, date.max)
    named = getattr(getattr(event, "opens", None) or event, "unit", None)
    if getattr(event, "project", None) is None:
        return {named: day}
    begun = known(money.of_project(facts, event.project, year))
    if named is None:
        stream = stream_of(event, year)
        found = revised.units_from(facts, stream, begun, day)
        if isinstance(event, FormRevised) and event.to_unit is not None:
            found[event.to_unit] = day
        return found
    if begun is None or not isinstance(event, BudgetApproved):
        return {named: day}
    stream = stream_of(event, year)
    if begun.unit == named and not revised.has_titles(facts, stream):
        return {named: day}
    opened = max(begun.on, withdrawals.last(book, every, event))
    own = revised.units_from(facts, stream, begun, opened)  # Money opened the year.
    return own | {named: min(day, opened)}


def _bound_by_refund(
    every: list[Fact], refund: Fact, day: date
) -> dict[str | None, date]:
    """Return the units that a project-year has on each day from that of a refund on."""
    found: dict[str | None, date] = {}
    later = {f.event.on for f in every if f.stream == refund.stream}
    for on in sorted({day, *(each for each in later if each > day)}):
        facts = [*under_approval(every, on), refund]
        own = money.of_project(facts, refund.event.project, refund.year)
        title = revised.titled(facts, refund.stream, known(own), on)
        found.setdefault(None if title is None else title.unit, on)
    return found


def judged_day(book: Book, facts: list[Fact], event: Any) -> date:
    """Return the earliest day whose figures a fact changes."""
    if isinstance(event, ResultRetracted):
        days = (f.event.on for f in facts if f.id == event.of)
        return next(days, event.on)
    year = book.year_about(event)
    if isinstance(event, FormRevised) and event.correction:
        approved = money.approval(money.of_project(facts, event.project, year))
        on = event.on if approved is None else approved.on
        return max(on, book.year(year).first)
    day: date = max(event.on, book.year(book.year_about(event)).first)
    return day


def refused(book: Book, every: list[Fact], event: Any, today: date) -> set[str]:
    """
    Return whether a fact would change what is closed.

    Args:
        every: The facts under approvals that were withdrawn too.

        event: As it is recorded.
    """
    facts = under_approval(every, date.max)
    day = judged_day(book, facts, event)
    last = day == book.year_of(day).last
    ends = isinstance(event, ProjectClosed) or (
        isinstance(event, CommitmentReleased) and event.why == "year_end"
    )
    units = bound(book, every, event, day)
    earliest = min(units.values())
    others = computing(facts, event, book.year_about(event), day)
    for unit, since in (*units.items(), *others):
        locked = is_locked(facts, since, unit, ends_year=last and ends)
        if locked and not is_open_again(facts, earliest, unit, today):
            return {"InClosedPeriod"}
    return set()


def known_units(facts: list[Fact]) -> set[str]:
    """Return the units that projects belong to, or that have objectives."""
    named = [f.event for f in facts]
    return {
        unit
        for event in named
        for unit in (
            getattr(event, "to_unit", None),
            event.unit if isinstance(event, BudgetApproved | ObjectivesSet) else None,
        )
        if unit is not None
    }


def decided(book: Book, facts: list[Fact], event: Any, today: date) -> set[str]:
    """Return the errors that a fact about periods may end in."""
    wrong = {"InvalidInput"}
    if isinstance(event, PolicySet):
        return wrong if event.on > today else _policy(facts, event, today)
    if event.unit is not None and event.unit not in known_units(facts):
        return {"UnknownUnit"}
    year_end = isinstance(event, PeriodClosed) and event.year_end
    if year_end and event.on != book.year_of(event.on).last:
        return wrong
    if isinstance(event, PeriodReopened):
        bad = event.since > event.on or event.until < today or not event.reason
        closed = is_locked(facts, event.on, event.unit, ends_year=False)
        return wrong if bad or not closed else set()
    if event.on > today:
        return wrong
    own = [f.event for f in facts if isinstance(f.event, OF_LEDGER[:2])]
    own = [one for one in own if one.unit == event.unit]
    before = [one for one in own if isinstance(one, PeriodClosed)]
    if not before or event.on > before[-1].on:
        return set()
    again = isinstance(own[-1], PeriodReopened)
    again = again or (event.year_end and not before[-1].year_end)
    return set() if event.on == before[-1].on and again else wrong


def _policy(facts: list[Fact], event: PolicySet, today: date) -> set[str]:
    """Return whether another policy would judge a closed day, of all or of a unit."""
    closings = [f.event for f in facts if isinstance(f.event, PeriodClosed)]
    for unit in {None, *(closed.unit for closed in closings)}:
        locked = is_locked(facts, event.on, unit, ends_year=False)
        if locked and not is_open_again(facts, event.on, unit, today):
            return {"InClosedPeriod"}
    return set()

"""Legs of carry-overs: called for by forms that print such money, and by closings."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from typing import Any, Final, NamedTuple

from ledger.app.givers import TOLERANCE, given_of, money_of, note_taker, takers
from ledger.app.underway import AppendUnderWay, Called
from ledger.domain.announcements import announced_by, announcement_at, shared
from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import Budget
from ledger.domain.called_legs import days_to_hand_over, printed_less, taken_back
from ledger.domain.carry_legs import other_leg
from ledger.domain.carry_rules import left_to_hand_on
from ledger.domain.closing_events import (
    CarriedOver,
    CarryEvent,
    CarryReturned,
    ProjectClosed,
)
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError
from ledger.domain.events import BudgetApproved, Event
from ledger.domain.money_guards import by_source
from ledger.domain.streams import stream_of
from ledger.domain.subject import Stream
from ledger.intake.requests import Request
from ledger.store.state.held_states import HeldStates

CALLING: Final = frozenset({BudgetApproved, FormRevised, ProjectClosed})
"""Types of facts that may call for legs."""


class _Decided(NamedTuple):
    """A leg as the rules have it, to be written to a stream."""

    request: Request
    stream: Stream
    fact: Event


def written_calling(
    append: AppendUnderWay,
    number: int,
    held: HeldStates,
    request: Request,
    stream: Stream,
    fact: Event,
    digest: str | None,
) -> RecordedEvent:
    """Append a fact that may call for legs, and note that it does."""
    less = printed_less(held.states[0], fact)
    recorded = append.write(held, request, stream, fact, digest)
    if less is not None:
        called = Called(number, request, stream, fact, less, recorded.id)
        append.called.append(called)
    return recorded


def legs_called(append: AppendUnderWay) -> Iterator[tuple[int, RecordedEvent]]:
    """Record the legs that approvals and closings taken so far call for."""
    while append.called and not append.problems:
        called = append.called.pop(0)
        try:
            for each in _legs_of(append, called):
                yield called.number, each
        except LedgerError as problem:
            refused = problem.with_traceback(None)
            append.refuse(called.number, called.request, refused)


def _legs_of(append: AppendUnderWay, called: Called) -> Iterator[RecordedEvent]:
    """
    Record the legs that a fact calls for, and yield them.

    Raises:
        Refused: A form prints more than is left to hand on, or takes back more than the
            year has.
    """
    fact = called.fact
    if isinstance(fact, ProjectClosed):
        yield from _of_closing(append, called)
    elif isinstance(fact, BudgetApproved | FormRevised):
        yield from _of_form(append, called, fact)


def _of_form(
    append: AppendUnderWay, called: Called, fact: BudgetApproved | FormRevised
) -> Iterator[RecordedEvent]:
    """Hand on what a form prints where its giver is closed; take back what it lost."""
    taker = append.states.money(called.stream)
    announcement = announcement_at(taker, date.max)
    if announcement is None:
        return
    if announcement.giver != taker.project:
        note_taker(append, announcement.giver, taker)
    giver = money_of(append, announcement.giver, taker.fiscal_year - 1)
    on = max(fact.on, append.settings.year(taker.fiscal_year).start)
    document = fact.document if isinstance(fact, BudgetApproved) else None
    back = taken_back(giver, taker, called.less, announcement.amounts)
    if back:
        yield from _move(append, called, giver, taker, back, on, back=True)
    owed = announced_by(taker, date.max)
    if not owed or giver.closed_on is None or on - append.writer.today > TOLERANCE:
        return
    given = given_of(append, giver, owed, on)
    yield from _move(append, called, giver, taker, given, on, document=document)


def _of_closing(append: AppendUnderWay, called: Called) -> Iterator[RecordedEvent]:
    """Hand on what forms of the year after announced of a year that was closed."""
    giver = append.states.money(called.stream)
    year = append.settings.year(giver.fiscal_year + 1)
    if not left_to_hand_on(giver, year.end):
        return
    for stream in takers(append, giver):
        taker = append.states.money(stream)
        announcement = announcement_at(taker, date.max)
        if announcement is None or announcement.giver != giver.project:
            continue
        owed = announced_by(taker, date.max)
        for on in days_to_hand_over(
            taker, announcement.since, year, append.writer.today
        ):
            given = shared(owed, left_to_hand_on(giver, on))
            with suppress(LedgerError):  # Else a finding says what to do.
                if given:
                    yield from _move(append, called, giver, taker, given, on)
                    break


def _move(
    append: AppendUnderWay,
    called: Called,
    giver: Budget,
    taker: Budget,
    given: Mapping[str, int],
    on: date,
    *,
    back: bool = False,
    document: str | None = None,
) -> Iterator[RecordedEvent]:
    """Hand money of a giver's year on to a taker's, or *back*."""
    other = None if taker.project == giver.project else taker.project
    event: type[CarryEvent] = CarriedOver
    of_other: dict[str, Any] = {"to_project": other}
    if back:
        event, of_other = CarryReturned, {"from_project": other}
    leg = event(
        project=giver.project,
        on=on,
        year=giver.fiscal_year,
        amounts=by_source(dict(sorted(given.items()))),
        document=document,
        **of_other,
    )
    yield from _pair(append, called, leg)


def _pair(
    append: AppendUnderWay, called: Called, leg: CarryEvent
) -> Iterator[RecordedEvent]:
    """Record a leg of the year that gives, with the other: both may be, or neither."""
    first = _as_decided(append, called, leg)
    fact = first.fact
    assert isinstance(fact, CarriedOver | CarryReturned)
    second = _as_decided(append, called, other_leg(fact))
    for each in (first, second):
        held = append.states.of(each.stream)
        yield append.write(held, each.request, each.stream, each.fact, None)


def _as_decided(append: AppendUnderWay, called: Called, leg: Event) -> _Decided:
    """Return a leg as the rules have it; without a key: a repeat asks for its cause."""
    asked = Request(event=leg, actor=called.request.actor, cause=called.cause)
    stream = stream_of(leg, append.settings)
    held = append.states.of(stream)
    return _Decided(asked, stream, append.fact(held, asked, stream, None))

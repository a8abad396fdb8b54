"""Carried-over money that a form prints: who gives it, what is announced, its legs."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import attrs

from ledger import Funding
from ledger.events import (
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    FormRevised,
    ProjectClosed,
)

from . import announced, carries, money
from .announced import Announcement
from .book import Book, Fact, under_approval
from .calendar import ONE_DAY
from .spelling import Exact

Refused = Callable[[Book, list[Fact], Any, date], set[str]]
"""Returns the errors that one more fact may end in."""


class Pair(NamedTuple):
    """The two legs of what one project-year hands on to another."""

    giving: Any
    taking: BudgetAdjusted


def printed(event: BudgetApproved) -> dict[str, int]:
    """Return the carried-over money of a form, by source."""
    return {
        a.source: a.amount
        for a in event.amounts
        if money.is_carried(a.source) and a.amount > 0
    }


def own(facts: list[Fact], project: str, year: int) -> list[Any]:
    """Return the money facts of a project-year under its last approval."""
    return money.of_project(under_approval(facts, date.max), project, year)


def left(book: Book, facts: list[Any], project: str, on: date) -> dict[str, int]:
    """Return what a closed project-year has to hand on from a day on, by source."""
    probe = CarriedOver(project=project, on=on, year=book.year_of(on).name - 1)
    return carries.left(facts, probe) if money.closing(facts) else {}


def shared(asked: dict[str, int], known: dict[str, int]) -> dict[str, int]:
    """Return what there is of what is asked for, the oldest of a source first."""
    known, found = dict(known), dict[str, int]()
    for source, amount in asked.items():
        names, rest = [source, source.partition("/")[2]], amount
        if source == announced.BARE:
            several = len(known) > 1 and amount < sum(known.values())
            names = [announced.BARE] if several else sorted(known)
        for name in names:
            part = min(rest, known.get(name, 0))
            if part > 0:
                found[name] = found.get(name, 0) + part
                known[name] -= part
                rest -= part
    return found


def giver(book: Book, facts: list[Fact], event: BudgetApproved) -> Any:
    """Return whose year before gives; ``None``: nobody; a set: the errors."""
    before, asked = event.fiscal_year - 1, printed(event)
    if not asked:
        return None
    said = event.carried_from or event.project
    if carries.opening(own(facts, said, before)) is not None:
        return said
    if event.carried_from is not None:
        return None if said == event.project else {"UnknownProject"}
    start = book.year(event.fiscal_year).first
    codes = sorted({f.event.project for f in facts if f.year == before and _money(f)})
    known = {
        code: left(book, own(facts, code, before), code, start)
        for code in codes
        if carries.opening(own(facts, code, before)) is not None
    }
    fitting = [
        code
        for code, there in known.items()
        if sum(shared(asked, there).values()) == sum(asked.values())
    ]
    if len(fitting) == 1:
        return fitting[0]
    return {"InvalidInput"} if known else None


def _money(fact: Fact) -> bool:
    return isinstance(fact.event, money.MONEY)


def completed(book: Book, facts: list[Fact], event: BudgetApproved) -> BudgetApproved:
    """Return an approval with its origin, what legs bring of it, and from whom."""
    if event.origin is None:
        in_time = event.on <= book.year(event.fiscal_year).ends[2]
        event = attrs.evolve(event, origin="annual" if in_time else "in_year")
    code = giver(book, facts, event)
    if not isinstance(code, str):
        return event
    parts = tuple(Funding(source=s, amount=a) for s, a in printed(event).items())
    stated = event.carried_from if code == event.project else code
    return attrs.evolve(event, carried=parts, carried_from=stated)


def pair(
    to: tuple[str, int], code: str, given: dict[str, int], on: date, **more: Any
) -> Pair:
    """Return the legs that bring money to a project-year, *to*, of a form."""
    sums: dict[str, int] = {}
    for source, amount in given.items():
        name = carries.carried(source)
        sums[name] = sums.get(name, 0) + amount
    parts, came = (
        tuple(Funding(source=s, amount=a) for s, a in sorted(each.items()))
        for each in (given, sums)
    )
    project, year = to
    giving = CarriedOver(
        project=code,
        on=on,
        year=year - 1,
        to_project=None if project == code else project,
        amounts=parts,
        **more,
    )
    taking = BudgetAdjusted(
        project=project, on=on, kind="carried_in", amounts=came, **more
    )
    return Pair(giving, taking)


def returned(made: Pair) -> Pair:
    """Return the legs that take back what others would bring."""
    gave = made.giving
    names = ("project", "on", "year", "amounts")
    said = {name: getattr(gave, name) for name in names}
    giving = CarryReturned(from_project=gave.to_project, **said)
    return Pair(giving, attrs.evolve(made.taking, kind="carry_returned"))


def legs(
    book: Book,
    facts: list[Fact],
    request: list[Any],
    today: date,
    refused: Refused,
    errors: set[str],
) -> Iterator[Pair]:
    """
    Yield the legs that facts of a request call for once all of it is there.

    What is yielded is taken to be among *facts* when the next one is asked for.

    Args:
        errors: What forms are refused with is added.
    """
    closed = {
        (event.project, book.year_about(event))
        for event in request
        if isinstance(event, ProjectClosed)
    }
    for event in request:
        if isinstance(event, BudgetApproved):
            code = announced_of(facts, event)
            if (code, event.fiscal_year - 1) in closed:
                continue  # The closing hands on what is left to whoever asks.
            yield from _of_form(book, facts, event, today, refused, errors)
        elif isinstance(event, FormRevised) and event.carried is not None:
            yield from _back(book, facts, event, today, refused, errors)
            yield from _of_form(book, facts, event, today, refused, errors)
        elif isinstance(event, ProjectClosed):
            yield from _of_closing(book, facts, event, today, refused)


def announced_of(facts: list[Fact], event: BudgetApproved) -> str:
    """Return whose money a form prints."""
    form = money.approval(own(facts, event.project, event.fiscal_year))
    return (form and form.carried_from) or event.project


def printed_by(book: Book, facts: list[Fact], event: Any) -> list[Announcement]:
    """Return what the forms of an event's project-year announce under its approval."""
    known = under_approval(facts, date.max)
    return announced.forms(known, event.project, book.year_about(event))


def _back(
    book: Book,
    facts: list[Fact],
    event: FormRevised,
    today: date,
    refused: Refused,
    errors: set[str],
) -> Iterator[Pair]:
    """Yield the legs that take back what a corrected form prints no more."""
    year = book.year_about(event)
    known = printed_by(book, facts, event)
    before = printed_by(book, [f for f in facts if f.event is not event], event)
    form = announced.in_force(known)
    if form is None:
        return
    taker = own(facts, event.project, year)
    gives = own(facts, form.giver, year - 1)
    less = announced.lost(before, event)
    given = announced.taken_back(gives, taker, less, form)
    if not given:
        return
    on = max(event.on, book.year(year).first)
    made = returned(pair((event.project, year), form.giver, given, on))
    for leg in made:
        errors |= refused(book, facts, leg, today)
    for part in made.taking.amounts:
        if money.least(taker, Exact(part.source), on) < part.amount:
            errors |= {"BudgetExceeded", "UnknownSource"}
    yield made


def _of_form(
    book: Book,
    facts: list[Fact],
    event: Any,
    today: date,
    refused: Refused,
    errors: set[str],
) -> Iterator[Pair]:
    year = book.year_about(event)
    known = printed_by(book, facts, event)
    form = announced.in_force(known)
    asked = announced.owed(own(facts, event.project, year), known)
    if form is None or not asked:
        return
    gives = own(facts, form.giver, year - 1)
    on = max(event.on, book.year(year).first)
    if money.closing(gives) is None or on > today + ONE_DAY:
        return
    given = shared(asked, left(book, gives, form.giver, on))
    if sum(given.values()) < sum(asked.values()):
        errors |= {"CarryExceeded", "InvalidInput"}
        return
    document = getattr(event, "document", None)
    made = pair((event.project, year), form.giver, given, on, document=document)
    for leg in made:
        errors |= refused(book, facts, leg, today)
    yield made


def _of_closing(
    book: Book, facts: list[Fact], event: ProjectClosed, today: date, refused: Refused
) -> Iterator[Pair]:
    year = book.year(book.year_about(event) + 1)
    gives = own(facts, event.project, year.name - 1)
    codes = {f.event.project for f in facts if f.year == year.name and _money(f)}
    for code in sorted(codes, key=lambda one: (one != event.project, one)):
        taker = own(facts, code, year.name)
        known = announced.forms(under_approval(facts, date.max), code, year.name)
        form = announced.in_force(known)
        if form is None or form.giver != event.project:
            continue
        came = [f.on for f in taker if getattr(f, "kind", None) in carries.KINDS]
        for day in (form.since, *came[-1:], today):
            on = min(max(day, form.since, year.first), year.last)
            asked = announced.owed(taker, known)
            given = shared(asked, left(book, gives, event.project, on))
            made = pair((code, year.name), event.project, given, on)
            if given and not any(refused(book, facts, leg, today) for leg in made):
                yield made
                break


def called(
    book: Book, facts: list[Fact], request: list[Any], today: date, refused: Refused
) -> tuple[list[Any], set[str]]:
    """Return the legs that a request calls for once it is there, and their errors."""
    errors, made, known = set[str](), list[Any](), list(facts)
    for legs_of_one in legs(book, known, request, today, refused, errors):
        made += legs_of_one
        known += [book.fact(0, facts[-1].at, "leg", leg) for leg in legs_of_one]
    return made, errors


def supplement(book: Book, facts: list[Fact], event: Any) -> set[str]:
    """Return the error of carried-over money that the year before should hand on."""
    if getattr(event, "kind", None) != "supplement":
        return set()
    before = own(facts, event.project, book.year_about(event) - 1)
    comes = any(money.is_carried(part.source) for part in event.amounts)
    return {"InvalidInput"} if comes and carries.opening(before) else set()

"""Carried-over money that a form prints: who gives it, what is announced, its legs."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

import attrs

from ledger import Funding
from ledger.events import BudgetAdjusted, BudgetApproved, CarriedOver, ProjectClosed

from . import carries, money
from .book import Book, Fact, under_approval
from .calendar import ONE_DAY

Refused = Callable[[Book, list[Fact], Any, date], set[str]]
"""Returns the errors that one more fact may end in."""


class Pair(NamedTuple):
    """The two legs of what one project-year hands on to another."""

    giving: CarriedOver
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
        if source == "carried_over":
            if len(known) > 1 and amount < sum(known.values()):
                continue
            names = sorted(known)
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


def owed(facts: list[Any], day: date = date.max) -> dict[str, int]:
    """Return what a form prints and did not come by a day, by source."""
    form = money.approval(facts)
    found = {}
    for part in form.carried if form is not None and form.on <= day else ():
        name = None if part.source == "carried_over" else part.source
        signs = {"carried_in": 1, "carry_returned": -1}
        came = money.adjusted(facts, name, day, signs)
        if part.amount > came:
            found[part.source] = part.amount - came
    return found


def pair(to: BudgetApproved, code: str, given: dict[str, int], on: date) -> Pair:
    """Return the legs that bring money to a form's project-year."""
    sums: dict[str, int] = {}
    for source, amount in given.items():
        name = carries.carried(source)
        sums[name] = sums.get(name, 0) + amount
    parts, came = (
        tuple(Funding(source=s, amount=a) for s, a in sorted(each.items()))
        for each in (given, sums)
    )
    document = to.document
    giving = CarriedOver(
        project=code,
        on=on,
        year=to.fiscal_year - 1,
        to_project=None if to.project == code else to.project,
        amounts=parts,
        document=document,
    )
    taking = BudgetAdjusted(
        project=to.project, on=on, kind="carried_in", amounts=came, document=document
    )
    return Pair(giving, taking)


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
        elif isinstance(event, ProjectClosed):
            yield from _of_closing(book, facts, event, today, refused)


def announced_of(facts: list[Fact], event: BudgetApproved) -> str:
    """Return whose money a form prints."""
    form = money.approval(own(facts, event.project, event.fiscal_year))
    return (form and form.carried_from) or event.project


def _of_form(
    book: Book,
    facts: list[Fact],
    event: BudgetApproved,
    today: date,
    refused: Refused,
    errors: set[str],
) -> Iterator[Pair]:
    taker = own(facts, event.project, event.fiscal_year)
    form, asked = money.approval(taker), owed(taker)
    if form is None or not asked:
        return
    code = form.carried_from or form.project
    gives = own(facts, code, form.fiscal_year - 1)
    on = max(form.on, book.year(form.fiscal_year).first)
    if money.closing(gives) is None or on > today + ONE_DAY:
        return
    given = shared(asked, left(book, gives, code, on))
    if sum(given.values()) < sum(asked.values()):
        errors |= {"CarryExceeded", "InvalidInput"}
        return
    made = pair(form, code, given, on)
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
        form = money.approval(taker)
        if form is None or (form.carried_from or code) != event.project:
            continue
        came = [f.on for f in taker if getattr(f, "kind", None) in carries.KINDS]
        for day in (form.on, *came[-1:], today):
            on = min(max(day, year.first), year.last)
            given = shared(owed(taker), left(book, gives, event.project, on))
            made = pair(form, event.project, given, on)
            made = Pair(*(attrs.evolve(leg, document=None) for leg in made))
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

"""Project-years that carried-in money or refunds alone open, and whose they are."""

from typing import Any

import attrs

from ledger.domain.closing_events import OpenedProject
from ledger.events import BudgetAdjusted, CarriedOver, PriorYearRefund

from . import carries, money, revised
from .book import Book, Fact
from .carries import Opening


def comes(event: Any) -> bool:
    """Return whether money comes from the year before."""
    return getattr(event, "kind", None) == "carried_in"


def unopened(book: Book, facts: list[Fact], request: list[Any]) -> set[str]:
    """Return what is said of money that would open a year, where its giver is wrong."""
    for event in request:
        if comes(event):
            own = money.of_project(facts, event.project, book.year_about(event))
            if carries.opening(own) is None:
                return {"UnknownProject"}
    return set()


def unnamed(book: Book, facts: list[Fact], own: list[Any], event: Any) -> set[str]:
    """Return the error of what opens a year where nothing says whose it is."""
    year = book.year_about(event)
    if carries.known(own) is not None:
        return set()
    if isinstance(event, PriorYearRefund):
        named: Any = before(facts, event, year)
    else:
        gives = {
            f.event.project
            for f in facts
            if isinstance(f.event, CarriedOver) and f.event.on == event.on
        }
        every = [money.of_project(facts, p, year - 1) for p in gives]
        named = any(map(carries.opening, every))
    return set() if named else {"UnknownProject"}


def before(facts: list[Fact], event: Any, year: int) -> OpenedProject | None:
    """Return whose a year is that a refund opens: as in the last that has a budget."""
    for earlier in sorted({f.year for f in facts if f.year < year}, reverse=True):
        begun = carries.opening(money.of_project(facts, event.project, earlier))
        stream = f"project:{earlier}:{event.project}"
        title = revised.titled(facts, stream, begun, event.on)
        if title is not None:
            return _as_opened(title)
    return None


def opened(book: Book, facts: list[Fact], own: list[Any], event: BudgetAdjusted) -> Any:
    """Return money that opens a year with whose it is: as before, else as who gives."""
    begun = carries.known(own)
    if begun is not None:
        return attrs.evolve(event, opens=_as_opened(begun))
    year = book.year_about(event) - 1
    gives = [
        f.event.project
        for f in facts
        if isinstance(f.event, CarriedOver)
        and (f.event.on, f.event.document) == (event.on, event.document)
        and (f.event.to_project or f.event.project) == event.project
    ]
    for project in (event.project, *reversed(gives)):
        begun = carries.opening(money.of_project(facts, project, year))
        stream = f"project:{year}:{project}"
        title = revised.titled(facts, stream, begun, event.on)
        if title is not None and gives:
            return attrs.evolve(event, opens=_as_opened(title))
    return event


def _as_opened(title: Opening) -> OpenedProject:
    name, unit, unit_name = title.name, title.unit, title.unit_name
    return OpenedProject(name=name, unit=unit, unit_name=unit_name)

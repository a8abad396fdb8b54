"""Closed years that are opened again, and money that passes from one year to the next."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import attrs

from ledger import Funding
from ledger.events import (
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    PriorYearRefund,
    ProjectClosed,
    ProjectReopened,
)

from . import commitments, money
from .book import Fact
from .calendar import Year
from .spelling import Exact

OF_YEARS = (CarriedOver, CarryReturned, ProjectReopened)
"""Facts of a year that are dated after its money, or lift its closing."""

LEGS = (CarriedOver, CarryReturned, BudgetAdjusted)
KINDS = ("carried_in", "carry_returned")


class Opening(NamedTuple):
    """From which day a project-year has money, and whose it is."""

    on: date
    name: str
    unit: str
    unit_name: str | None


def opening(own: list[Any]) -> Opening | None:
    """Return what opens a project-year: its approval, or what was carried in."""
    adjusted = [f for f in own if isinstance(f, BudgetAdjusted)]
    days = [f.on for f in adjusted if f.kind == "carried_in"]
    approved = money.approval(own)
    if approved is not None:
        on = min([approved.on, *days])
        return Opening(on, approved.name, approved.unit, approved.unit_name)
    first = next((f.opens for f in adjusted if f.opens is not None), None)
    if first is None:
        return None
    return Opening(min(days), first.name, first.unit, first.unit_name)


def known(own: list[Any]) -> Opening | None:
    """Return what opens a project-year, or whose it is of which only refunds are."""
    begun = opening(own)
    back = [f for f in own if isinstance(f, PriorYearRefund)]
    if not back:
        return begun
    opens = next((f.opens for f in back if f.opens is not None), None)
    if begun is None and opens is not None:
        begun = Opening(date.max, opens.name, opens.unit, opens.unit_name)
    return begun and begun._replace(on=min(begun.on, *(f.on for f in back)))


def continued(facts: list[Fact], year: int, event: Any) -> set[str]:
    """Return what is wrong with the commitment that one of a year goes on with."""
    earlier = getattr(event, "continues", None)
    if earlier is None:
        return set()
    if earlier.year >= year:
        return {"InvalidInput"}
    before = money.of_project(facts, event.project, earlier.year)
    if opening(before) is None:  # That year is not in the book.
        return set()
    known = commitments.entered(before, earlier.commitment)
    return {"UnknownCommitment"} if known is None else set()


def in_year(event: Any, year: Year) -> Any:
    """Return a closing on a day of the year that it states: at most its last."""
    if not isinstance(event, ProjectClosed) or event.year is None:
        return event
    return attrs.evolve(event, on=min(event.on, year.last), year=None)


def carried(source: str) -> str:
    """Return what money of a source is called in the year after."""
    return source if money.is_carried(source) else f"carried_over/{source}"


def refused(own: list[Any], event: Any, after: Year) -> set[str]:
    """
    Return the errors that a reopening or a leg of the closed year may end in.

    Args:
        after: The year after that of the facts.
    """
    closing = money.closing(own)
    if isinstance(event, ProjectReopened):
        bad = not event.reason.strip()
        found = {"InvalidInput"} if bad else set[str]()
        return found | ({"NotClosed"} if closing is None else set())
    found = set() if event.on in after else {"InvalidInput"}
    if isinstance(event, CarriedOver) and closing is None:
        return found | {"NotClosed", "CarryExceeded"}
    if any(a.amount <= 0 for a in event.amounts):
        found |= {"InvalidInput", "InvalidAmount"}
    known = left(own, event)
    parts = resolved(event.amounts, known)
    if parts is None:
        return found | {"InvalidInput"}
    asked = {a.source: a.amount for a in parts} or known
    if not asked or any(amount > known.get(s, 0) for s, amount in asked.items()):
        found.add("CarryExceeded")
    return found


def resolved(asked: Any, known: dict[str, int]) -> Any:
    """Return amounts with the sources that 上年结转 alone stands for; else ``None``."""
    bare = [a for a in asked if a.source == "carried_over"]
    if len(asked) != 1 or not bare or not known or "carried_over" in known:
        return asked
    if len(known) == 1:
        return (Funding(source=next(iter(known)), amount=bare[0].amount),)
    if bare[0].amount != sum(known.values()):
        return None
    return tuple(Funding(source=s, amount=a) for s, a in known.items())


def left(own: list[Any], event: Any) -> dict[str, int]:
    """Return what may be handed on, or come back, on every day from that of a leg."""
    passed = [f for f in own if isinstance(f, (CarriedOver, CarryReturned))]
    days = {event.on, *(f.on for f in passed if f.on > event.on)}
    sources = {a.source for f in passed for a in f.amounts}
    closing = money.closing(own)
    if isinstance(event, CarriedOver) and closing is not None:
        sources |= {a.source for a in closing.carried_over}
    found = {}
    for source in sorted(sources):
        alone = Exact(source)
        gone = [money.handed_on(own, alone, day) for day in days]
        rest = min(gone)
        if isinstance(event, CarriedOver):
            rest = money.closed_with(own, alone, date.max, "carried_over") - max(gone)
        if rest > 0:
            found[source] = rest
    return found


def completed(own: list[Any], event: Any) -> Any:
    """Return a reopening or a leg of the closed year as it is recorded."""
    if isinstance(event, ProjectReopened):
        closing = money.closing(own)
        if closing is None:
            return event
        return attrs.evolve(
            event,
            on=closing.on,
            year=None,
            carried_over=closing.carried_over,
            lapsed=closing.lapsed,
        )
    if event.amounts:
        parts = resolved(event.amounts, left(own, event))
        return event if parts is None else attrs.evolve(event, amounts=parts)
    parts = left(own, event).items()
    amounts = tuple(Funding(source=source, amount=amount) for source, amount in parts)
    return attrs.evolve(event, amounts=amounts)


def taking(own: list[Any], event: BudgetAdjusted) -> set[str]:
    """Return the errors that a leg of the year after may end in."""
    found: set[str] = set()
    for part in event.amounts:
        if not money.is_carried(part.source):
            found.add("InvalidInput")
        back = event.kind == "carry_returned"
        if back and part.source not in money.sources(own):
            found |= {"UnknownSource", "BudgetExceeded"}
    came = {part.source for part in event.amounts}
    if event.kind == "carried_in" and money.mixed({*money.filled(own), *came}):
        found.add("SourceLevelsMixed")
    return found


def sums(event: Any) -> Iterator[tuple[Any, int]]:
    """Yield what a leg adds to the sum of those that belong together, by source."""
    if isinstance(event, BudgetAdjusted):
        if event.kind not in KINDS:
            return
        back, taker = event.kind == "carry_returned", event.project
        sign = -1 if back else 1
    else:
        back = isinstance(event, CarryReturned)
        taker = event.project
        other = event.from_project if back else event.to_project
        taker, sign = other or event.project, 1 if back else -1
    for part in event.amounts:
        group = event.on, event.document, taker, back
        yield (*group, carried(part.source)), sign * part.amount

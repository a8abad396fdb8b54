"""What forms announce of the year before, and what is due of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ledger.events import BudgetApproved, FormRevised

from . import carries, money
from .book import Fact
from .spelling import Exact

BARE = "carried_over"


class Announcement(NamedTuple):
    """What a form prints of the year before, by source, and since when it does."""

    since: date
    giver: str
    amounts: dict[str, int]


def forms(facts: Iterable[Fact], project: str, year: int) -> list[Announcement]:
    """Return what the forms of a project-year announce, in order of their days."""
    found: list[Announcement] = []
    first = date.min
    for fact in facts:
        event = fact.event
        if fact.stream != f"project:{year}:{project}":
            continue
        if isinstance(event, BudgetApproved) and event.carried:
            first, giver = event.on, event.carried_from or project
            found.append(Announcement(first, giver, sums(event.carried)))
        elif isinstance(event, FormRevised) and event.carried is not None and found:
            since = first if event.correction else event.on
            found.append(Announcement(since, found[-1].giver, sums(event.carried)))
    return sorted(found, key=lambda one: one.since)


def sums(parts: Any) -> dict[str, int]:
    """Return amounts by source, without those of nothing."""
    return {part.source: part.amount for part in parts if part.amount}


def in_force(known: list[Announcement], day: date = date.max) -> Announcement | None:
    """Return what the form in force on a day announces."""
    return next((one for one in known[::-1] if one.since <= day), None)


def came(own: list[Any], source: str, day: date = date.max) -> int:
    """Return what came of a source by a day, less what went back; of 上年结转 all."""
    signs = {"carried_in": 1, "carry_returned": -1}
    return money.adjusted(own, None if source == BARE else Exact(source), day, signs)


def owed(
    own: list[Any], known: list[Announcement], day: date = date.max
) -> dict[str, int]:
    """Return what a form prints and did not come by a day, by source."""
    form = in_force(known, day)
    if form is None:
        return {}
    rest = {s: amount - came(own, s, day) for s, amount in form.amounts.items()}
    return {source: amount for source, amount in rest.items() if amount > 0}


def lost(before: list[Announcement], event: FormRevised) -> dict[str, int]:
    """Return what a corrected form prints less than the one before, by source."""
    was, now = in_force(before), sums(event.carried)
    amounts = {} if was is None else was.amounts
    less = {source: amount - now.get(source, 0) for source, amount in amounts.items()}
    return {source: amount for source, amount in less.items() if amount > 0}


def taken_back(
    gives: list[Any], own: list[Any], less: dict[str, int], form: Announcement
) -> dict[str, int]:
    """Return what came and is not printed any more, by source of who gave it."""
    found: dict[str, int] = {}
    legs = [f for f in own if getattr(f, "kind", None) in carries.KINDS]
    names = sorted({a.source for f in legs for a in f.amounts})
    for source, amount in less.items():
        rest = min(amount, came(own, source) - form.amounts.get(source, 0))
        for name in names if source == BARE else [source]:
            for given in (name.partition("/")[2], name):
                had = money.handed_on(gives, Exact(given), date.max) if given else 0
                part = min(rest, had - found.get(given, 0))
                if part > 0:
                    found[given] = found.get(given, 0) + part
                    rest -= part
    return found

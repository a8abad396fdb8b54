"""Orders to put something right: what is refused of them, and what stands."""

from typing import Any

from ledger.events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)

from .book import Fact
from .cut import Cut

ABOUT = RectificationOrdered, RectificationReported, RectificationClosed


def refused(facts: list[Fact], stream: str, event: Any) -> set[str]:
    """Return the errors in which a fact about an order may end."""
    own = [
        fact.event
        for fact in facts
        if fact.stream == stream
        and isinstance(fact.event, ABOUT)
        and fact.event.number == event.number
    ]
    orders = [one for one in own if isinstance(one, RectificationOrdered)]
    texts = [event.number]
    match event:
        case RectificationOrdered():
            texts.append(event.requirement)
            wrong = bool(orders) or event.due < event.on
        case _:
            ended = any(isinstance(one, RectificationClosed) for one in own)
            texts.append(getattr(event, "text", None) or getattr(event, "reason", None))
            wrong = not orders or ended or event.on < orders[0].on
    blank = any(text is not None and not text.strip() for text in texts)
    return {"InvalidInput"} if wrong or blank else set()


def open_at(cut: Cut) -> list[tuple[str, str]]:
    """Return the findings about open orders: of the year, and of those before."""
    found = []
    streams = {f.stream for f in cut.facts if isinstance(f.event, RectificationOrdered)}
    for stream in streams:
        kind, year, code = stream.split(":", maxsplit=2)
        seen = Cut(cut.book, cut.through, cut.position, int(year))
        known = seen.projects() if kind == "project" else seen.units()
        if int(year) <= cut.year.name and code in known:
            found += [
                (f"rectification.{'overdue' if late else 'open'}", code)
                for _, late in states(cut, stream)
            ]
    return sorted(found)


def states(cut: Cut, stream: str) -> list[tuple[str, bool]]:
    """Return the open orders of a project or unit, and whether each is overdue."""
    own = [f.event for f in cut.facts if f.stream == stream]
    own = [e for e in own if isinstance(e, ABOUT) and e.on <= cut.through]
    ended = {e.number for e in own if isinstance(e, RectificationClosed)}
    return [
        (e.number, e.due < cut.through)
        for e in own
        if isinstance(e, RectificationOrdered) and e.number not in ended
    ]

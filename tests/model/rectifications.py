"""Orders to put something right: what is refused of them."""

from typing import Any

from ledger.events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)

from .book import Fact

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

"""Orders to put something right: what is allowed, what stands, and what is overdue."""

from collections.abc import Iterator
from datetime import date

from ledger.domain.budget import LONGEST_TEXT
from ledger.domain.characters import check_filled
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, finding
from ledger.domain.rectification import Rectification
from ledger.domain.rectification_events import (
    RectificationEvent,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.results import Indicators
from ledger.messages import message


def decide_rectification(
    state: Indicators, event: RectificationEvent
) -> RectificationEvent:
    """
    Return the fact that a request about an order becomes.

    Raises:
        InvalidInput: A text is blank, the number is used, or no open order has it.
    """
    check_filled("number", event.number, LONGEST_TEXT)
    known = state.rectifications.get(event.number)
    if isinstance(event, RectificationOrdered):
        check_filled("requirement", event.requirement, LONGEST_TEXT)
        if known is not None:
            raise InvalidInput("number", event.number, message("expected.new_order"))
        if event.due < event.on:
            expected = message("expected.due_from", on=event.on)
            raise InvalidInput("due", event.due, expected)
        return event
    text = event.text if isinstance(event, RectificationReported) else event.reason
    if text is not None:
        name = "text" if isinstance(event, RectificationReported) else "reason"
        check_filled(name, text, LONGEST_TEXT)
    if known is None or known.closed_on is not None or event.on < known.on:
        expected = message("expected.open_order", on=event.on)
        raise InvalidInput("number", event.number, expected)
    return event


def open_orders(
    state: Indicators, through: date
) -> Iterator[tuple[str, Rectification]]:
    """Yield the orders that are open on a day, each with its number."""
    for number, order in state.rectifications.items():
        closed = order.closed_on is not None and order.closed_on <= through
        if order.on <= through and not closed:
            yield number, order


def unrectified(
    state: Indicators, place: str, through: date, *, earlier: bool
) -> Iterator[Finding]:
    """
    Yield the orders that are open on a day, and those that are overdue.

    Args:
        earlier: Whether they are about a fiscal year before that of the day, which is
            then named.
    """
    for number, order in open_orders(state, through):
        late = through > order.due
        yield finding(
            "rectification.overdue" if late else "rectification.open",
            place=place,
            found=order.due.isoformat(),
            expected=message("expected.rectification"),
            number=number,
            requirement=order.requirement,
            due=order.due,
            year=state.fiscal_year if earlier else None,
        )

"""An order to put something right, as facts leave it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ledger.domain.rectification_events import (
    RectificationEvent,
    RectificationOrdered,
    RectificationReported,
)


class Rectification(NamedTuple):
    """
    An order to put something right.

    Attributes:
        on: The day of the order.

        reported: The day of the last report on it.

        closed_on: The day from which it is put right.
    """

    on: date
    requirement: str
    due: date
    reported: date | None = None
    closed_on: date | None = None


def with_rectification(
    orders: Mapping[str, Rectification], event: RectificationEvent
) -> dict[str, Rectification]:
    """
    Return the orders by number, with one more fact.

    Raises:
        KeyError: There is no order that it is about.
    """
    if isinstance(event, RectificationOrdered):
        order = Rectification(event.on, event.requirement, event.due)
    elif isinstance(event, RectificationReported):
        order = orders[event.number]._replace(reported=event.on)
    else:
        order = orders[event.number]._replace(closed_on=event.on)
    return {**orders, event.number: order}

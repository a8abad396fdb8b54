"""Orders to put something right, as facts: one function for each."""

from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.domain.about import about_given
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.rectification_events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)


def order_rectification(
    ledger: OpenLedger,
    /,
    project: str | None,
    number: str,
    requirement: str,
    *,
    due: DateLike,
    on: DateLike,
    about: str | int | None = None,
    unit: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that something is to be put right by a day (整改).

    Args:
        number: Of the order; reports on it and its end name it.

        about: The fiscal year, or the month, that it belongs to; by default the month
            of *on*.

    Raises:
        InvalidInput: The number is used already, or *due* lies before *on*.
        UnknownProject, UnknownUnit: As their names say.
    """
    event = RectificationOrdered(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        number=number,
        requirement=requirement,
        due=parse_date(due, name="due"),
    )
    return ledger.append(event, **envelope)[0]


def report_rectification(
    ledger: OpenLedger,
    /,
    project: str | None,
    number: str,
    text: str,
    *,
    on: DateLike,
    about: str | int | None = None,
    unit: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record what was done about an order, which stays open.

    Raises:
        InvalidInput: No open order has the number.
        UnknownProject, UnknownUnit: As their names say.
    """
    event = RectificationReported(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        number=number,
        text=text,
    )
    return ledger.append(event, **envelope)[0]


def close_rectification(
    ledger: OpenLedger,
    /,
    project: str | None,
    number: str,
    *,
    on: DateLike,
    about: str | int | None = None,
    unit: str | None = None,
    reason: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that what was ordered is put right.

    Raises:
        InvalidInput: No open order has the number.
        UnknownProject, UnknownUnit: As their names say.
    """
    event = RectificationClosed(
        project=project,
        unit=unit,
        on=parse_date(on),
        about=about_given(about),
        number=number,
        reason=reason,
    )
    return ledger.append(event, **envelope)[0]

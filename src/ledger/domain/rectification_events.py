"""What is ordered to be put right (整改), what is done about it, and its end."""

from datetime import date

from attrs import field, frozen

from ledger.domain.about import about_given
from ledger.domain.arguments import all_checked
from ledger.domain.stored_fields import SPARSE
from ledger.domain.subject import about_one


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class RectificationOrdered:
    """
    Somebody who checks ordered that something is put right, by a day.

    Attributes:
        about: The fiscal year or the month that it belongs to; ``None`` is the month of
            *on*.

        number: Of the order; unique in the project-year, or in that of the unit.

        requirement: What is to be put right.

        due: The last day for it.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    number: str
    requirement: str
    due: date


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class RectificationReported:
    """
    Somebody reported what was done about an order; it stays open.

    Attributes:
        about: As of the order.

        number: Of the order.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    number: str
    text: str


@all_checked
@frozen(kw_only=True, field_transformer=about_one)
class RectificationClosed:
    """
    Who ordered something to be put right found that it is.

    Attributes:
        about: As of the order.

        number: Of the order.
    """

    project: str | None = None
    unit: str | None = None
    on: date
    about: str | None = field(default=None, converter=about_given, metadata=SPARSE)
    number: str
    reason: str | None = None


RectificationEvent = RectificationOrdered | RectificationReported | RectificationClosed

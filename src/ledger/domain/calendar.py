"""Fiscal years and the share of one that has passed."""

import calendar
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from attrs import field, frozen
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule

from ledger.domain.errors import InvalidInput
from ledger.domain.money import share
from ledger.messages import Message, message

DateLike = date | str
"""A day as it is given: a date, or a text ``YYYY-MM-DD``."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def parse_date(text: object, *, name: str = "on") -> date:
    """
    Take *text* as an ISO date, or a date as itself.

    Raises:
        InvalidInput: It is neither, or no such day exists.
    """
    if type(text) is date:
        return text
    if isinstance(text, str) and _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise InvalidInput(name, text, expected_date(text))


def parse_given(text: DateLike | None, *, name: str = "on") -> date | None:
    """Take what may be left out as :func:`parse_date` takes it; ``None`` is itself."""
    return None if text is None else parse_date(text, name=name)


def expected_date(found: object) -> Message:
    """Return what would be a date in the place of *found*."""
    if isinstance(found, datetime):
        return message("expected.date_alone", day=found.date())
    return message("expected.date")


def is_written_as_date(text: str) -> bool:
    """
    Return whether *text* is written as a date is, whether there is such a day or not.

    >>> is_written_as_date("2023-02-30"), is_written_as_date("3.5")
    (True, False)
    """
    return _ISO_DATE.fullmatch(text) is not None


def month_end(year: int, month: int) -> date:
    """
    Return the last day of a calendar month.

    >>> month_end(2024, 2)
    datetime.date(2024, 2, 29)
    """
    if (
        type(year) is not int
        or type(month) is not int
        or not (1 <= month <= 12 and 1 <= year <= 9998)
    ):
        raise InvalidInput("month", f"{year}-{month}", message("expected.month"))
    return date(year, month, calendar.monthrange(year, month)[1])


def parse_month(text: str) -> date:
    """
    Return the last day of the month written as ``YYYY-MM``.

    Raises:
        InvalidInput: It is not so written, or no such month exists.
    """
    match = _ISO_MONTH.fullmatch(text)
    if not match:
        raise InvalidInput("month", text, message("expected.month"))
    return month_end(int(match[1]), int(match[2]))


@frozen
class FiscalYear:
    """
    Twelve months from the first day of *first_month* of the calendar year *year*.

    Attributes:
        year: The calendar year in which it begins, which names it.

        eve: The day before it starts, at whose end nothing is spent or due.
    """

    year: int
    first_month: int = 1
    start: date = field(init=False)
    eve: date = field(init=False)
    end: date = field(init=False)

    @start.default
    def _first_day(self) -> date:
        if not 1 <= self.first_month <= 12:
            raise InvalidInput(
                "first_month", self.first_month, message("expected.month_number")
            )
        if type(self.year) is not int or not 1900 <= self.year <= 9000:
            raise InvalidInput("fiscal_year", self.year, message("expected.year"))
        return date(self.year, self.first_month, 1)

    @eve.default
    def _day_before(self) -> date:
        return self.start - timedelta(days=1)

    @end.default
    def _last_day(self) -> date:
        return self.start + relativedelta(years=1, days=-1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def month_ends(self) -> list[date]:
        """Return the last days of its twelve months, in order."""
        return list(_month_ends(self.start))

    def month_end(self, month: int) -> date:
        """Return the last day of the calendar month *month* (1–12) that lies in it."""
        return month_end(self.year + (month < self.first_month), month)

    def progress(self, on: date) -> Decimal:
        """
        Return the share of the year elapsed at the end of *on* (序时进度).

        A month end is month ÷ 12 exactly; within a month, days count evenly.

        >>> FiscalYear(2023).progress(date(2023, 6, 30))
        Decimal('0.500000')
        """
        return _shares(self.start, self.end, on)[1]

    def elapsed(self, on: date) -> Fraction:
        """
        Return the exact share of the year elapsed at the end of *on*.

        >>> FiscalYear(2023).elapsed(date(2023, 2, 28))
        Fraction(1, 6)
        """
        return _shares(self.start, self.end, on)[0]


@lru_cache(maxsize=64)
def _month_ends(start: date) -> tuple[date, ...]:
    days = rrule(MONTHLY, dtstart=start, count=12, bymonthday=-1)
    return tuple(day.date() for day in days)


@lru_cache(maxsize=1024)
def _shares(start: date, end: date, on: date) -> tuple[Fraction, Decimal]:
    """Return the share of a year elapsed, exact and to six decimals."""
    if on < start:
        elapsed = Fraction(0)
    elif on >= end:
        elapsed = Fraction(1)
    else:
        months = (on.year - start.year) * 12 + on.month - start.month
        days = calendar.monthrange(on.year, on.month)[1]
        elapsed = Fraction(months * days + on.day, 12 * days)
    rounded = share(elapsed.numerator, elapsed.denominator)
    assert rounded is not None
    return elapsed, rounded

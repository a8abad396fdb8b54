"""Fiscal years and the share of one that has passed."""

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final, Protocol, TypeVar
from unicodedata import normalize

from attrs import field, frozen
from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, rrule

from ledger.domain.errors import InvalidInput
from ledger.domain.money import share
from ledger.messages import Message, message
from ledger.messages.keyed_enum import KeyedEnum

DateLike = date | str
"""A day as it is given: a date, or a text ``YYYY-MM-DD``."""

T_co = TypeVar("T_co", covariant=True)


class ByDay(Protocol[T_co]):
    """A mapping of days, as dates or texts or both: of ``Mapping`` each is another."""

    def items(self) -> Iterable[tuple[DateLike, T_co]]:
        """Return each day with what there is for it."""


_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PRINTED_DATE: Final = re.compile(
    r"([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日|([/.])([0-9]{1,2})\4([0-9]{1,2}))"
)
_ISO_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_YEAR_LABEL: Final = re.compile(
    r"(?:FY|财年)?\s*([0-9]{4})\s*(?:年度?)?", re.IGNORECASE
)
_TWO_YEARS: Final = re.compile(
    r"(?:FY|财年)?\s*([0-9]{4})\s*[/–-]\s*([0-9]{4}|[0-9]{2})\s*(?:年度?)?",
    re.IGNORECASE,
)


class YearNaming(KeyedEnum):
    """The calendar year that names a fiscal year: that of its first or last day."""

    START = "start"
    END = "end"


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


def printed_date(text: object, *, name: str = "on") -> date:
    """
    Take a date as a form or a table may print it, else as :func:`parse_date` does.

    >>> {*map(printed_date, ["2024年1月5日", "2024/01/05", "2024.1.5", "2024-01-05"])}
    {datetime.date(2024, 1, 5)}

    Raises:
        InvalidInput: It is neither, or no such day exists.
    """
    match = _PRINTED_DATE.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        return parse_date(text, name=name)
    year, month, day = (part for part in match.groups() if part and part not in "/.")
    iso = f"{year}-{month:0>2}-{day:0>2}"
    try:
        return parse_date(iso, name=name)
    except InvalidInput as problem:
        raise InvalidInput(name, text, problem.expected) from problem


def expected_date(found: object) -> Message:
    """Return what would be a date in the place of *found*."""
    if isinstance(found, datetime):
        return message("expected.date_alone", day=found.date())
    if isinstance(found, str) and _ISO_DATE.fullmatch(found):
        year, month = int(found[:4]), int(found[5:7])
        if 1 <= month <= 12 and year:
            days = calendar.monthrange(year, month)[1]
            return message("expected.day_of_month", month=found[:7], days=days)
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


def month_from(first: date) -> date:
    """
    Return the last day of the month that begins on *first*, the 28th at the latest.

    >>> month_from(date(2023, 4, 6))
    datetime.date(2023, 5, 5)
    """
    return first + relativedelta(months=1, days=-1)


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
    Twelve months from a day of the calendar, the same day of each month.

    Attributes:
        year: The calendar year that names it.

        first_day: The day of *first_month* on which it begins, and on which each of its
            months does: 1 to 28.

        eve: The day before it starts, at whose end nothing is spent or due.
    """

    year: int
    first_month: int = 1
    first_day: int = 1
    named_for: YearNaming = YearNaming.START
    start: date = field(init=False)
    eve: date = field(init=False)
    end: date = field(init=False)

    @start.default
    def _first_day(self) -> date:
        if not 1 <= self.first_month <= 12:
            raise InvalidInput(
                "first_month", self.first_month, message("expected.month_number")
            )
        if not 1 <= self.first_day <= 28:
            raise InvalidInput(
                "first_day", self.first_day, message("expected.day_number")
            )
        if type(self.year) is not int or not 1900 <= self.year <= 9000:
            raise InvalidInput("fiscal_year", self.year, message("expected.year"))
        return date(self.year - self.years_before, self.first_month, self.first_day)

    @eve.default
    def _day_before(self) -> date:
        return self.start - timedelta(days=1)

    @end.default
    def _last_day(self) -> date:
        return self.start + relativedelta(years=1, days=-1)

    @property
    def is_calendar_year(self) -> bool:
        """Whether it begins on 1 January, so that it lies in one calendar year."""
        return self.first_month == 1 and self.first_day == 1

    @property
    def years_before(self) -> int:
        """How many years before the one that names it it begins: 0 or 1."""
        return int(self.named_for is YearNaming.END and not self.is_calendar_year)

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def month_ends(self) -> list[date]:
        """Return the last days of its twelve months, in order."""
        return list(month_ends_from(self.start))

    def month_end(self, month: int) -> date:
        """Return the last day of the calendar month *month* (1–12) that lies in it."""
        end = month_end(self.start.year, month)
        return end if end >= self.start else month_end(self.start.year + 1, month)

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

    def elapsed_since(self, since: date, on: date) -> Fraction:
        """
        Return the share of what is left of the year from *since* that has elapsed.

        >>> FiscalYear(2023).elapsed_since(date(2023, 10, 1), date(2023, 10, 31))
        Fraction(1, 3)
        """
        elapsed = self.elapsed(on)
        if since <= self.start:
            return elapsed
        before = self.elapsed(since - timedelta(days=1))
        return (elapsed - before) / (1 - before)

    def quarter_ended(self, on: date) -> date:
        """
        Return the last day of the last quarter that ended by *on*.

        >>> FiscalYear(2023).quarter_ended(date(2023, 9, 29))
        datetime.date(2023, 6, 30)
        """
        ended = [end for end in self.month_ends()[2::3] if end <= on]
        return ended[-1] if ended else self.eve


def read_fiscal_year(given: object, rule: FiscalYear) -> int:
    """
    Take the name of a fiscal year: a number, or a label with both its years.

    Args:
        rule: Any year of the same calendar.

    >>> read_fiscal_year("FY2023/24", FiscalYear(2000, 4))
    2023
    >>> read_fiscal_year("2023-24", FiscalYear(2000, 4, named_for=YearNaming.END))
    2024

    Raises:
        InvalidInput: It is neither, such as ``FY23``, or names two years where each
            fiscal year lies in one.
    """
    if type(given) is int:
        return given
    text = normalize("NFKC", given).strip() if isinstance(given, str) else ""
    number = _YEAR_LABEL.fullmatch(text)
    if number:
        return int(number[1])
    both = _TWO_YEARS.fullmatch(text)
    if both and not rule.is_calendar_year:
        first, after = int(both[1]), str(int(both[1]) + 1)
        if both[2] in {after, after[2:]}:
            return first + rule.years_before
    word = "fiscal_year" if rule.is_calendar_year else "fiscal_year_of_two"
    raise InvalidInput("fiscal_year", given, message(f"expected.{word}"))


@lru_cache(maxsize=64)
def month_ends_from(start: date) -> tuple[date, ...]:
    """Return the last days of the twelve months of a year that starts on a day."""
    _, *starts = rrule(MONTHLY, dtstart=start, count=13)
    return tuple(day.date() - timedelta(days=1) for day in starts)


@lru_cache(maxsize=1024)
def _shares(start: date, end: date, on: date) -> tuple[Fraction, Decimal]:
    """Return the share of a year elapsed, exact and to six decimals."""
    if on < start:
        elapsed = Fraction(0)
    elif on >= end:
        elapsed = Fraction(1)
    else:
        ends = month_ends_from(start)
        months = bisect_left(ends, on)
        before = ends[months - 1] if months else start - timedelta(days=1)
        days = (ends[months] - before).days
        elapsed = Fraction(months * days + (on - before).days, 12 * days)
    rounded = share(elapsed.numerator, elapsed.denominator)
    assert rounded is not None
    return elapsed, rounded

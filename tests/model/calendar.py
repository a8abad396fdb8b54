"""Fiscal years and shares of them, as the rules say them."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Calendar(NamedTuple):
    """The first month and day of a ledger's years, and which end names them."""

    month: int = 1
    day: int = 1
    of_end: bool = False

    def month_end(self, year: int, month: int) -> date:
        """Return the last day of the month that begins in a calendar month."""
        first = date(year, month, self.day)
        return first + timedelta(days=monthrange(year, month)[1]) - ONE_DAY


class Year:
    """A fiscal year."""

    def __init__(self, name: int, calendar: Calendar) -> None:
        self.name = name
        begins = name
        if calendar.of_end and (calendar.month, calendar.day) != (1, 1):
            begins = name - 1
        self.first = date(begins, calendar.month, calendar.day)
        self.months = [
            (begins + (calendar.month - 1 + i) // 12, (calendar.month - 1 + i) % 12 + 1)
            for i in range(12)
        ]
        self.ends = [calendar.month_end(*month) for month in self.months]
        self.last = self.ends[-1]
        self.eve = self.first - ONE_DAY

    @classmethod
    def of(cls, day: date, calendar: Calendar) -> "Year":
        """Return the year that *day* lies in."""
        near = (cls(day.year + i, calendar) for i in (-1, 0, 1))
        return next(year for year in near if day in year)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def month_of(self, day: date) -> str:
        """Return the month that *day* lies in, by where it begins."""
        number, month = self.months[self._place(day)]
        return f"{number}-{month:02}"

    def progress(self, day: date) -> Fraction:
        """Return the share that has passed at the end of *day*: month ends are month/12."""
        whole = self._place(day)
        before = self.ends[whole - 1] if whole else self.eve
        length = (self.ends[whole] - before).days
        return (whole + Fraction((day - before).days, length)) / 12

    def _place(self, day: date) -> int:
        return next(i for i, end in enumerate(self.ends) if day <= end)

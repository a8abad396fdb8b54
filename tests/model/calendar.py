"""Fiscal years and shares of them, as the rules say them."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


class Year:
    """A fiscal year, named for the calendar year in which it begins."""

    def __init__(self, name: int, first_month: int) -> None:
        self.name = name
        self.first = date(name, first_month, 1)
        self.months = [
            (name + (first_month - 1 + i) // 12, (first_month - 1 + i) % 12 + 1)
            for i in range(12)
        ]
        self.last = month_end(*self.months[-1])
        self.eve = self.first - timedelta(days=1)

    @classmethod
    def of(cls, day: date, first_month: int) -> "Year":
        """Return the year that *day* lies in."""
        return cls(day.year - (day.month < first_month), first_month)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def progress(self, day: date) -> Fraction:
        """Return the share that has passed at the end of *day*: month ends are month/12."""
        whole = self.months.index((day.year, day.month))
        length = monthrange(day.year, day.month)[1]
        return (whole + Fraction(day.day, length)) / 12

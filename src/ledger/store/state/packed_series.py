"""The results of one indicator as they are stored: columns in order of their day."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from ledger.domain.exact_numbers import Exact, total
from ledger.domain.indicator import Rating
from ledger.domain.result_series import Measurement, last_running

PackedNumber = int | str
"""A decimal number: an int where it is whole, else its plain text."""


class PackedSeries(msgspec.Struct, array_like=True, gc=False):
    """
    Measurements as columns, sorted by day, then as recorded.

    A column that no measurement fills is ``None``; the others are of one length.
    Columns are read and summed several times faster than rows, and reports read little
    else.

    Attributes:
        start: The ordinal of the day first measured.

        days: Since then; small numbers are read without making objects of them.

        shares_days: Whether a day may have more than one.

        mixed: Whether there is any column but those of days, versions and values.
    """

    start: int = 0
    days: list[int] = []
    versions: list[int] = []
    shares_days: bool = False
    mixed: bool = False
    values: list[PackedNumber | None] | None = None
    denominators: list[PackedNumber | None] | None = None
    ratings: list[Rating | None] | None = None
    dates: list[date | None] | None = None
    texts: list[str | None] | None = None
    running: list[bool | None] | None = None

    def __len__(self) -> int:
        return len(self.days)

    def __iter__(self) -> Iterator[Measurement[PackedNumber]]:
        nothing = [None] * len(self)
        columns = [column or nothing for column in self._sparse()]
        for day, version, *rest in zip(self.days, self.versions, *columns, strict=True):
            yield Measurement(date.fromordinal(self.start + day), version, *rest)

    def count_by(self, day: int) -> int:
        """Return how many measurements are effective by the day of an ordinal."""
        days, since = self.days, day - self.start
        if not days or days[-1] <= since:
            return len(days)
        return bisect_right(days, since)

    def append(self, day: int, version: int, value: PackedNumber) -> bool:
        """
        Take a number behind all others, as most of them come; return whether it could.

        It cannot where it is the first, an earlier day's, or not all are plain numbers.
        """
        days, values, since = self.days, self.values, day - self.start
        if not values or self.mixed or since < days[-1]:
            return False
        if since == days[-1]:
            self.shares_days = True
        days.append(since)
        self.versions.append(version)
        values.append(value)
        return True

    def add(
        self,
        on: date,
        version: int,
        value: PackedNumber | None = None,
        denominator: PackedNumber | None = None,
        rating: Rating | None = None,
        reached_on: date | None = None,
        text: str | None = None,
        *,
        to_date: bool | None = None,
    ) -> None:
        """Take one more measurement, behind those of the same day."""
        days, since = self.days, on.toordinal() - self.start
        length = len(days)
        if not length:
            self.start, since = self.start + since, 0
        place = bisect_right(days, since)
        if place and days[place - 1] == since:
            self.shares_days = True
        days.insert(place, since)
        self.versions.insert(place, version)
        if value is not None or self.values is not None:
            self.values = _inserted(self.values, place, value, length)
        if denominator is not None or self.denominators is not None:
            self.denominators = _inserted(self.denominators, place, denominator, length)
            self.mixed = True
        if rating is not None or self.ratings is not None:
            self.ratings = _inserted(self.ratings, place, rating, length)
            self.mixed = True
        if reached_on is not None or self.dates is not None:
            self.dates = _inserted(self.dates, place, reached_on, length)
            self.mixed = True
        if text is not None or self.texts is not None:
            self.texts = _inserted(self.texts, place, text, length)
            self.mixed = True
        if to_date or self.running is not None:
            self.running = _inserted(self.running, place, to_date, length)
            self.mixed = True

    def pairs(self, count: int) -> list[tuple[PackedNumber, PackedNumber]]:
        """Return numerator and denominator of those of the first *count* with both."""
        wholes = self.denominators
        if not wholes or self.values is None:
            return []
        first = last_running(self.running, count) or 0
        pairs = zip(self.values[first:count], wholes[first:], strict=False)
        return [(a, b) for a, b in pairs if a is not None and b is not None]

    def sums(self, count: int) -> tuple[Exact, Exact] | None:
        """
        Return what the first *count* pairs sum to; ``None`` where not all are pairs.
        """
        parts: Any = self.values
        wholes: Any = self.denominators
        if not parts or not wholes or self.ratings or self.running:
            return None
        if count < len(parts):
            parts, wholes = parts[:count], wholes[:count]
        try:
            return total(parts), total(wholes)
        except TypeError:  # One of them is no pair; to look for it takes longer.
            return None

    def numbers(self, count: int) -> list[PackedNumber]:
        """Return the plain numbers of the first *count*: no share, no numerator."""
        if self.denominators and None not in self.denominators[:count]:
            return []
        nothing: list[None] = [None] * count
        rows = zip(
            (self.values or nothing)[:count],
            self.denominators or nothing,
            self.ratings or nothing,
            strict=False,
        )
        return [a for a, b, rated in rows if a is not None and b is None and not rated]

    def pooled(self, count: int) -> bool:
        """
        Return whether the first *count* are taken as pairs: the first recorded says it.

        Where there are pairs and plain numbers, those of the other kind are left out.
        """
        wholes, values = self.denominators, self.values
        if not wholes or not values:
            return False
        if not self.ratings and None not in wholes[:count]:
            return values[:count].count(None) < min(count, len(values))
        first = self.first_number(count)
        return first is not None and wholes[first] is not None

    def first_number(self, count: int) -> int | None:
        """Return the place of the number recorded first among the first *count*."""
        values = self.values or ()
        rated = self.ratings or [None] * count
        rows = zip(self.versions[:count], range(count), values, rated, strict=False)
        first = min(
            ((v, i) for v, i, a, r in rows if a is not None and not r), default=None
        )
        return None if first is None else first[1]

    def remove(self, version: int) -> None:
        """Remove the measurement with this version, if it is there."""
        if version in self.versions:
            place = self.versions.index(version)
            for column in (self.days, self.versions, *self._sparse()):
                if column is not None:
                    del column[place]

    def _sparse(self) -> tuple[list[Any] | None, ...]:
        plain = self.values, self.denominators, self.ratings
        return *plain, self.dates, self.texts, self.running


def _inserted(
    column: list[Any] | None, place: int, cell: object, length: int
) -> list[Any]:
    """Put *cell* into a column that may be missing so far."""
    if column is None:
        column = [None] * length
    column.insert(place, cell)
    return column


def pack(number: Decimal) -> PackedNumber:
    """Return *number* as states hold it."""
    text = str(number)
    if text.isdecimal():  # As most are.
        return int(text)
    whole = int(number)
    return whole if whole == number else text

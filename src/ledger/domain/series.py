"""The results of one indicator, as columns in order of their day."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import msgspec

from ledger.domain.indicator import Rating

Packed = int | str
"""A decimal number in a state: an int where it is whole, else its plain text."""


class Measurement(NamedTuple):
    """
    A result that stands.

    *version* is its event's in the stream. *value* is the numerator where there is a
    *denominator*, and the share claimed where there is a *rating*.
    """

    on: date
    version: int
    value: Packed | None = None
    denominator: Packed | None = None
    rating: Rating | None = None
    reached_on: date | None = None
    text: str | None = None


class Series(msgspec.Struct, array_like=True):
    """
    Measurements as columns, sorted by day, then as recorded.

    A column of what no measurement has is empty; the others are of one length. Columns
    are read and summed several times faster than rows, and reports read little else.

    Attributes:
        days: Proleptic Gregorian ordinals.
    """

    days: list[int] = []
    versions: list[int] = []
    values: list[Packed | None] = []
    denominators: list[Packed | None] = []
    ratings: list[Rating | None] = []
    dates: list[date | None] = []
    texts: list[str | None] = []

    def __len__(self) -> int:
        return len(self.days)

    def __iter__(self) -> Iterator[Measurement]:
        return map(self.row, range(len(self.days)))

    def row(self, i: int) -> Measurement:
        """Return the measurement at place *i*."""
        rest = (column[i] if column else None for column in self._sparse())
        return Measurement(date.fromordinal(self.days[i]), self.versions[i], *rest)

    def count(self, through: date) -> int:
        """Return how many measurements are effective by *through*."""
        return bisect_right(self.days, through.toordinal())

    def add(
        self,
        on: date,
        version: int,
        value: Packed | None = None,
        denominator: Packed | None = None,
        rating: Rating | None = None,
        reached_on: date | None = None,
        text: str | None = None,
    ) -> None:
        """Take one more measurement, behind those of the same day."""
        day, length = on.toordinal(), len(self.days)
        place = length
        if length and day < self.days[-1]:
            place = bisect_right(self.days, day)
        self.days.insert(place, day)
        self.versions.insert(place, version)
        if value is not None or self.values:
            _insert(self.values, place, value, length)
        if denominator is not None or self.denominators:
            _insert(self.denominators, place, denominator, length)
        if rating is not None or self.ratings:
            _insert(self.ratings, place, rating, length)
        if reached_on is not None or self.dates:
            _insert(self.dates, place, reached_on, length)
        if text is not None or self.texts:
            _insert(self.texts, place, text, length)

    def remove(self, version: int) -> None:
        """Let go of the measurement with this version, if it is there."""
        if version in self.versions:
            place = self.versions.index(version)
            for column in (self.days, self.versions, *self._sparse()):
                if column:
                    del column[place]

    def _sparse(self) -> tuple[list[Any], ...]:
        return self.values, self.denominators, self.ratings, self.dates, self.texts


def _insert(column: list[Any], place: int, cell: object, length: int) -> None:
    """Put *cell* into a column that may be empty so far."""
    if not column:
        column.extend([None] * length)
    column.insert(place, cell)


def pack(number: Decimal) -> Packed:
    """Return *number* as states hold it."""
    whole = int(number)
    return whole if whole == number else str(number)


def unpack(number: Packed | None) -> Decimal | None:
    """Return a number that a state holds."""
    return None if number is None else Decimal(number)


def total(numbers: list[Any]) -> Decimal:
    """
    Return the exact sum of ``Packed | None`` numbers; ``None`` counts as nothing.

    >>> total([1, "0.5", None])
    Decimal('1.5')
    """
    try:
        return Decimal(sum(numbers))
    except TypeError:  # Not all are whole; that is rare.
        pass
    given = (Decimal(number) for number in numbers if number is not None)
    return sum(given, Decimal(0))

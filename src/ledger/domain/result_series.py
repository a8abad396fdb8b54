"""
The results of one indicator: what may be asked of them.

:class:`Series` is what rules and figures ask. :class:`PlainSeries` is the plainest
thing that answers; the store keeps another, packed one, that answers faster.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from attrs import frozen

from ledger.domain.exact_numbers import Exact, Number, total
from ledger.domain.indicator import Rating

N_co = TypeVar("N_co", bound=Number, covariant=True)


class Measurement(NamedTuple, Generic[N_co]):
    """
    A result that stands.

    *version* is its event's in the stream. *value* is the numerator where there is a
    *denominator*, and the share claimed where there is a *rating*. Where it is
    *to_date*, what came before it does not count; else that is ``None``.
    """

    on: date
    version: int
    value: N_co | None = None
    denominator: N_co | None = None
    rating: Rating | None = None
    reached_on: date | None = None
    text: str | None = None
    to_date: bool | None = None


class Series(Protocol):
    """
    The results of one indicator that stand, sorted by day, then as recorded.

    A column that no result fills may be ``None``; all others are of one length.
    """

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Measurement[Number]]: ...

    @property
    def start(self) -> int:
        """The ordinal of a day that *days* are counted from."""

    @property
    def days(self) -> Sequence[int]:
        """The effective day of each, as days since *start*."""

    @property
    def versions(self) -> Sequence[int]:
        """The version of each in its stream."""

    @property
    def shares_days(self) -> bool:
        """Whether a day may have more than one."""

    @property
    def mixed(self) -> bool:
        """Whether there may be others than plain numbers."""

    @property
    def values(self) -> Sequence[Number | None] | None:
        """Numbers, numerators and claimed shares."""

    @property
    def denominators(self) -> Sequence[Number | None] | None:
        """What numerators are parts of."""

    @property
    def ratings(self) -> Sequence[Rating | None] | None:
        """How far a quality is attained."""

    @property
    def dates(self) -> Sequence[date | None] | None:
        """The days on which something was reached."""

    @property
    def texts(self) -> Sequence[str | None] | None:
        """A result in words."""

    @property
    def running(self) -> Sequence[bool | None] | None:
        """Which are all that was done so far."""

    def count_by(self, day: int) -> int:
        """Return how many results are effective by the day of an ordinal."""

    def pairs(self, count: int) -> Sequence[tuple[Number, Number]]:
        """
        Return numerator and denominator of those of the first *count* with both.

        They begin with the last that is all that was done so far.
        """

    def sums(self, count: int) -> tuple[Exact, Exact] | None:
        """
        Return what the first *count* pairs sum to.

        ``None`` where others than pairs are among them; it may be so where later ones
        are no pairs.
        """

    def numbers(self, count: int) -> Sequence[Number]:
        """Return the plain numbers of the first *count*: no share, no numerator."""

    def pooled(self, count: int) -> bool:
        """
        Return whether the first *count* are taken as pairs: the first recorded says it.

        Where there are pairs and plain numbers, those of the other kind are left out.
        """

    def first_number(self, count: int) -> int | None:
        """Return the place of the number recorded first among the first *count*."""


@frozen
class PlainSeries:
    """Results as rows, sorted by day, then as recorded."""

    rows: tuple[Measurement[Decimal], ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Measurement[Decimal]]:
        return iter(self.rows)

    def with_row(self, row: Measurement[Decimal]) -> "PlainSeries":
        """Return the series with one more result, behind those of the same day."""
        return PlainSeries(tuple(sorted((*self.rows, row), key=attrgetter("on"))))

    def without(self, version: int) -> "PlainSeries":
        """Return the series without the result of a version, if it is there."""
        return PlainSeries(tuple(row for row in self.rows if row.version != version))

    @property
    def start(self) -> int:
        """The ordinal of a day that *days* are counted from."""
        return 0

    @property
    def days(self) -> list[int]:
        """The effective day of each, as an ordinal."""
        return [row.on.toordinal() for row in self.rows]

    @property
    def versions(self) -> list[int]:
        """The version of each in its stream."""
        return [row.version for row in self.rows]

    @property
    def shares_days(self) -> bool:
        """Whether a day has more than one."""
        return len(set(self.days)) < len(self.days)

    @property
    def mixed(self) -> bool:
        """Whether there are others than plain numbers."""
        rest = Measurement._fields.index("denominator")
        return any(cell is not None for row in self.rows for cell in row[rest:])

    @property
    def values(self) -> list[Decimal | None]:
        """Numbers, numerators and claimed shares."""
        return [row.value for row in self.rows]

    @property
    def denominators(self) -> list[Decimal | None]:
        """What numerators are parts of."""
        return [row.denominator for row in self.rows]

    @property
    def ratings(self) -> list[Rating | None]:
        """How far a quality is attained."""
        return [row.rating for row in self.rows]

    @property
    def dates(self) -> list[date | None]:
        """The days on which something was reached."""
        return [row.reached_on for row in self.rows]

    @property
    def texts(self) -> list[str | None]:
        """A result in words."""
        return [row.text for row in self.rows]

    @property
    def running(self) -> list[bool | None] | None:
        """Which are all that was done so far; ``None`` where none is."""
        told = [row.to_date for row in self.rows]
        return told if True in told else None

    def count_by(self, day: int) -> int:
        """Return how many results are effective by the day of an ordinal."""
        return sum(each <= day for each in self.days)

    def pairs(self, count: int) -> list[tuple[Decimal, Decimal]]:
        """Return numerator and denominator of those of the first *count* with both."""
        first = last_running(self.running, count) or 0
        return [
            (row.value, row.denominator)
            for row in self.rows[first:count]
            if row.value is not None and row.denominator is not None
        ]

    def sums(self, count: int) -> tuple[Exact, Exact] | None:
        """Return what the first *count* pairs sum to; ``None`` where not all are."""
        pairs = self.pairs(count)
        if self.running or not pairs or len(self.pairs(len(self))) < len(self):
            return None
        return total([a for a, _ in pairs]), total([b for _, b in pairs])

    def numbers(self, count: int) -> list[Decimal]:
        """Return the plain numbers of the first *count*: no share, no numerator."""
        return [
            row.value
            for row in self.rows[:count]
            if row.value is not None and row.denominator is None and row.rating is None
        ]

    def pooled(self, count: int) -> bool:
        """Return whether the first *count* are taken as pairs: the first says it."""
        first = self.first_number(count)
        return first is not None and self.rows[first].denominator is not None

    def first_number(self, count: int) -> int | None:
        """Return the place of the number recorded first among the first *count*."""
        places = [
            (row.version, place)
            for place, row in enumerate(self.rows[:count])
            if row.value is not None and row.rating is None
        ]
        return min(places)[1] if places else None


def last_running(running: Sequence[bool | None] | None, count: int) -> int | None:
    """
    Return the place of the last of the first *count* that is all so far, if one is.

    >>> last_running([None, True, None, True], 3), last_running(None, 3)
    (1, None)
    """
    places = (i for i in range(count - 1, -1, -1) if running and running[i])
    return next(places, None)


def decimal(number: Number | None) -> Decimal | None:
    """Return a number of a state as a decimal."""
    return None if number is None else Decimal(number)

"""Numbers as they are printed: half up, and never across a bound."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any


def decimal(units: int, places: int) -> str:
    """Print a whole number of the last decimals."""
    text = f"{abs(units) // 10**places}.{abs(units) % 10**places:0{places}}"
    text = text.rstrip("0").rstrip(".")
    return text if units >= 0 else f"-{text}"


def exactly(value: Fraction) -> str:
    """Print a number that ends with all its decimals."""
    ends = (n for n in range(60) if (value * 10**n).denominator == 1)
    places = next(ends)
    return decimal(int(value * 10**places), places) if places else str(value)


def printed(value: Decimal | Fraction, bounds: Iterable[Any] = ()) -> str:
    """Print up to six decimals, half up, but never across a bound."""
    exact = Fraction(value)
    for places in range(6, 30):
        scaled = exact * 10**places
        nearest = int(abs(scaled) + Fraction(1, 2)) * (-1 if scaled < 0 else 1)
        for units in (nearest, floor(scaled), ceil(scaled)):
            if all(one_side(exact, Fraction(units, 10**places), b) for b in bounds):
                return decimal(units, places)
    raise AssertionError(value)


def one_side(exact: Fraction, shown: Fraction, bound: Any) -> bool:
    """Whether a figure and what is shown of it lie on one side of a bound."""
    limit = Fraction(bound)
    return (exact < limit, exact > limit) == (shown < limit, shown > limit)

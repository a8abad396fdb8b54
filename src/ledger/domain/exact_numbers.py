"""Exact numbers, and the one way in which they are rounded to be shown."""

from collections.abc import Iterable, Sequence
from decimal import (
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any, Final, TypeGuard

Exact = int | Fraction
"""A number that nothing was rounded off: what figures are judged by and made of."""

Number = Decimal | int | str
"""A number of a state: a decimal, or packed: an int where whole, else its text."""

Share = Exact | tuple[Exact, Exact]
"""A number, or a part and its whole: to divide costs more than to judge."""

PLACES: Final = 6
"""Decimals of a figure in JSON and in CSV."""

_FACTORS: Final = (2, 5)
EXACTLY: Final = Context(
    prec=400, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow]
)
"""The context of arithmetic that loses no digit, whatever the caller's context is."""


LONGEST: Final = 100
"""Digits that a number may have before its point, and after it, written out."""


def is_short(number: Decimal) -> bool:
    """
    Return whether a finite number can be counted with: neither side of it is too long.

    >>> is_short(Decimal("1E+99")), is_short(Decimal("1E-101")), is_short(Decimal(-5))
    (True, False, True)
    """
    exponent = number.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and exponent >= -LONGEST
        and number.adjusted() < LONGEST
    )


def exactly(number: Decimal | Exact | str) -> Exact:
    """
    Return *number* as an exact one: an int where it is whole.

    >>> exactly("1.50"), exactly(Decimal("2.0"))
    (Fraction(3, 2), 2)
    """
    if isinstance(number, int):
        return number
    if isinstance(number, str):
        return _written(number)
    above, under = number.as_integer_ratio()
    if under == 1:
        return above
    return number if type(number) is Fraction else Fraction(above, under)


@lru_cache(maxsize=4096)
def _written(number: str) -> Exact:
    """Return a number that is written out; rates of many indicators are the same."""
    return exactly(Decimal(number))


def total(numbers: Sequence[Any]) -> Exact:
    """
    Return the exact sum of ``Number``, whatever the decimal context.

    >>> total([1, "0.5"]), total([Decimal("0.1")] * 10)
    (Fraction(3, 2), 1)
    """
    try:
        found = sum(numbers)
    except (TypeError, ArithmeticError):  # Not all are whole; that is rare.
        found = None
    if type(found) is int:
        return found
    return exactly(sum(map(Fraction, numbers), Fraction(0)))


def quotient(part: Exact, whole: Exact) -> Exact:
    """
    Return *part* ÷ *whole*, exact.

    >>> quotient(6, 3), quotient(1, 3)
    (2, Fraction(1, 3))
    """
    if type(part) is int and type(whole) is int:
        return _ratio(part, whole)
    above, under = part.as_integer_ratio()
    by, of = whole.as_integer_ratio()
    return _ratio(above * of, under * by)


def divided(share: Share) -> Exact:
    """
    Return what a part is of its whole.

    >>> divided((1, 3)), divided(2)
    (Fraction(1, 3), 2)
    """
    return quotient(*share) if isinstance(share, tuple) else share


@lru_cache(maxsize=64)
def _ratio(part: int, whole: int) -> Exact:
    """Return a ratio; a line of a report asks for one of them several times."""
    return Fraction(part, whole) if part % whole else part // whole


def rounded(
    number: Decimal | Share, places: int, against: Sequence[Exact] = ()
) -> Decimal:
    """
    Return *number* to so many decimals, half up, on its own side of every bound.

    What falls short of a bound is rounded down rather than shown as having reached it,
    and what passes it is rounded up; where neither does, more decimals are shown.
    A tie goes away from zero. Bounds are numbers that decimals can write.

    >>> rounded(Fraction(2, 3), 2), rounded(Decimal("-0.125"), 2)
    (Decimal('0.67'), Decimal('-0.13'))
    >>> rounded(Decimal("99.996"), 2, [100]), rounded((10_002, 2_000), 2, [5])
    (Decimal('99.99'), Decimal('5.01'))
    """
    above, below = ratio(number)
    low, rest = divmod(above * 10**places, below)
    if not rest:
        return _shifted(low, places)
    near = low + (2 * rest > below or (2 * rest == below and above > 0))
    if not against:
        return _shifted(near, places)
    for shown in (near, 2 * low + 1 - near):
        if _agrees(shown, places, above, below, against):
            return _shifted(shown, places)
    return rounded((above, below), places + 1, against)


def ratio(number: Decimal | Share) -> tuple[int, int]:
    """
    Return a numerator and a denominator above 0, not always in lowest terms.

    >>> ratio(Decimal("0.5")), ratio((2, -4)), ratio((1, Fraction(1, 2)))
    ((1, 2), (-2, 4), (2, 1))
    """
    if not isinstance(number, tuple):
        return number.as_integer_ratio()
    part, whole = number
    if type(part) is int and type(whole) is int:
        return (part, whole) if whole > 0 else (-part, -whole)
    return quotient(part, whole).as_integer_ratio()


def is_exact(value: object) -> TypeGuard[Exact]:
    """Return whether a figure is a number; asking its class's registry costs more."""
    kind = type(value)
    return kind is int or kind is Fraction


def in_integers(part: Exact, whole: Exact) -> tuple[int, int]:
    """
    Return two integers that are to each other, and compare, as two numbers do.

    >>> in_integers(3, 4), in_integers(Fraction(1, 2), -3)
    ((3, 4), (1, -6))
    """
    if type(part) is int and type(whole) is int:
        return part, whole
    mine, by = part.as_integer_ratio()
    all_, of = whole.as_integer_ratio()
    return mine * of, all_ * by


def compared(one: Exact, other: Exact) -> int:
    """
    Return less than 0 where *one* is less, 0 where both are equal, else more.

    >>> compared(1, Fraction(1, 2)) > 0, compared(Fraction(1, 2), 1) < 0, compared(2, 2)
    (True, True, 0)
    """
    if type(one) is int and type(other) is int:
        return one - other
    above, under = one.as_integer_ratio()
    by, of = other.as_integer_ratio()
    return above * of - by * under


def decimal_of(number: Exact) -> Decimal | None:
    """
    Return *number* as the decimal that it is; ``None`` where it has no end.

    >>> decimal_of(Fraction(1, 8)), decimal_of(Fraction(1, 3))
    (Decimal('0.125'), None)
    """
    if isinstance(number, int):
        return Decimal(number)
    rest, places = number.denominator, 0
    for factor in _FACTORS:
        times = 0
        while rest % factor == 0:
            rest, times = rest // factor, times + 1
        places = max(places, times)
    if rest != 1:
        return None
    return _shifted(number.numerator * 10**places // number.denominator, places)


def summed(numbers: Iterable[Decimal]) -> Decimal:
    """
    Return the exact sum, with as many decimals as the number that has most.

    >>> summed([Decimal("89.99"), Decimal("0.010")])
    Decimal('90.000')
    """
    return reduce(EXACTLY.add, numbers, Decimal(0))


def percent(
    rate: Decimal | Exact, places: int = 1, against: Sequence[Exact] = (1,)
) -> str:
    """
    Return a share as a percentage, never across a bound, by default the whole.

    >>> percent(Fraction(2, 3)), percent(Decimal("0.99996"))
    ('66.7%', '99.9%')
    """
    bounds = [bound * 100 for bound in against]
    return f"{rounded(exactly(rate) * 100, places, bounds):f}%"


def _agrees(
    shown: int, places: int, above: int, below: int, bounds: Sequence[Exact]
) -> bool:
    """Return whether *shown* lies on the side of each bound that a quotient lies on."""
    for bound in bounds:
        part, whole = bound.numerator, bound.denominator
        held = shown * whole - part * int(10**places)
        side = above * whole - part * below
        if (held > 0) != (side > 0) or (held < 0) != (side < 0):
            return False
    return True


def _shifted(number: int, places: int) -> Decimal:
    return EXACTLY.scaleb(number, -places)

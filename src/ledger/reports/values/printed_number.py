"""Targets and results as the official forms have them: a sign, a number, a unit."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from ledger.domain.exact_numbers import EXACTLY, Exact, decimal_of, exactly, rounded
from ledger.domain.printed_multiple import printed_multiple
from ledger.domain.target_kind import COMPARATORS
from ledger.domain.units import canonical
from ledger.projections.attainment import AttainmentLine


@frozen
class PrintedNumber:
    """
    A number and its unit, in the multiple that the target is printed in.

    Attributes:
        unit: Such as ``万元``; ``None`` where nothing is counted.
    """

    value: Decimal
    unit: str | None


@frozen
class PrintedShare:
    """
    A percentage as a share of the whole.

    Attributes:
        exact: Before it is shown.

        bounds: The numbers of the target as shares, which it is not shown across.
    """

    exact: Exact
    bounds: tuple[Exact, ...]

    @property
    def value(self) -> Decimal | None:
        """The share as the decimal that it is."""
        return decimal_of(self.exact)


@frozen
class PrintedTarget:
    """
    A target in the parts that a form asks for; ``None`` for those that are words.

    Attributes:
        sign: That of the official forms, such as ``≥``.
    """

    sign: str | None
    number: PrintedNumber | None

    @classmethod
    def of(cls, line: AttainmentLine) -> "PrintedTarget":
        """Return the parts of the target in force of an indicator."""
        comparator = COMPARATORS.get(line.target_kind)
        if comparator is None:
            return cls(None, None)
        value = decimal_of(line.bounds[0])
        number = None if value is None else _as_printed(value, line)
        return cls(comparator.official, number)


def printed_result(line: AttainmentLine) -> PrintedNumber | PrintedShare | None:
    """Return the result of an indicator where it is a number, else ``None``."""
    result = line.result
    if not isinstance(result, Decimal):
        return None
    if line.unit != "%":
        return _as_printed(result, line)
    bounds = tuple(bound / Fraction(100) for bound in line.bounds)
    return PrintedShare(exactly(result) / Fraction(100), bounds)


def printed_unit(line: AttainmentLine) -> tuple[int, str | None]:
    """Return how many of its units a target counts together, and their name so."""
    factor, word = printed_multiple(line.target)
    return (factor, f"{word}{line.unit}") if line.unit else (1, None)


def _as_printed(number: Decimal, line: AttainmentLine) -> PrintedNumber:
    factor, unit = printed_unit(line)
    if factor == 1:
        return PrintedNumber(number, unit)
    return PrintedNumber(canonical(EXACTLY.divide(number, factor)), unit)


def in_its_unit(value: Any, line: AttainmentLine) -> str:
    """
    Return a figure of an indicator in the unit and the multiple of its target.

    It has two decimals, or as many as keep it on its side of the target.
    """
    if not isinstance(value, int | Fraction):
        return "–" if value is None else str(value)
    factor, unit = printed_unit(line)
    bounds = [Fraction(bound) / factor for bound in line.bounds]
    shown = f"{canonical(rounded(Fraction(value) / factor, 2, bounds)):f}"
    if unit is None or unit == "%":
        return f"{shown}{unit or ''}"
    return f"{shown} {unit}"

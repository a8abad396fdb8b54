"""Points of the self-evaluation: weights, scores, totals and grades."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .standards import Standards

WORDS = {"成本": "cost", "产出": "output", "效益": "benefit", "满意": "satisfaction"}
UNIT = Fraction(1, 100)


def group_of(level1: str) -> str | None:
    """Return the group that a level 1 belongs to."""
    return next((group for word, group in WORDS.items() if word in level1), None)


def largest_remainder(exact: Sequence[Fraction], whole: Fraction) -> list[Fraction]:
    """Round to UNIT so that the parts make the whole; the first gets it among equals."""
    units = [int(part / UNIT) for part in exact]
    missing = int(whole / UNIT) - sum(units)
    order = sorted(range(len(exact)), key=lambda i: (units[i] - exact[i] / UNIT, i))
    for i in order[:missing]:
        units[i] += 1
    return [unit * UNIT for unit in units]


def points_of(groups: set[str], by: Standards) -> dict[str, Fraction]:
    """Return the points of each group that is there."""
    stated = by.with_cost if "cost" in groups else by.plain
    table = {group: Fraction(points) for group, points in stated}
    if "satisfaction" not in groups and "benefit" in table:
        table["benefit"] += table.pop("satisfaction", 0)
    return {group: points for group, points in table.items() if group in groups}


def weights(indicators: Sequence[Any], by: Standards) -> list[Fraction | None]:
    """Return the weight of each indicator, given or computed."""
    if indicators and all(one.weight is not None for one in indicators):
        return [Fraction(one.weight) for one in indicators]
    groups = [group_of(one.level1) for one in indicators]
    table = points_of({g for g in groups if g is not None}, by)
    found: list[Fraction | None] = [None] * len(groups)
    for group, points in table.items():
        places = [i for i, g in enumerate(groups) if g == group]
        parts = largest_remainder([points / len(places)] * len(places), points)
        for place, part in zip(places, parts, strict=True):
            found[place] = part
    return found


def half_up(exact: Fraction) -> Fraction:
    """Round points to a hundredth, halves up."""
    return Fraction(int(exact * 100 + Fraction(1, 2)), 100)


def score(weight: Fraction | None, share: Fraction | None) -> Fraction | None:
    """Return the weight times the exact share, capped to [0, 1]."""
    if weight is None or share is None:
        return None
    return half_up(weight * min(max(share, Fraction(0)), Fraction(1)))


def grade(total: Fraction, by: Standards) -> str:
    """Return the grade of a total."""
    return next(name for name, least in by.grades if total >= least)


def hundredths(points: Fraction | None) -> str | None:
    """Print points with two decimals."""
    if points is None:
        return None
    return str(
        (Decimal(points.numerator) / points.denominator).quantize(Decimal("0.01"))
    )


def weight_text(indicator: Any, weight: Fraction | None) -> str | None:
    """Print a weight: one that was given as it was given, a computed one in hundredths."""
    given = indicator.weight
    return hundredths(weight) if given is None else f"{given:f}"


def rescaled(possible: Sequence[Fraction | None]) -> list[Fraction | None]:
    """Make 100 of what applies."""
    there = [part for part in possible if part is not None]
    if len(there) == len(possible) or not there:
        return list(possible)
    whole = sum(there)
    scaled = iter(
        largest_remainder([part * 100 / whole for part in there], Fraction(100))
    )
    return [None if part is None else next(scaled) for part in possible]

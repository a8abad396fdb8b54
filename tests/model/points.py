"""Points of the self-evaluation: weights, scores, totals and grades."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .standards import Standards, share

WORDS = {"成本": "cost", "产出": "output", "效益": "benefit", "满意": "satisfaction"}
USUAL_EXECUTION = Fraction(10)


def group_of(level1: str) -> str | None:
    """Return the group that a level 1 belongs to."""
    return next((group for word, group in WORDS.items() if word in level1), None)


def execution_of(facts: Sequence[Any], stream: str) -> Fraction:
    """Return the points that the form of a stream gives execution, 10 by default."""
    for f in facts:
        given = getattr(f.event, "execution_weight", None)
        if f.stream == stream and given is not None:
            return Fraction(given)
    return USUAL_EXECUTION


def largest_remainder(
    exact: Sequence[Fraction], whole: Fraction, step: Fraction
) -> list[Fraction]:
    """Round to steps so that the parts make the whole; the first gets it among equals."""
    made = sum(exact)
    if not made:
        return list(exact)
    wanted = [part * whole / made / step for part in exact]
    counts = [int(each) for each in wanted]
    order = sorted(range(len(exact)), key=lambda i: (counts[i] - wanted[i], i))
    for i in order[: int(whole / step) - sum(counts)]:
        counts[i] += 1
    return [count * step for count in counts]


def in_steps(
    exact: Sequence[Fraction | None], heads: Sequence[Any], step: Fraction
) -> list[Fraction | None]:
    """Round what the heads have in all, then what is under each of them."""
    found: list[Fraction | None] = list(exact)
    names = list(
        dict.fromkeys(
            h for h, part in zip(heads, exact, strict=True) if part is not None
        )
    )
    below = {
        name: [i for i, h in enumerate(heads) if h == name and exact[i] is not None]
        for name in names
    }
    parts = {name: [exact[i] or Fraction(0) for i in below[name]] for name in names}
    sums = [sum(parts[name], Fraction(0)) for name in names]
    wholes = largest_remainder(sums, sum(sums, Fraction(0)), step)
    for name, whole in zip(names, wholes, strict=True):
        rounded = largest_remainder(parts[name], whole, step)
        for i, part in zip(below[name], rounded, strict=True):
            found[i] = part
    return found


def points_of(
    groups: set[str], by: Standards, execution: Fraction
) -> dict[str, Fraction]:
    """Return the points of each group that is there: with execution's they make 100."""
    stated = by.with_cost if "cost" in groups else by.plain
    table = {group: Fraction(points) for group, points in stated}
    if "satisfaction" not in groups and "benefit" in groups:
        table["benefit"] += table.pop("satisfaction", Fraction(0))
    there = {group: points for group, points in table.items() if group in groups}
    spread = (100 - execution) / sum(there.values()) if there else Fraction(0)
    return {group: points * spread for group, points in there.items()}


def are_given(indicators: Sequence[Any]) -> bool:
    """Say whether a form gives weights."""
    return any(one.weight is not None for one in indicators)


def unrounded(
    indicators: Sequence[Any], by: Standards, execution: Fraction
) -> list[Fraction | None]:
    """Return the weight of each indicator, as given or before it is rounded."""
    if are_given(indicators):
        return [
            None if one.weight is None else Fraction(one.weight) for one in indicators
        ]
    groups = [group_of(one.level1) for one in indicators]
    table = points_of({g for g in groups if g is not None}, by, execution)
    return [
        table[g] / groups.count(g) if g is not None and g in table else None
        for g in groups
    ]


def heads_of(indicators: Sequence[Any]) -> list[Any]:
    """Return among what each is rounded: its group, or alone where weights are given."""
    if are_given(indicators):
        return list(range(len(indicators)))
    return [group_of(one.level1) for one in indicators]


def weights(
    indicators: Sequence[Any], by: Standards, execution: Fraction
) -> list[Fraction | None]:
    """Return the weight of each indicator, given or computed."""
    exact = unrounded(indicators, by, execution)
    if are_given(indicators):
        return exact
    step = share(by.step)
    if ((100 - execution) / step).denominator != 1:
        step = Fraction(1, 100)
    return in_steps(exact, heads_of(indicators), step)


def possible(
    indicators: Sequence[Any],
    applies: Sequence[bool],
    by: Standards,
    execution: Fraction,
) -> tuple[Fraction, list[Fraction | None]]:
    """
    Return what all points make, and what execution and each indicator can earn.

    What does not apply is left out, and the rest scaled if all of it made 100.
    """
    own = [execution, *weights(indicators, by, execution)]
    exact = [execution, *unrounded(indicators, by, execution)]
    whole = sum((part for part in exact if part is not None), Fraction(0))
    kept = [p if ok else None for p, ok in zip(exact, applies, strict=True)]
    left = sum((part for part in kept if part is not None), Fraction(0))
    if whole != 100 or left in {0, 100}:
        return whole, [p if ok else None for p, ok in zip(own, applies, strict=True)]
    scaled = [None if part is None else part * 100 / left for part in kept]
    heads = ["execution", *heads_of(indicators)]
    return whole, in_steps(scaled, heads, share(by.step))


def half_up(exact: Fraction) -> Fraction:
    """Round points to a hundredth, halves up."""
    return Fraction(int(exact * 100 + Fraction(1, 2)), 100)


def score(weight: Fraction | None, part: Fraction | None) -> Fraction | None:
    """Return the weight times the exact part, capped to [0, 1]."""
    if weight is None or part is None:
        return None
    return half_up(weight * min(max(part, Fraction(0)), Fraction(1)))


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

"""
What each indicator can earn in the self-evaluation (财预〔2020〕10号).

Execution 10, output 50, benefit 30, satisfaction 10; with a level-1 cost group: cost
20, output 40, benefit 20, satisfaction 10; without satisfaction its 10 goes to benefit.
The points of any other group that a form does not have go to those that it has, in
proportion. A form may give execution other points than 10: all the others then share
what is left of 100.
"""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from attrs import frozen

from ledger.domain.exact_numbers import EXACTLY, summed
from ledger.domain.indicator import EXECUTION_POINTS, Indicator, IndicatorLabel
from ledger.domain.money import split
from ledger.domain.results import Indicators, Tracked
from ledger.domain.scoring_rule import ScoringRule, WeightGroup
from ledger.domain.target_kind import TargetKind
from ledger.domain.weight_groups import group_of

_CENT: Final = Decimal("0.01")


def weights(
    indicators: Sequence[Indicator | Tracked],
    rule: ScoringRule,
    execution: Decimal | None = None,
) -> list[Decimal | None]:
    """
    Return the points that each indicator can earn, in order.

    Weights that a form gives are taken as they are, and a row without one earns
    nothing. Where it gives none, each group's points are shared equally, in steps of
    the rule, with the largest remainder; an indicator of no group has none.

    Args:
        execution: The points of execution, with which computed ones make 100; by
            default 10. Where the rest is no whole number of steps, steps are 0.01.

    >>> from ledger.domain.target_parser import parse_target
    >>> def row(level1):
    ...     target, _ = parse_target("≥1次")
    ...     return Indicator(level1=level1, level2="", name="", target=target)
    >>> [str(w) for w in weights([row("产出指标"), row("产出指标"), row("效益指标")],
    ...     ScoringRule())]
    ['25.00', '25.00', '40.00']
    """
    given = [indicator.weight for indicator in indicators]
    if given.count(None) < len(given):
        return given
    levels = tuple([indicator.level1 for indicator in indicators])
    return list(_computed(levels, rule, execution))


def execution_points(given: Decimal | None) -> Decimal:
    """Return the points of execution: those that a form gives it, by default 10."""
    return EXECUTION_POINTS if given is None else given


def are_given(indicators: Sequence[Indicator | Tracked]) -> bool:
    """Return whether the form gives weights: any at all."""
    return any(indicator.weight is not None for indicator in indicators)


def points_of_groups(
    groups: Collection[WeightGroup | None],
    rule: ScoringRule,
    execution: Decimal = EXECUTION_POINTS,
) -> dict[WeightGroup, Fraction]:
    """
    Return the points, unrounded, of each of the groups that are there.

    With those of execution they make 100, whichever is missing: those of satisfaction
    go to benefit (财预〔2020〕10号), all others to what is there, in proportion.

    >>> groups = WeightGroup.OUTPUT, WeightGroup.SATISFACTION
    >>> found = points_of_groups(groups, ScoringRule())
    >>> {str(group): int(points) for group, points in found.items()}
    {'output': 75, 'satisfaction': 15}
    """
    table = dict(rule.points_with_cost if WeightGroup.COST in groups else rule.points)
    benefit, satisfaction = WeightGroup.BENEFIT, WeightGroup.SATISFACTION
    if satisfaction not in groups and {benefit} <= table.keys() & groups:
        table[benefit] += table.pop(satisfaction, 0)
    there = {group: Fraction(table[group]) for group in table if group in groups}
    whole, rest = sum(there.values()), 100 - Fraction(execution)
    return {group: part * rest / whole for group, part in there.items() if whole}


@lru_cache(maxsize=1024)
def _shares(
    levels: tuple[str, ...], rule: ScoringRule, execution: Decimal
) -> tuple[Fraction | None, ...]:
    """Share each group's points equally among the indicators under its level 1."""
    groups = [group_of(level1) for level1 in levels]
    points = points_of_groups(set(groups), rule, execution)
    return tuple(
        points[group] / groups.count(group) if group in points else None
        for group in groups
    )


@lru_cache(maxsize=1024)
def _computed(
    levels: tuple[str, ...], rule: ScoringRule, given: Decimal | None
) -> tuple[Decimal | None, ...]:
    """Return the shares in whole steps."""
    execution = execution_points(given)
    groups = [group_of(level1) for level1 in levels]
    odd = EXACTLY.remainder(execution, rule.weight_unit)
    unit = _CENT if odd else rule.weight_unit
    return tuple(in_steps(_shares(levels, rule, execution), groups, unit))


def in_steps(
    parts: Sequence[Fraction | None], groups: Sequence[object], unit: Decimal
) -> list[Decimal | None]:
    """
    Round parts to whole steps of *unit*, once, by largest remainder.

    First the sums of the groups, then each group's parts: what a group has in all is
    kept where it is whole steps, equal parts differ by one step at most, and of equal
    remainders the earlier gains. The parts together are whole steps.

    >>> [str(part) for part in in_steps([Fraction(50, 3)] * 3, "ooo", Decimal("0.5"))]
    ['17.00', '16.50', '16.50']
    """
    among: dict[object, list[int]] = {}
    for place, (part, group) in enumerate(zip(parts, groups, strict=True)):
        if part is not None:
            among.setdefault(group, []).append(place)
    found: list[Decimal | None] = [None] * len(parts)
    own = {g: [parts[place] or Fraction() for place in among[g]] for g in among}
    sums = [sum(each, Fraction()) for each in own.values()]
    wholes = _split(int(sum(sums, Fraction()) / Fraction(unit)), sums)
    cents = int(unit * 100)
    for group, whole in zip(among, wholes, strict=True):
        steps = _split(whole, own[group])
        for place, number in zip(among[group], steps, strict=True):
            found[place] = EXACTLY.scaleb(number * cents, -2)
    return found


def _split(whole: int, parts: Sequence[Fraction]) -> list[int]:
    return split(whole, parts) if any(parts) else [0] * len(parts)


@frozen
class PointTotals:
    """
    What a form's points come to, before and after what does not apply is left out.

    Attributes:
        given: All points of the form with those of execution; 100 where it is right.

        execution: What execution can earn; ``None`` where it does not apply.

        indicators: What each indicator can earn; ``None`` where it does not apply or
            has no weight.
    """

    given: Decimal
    execution: Decimal | None
    indicators: list[Decimal | None]


def points_that_apply(
    state: Indicators,
    on: date,
    rule: ScoringRule,
    *,
    executed: bool,
    empty: Collection[IndicatorLabel] = (),
) -> PointTotals:
    """
    Return what can be earned on a day: what does not apply is left out.

    Where the points of all make 100, the rest is scaled, unrounded, to make 100 too.

    Args:
        executed: Whether there is a budget, so that execution applies.

        empty: Indicators that are computed from parts with nothing to measure.
    """
    tracked = list(state.tracked.values())
    execution = execution_points(state.execution_weight)
    own = [execution, *weights(tracked, rule, execution)]
    unrounded: list[Fraction | None] = [Fraction(execution)]
    groups: list[object] = ["execution"]
    if are_given(tracked):
        unrounded += [None if w is None else Fraction(w) for w in own[1:]]
        groups += range(len(tracked))
    else:
        unrounded += _shares(tuple([one.level1 for one in tracked]), rule, execution)
        groups += [group_of(one.level1) for one in tracked]
    applies = [executed]
    for label, one in state.tracked.items():
        applies.append(label not in empty and _applies(one, on))
    kept = [p if a else None for p, a in zip(unrounded, applies, strict=True)]
    whole = sum(filter(None, unrounded), Fraction())
    left = sum(filter(None, kept), Fraction())
    points = [p if a else None for p, a in zip(own, applies, strict=True)]
    if whole == 100 and 0 < left < 100:
        scaled = [None if part is None else part * 100 / left for part in kept]
        points = in_steps(scaled, groups, rule.weight_unit)
    return PointTotals(summed(p for p in own if p is not None), points[0], points[1:])


def _applies(one: Tracked, on: date) -> bool:
    """Return whether an indicator has a target, and something that it measured."""
    if one.standard(on).kind is TargetKind.NONE:
        return False
    wholes = one.results.denominators
    if not wholes:
        return True
    known = wholes[: one.results.count_by(on.toordinal())]
    return not known or any(whole is None or whole for whole in known)


def points_in_force(
    state: Indicators,
    label: IndicatorLabel | None,
    on: date,
    rule: ScoringRule | None,
    *,
    executed: bool,
) -> Decimal | None:
    """
    Return the most that a person can give an indicator, or execution (``None``).

    It is what the self-evaluation lets it earn, and its own weight where it does not
    apply. What has no weight earns nothing of the 100. Without a *rule*, ``None``
    where the form does not say it: no weight is given, or some are scaled.
    """
    tracked = list(state.tracked.values())
    if rule is None:
        applies = executed and all(_applies(one, on) for one in tracked)
        if not applies or not are_given(tracked):
            return None
        rule = ScoringRule()
    whole = points_that_apply(state, on, rule, executed=executed)
    if label is None:
        own = execution_points(state.execution_weight)
        return own if whole.execution is None else whole.execution
    place = list(state.tracked).index(label)
    weight = weights(tracked, rule, state.execution_weight)[place]
    points = whole.indicators[place]
    return (weight or Decimal(0)) if points is None else points

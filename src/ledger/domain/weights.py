"""
What each indicator can earn in the self-evaluation (财预〔2020〕10号).

Execution 10, output 50, benefit 30, satisfaction 10; with a level-1 cost group: cost
20, output 40, benefit 20, satisfaction 10; without satisfaction its 10 goes to benefit.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

from attrs import frozen

from ledger.domain.figures import EXACTLY, summed
from ledger.domain.indicator import EXECUTION_POINTS, Indicator
from ledger.domain.money import split
from ledger.domain.results import Indicators, Tracked
from ledger.domain.target import TargetKind


class Group(StrEnum):
    """The level-1 groups that share the points."""

    COST = "cost"
    OUTPUT = "output"
    BENEFIT = "benefit"
    SATISFACTION = "satisfaction"


_WORDS: Final = {
    Group.COST: ("成本", "cost"),
    Group.OUTPUT: ("产出", "output"),
    Group.BENEFIT: ("效益", "效果", "benefit", "outcome"),
    Group.SATISFACTION: ("满意度", "satisfaction"),
}


@frozen(kw_only=True, cache_hash=True)
class ScoringRule:
    """
    How many points each group has, and the ladder of grades.

    Attributes:
        points: Without a level-1 cost group.

        points_with_cost: With one.

        grades: From the best: the grade and the least total that earns it; the ladder
            is half open, [80, 90) and so on.

        exceeding_deduction: Share of the weight that an indicator loses whose target
            is exceeded; 财预〔2020〕10号 leaves it to the department, by default none.

        execution_caps: Pairs of an execution rate and the most that the total can be
            below it; by default none.
    """

    points: tuple[tuple[Group, int], ...] = (
        (Group.OUTPUT, 50),
        (Group.BENEFIT, 30),
        (Group.SATISFACTION, 10),
    )
    points_with_cost: tuple[tuple[Group, int], ...] = (
        (Group.COST, 20),
        (Group.OUTPUT, 40),
        (Group.BENEFIT, 20),
        (Group.SATISFACTION, 10),
    )
    grades: tuple[tuple[str, int], ...] = (
        ("优", 90),
        ("良", 80),
        ("中", 60),
        ("差", 0),
    )
    exceeding_deduction: Decimal = Decimal(0)
    execution_caps: tuple[tuple[Decimal, int], ...] = ()


def group_of(level1: str) -> Group | None:
    """Return the group that a level-1 name belongs to, or ``None``."""
    name = level1.lower()
    found = (g for g, words in _WORDS.items() if any(word in name for word in words))
    return next(found, None)


def weights(
    indicators: Sequence[Indicator | Tracked], rule: ScoringRule
) -> list[Decimal | None]:
    """
    Return the points that each indicator can earn, in order.

    Given weights hold if all are given. Otherwise each group's points are shared
    equally, to the hundredth, with the largest remainder. ``None`` for an indicator
    under no known group.

    >>> from ledger.domain.target import parse_target
    >>> def row(level1):
    ...     target, _ = parse_target("≥1次")
    ...     return Indicator(level1=level1, level2="", name="", target=target)
    >>> [str(w) for w in weights([row("产出指标"), row("产出指标"), row("效益指标")],
    ...     ScoringRule())]
    ['25.00', '25.00', '40.00']
    """
    if indicators and indicators[0].weight is not None:
        given = [each.weight for each in indicators if each.weight is not None]
        if len(given) == len(indicators):
            return [*given]
    return list(_shares(tuple([indicator.level1 for indicator in indicators]), rule))


@lru_cache(maxsize=1024)
def _shares(levels: tuple[str, ...], rule: ScoringRule) -> tuple[Decimal | None, ...]:
    """Share each group's points equally among the indicators under its level 1."""
    groups = [group_of(level1) for level1 in levels]
    points = dict(rule.points_with_cost if Group.COST in groups else rule.points)
    if Group.SATISFACTION not in groups and Group.BENEFIT in points:
        points[Group.BENEFIT] += points.pop(Group.SATISFACTION, 0)
    parts = {
        group: iter(split(points[group] * 100, [1] * groups.count(group)))
        for group in points
        if group in groups
    }
    return tuple(
        EXACTLY.scaleb(next(parts[group]), -2) if group in parts else None
        for group in groups
    )


def rescaled(points: Sequence[Decimal | None]) -> list[Decimal | None]:
    """
    Return points of what is applicable so that they make 100, to the hundredth.

    Of equal remainders the earlier gains; ``None`` is what is not applicable.

    >>> rescaled([None, Decimal(50), Decimal(40)])
    [None, Decimal('55.56'), Decimal('44.44')]
    """
    kept = [each for each in points if each is not None]
    if not any(kept):
        return list(points)
    parts = iter(split(100 * 100, kept))
    return [None if p is None else EXACTLY.scaleb(next(parts), -2) for p in points]


def points_in_force(
    state: Indicators, label: str | None, on: date, rule: ScoringRule | None
) -> Decimal | None:
    """
    Return the most that a person can give an indicator, or execution (``None``).

    It is the weight given at approval, else that of the *rule*, scaled where others
    have no target to reach. What is of no group earns nothing of the 100. ``None``
    where no weight is given and no rule is known.
    """
    tracked = list(state.tracked.values())
    if rule is None and any(one.weight is None for one in tracked):
        return None
    own = weights(tracked, rule or ScoringRule())
    given = [
        None if one.standard(on).kind is TargetKind.NONE else weight
        for one, weight in zip(tracked, own, strict=True)
    ]
    points = [EXECUTION_POINTS, *given]
    if None in points and summed([EXECUTION_POINTS, *filter(None, own)]) == 100:
        points = rescaled(points)
    if label is None:
        return points[0] or EXECUTION_POINTS
    place = list(state.tracked).index(label)
    return points[place + 1] or own[place] or Decimal(0)

"""The rule by which points are given: what each group has, grades, steps and caps."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from attrs import Attribute, field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import WeightGroupWord
from ledger.domain.choices import one_of
from ledger.domain.errors import InvalidInput
from ledger.domain.indicator import EXECUTION_POINTS
from ledger.domain.money import Amount, exact
from ledger.messages import message
from ledger.messages.keyed_enum import KeyedEnum

A = TypeVar("A")
B = TypeVar("B")


class WeightGroup(KeyedEnum):
    """The level-1 groups that share the points."""

    COST = "cost"
    OUTPUT = "output"
    BENEFIT = "benefit"
    SATISFACTION = "satisfaction"


def _unit(value: Decimal | int | str) -> Decimal:
    """Take a step of weights: hundredths in which 10 points can be given."""
    unit = exact(value, field="weight_unit")
    if not 0 < unit <= EXECUTION_POINTS or unit * 100 % 1 or EXECUTION_POINTS % unit:
        expected = message("expected.part_of_10")
        raise InvalidInput("weight_unit", value, expected)
    return unit


GroupPoints = tuple[tuple[WeightGroup, int], ...]
"""Each group with its points."""


def _points(value: Iterable[tuple[WeightGroup | WeightGroupWord, int]]) -> GroupPoints:
    """Take each group, or its word, with its points."""
    given = _pairs(value, "points", "expected.points_of_groups")
    return tuple((one_of(WeightGroup, "points", group), n) for group, n in given)


def _of_groups(_: object, field: "Attribute[GroupPoints]", points: GroupPoints) -> None:
    """Check that each group has its points once, and some are above 0."""
    if (
        not all(_are_points(number) for _, number in points)
        or not any(number for _, number in points)
        or len(dict(points)) < len(points)
    ):
        raise InvalidInput(field.name, points, message("expected.points_of_groups"))


def _grades(value: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Take a ladder of grades that falls to 0."""
    grades = _pairs(value, "grades", "expected.grades")
    least = [number for _, number in grades]
    if (
        not all(isinstance(name, str) and name.strip() for name, _ in grades)
        or not all(map(_are_points, least))
        or least != sorted(set(least), reverse=True)
        or least[-1:] != [0]
    ):
        raise InvalidInput("grades", value, message("expected.grades"))
    return grades


def _caps(value: Iterable[tuple[Amount, int]]) -> tuple[tuple[Decimal, int], ...]:
    """Take the most points below each of some execution rates."""
    caps = tuple(
        (exact(rate, field="execution_caps"), most)
        for rate, most in _pairs(value, "execution_caps", "expected.execution_caps")
    )
    if not all(rate > 0 and _are_points(most) for rate, most in caps):
        raise InvalidInput("execution_caps", value, message("expected.execution_caps"))
    return caps


def _deduction(value: Amount) -> Decimal:
    share = exact(value, field="exceeding_deduction")
    if not 0 <= share <= 1:
        raise InvalidInput("exceeding_deduction", value, message("expected.share"))
    return share


def _pairs(
    value: Iterable[tuple[A, B]], name: str, right: str
) -> tuple[tuple[A, B], ...]:
    try:
        return tuple((first, second) for first, second in value)
    except (TypeError, ValueError):
        raise InvalidInput(name, value, message(right)) from None


def _are_points(number: object) -> bool:
    return type(number) is int and 0 <= number <= 100


@all_checked
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

        weight_unit: Step of the weights that are computed, in points.

    Raises:
        InvalidInput: Points are not whole or not from 0 to 100, a group stands twice,
            the ladder does not fall to 0, a share is not from 0 to 1, or 10 points are
            no whole number of steps.
    """

    points: GroupPoints = field(
        default=(
            (WeightGroup.OUTPUT, 50),
            (WeightGroup.BENEFIT, 30),
            (WeightGroup.SATISFACTION, 10),
        ),
        converter=_points,
        validator=_of_groups,
    )
    points_with_cost: GroupPoints = field(
        default=(
            (WeightGroup.COST, 20),
            (WeightGroup.OUTPUT, 40),
            (WeightGroup.BENEFIT, 20),
            (WeightGroup.SATISFACTION, 10),
        ),
        converter=_points,
        validator=_of_groups,
    )
    grades: tuple[tuple[str, int], ...] = field(
        default=(("excellent", 90), ("good", 80), ("fair", 60), ("poor", 0)),
        converter=_grades,
    )
    exceeding_deduction: Decimal = field(default=Decimal(0), converter=_deduction)
    execution_caps: tuple[tuple[Decimal, int], ...] = field(default=(), converter=_caps)
    weight_unit: Decimal = field(default=Decimal("0.5"), converter=_unit)

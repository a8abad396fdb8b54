"""Indicators: what is measured, and against which target."""

from decimal import Decimal
from functools import lru_cache
from typing import Final, NewType

from attrs import field, frozen

from ledger.domain import units
from ledger.domain.arguments import all_checked
from ledger.domain.calendar import FiscalYear
from ledger.domain.choice_words import DirectionWord, MeasureWord
from ledger.domain.choices import by_word_only, one_of
from ledger.domain.course import Course, check_course, check_days
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import is_short
from ledger.domain.identity import indicator_identity
from ledger.domain.measure import Measure
from ledger.domain.printed_with import Horizon
from ledger.domain.result_parts import ResultPart
from ledger.domain.stored_fields import SPARSE
from ledger.domain.target import Target
from ledger.domain.target_kind import TargetKind
from ledger.messages import message
from ledger.messages.keyed_enum import KeyedEnum

EXECUTION_POINTS: Final = Decimal(10)
"""Points of the execution rate in the self-evaluation, 财预〔2020〕10号."""

COST_LEVELS: Final = ("成本指标", "cost")
"""Names of level 1 or 2 under which a bare number is a control figure."""

INCOME: Final = ("收入", "income", "revenue")
"""Words in a name that make a bare number a floor, under cost too."""


IndicatorLabel = NewType("IndicatorLabel", str)
"""
What one indicator of a project or unit is called, and no other of them.

It is the level-3 name where that is used once, else ``level 2/name``. What users give
is a name: :meth:`ledger.domain.results.Indicators.label` returns its label.
"""


@by_word_only
class Direction(KeyedEnum):
    """Which way is better, where the comparator does not say."""

    HIGHER = "higher"
    LOWER = "lower"


@by_word_only
class ClearedField(KeyedEnum):
    """What a revised form may say no more of an indicator."""

    WEIGHT = "weight"
    BASELINE = "baseline"
    DIRECTION = "direction"
    BASIS = "basis"
    DESCRIPTION = "description"


@by_word_only
class Rating(KeyedEnum):
    """What a person says of a quality."""

    ATTAINED = "attained"
    PARTLY = "partly"
    NOT_ATTAINED = "not_attained"


RATING_BANDS: Final = {
    Rating.ATTAINED: (Decimal("0.8"), Decimal(1)),
    Rating.PARTLY: (Decimal("0.6"), Decimal("0.8")),
    Rating.NOT_ATTAINED: (Decimal(0), Decimal("0.6")),
}
"""Shares of the weight that a rating allows, 财预〔2020〕10号: [80 %, 100 %],
[60 %, 80 %), [0, 60 %)."""


def _measure(value: Measure | MeasureWord) -> Measure:
    return one_of(Measure, "measure", value)


def _direction(value: Direction | DirectionWord | None) -> Direction | None:
    return None if value is None else one_of(Direction, "direction", value)


@all_checked
@frozen(kw_only=True)
class IndicatorReference:
    """An indicator of a project, named from a unit's objectives."""

    project: str
    indicator: str


@all_checked
@frozen(kw_only=True)
class Indicator:
    """
    One row of a performance-target form.

    Attributes:
        measure: How results accumulate; by default from the target and its unit.

        weight: Points of 100, where the form gives them; they are taken whatever all
            of them make.

        baseline: Where the indicator stood before; attainment is then the share of the
            promised change.

        direction: Declared where the comparator does not say which way is better.

        computed_from: For a unit's indicator: the project indicators it is the sum or
            ratio of. Such an indicator is computed and never entered.

        course: Its milestones, or that it grows to its target over the year.

        horizons: What the form prints of other times than the year, never judged.

        parts: What of the target falls to each of the rows below it (其中).
    """

    level1: str
    level2: str
    name: str
    target: Target
    measure: Measure = field(default=Measure.LEVEL, converter=_measure)
    description: str | None = None
    basis: str | None = None
    weight: Decimal | None = None
    baseline: Decimal | None = None
    direction: Direction | None = field(default=None, converter=_direction)
    computed_from: tuple[IndicatorReference, ...] = ()
    course: Course | None = field(default=None, metadata=SPARSE)
    horizons: tuple[Horizon, ...] | None = field(default=None, metadata=SPARSE)
    parts: tuple[ResultPart, ...] | None = field(default=None, metadata=SPARSE)

    @property
    def key(self) -> str:
        """The name that is unique within most projects: ``level 2/name``."""
        return f"{self.level2}/{self.name}"


@lru_cache(maxsize=1024)
def is_under_cost(level1: str, level2: str) -> bool:
    """Return whether a cost heading stands at level 1 or 2."""
    return any(
        name in level.lower() for name in COST_LEVELS for level in (level1, level2)
    )


def is_income(name: str) -> bool:
    """Return whether a name speaks of income (收入): more of it is better."""
    return any(word in name.lower() for word in INCOME)


def is_cost(level1: str, level2: str, name: str) -> bool:
    """Return whether an indicator is one of cost: under such a heading, no income."""
    return is_under_cost(level1, level2) and not is_income(name)


def is_ceiling(target: Target, *, cost: bool, direction: Direction | None) -> bool:
    """
    Return whether *target* is judged as a ceiling (lower is better).

    A bare number is a floor, but a control figure under a cost indicator; an exact 0
    is a ceiling (design 3.5, 3.6). A declared *direction* decides a bare number first.
    """
    ceiling = target.kind.row.is_ceiling
    if ceiling is not None:
        return ceiling
    if direction is not None:
        return direction is Direction.LOWER
    return cost or target.value == 0


def default_measure(target: Target, *, cost: bool = False) -> Measure:
    """
    Return the measure that the target and its unit suggest (design 3.6).

    Things that are done are summed; what is asked of each month counts by its worst
    month, durations under a ceiling by their worst case; everything else, rates among
    it, is a level.
    """
    unit = target.unit
    if target.kind is TargetKind.DAY_OF_MONTH or units.is_done_monthly(unit):
        return Measure.WORST_MONTH
    if target.kind is TargetKind.QUALITATIVE or unit is None:
        return Measure.LEVEL
    if units.is_duration(unit):
        ceiling = is_ceiling(target, cost=cost, direction=None)
        return Measure.MAX if ceiling else Measure.LEVEL
    return Measure.SUM if units.is_done(unit) else Measure.LEVEL


def check_indicators(
    indicators: tuple[Indicator, ...], year: FiscalYear, project: str | None = None
) -> None:
    """
    Check the names and weights of a form's indicators, and the way to their targets.

    Args:
        year: Whose form it is: milestones lie within it.

        project: Whose form it is, if no unit's: it computes from no other project.

    Raises:
        InvalidInput: Two share level 2 and name in any spelling, one has no name, a
            weight is no number from 0 to 100, or a part is another project's.
    """
    seen: set[str] = set()
    for indicator in indicators:
        if not indicator.name.strip():
            raise InvalidInput("indicator", indicator.name, message("expected.name"))
        identity = indicator_identity(indicator.key)
        if identity in seen:
            raise InvalidInput(
                "indicator", indicator.key, message("expected.unique_name")
            )
        seen.add(identity)
        _check_weight(indicator.weight)
        check_way(indicator)
        if indicator.course is not None:
            check_days(indicator.course.milestones, year)
        for part in indicator.computed_from if project is not None else ():
            if part.project != project:
                right = message("expected.own_parts", project=project)
                raise InvalidInput("computed_from", part.project, right)


def check_way(indicator: Indicator) -> None:
    """
    Check that a baseline lies before its target, and that its course leads to it.

    Raises:
        InvalidInput: A baseline stands under a sum, whose results begin at nothing, or
            beyond the target, or inside a range; or a course leads elsewhere.
    """
    ceiling = is_ceiling(
        indicator.target,
        cost=is_cost(indicator.level1, indicator.level2, indicator.name),
        direction=indicator.direction,
    )
    _check_baseline(indicator, ceiling=ceiling)
    if indicator.course is not None:
        check_course(
            indicator.course,
            indicator.target,
            indicator.measure,
            ceiling=ceiling,
            baseline=indicator.baseline,
            name=indicator.name,
        )


def _check_baseline(indicator: Indicator, *, ceiling: bool) -> None:
    start, target = indicator.baseline, indicator.target
    if start is None:
        return
    if not start.is_finite() or not is_short(start):
        raise InvalidInput("baseline", start, message("expected.countable_number"))
    found = message(
        "found.baseline", start=start, indicator=indicator.name, target=target.text
    )
    if indicator.measure.row.adds_up:
        raise InvalidInput("baseline", found, message("expected.no_baseline_under_sum"))
    if target.value is None:
        return
    if target.upper is not None:
        beyond = target.value <= start <= target.upper
    elif ceiling:
        beyond = start < target.value
    else:
        beyond = start > target.value
    if beyond:
        expected = message("expected.start_before_target")
        raise InvalidInput("baseline", found, expected)


def check_execution_weight(weight: Decimal | None) -> None:
    """
    Check that the points of execution are whole hundredths from 0 to 100.

    Raises:
        InvalidInput: They are below 0, above 100, or no whole hundredths.
    """
    if weight is not None and not (
        weight.is_finite()
        and 0 <= weight <= 100
        and weight == weight.quantize(Decimal("0.01"))
    ):
        expected = message("expected.points_in_hundredths")
        raise InvalidInput("execution_weight", weight, expected)


def _check_weight(weight: Decimal | None) -> None:
    if weight is not None and not (
        weight.is_finite() and 0 <= weight <= 100 and is_short(weight)
    ):
        raise InvalidInput("weight", weight, message("expected.points"))

"""Fields of events as they are given: keys and words for members, exact numbers."""

from collections.abc import Iterable
from decimal import Decimal

from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin
from ledger.domain.choice_words import (
    AdjustmentKindWord,
    BudgetOriginWord,
    ClearedFieldWord,
    DirectionWord,
    LikelihoodWord,
    MeasureWord,
    ProjectCategoryWord,
    RatingWord,
    VarianceCategoryWord,
)
from ledger.domain.choices import one_of
from ledger.domain.indicator import ClearedField, Direction, Rating
from ledger.domain.measure import Measure
from ledger.domain.money import exact
from ledger.domain.project_category import ProjectCategory
from ledger.domain.variance import Likelihood, VarianceCategory


def kind_given(value: AdjustmentKind | AdjustmentKindWord) -> AdjustmentKind:
    """Take a kind of adjustment."""
    return one_of(AdjustmentKind, "kind", value)


def origin_given(value: BudgetOrigin | BudgetOriginWord | None) -> BudgetOrigin | None:
    """Take the origin of a budget, which may be left out."""
    return None if value is None else one_of(BudgetOrigin, "origin", value)


def project_category_given(
    value: ProjectCategory | ProjectCategoryWord | None,
) -> ProjectCategory | None:
    """Take the category of a project, which may be left out."""
    if value is None:
        return None
    return one_of(ProjectCategory, "project_category", value)


def points_given(value: Decimal | int | str | None) -> Decimal | None:
    """Take the points that execution can earn, which may be left out."""
    return None if value is None else exact(value, field="execution_weight")


def rating_given(value: Rating | RatingWord | None) -> Rating | None:
    """Take a rating, which may be left out."""
    return None if value is None else one_of(Rating, "rating", value)


def achieved_given(value: Rating | RatingWord) -> Rating:
    """Take whether a goal was achieved."""
    return one_of(Rating, "achieved", value)


def source_given(value: str | None) -> str | None:
    """Return a funding source that may be left out."""
    return value or None


def category_given(value: VarianceCategory | VarianceCategoryWord) -> VarianceCategory:
    """Return a cause of a deviation, from its word too."""
    return one_of(VarianceCategory, "category", value)


def likelihood_given(value: Likelihood | LikelihoodWord | None) -> Likelihood | None:
    """Return how likely a target is, from its word too."""
    return None if value is None else one_of(Likelihood, "likelihood", value)


def weight_given(value: Decimal | int | str | None) -> Decimal | None:
    """Take the points of an indicator, which may be left out."""
    return None if value is None else exact(value, field="weight")


def baseline_given(value: Decimal | int | str | None) -> Decimal | None:
    """Take where an indicator stood before, which may be left out."""
    return None if value is None else exact(value, field="baseline")


def measure_given(value: Measure | MeasureWord | None) -> Measure | None:
    """Take how results accumulate, which may be left out."""
    return None if value is None else one_of(Measure, "measure", value)


def direction_given(value: Direction | DirectionWord | None) -> Direction | None:
    """Take which way is better, which may be left out."""
    return None if value is None else one_of(Direction, "direction", value)


def cleared_given(
    value: Iterable[ClearedField | ClearedFieldWord] | ClearedFieldWord | None,
) -> tuple[ClearedField, ...] | None:
    """Take what a form says no more, once each; nothing stands for no field."""
    words = (value,) if isinstance(value, str) else value or ()
    known = {one_of(ClearedField, "cleared", word): None for word in words}
    return tuple(known) or None

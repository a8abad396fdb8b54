"""
The results of indicators: what may be asked of them, and what looks wrong in them.

:class:`Indicators` is what rules and figures ask. In :mod:`ledger.domain.plain_results`
is the plainest thing that answers; the store keeps another, packed one.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Protocol

from ledger.domain.course import Course, joined
from ledger.domain.events import ObjectivesSet
from ledger.domain.exact_numbers import Number
from ledger.domain.form_step import FormStep
from ledger.domain.goals import FormGoals
from ledger.domain.identity import indicator_identity
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorLabel,
    IndicatorReference,
    default_measure,
    is_ceiling,
    is_cost,
)
from ledger.domain.measure import Measure
from ledger.domain.rectification import Rectification
from ledger.domain.result_parts import ResultPart
from ledger.domain.result_series import Series, decimal
from ledger.domain.target import Target
from ledger.domain.target_kind import QUANTITIES, TargetKind
from ledger.domain.units import may_be_one
from ledger.domain.variance import VarianceCategory


class VarianceExplanation(NamedTuple):
    """
    Why something deviates, as explained on a day.

    Attributes:
        about: The month or the fiscal year; ``None`` is the month of the day.
    """

    on: date
    about: str | None
    category: VarianceCategory
    text: str
    remedy: str | None


class ReportedScore(NamedTuple):
    """A person's score of what it is about, as of a day."""

    on: date
    about: str | None
    score: Decimal
    reason: str | None


class Standard(Protocol):
    """A target as results are compared with it, from a day on."""

    @property
    def text(self) -> str:
        """The target as printed."""

    @property
    def kind(self) -> TargetKind:
        """What the target asks."""

    @property
    def ceiling(self) -> bool:
        """Whether lower is better."""

    @property
    def eased(self) -> bool:
        """Whether it grows to a floor with the share of the year, as a sum does."""

    @property
    def course(self) -> Course | None:
        """The milestones on the way to it, or that a level builds up to it."""

    @property
    def measure(self) -> Measure:
        """How results accumulate."""

    @property
    def due_at(self) -> int:
        """When results are asked for, as a place in :class:`~.due_days.DuePassed`."""

    @property
    def value(self) -> Number | None:
        """The number of the target, or its lower bound."""

    @property
    def upper(self) -> Number | None:
        """The upper bound of a range."""

    @property
    def unit(self) -> str | None:
        """What is counted."""

    @property
    def date(self) -> dt.date | None:
        """The day by which it is to be reached."""

    @property
    def since(self) -> dt.date | None:
        """The day from which it may be reached."""

    @property
    def holds_from(self) -> dt.date | None:
        """The day of its revision; ``None`` for what was approved."""


class Remarks(Protocol):
    """What was recorded of an indicator other than results."""

    @property
    def revisions(self) -> Sequence[Standard]:
        """The targets after the first, by the day from which they hold."""

    @property
    def suspect(self) -> Collection[int]:
        """Versions of the results that looked wrong when they were taken."""

    @property
    def parts(self) -> Mapping[int, tuple[ResultPart, ...]]:
        """The parts of the results that have some, by their versions."""

    @property
    def explanations(self) -> Sequence[VarianceExplanation]:
        """Why something deviates, in the order of recording."""

    @property
    def scores(self) -> Sequence[ReportedScore]:
        """What people scored, in the order of recording."""


class Tracked(Protocol):
    """An indicator, as far as figures need it, with all that was reported of it."""

    @property
    def level1(self) -> str:
        """Its heading."""

    @property
    def level2(self) -> str:
        """Its heading under level 1."""

    @property
    def name(self) -> str | None:
        """Its own name; ``None`` may stand for its label."""

    @property
    def weight(self) -> Decimal | None:
        """The points that the form gives it."""

    @property
    def baseline(self) -> Number | None:
        """Where it stood before."""

    @property
    def direction(self) -> Direction | None:
        """Which way is better, where that was declared."""

    @property
    def computed_from(self) -> tuple[IndicatorReference, ...]:
        """The project indicators that it is computed from."""

    @property
    def original(self) -> Standard:
        """The target that it was approved with."""

    @property
    def results(self) -> Series:
        """Its results that stand."""

    @property
    def remarks(self) -> Remarks | None:
        """What was recorded other than results; ``None`` may stand for nothing."""

    def standard(self, through: date) -> Standard:
        """Return the standard in force on *through*."""


class Indicators(Protocol):
    """
    The indicators of one project or unit, at no particular date.

    Attributes:
        goals: Of its form, in order of the days from which they hold.

        since: The day of the approval, or of the unit's objectives.

        execution_weight: Points that the form gives execution; ``None`` is 10.

        withdrawn_on: The day from which the approval does not hold, where it was
            withdrawn.
    """

    subject: str
    name: str
    fiscal_year: int
    goals: tuple[FormGoals, ...]
    since: date | None
    execution_weight: Decimal | None
    withdrawn_on: date | None

    @property
    def steps(self) -> Sequence[FormStep]:
        """The revisions of the form's indicators, in order of day."""

    @property
    def labels(self) -> Mapping[IndicatorLabel, IndicatorLabel]:
        """What an indicator is kept under, by each label of a revised form."""

    @property
    def withdrawn(self) -> "Sequence[Indicators]":
        """What is known under approvals that were withdrawn, in order."""

    @property
    def tracked(self) -> Mapping[IndicatorLabel, Tracked]:
        """
        Each by its first label, in the order of the form.

        A label is the level-3 name where it is used once, else ``level 2/name``.
        """

    @property
    def rectifications(self) -> Mapping[str, Rectification]:
        """What was ordered to be put right, by the number of the order."""

    @property
    def remarks(self) -> Remarks | None:
        """Remarks on the money; ``None`` may stand for none."""

    def holds(self, through: date) -> bool:
        """Return whether they are in force on *through*: no day before."""

    def label(self, name: str) -> IndicatorLabel | None:
        """Return the label that *name* stands for, or ``None``."""


def is_eased(indicator: Indicator, target: Target, *, ceiling: bool) -> bool:
    """Return whether *target* is a floor that a sum grows to evenly, or a level."""
    course = indicator.course
    grows = indicator.measure.row.adds_up or (course is not None and course.builds_up)
    return (
        grows
        and not (course is not None and course.milestones)
        and indicator.baseline is None
        and not ceiling
        and not target.kind.row.is_range
    )


def is_lower_better(indicator: Indicator, target: Target) -> bool:
    """Return whether *target* is a ceiling to results of *indicator*."""
    cost = is_cost(indicator.level1, indicator.level2, indicator.name)
    return is_ceiling(target, cost=cost, direction=indicator.direction)


def revised(
    one: Tracked, target: Target, label: IndicatorLabel, course: Course | None = None
) -> Indicator:
    """
    Return an indicator, known by *label*, as it is under another target.

    The measure that it was approved with is that of its unit: a target in another unit
    has the measure that it suggests itself.

    Args:
        course: The milestones of that target.
    """
    name, first = one.name or label, one.original
    measure = first.measure
    if first.kind not in QUANTITIES or not may_be_one(first.unit, target.unit):
        cost = is_cost(one.level1, one.level2, name)
        measure = default_measure(target, cost=cost)
    return Indicator(
        level1=one.level1,
        level2=one.level2,
        name=name,
        target=target,
        measure=measure,
        baseline=decimal(one.baseline),
        direction=one.direction,
        course=joined(target, course, first.course),
    )


def holds_from(standard: Standard) -> date:
    """Return the day from which a revised target holds, to sort by."""
    assert standard.holds_from is not None
    return standard.holds_from


def labelled(indicators: tuple[Indicator, ...]) -> dict[IndicatorLabel, Indicator]:
    """Return *indicators* by label."""
    names = [indicator.name for indicator in indicators]
    return {
        IndicatorLabel(i.name if names.count(i.name) == 1 else i.key): i
        for i in indicators
    }


def kept_under(
    labels: Mapping[IndicatorLabel, IndicatorLabel], name: str
) -> IndicatorLabel | None:
    """Return what an indicator is kept under that ever had *name*, in any spelling."""
    key = labels.get(IndicatorLabel(name))
    if key is not None:
        return key
    named = indicator_identity(name)
    alike = {key for label, key in labels.items() if indicator_identity(label) == named}
    return alike.pop() if len(alike) == 1 else None


def label_among(
    tracked: Mapping[IndicatorLabel, Tracked], name: str
) -> IndicatorLabel | None:
    """Return the label that *name* stands for in any spelling, or ``None``."""
    if name in tracked:
        return IndicatorLabel(name)
    keys = {
        label: f"{one.level2}/{one.name or label}" for label, one in tracked.items()
    }
    exact = [label for label, key in keys.items() if key == name]
    if len(exact) == 1:
        return exact[0]
    named = indicator_identity(name)
    alike = [
        label
        for label, key in keys.items()
        if named in {indicator_identity(label), indicator_identity(key)}
    ]
    return alike[0] if len(alike) == 1 else None


def all_of(event: ObjectivesSet) -> tuple[Indicator, ...]:
    """Return the indicators of all a unit's goals."""
    return tuple(i for goal in event.objectives for i in goal.indicators)

"""The results of indicators as plain values, and how events change them."""

import datetime as dt
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from attrs import define, field, frozen
from attrs import evolve as replace

from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.course import Course, course_given
from ledger.domain.due_days import due_at
from ledger.domain.envelope import MISPLACED, RecordedEvent, misplaced
from ledger.domain.events import (
    BudgetApproved,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)
from ledger.domain.form_step import FormStep, since_of_step
from ledger.domain.goals import FormGoals, founded_goals, revised_goals
from ledger.domain.in_force import in_force
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorLabel,
    IndicatorReference,
)
from ledger.domain.indicator_rows import with_step
from ledger.domain.measure import Measure
from ledger.domain.rectification import Rectification, with_rectification
from ledger.domain.rectification_events import (
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.result_doubts import doubt
from ledger.domain.result_parts import ResultPart
from ledger.domain.result_series import Measurement, PlainSeries
from ledger.domain.results import (
    ReportedScore,
    VarianceExplanation,
    all_of,
    holds_from,
    is_eased,
    is_lower_better,
    label_among,
    labelled,
    revised,
)
from ledger.domain.statement_events import ScoreReported, VarianceExplained
from ledger.domain.target import Target
from ledger.domain.target_kind import TargetKind


@frozen(kw_only=True)
class PlainStandard:
    """A target as results are compared with it, with all that follows from it."""

    text: str
    kind: TargetKind
    ceiling: bool
    eased: bool
    measure: Measure
    due_at: int
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    date: dt.date | None
    since: dt.date | None
    holds_from: dt.date | None
    course: Course | None

    @classmethod
    def of(
        cls, target: Target, indicator: Indicator, on: dt.date | None = None
    ) -> "PlainStandard":
        """Return the standard that *target* sets for results of *indicator*."""
        ceiling = is_lower_better(indicator, target)
        return cls(
            text=target.text,
            kind=target.kind,
            ceiling=ceiling,
            eased=is_eased(indicator, target, ceiling=ceiling),
            measure=indicator.measure,
            due_at=due_at(indicator, target),
            value=target.value,
            upper=target.upper,
            unit=target.unit,
            date=target.date,
            since=target.since,
            holds_from=on,
            course=indicator.course,
        )


@frozen
class PlainRemarks:
    """What was recorded of an indicator other than results."""

    revisions: tuple[PlainStandard, ...] = ()
    suspect: frozenset[int] = frozenset()
    explanations: tuple[VarianceExplanation, ...] = ()
    scores: tuple[ReportedScore, ...] = ()
    parts: Mapping[int, tuple[ResultPart, ...]] = field(factory=dict)


@frozen
class PlainTracked:
    """
    An indicator as it was approved, and what was reported of it since.

    Each event makes a new one; none is changed.
    """

    indicator: Indicator
    results: PlainSeries = field(factory=PlainSeries)
    remarks: PlainRemarks = field(factory=PlainRemarks)

    @property
    def level1(self) -> str:
        """Its heading."""
        return self.indicator.level1

    @property
    def level2(self) -> str:
        """Its heading under level 1."""
        return self.indicator.level2

    @property
    def name(self) -> str:
        """Its own name."""
        return self.indicator.name

    @property
    def weight(self) -> Decimal | None:
        """The points that the form gives it."""
        return self.indicator.weight

    @property
    def baseline(self) -> Decimal | None:
        """Where it stood before."""
        return self.indicator.baseline

    @property
    def direction(self) -> Direction | None:
        """Which way is better, where that was declared."""
        return self.indicator.direction

    @property
    def computed_from(self) -> tuple[IndicatorReference, ...]:
        """The project indicators that it is computed from."""
        return self.indicator.computed_from

    @property
    def original(self) -> PlainStandard:
        """The target that it was approved with."""
        return PlainStandard.of(self.indicator.target, self.indicator)

    def standard(self, through: date) -> PlainStandard:
        """Return the standard in force on *through*."""
        versions = (self.original, *self.remarks.revisions)
        return in_force(versions, through, holds_from)

    def with_result(self, event: ResultReported, version: int) -> "PlainTracked":
        """Return the indicator with one more result, noted where it looks wrong."""
        paired = event.numerator is not None and event.denominator is not None
        others = event.numerator if paired else event.share
        row = Measurement(
            event.on,
            version,
            others if event.value is None else event.value,
            event.denominator if paired else None,
            event.rating,
            event.reached_on,
            event.text,
            event.to_date or None,
        )
        standard, remarks = self.standard(event.on), self.remarks
        if doubt(standard, row.value, row.denominator, row.rating) is not None:
            remarks = replace(remarks, suspect=remarks.suspect | {version})
        if event.parts:
            parts = {**remarks.parts, version: event.parts}
            remarks = replace(remarks, parts=parts)
        return replace(self, results=self.results.with_row(row), remarks=remarks)

    def with_target(self, event: TargetRevised) -> "PlainTracked":
        """Return the indicator with another target from a day on."""
        course = course_given(event.milestones, event.between)
        indicator = revised(self, event.target, event.indicator, course)
        standard = PlainStandard.of(event.target, indicator, event.on)
        revisions = sorted((*self.remarks.revisions, standard), key=holds_from)
        remarks = replace(self.remarks, revisions=tuple(revisions))
        return replace(self, remarks=remarks)


@define(kw_only=True)
class PlainIndicators:
    """
    The indicators of one project or unit, by label.

    Each event makes a new one; none is changed.
    """

    subject: str
    name: str = ""
    fiscal_year: int = 0
    goals: tuple[FormGoals, ...] = ()
    since: date | None = None
    execution_weight: Decimal | None = None
    tracked: dict[IndicatorLabel, PlainTracked] = field(factory=dict)
    remarks: PlainRemarks = field(factory=PlainRemarks)
    withdrawn_on: date | None = None
    withdrawn: tuple["PlainIndicators", ...] = ()
    steps: tuple[FormStep, ...] = ()
    labels: dict[IndicatorLabel, IndicatorLabel] = field(factory=dict)
    rectifications: dict[str, Rectification] = field(factory=dict)

    def holds(self, through: date) -> bool:
        """Return whether they are in force on *through*: no day before."""
        return self.since is not None and self.since <= through

    def label(self, name: str) -> IndicatorLabel | None:
        """Return the label that *name* stands for, or ``None``."""
        return label_among(self.tracked, name)


def evolve(state: PlainIndicators, recorded: RecordedEvent) -> PlainIndicators:
    """
    Return the indicators after one more event; ignore the money.

    Raises:
        LogCorrupted: The event does not follow from what is there.
    """
    try:
        return _after(state, recorded)
    except MISPLACED as problem:
        raise misplaced(recorded) from problem


def _after(state: PlainIndicators, recorded: RecordedEvent) -> PlainIndicators:
    event = recorded.event
    match event:
        case BudgetApproved():
            return _founded(state, event, event.indicators)
        case FormRevised():
            goals = revised_goals(state.goals, event, state.since)
            return replace(stepped(state, event), goals=goals)
        case ApprovalWithdrawn():
            return _withdrawn(state, event.on)
        case ObjectivesSet():
            return _founded(state, event, all_of(event))
        case ResultReported():
            key = _key(state, event.indicator)
            one = state.tracked[key].with_result(event, recorded.version)
            return _with(state, key, one)
        case ResultRetracted():
            key = _key(state, event.indicator)
            one = state.tracked[key]
            kept = one.results.without(event.version)
            return _with(state, key, replace(one, results=kept))
        case TargetRevised():
            key = _key(state, event.indicator)
            return _with(state, key, state.tracked[key].with_target(event))
        case VarianceExplained() | ScoreReported():
            return _told(state, event)
        case RectificationOrdered() | RectificationReported() | RectificationClosed():
            orders = with_rectification(state.rectifications, event)
            return replace(state, rectifications=orders)
        case _:
            return state


def _key(state: PlainIndicators, label: IndicatorLabel) -> IndicatorLabel:
    """Return what an indicator is kept under, by any label that it ever had."""
    return label if label in state.tracked else state.labels[label]


def _founded(
    state: PlainIndicators,
    event: BudgetApproved | ObjectivesSet,
    indicators: tuple[Indicator, ...],
) -> PlainIndicators:
    return replace(
        state,
        name=event.name,
        since=event.on,
        goals=founded_goals(state.goals, event),
        execution_weight=event.execution_weight,
        tracked={label: PlainTracked(i) for label, i in labelled(indicators).items()},
    )


def stepped(state: PlainIndicators, event: FormRevised) -> PlainIndicators:
    """Return the indicators with another revision of their form."""
    taken = with_step(state, event)
    if taken is None:
        return state
    step, labels = taken
    tracked = state.tracked
    if event.added is not None and step.added is not None and not step.back:
        tracked = tracked | {step.added: PlainTracked(event.added)}
    steps = tuple(sorted([*state.steps, step], key=since_of_step))
    return replace(state, tracked=tracked, steps=steps, labels=labels)


def _withdrawn(state: PlainIndicators, on: date) -> PlainIndicators:
    """Return the indicators of a project-year that has no approval any more."""
    known = replace(state, withdrawn_on=on, withdrawn=())
    return PlainIndicators(
        subject=state.subject,
        fiscal_year=state.fiscal_year,
        withdrawn=(*state.withdrawn, known),
    )


def _with(
    state: PlainIndicators, label: IndicatorLabel, one: PlainTracked
) -> PlainIndicators:
    return replace(state, tracked=state.tracked | {label: one})


def _told(
    state: PlainIndicators, event: VarianceExplained | ScoreReported
) -> PlainIndicators:
    """Return *state* with a remark on an indicator, or on the money."""
    named = event.indicator
    label = None if named is None else _key(state, named)
    about = state if label is None else state.tracked[label]
    remarks = about.remarks
    if isinstance(event, ScoreReported):
        score = ReportedScore(event.on, event.about, event.score, event.reason)
        remarks = replace(remarks, scores=(*remarks.scores, score))
    else:
        said = VarianceExplanation(
            event.on,
            event.about,
            event.category,
            event.text,
            event.remedy,
        )
        remarks = replace(remarks, explanations=(*remarks.explanations, said))
    if label is None:
        return replace(state, remarks=remarks)
    return _with(state, label, replace(state.tracked[label], remarks=remarks))

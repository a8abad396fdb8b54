"""The results of indicators as they are stored, and the fold that is fast."""

import datetime as dt
from bisect import insort
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

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
from ledger.domain.printed_multiple import may_have_multiple
from ledger.domain.rectification import Rectification, with_rectification
from ledger.domain.rectification_events import (
    RectificationClosed,
    RectificationEvent,
    RectificationOrdered,
    RectificationReported,
)
from ledger.domain.result_doubts import doubt
from ledger.domain.result_parts import ResultPart
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
from ledger.store.state.packed_series import PackedNumber, PackedSeries, pack


class PackedStandard(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A target as results are compared with it, from a day on."""

    text: str
    kind: TargetKind
    ceiling: bool
    eased: bool
    measure: Measure
    due_at: int
    value: PackedNumber | None
    upper: PackedNumber | None
    unit: str | None
    date: dt.date | None
    since: dt.date | None
    holds_from: dt.date | None = None
    course: Course | None = None

    @classmethod
    def of(
        cls, target: Target, indicator: Indicator, on: dt.date | None = None
    ) -> "PackedStandard":
        """Return the standard that *target* sets for results of *indicator*."""
        ceiling = is_lower_better(indicator, target)
        eased = is_eased(indicator, target, ceiling=ceiling)
        return cls(
            target.text,
            target.kind,
            ceiling,
            eased,
            indicator.measure,
            due_at(indicator, target),
            None if target.value is None else pack(target.value),
            None if target.upper is None else pack(target.upper),
            target.unit,
            target.date,
            target.since,
            on,
            indicator.course,
        )


class PackedRemarks(msgspec.Struct, array_like=True):
    """
    What few indicators have.

    Attributes:
        suspect: Versions of the results that looked wrong when they were taken.
    """

    revisions: list[PackedStandard] = []
    suspect: list[int] = []
    explanations: list[VarianceExplanation] = []
    scores: list[ReportedScore] = []
    parts: dict[int, tuple[ResultPart, ...]] = {}


class PackedTracked(msgspec.Struct, array_like=True, gc=False):
    """
    An indicator, as far as figures need it, with all that was reported of it.

    Attributes:
        name: ``None`` where it is the label.

        original: The target that it was approved with.
    """

    level1: str
    level2: str
    name: str | None
    weight: Decimal | None
    baseline: PackedNumber | None
    direction: Direction | None
    computed_from: tuple[IndicatorReference, ...]
    original: PackedStandard
    results: PackedSeries
    remarks: PackedRemarks | None = None

    @classmethod
    def of(
        cls, indicator: Indicator, label: IndicatorLabel | None = None
    ) -> "PackedTracked":
        """Return *indicator*, kept under *label*, before its first result."""
        return cls(
            indicator.level1,
            indicator.level2,
            None if indicator.name == label else indicator.name,
            indicator.weight,
            None if indicator.baseline is None else pack(indicator.baseline),
            indicator.direction,
            indicator.computed_from,
            PackedStandard.of(indicator.target, indicator),
            PackedSeries(),
        )

    def standard(self, through: date) -> PackedStandard:
        """Return the standard in force on *through*."""
        if self.remarks is None:
            return self.original
        versions = [self.original, *self.remarks.revisions]
        return in_force(versions, through, holds_from)

    def remarked(self) -> PackedRemarks:
        """Return the place for remarks."""
        if self.remarks is None:
            self.remarks = PackedRemarks()
        return self.remarks

    def add(self, event: ResultReported, version: int) -> None:
        """Take one more result."""
        standard = self.original if self.remarks is None else self.standard(event.on)
        if event.parts:
            self.remarked().parts[version] = event.parts
        number = event.value
        if number is not None:  # Then it is nothing else.
            packed = pack(number)
            if event.to_date:
                self.results.add(event.on, version, packed, to_date=True)
            elif not self.results.append(event.on.toordinal(), version, packed):
                self.results.add(event.on, version, packed)
            watched = standard.unit == "%" or may_have_multiple(standard.text)
            if watched and doubt(standard, packed, None, None) is not None:
                self.remarked().suspect.append(version)
            return
        value: PackedNumber | None = None
        denominator: PackedNumber | None = None
        if event.numerator is not None and event.denominator is not None:
            value, denominator = pack(event.numerator), pack(event.denominator)
        elif event.share is not None:
            value = pack(event.share)
        rating = event.rating
        self.results.add(
            event.on,
            version,
            value,
            denominator,
            rating,
            event.reached_on,
            event.text,
            to_date=event.to_date or None,
        )
        if doubt(standard, value, denominator, rating) is not None:
            self.remarked().suspect.append(version)

    def revise(self, event: TargetRevised) -> None:
        """Take another target from a day on."""
        target, on = event.target, event.on
        indicator = revised(
            self, target, event.indicator, course_given(event.milestones, event.between)
        )
        standard = PackedStandard.of(target, indicator, on)
        insort(self.remarked().revisions, standard, key=holds_from)


class PackedIndicators(msgspec.Struct, array_like=True, gc=False):
    """
    The indicators of one project or unit, by label.

    A label is the level-3 name where it is used once, else ``level 2/name``. A fold
    owns the state that it is given and changes it in place.

    Attributes:
        since: The day of the approval, or of the unit's objectives.

        execution_weight: Points that the form gives execution; ``None`` is 10.
    """

    subject: str
    name: str = ""
    fiscal_year: int = 0
    goals: tuple[FormGoals, ...] = ()
    tracked: dict[IndicatorLabel, PackedTracked] = {}
    remarks: PackedRemarks | None = None
    since: date | None = None
    execution_weight: Decimal | None = None
    withdrawn_on: date | None = None
    withdrawn: tuple["PackedIndicators", ...] = ()
    steps: tuple[FormStep, ...] = ()
    labels: dict[IndicatorLabel, IndicatorLabel] = {}
    rectifications: dict[str, Rectification] = {}

    def holds(self, through: date) -> bool:
        """Return whether the indicators are in force on *through*: no day before."""
        return self.since is not None and self.since <= through

    def remarked(self) -> PackedRemarks:
        """Return the place for remarks about the money."""
        if self.remarks is None:
            self.remarks = PackedRemarks()
        return self.remarks

    def label(self, name: str) -> IndicatorLabel | None:
        """Return the label that *name* stands for, or ``None``."""
        return label_among(self.tracked, name)


def evolve(state: PackedIndicators, recorded: RecordedEvent) -> PackedIndicators:
    """
    Follow indicators and their results; ignore the money.

    Raises:
        LogCorrupted: The event does not follow from what is there.
    """
    event = recorded.event
    try:
        if type(event) is ResultReported:  # Two of three events are.
            one = state.tracked.get(event.indicator) or _one(state, event.indicator)
            one.add(event, recorded.version)
        else:
            follow = _FOLLOWED_BY.get(type(event))
            if follow is not None:
                follow(state, event)
    except MISPLACED as problem:
        raise misplaced(recorded) from problem
    return state


def _retract(state: PackedIndicators, event: ResultRetracted) -> None:
    _one(state, event.indicator).results.remove(event.version)


def _approve(state: PackedIndicators, event: BudgetApproved) -> None:
    _found(state, event, event.indicators)


def _revise_form(state: PackedIndicators, event: FormRevised) -> None:
    state.goals = revised_goals(state.goals, event, state.since)
    taken = with_step(state, event)
    if taken is None:
        return
    step, state.labels = taken
    if event.added is not None and step.added is not None and not step.back:
        state.tracked[step.added] = PackedTracked.of(event.added, step.added)
    state.steps = tuple(sorted([*state.steps, step], key=since_of_step))


def _withdraw(state: PackedIndicators, event: ApprovalWithdrawn) -> None:
    known = msgspec.structs.replace(state, withdrawn_on=event.on, withdrawn=())
    empty = PackedIndicators(
        subject=state.subject,
        fiscal_year=state.fiscal_year,
        withdrawn=(*state.withdrawn, known),
    )
    for name in PackedIndicators.__struct_fields__:
        setattr(state, name, getattr(empty, name))


def _set_objectives(state: PackedIndicators, event: ObjectivesSet) -> None:
    _found(state, event, all_of(event))


def _found(
    state: PackedIndicators,
    event: BudgetApproved | ObjectivesSet,
    indicators: tuple[Indicator, ...],
) -> None:
    state.name = event.name
    state.since, state.execution_weight = event.on, event.execution_weight
    state.goals = founded_goals(state.goals, event)
    known = labelled(indicators)
    state.tracked = {label: PackedTracked.of(i, label) for label, i in known.items()}


def _revise(state: PackedIndicators, event: TargetRevised) -> None:
    _one(state, event.indicator).revise(event)


def _explain(state: PackedIndicators, event: VarianceExplained) -> None:
    said = VarianceExplanation(
        event.on,
        event.about,
        event.category,
        event.text,
        event.remedy,
    )
    _subject(state, event.indicator).remarked().explanations.append(said)


def _score(state: PackedIndicators, event: ScoreReported) -> None:
    said = ReportedScore(event.on, event.about, event.score, event.reason)
    _subject(state, event.indicator).remarked().scores.append(said)


def _rectify(state: PackedIndicators, event: RectificationEvent) -> None:
    state.rectifications = with_rectification(state.rectifications, event)


_FOLLOWED_BY: Final[dict[type, Callable[..., None]]] = {
    ResultRetracted: _retract,
    BudgetApproved: _approve,
    ApprovalWithdrawn: _withdraw,
    FormRevised: _revise_form,
    ObjectivesSet: _set_objectives,
    TargetRevised: _revise,
    VarianceExplained: _explain,
    ScoreReported: _score,
    RectificationOrdered: _rectify,
    RectificationReported: _rectify,
    RectificationClosed: _rectify,
}


def _subject(
    state: PackedIndicators, label: IndicatorLabel | None
) -> PackedIndicators | PackedTracked:
    return state if label is None else _one(state, label)


def _one(state: PackedIndicators, label: IndicatorLabel) -> PackedTracked:
    """Return an indicator by any label that it ever had."""
    one = state.tracked.get(label)
    return state.tracked[state.labels[label]] if one is None else one

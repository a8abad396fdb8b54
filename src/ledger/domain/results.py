"""The results of indicators: their state, and how events change it."""

import datetime as dt
from bisect import insort
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

import msgspec

from ledger.domain.envelope import MISPLACED, RecordedEvent, misplaced
from ledger.domain.events import (
    BudgetApproved,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
from ledger.domain.exact_numbers import EXACTLY, Packed
from ledger.domain.finding import Finding, note, warning
from ledger.domain.in_force import in_force
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorReference,
    Rating,
    default_measure,
    is_ceiling,
    is_cost,
)
from ledger.domain.measure import Measure
from ledger.domain.result_series import (
    Measurement,
    Series,
    pack,
    unpack,
    unpacked,
)
from ledger.domain.target import Target
from ledger.domain.target_kind import QUANTITIES, TargetKind
from ledger.domain.units import may_be_one


class Explanation(NamedTuple):
    """Why something deviates, as said on a day."""

    on: date
    category: str
    text: str
    likelihood: str | None
    forecast: str | None
    remedy: str | None


class ReportedScore(NamedTuple):
    """A person's score."""

    on: date
    score: Decimal
    reason: str | None


class Standard(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """
    A target as results are held against it, from a day on.

    Attributes:
        ceiling: Whether lower is better.

        eased: Whether it is a sum against a floor, which the share of the year eases.

        measure: How results accumulate.
    """

    text: str
    kind: TargetKind
    ceiling: bool
    eased: bool
    measure: Measure
    value: Packed | None
    upper: Packed | None
    unit: str | None
    date: dt.date | None
    since: dt.date | None
    holds_from: dt.date | None = None

    @classmethod
    def of(
        cls, target: Target, indicator: Indicator, holds_from: dt.date | None = None
    ) -> "Standard":
        """Return what results of *indicator* are held against under *target*."""
        cost = is_cost(indicator.level1, indicator.level2, indicator.name)
        ceiling = is_ceiling(target, cost=cost, direction=indicator.direction)
        eased = (
            indicator.measure.row.adds_up
            and indicator.baseline is None
            and not ceiling
            and not target.kind.row.is_range
        )
        return cls(
            target.text,
            target.kind,
            ceiling,
            eased,
            indicator.measure,
            None if target.value is None else pack(target.value),
            None if target.upper is None else pack(target.upper),
            target.unit,
            target.date,
            target.since,
            holds_from,
        )


class Remarks(msgspec.Struct, array_like=True):
    """
    What few indicators have.

    Attributes:
        suspect: Versions of the results that looked wrong when they were taken.
    """

    revisions: list[Standard] = []
    suspect: list[int] = []
    explanations: list[Explanation] = []
    scores: list[ReportedScore] = []


class Tracked(msgspec.Struct, array_like=True, gc=False):
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
    baseline: Packed | None
    direction: Direction | None
    computed_from: tuple[IndicatorReference, ...]
    original: Standard
    results: Series
    remarks: Remarks | None = None

    @classmethod
    def of(cls, indicator: Indicator, label: str | None = None) -> "Tracked":
        """Return *indicator*, kept under *label*, before its first result."""
        return cls(
            indicator.level1,
            indicator.level2,
            None if indicator.name == label else indicator.name,
            indicator.weight,
            None if indicator.baseline is None else pack(indicator.baseline),
            indicator.direction,
            indicator.computed_from,
            Standard.of(indicator.target, indicator),
            Series(),
        )

    def standard(self, through: date) -> Standard:
        """Return what results are held against on *through*."""
        if self.remarks is None:
            return self.original
        versions = [self.original, *self.remarks.revisions]
        return in_force(versions, through, _holds_from)

    def remarked(self) -> Remarks:
        """Return the place for remarks."""
        if self.remarks is None:
            self.remarks = Remarks()
        return self.remarks

    def add(self, event: ResultReported, version: int) -> None:
        """Take one more result."""
        standard = self.original if self.remarks is None else self.standard(event.on)
        number = event.value
        if number is not None:  # Then it is nothing else.
            packed = pack(number)
            if not self.results.append(event.on.toordinal(), version, packed):
                self.results.add(event.on, version, packed)
            if standard.unit == "%" and doubt(standard, packed, None, None) is not None:
                self.remarked().suspect.append(version)
            return
        value: Packed | None = None
        denominator: Packed | None = None
        if event.numerator is not None and event.denominator is not None:
            value, denominator = pack(event.numerator), pack(event.denominator)
        elif event.share is not None:
            value = pack(event.share)
        rating = event.rating
        self.results.add(
            event.on, version, value, denominator, rating, event.reached_on, event.text
        )
        if doubt(standard, value, denominator, rating) is not None:
            self.remarked().suspect.append(version)

    def revise(self, target: Target, on: date, label: str) -> None:
        """Take another target that holds from *on*."""
        standard = Standard.of(target, self.revised(target, label), on)
        insort(self.remarked().revisions, standard, key=_holds_from)

    def revised(self, target: Target, label: str) -> Indicator:
        """
        Return the indicator, known by *label*, as it is under another target.

        The measure that it was approved with is that of its unit: a target in another
        unit has the measure that it suggests itself.
        """
        name, first = self.name or label, self.original
        measure = first.measure
        if first.kind not in QUANTITIES or not may_be_one(first.unit, target.unit):
            cost = is_cost(self.level1, self.level2, name)
            measure = default_measure(target, cost=cost)
        return Indicator(
            level1=self.level1,
            level2=self.level2,
            name=name,
            target=target,
            measure=measure,
            baseline=unpack(self.baseline),
            direction=self.direction,
        )


class Indicators(msgspec.Struct, array_like=True, gc=False):
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
    overall_goal: str | None = None
    tracked: dict[str, Tracked] = {}
    remarks: Remarks | None = None
    since: date | None = None
    execution_weight: Decimal | None = None

    def holds(self, through: date) -> bool:
        """Say whether the indicators are in force on *through*: no day before."""
        return self.since is not None and self.since <= through

    def remarked(self) -> Remarks:
        """Return the place for remarks about the money."""
        if self.remarks is None:
            self.remarks = Remarks()
        return self.remarks

    def label(self, name: str) -> str | None:
        """Return the label that *name* stands for, or ``None``."""
        if name in self.tracked:
            return name
        found = [
            label
            for label, one in self.tracked.items()
            if name == f"{one.level2}/{one.name or label}"
        ]
        return found[0] if len(found) == 1 else None


def labelled(indicators: tuple[Indicator, ...]) -> dict[str, Indicator]:
    """Return *indicators* by label."""
    names = [indicator.name for indicator in indicators]
    return {i.name if names.count(i.name) == 1 else i.key: i for i in indicators}


def evolve(state: Indicators, recorded: RecordedEvent) -> Indicators:
    """
    Follow indicators and their results; ignore the money.

    Raises:
        LogCorrupted: The event does not follow from what is there.
    """
    event = recorded.event
    try:
        if type(event) is ResultReported:  # Two of three events are.
            state.tracked[event.indicator].add(event, recorded.version)
        else:
            follow = _FOLLOWED_BY.get(type(event))
            if follow is not None:
                follow(state, event)
    except MISPLACED as problem:
        raise misplaced(recorded) from problem
    return state


def _retract(state: Indicators, event: ResultRetracted) -> None:
    state.tracked[event.indicator].results.remove(event.version)


def _approve(state: Indicators, event: BudgetApproved) -> None:
    state.name, state.fiscal_year = event.name, event.fiscal_year
    state.since, state.execution_weight = event.on, event.execution_weight
    state.tracked = {
        label: Tracked.of(i, label) for label, i in labelled(event.indicators).items()
    }


def _set_objectives(state: Indicators, event: ObjectivesSet) -> None:
    state.name, state.fiscal_year = event.name, event.fiscal_year
    state.since, state.execution_weight = event.on, event.execution_weight
    state.overall_goal = event.overall_goal
    state.tracked = {
        label: Tracked.of(i, label) for label, i in labelled(all_of(event)).items()
    }


def _revise(state: Indicators, event: TargetRevised) -> None:
    label = event.indicator
    state.tracked[label].revise(event.target, event.on, label)


def _explain(state: Indicators, event: VarianceExplained) -> None:
    said = Explanation(
        event.on,
        event.category,
        event.text,
        event.likelihood,
        event.forecast,
        event.remedy,
    )
    _subject(state, event.indicator).remarked().explanations.append(said)


def _score(state: Indicators, event: ScoreReported) -> None:
    said = ReportedScore(event.on, event.score, event.reason)
    _subject(state, event.indicator).remarked().scores.append(said)


_FOLLOWED_BY: Final[dict[type, Callable[..., None]]] = {
    ResultRetracted: _retract,
    BudgetApproved: _approve,
    ObjectivesSet: _set_objectives,
    TargetRevised: _revise,
    VarianceExplained: _explain,
    ScoreReported: _score,
}


def doubt(
    standard: Standard,
    value: Packed | None,
    whole: Packed | None,
    rating: Rating | None,
) -> str | None:
    """Return the code of what looks wrong in a result that is taken all the same."""
    if value is None:
        return "result.share_missing" if rating is Rating.PARTLY else None
    if whole is not None:
        return "result.above_whole" if unpacked(value) > unpacked(whole) else None
    if standard.unit != "%" or not 0 < unpacked(value) <= 1:
        return None
    beyond = standard.value is not None and unpacked(standard.value) > 1
    return "result.share_for_percent" if beyond else None


def result_finding(standard: Standard, result: Measurement) -> Finding | None:
    """Return what looks wrong in a result that is taken all the same, if anything."""
    value, whole = unpack(result.value), unpack(result.denominator)
    code = doubt(standard, result.value, result.denominator, result.rating)
    match code:
        case "result.above_whole":
            return warning(
                code,
                f"the numerator {value} is above the denominator {whole}",
                found=f"{value}/{whole}",
                expected="a part that is at most the whole",
            )
        case "result.share_missing":
            return note(
                code,
                "partly attained with no share claimed: no figure follows from it",
                expected="a share from 0.6 to under 0.8",
            )
        case "result.share_for_percent":
            assert value is not None
            percent = f"{EXACTLY.multiply(value, 100):f}"
            return warning(
                code,
                f"{value} against a target of {standard.text}: a share where a percent "
                "is meant?",
                found=str(value),
                expected=f"{percent} if the rate is {percent} %",
            )
        case _:
            return None


def _subject(state: Indicators, label: str | None) -> Indicators | Tracked:
    return state if label is None else state.tracked[label]


def _holds_from(standard: Standard) -> date:
    assert standard.holds_from is not None
    return standard.holds_from


def all_of(event: ObjectivesSet) -> tuple[Indicator, ...]:
    """Return the indicators of all a unit's goals."""
    return tuple(i for goal in event.objectives for i in goal.indicators)

"""The results of a project's or a unit's indicators: state and rules."""

import datetime as dt
from bisect import insort
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final, NamedTuple

import msgspec
from attrs import evolve as replace

from ledger.domain.calendar import FiscalYear
from ledger.domain.errors import (
    AlreadyApproved,
    InvalidInput,
    OutsideFiscalYear,
    UnknownIndicator,
    UnknownProject,
    UnknownResult,
    UnknownUnit,
    WrongResult,
)
from ledger.domain.events import (
    BudgetApproved,
    IndicatorEvent,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
    stream_of,
)
from ledger.domain.finding import Finding, note, warning
from ledger.domain.indicator import (
    RATING_BANDS,
    Direction,
    Indicator,
    IndicatorReference,
    Measure,
    Rating,
    check_indicators,
    is_ceiling,
    is_cost,
)
from ledger.domain.recorded import RecordedEvent
from ledger.domain.series import Measurement, Packed, Series, pack, unpack
from ledger.domain.settings import Settings
from ledger.domain.target import Target, TargetKind
from ledger.domain.units import canonical, is_plain

_NOTHING = (None, None, None, None)
_NUMBERS = ("value", "numerator", "denominator", "share")
_numbers_of = attrgetter(*_NUMBERS)

QUANTITIES = frozenset(
    {
        TargetKind.AT_LEAST,
        TargetKind.AT_MOST,
        TargetKind.MORE_THAN,
        TargetKind.LESS_THAN,
        TargetKind.EXACTLY,
        TargetKind.BETWEEN,
    }
)
DATES = frozenset(
    {TargetKind.BY_DATE, TargetKind.WITHIN_PERIOD, TargetKind.DAY_OF_MONTH}
)


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
    """

    text: str
    kind: TargetKind
    ceiling: bool
    eased: bool
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
        cost = is_cost(indicator.level1, indicator.level2)
        ceiling = is_ceiling(target, cost=cost, direction=indicator.direction)
        eased = (
            indicator.measure is Measure.SUM
            and indicator.baseline is None
            and not ceiling
            and target.kind is not TargetKind.BETWEEN
        )
        return cls(
            target.text,
            target.kind,
            ceiling,
            eased,
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
    measure: Measure
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
            indicator.measure,
            indicator.weight,
            None if indicator.baseline is None else pack(indicator.baseline),
            indicator.direction,
            indicator.computed_from,
            Standard.of(indicator.target, indicator),
            Series(),
        )

    def standard(self, through: date) -> Standard:
        """Return what results are held against on *through*."""
        standard = self.original
        if self.remarks is not None:
            for revision in self.remarks.revisions:
                if revision.holds_from is None or revision.holds_from <= through:
                    standard = revision
        return standard

    def remarked(self) -> Remarks:
        """Return the place for remarks."""
        if self.remarks is None:
            self.remarks = Remarks()
        return self.remarks

    def add(self, event: ResultReported, version: int) -> None:
        """Take one more result."""
        value: Packed | None = None
        denominator: Packed | None = None
        if event.value is not None:
            value = pack(event.value)
        elif event.numerator is not None and event.denominator is not None:
            value, denominator = pack(event.numerator), pack(event.denominator)
        elif event.share is not None:
            value = pack(event.share)
        on, rating = event.on, event.rating
        self.results.add(
            on, version, value, denominator, rating, event.reached_on, event.text
        )
        standard = self.original if self.remarks is None else self.standard(on)
        if doubt(standard, value, denominator, rating) is not None:
            self.remarked().suspect.append(version)

    def revise(self, target: Target, on: date) -> None:
        """Take another target that holds from *on*."""
        indicator = Indicator(
            level1=self.level1,
            level2=self.level2,
            name=self.name or "",
            target=target,
            measure=self.measure,
            baseline=unpack(self.baseline),
            direction=self.direction,
        )
        revisions = self.remarked().revisions
        insort(revisions, Standard.of(target, indicator, on), key=_holds_from)


class Indicators(msgspec.Struct, array_like=True, gc=False):
    """
    The indicators of one project or unit, by label.

    A label is the level-3 name where it is used once, else ``level 2/name``. A fold
    owns the state that it is given and changes it in place.
    """

    subject: str
    name: str = ""
    fiscal_year: int = 0
    overall_goal: str | None = None
    tracked: dict[str, Tracked] = {}
    remarks: Remarks | None = None

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
    """Follow indicators and their results; ignore the money."""
    event = recorded.event
    match event:
        case ResultReported():
            state.tracked[event.indicator].add(event, recorded.version)
        case ResultRetracted():
            state.tracked[event.indicator].results.remove(event.version)
        case BudgetApproved():
            state.name, state.fiscal_year = event.name, event.fiscal_year
            state.tracked = {
                label: Tracked.of(i, label)
                for label, i in labelled(event.indicators).items()
            }
        case ObjectivesSet():
            state.name, state.fiscal_year = event.name, event.fiscal_year
            state.overall_goal = event.overall_goal
            state.tracked = {
                label: Tracked.of(i, label)
                for label, i in labelled(_all_of(event)).items()
            }
        case TargetRevised():
            state.tracked[event.indicator].revise(event.target, event.on)
        case VarianceExplained():
            _subject(state, event.indicator).remarked().explanations.append(
                Explanation(
                    event.on,
                    event.category,
                    event.text,
                    event.likelihood,
                    event.forecast,
                    event.remedy,
                )
            )
        case ScoreReported():
            _subject(state, event.indicator).remarked().scores.append(
                ReportedScore(event.on, event.score, event.reason)
            )
        case _:
            pass
    return state


def decide(
    state: Indicators, event: IndicatorEvent, settings: Settings
) -> IndicatorEvent:
    """
    Return the fact that a request for *event* becomes, with its indicator's label.

    Raises:
        Refused: The subclass says which rule forbids it.
        InvalidInput: A field of *event* cannot be taken.
    """
    if not isinstance(event, ObjectivesSet):
        _check_year(state, event, settings)
    decided: IndicatorEvent = _DECIDED_BY[type(event)](state, event)
    return decided


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
        return "result.above_whole" if Decimal(value) > Decimal(whole) else None
    if standard.unit == "%" and 0 < Decimal(value) <= 1 < Decimal(standard.value or 0):
        return "result.share_for_percent"
    return None


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
            return warning(
                code,
                f"{value} against a target of {standard.text}: a share where a percent "
                "is meant?",
                found=str(value),
                expected=f"{value * 100:f} if the rate is {value * 100:f} %",
            )
        case _:
            return None


def _decide_objectives(state: Indicators, event: ObjectivesSet) -> ObjectivesSet:
    if state.fiscal_year:
        raise AlreadyApproved(f"unit {event.unit}")
    FiscalYear(event.fiscal_year)  # Refuses what is no year.
    check_indicators(_all_of(event))
    return event


def _decide_result(state: Indicators, event: ResultReported) -> ResultReported:
    label, one = _known(state, event.indicator)
    if one.computed_from:
        raise WrongResult(
            f"{state.subject}: {label!r} is computed from project indicators; "
            "report the results there"
        )
    _check_kind(label, one.standard(event.on), event)
    plain = {} if _is_plain_count(event) else _plain_numbers(label, one.measure, event)
    if label != event.indicator:
        plain["indicator"] = label
    return replace(event, **plain) if plain else event


def _check_kind(label: str, target: Standard, event: ResultReported) -> None:
    """Hold a result to what its target can be compared with."""
    others = (event.numerator, event.denominator, event.rating, event.reached_on)
    plain = event.value is not None and event.text is None and others == _NOTHING
    if plain and target.kind in QUANTITIES:
        return
    given = [
        name
        for name in (
            "value",
            "numerator",
            "denominator",
            "rating",
            "reached_on",
            "text",
        )
        if getattr(event, name) is not None
    ]
    shape = "/".join(given)
    if target.kind in QUANTITIES:
        allowed = ["value", "numerator/denominator"]
    elif target.kind in DATES:
        allowed = ["reached_on"]
    elif target.kind is TargetKind.QUALITATIVE:
        allowed = ["rating", "text", "rating/text"]
    else:
        allowed = ["value", "numerator/denominator", "rating", "reached_on", "text"]
    if shape not in allowed:
        right = " or ".join(a.replace("/", " with ") for a in allowed)
        raise WrongResult(
            f"{label}: found {shape.replace('/', ' with ') or 'nothing'}; its target "
            f"{target.text!r} is compared with {right}"
        )


def _is_plain_count(event: ResultReported) -> bool:
    """Say whether a result is one number, not negative and plainly spelled."""
    value = event.value
    return (
        type(value) is Decimal
        and event.numerator is None
        and event.denominator is None
        and event.share is None
        and is_plain(value)
        and not value.is_signed()
    )


def _plain_numbers(
    label: str, measure: Measure, event: ResultReported
) -> dict[str, Any]:
    """
    Hold the numbers of a result to being exact, and to what its measure allows.

    Returns those that are not in their one plain spelling, respelled.
    """
    respelled: dict[str, Any] = {}
    for name, number in zip(_NUMBERS, _numbers_of(event), strict=True):
        if number is None or (isinstance(number, Decimal) and is_plain(number)):
            continue
        if not isinstance(number, Decimal) or not number.is_finite():
            raise InvalidInput(name, number, "a finite Decimal; a float is never exact")
        if number.adjusted() >= 18 or len(number.as_tuple().digits) > 30:
            raise InvalidInput(name, number, "a number below 10^18, of up to 30 digits")
        plain = canonical(number)
        if plain is not number:
            respelled[name] = plain
    if event.denominator is not None and event.denominator <= 0:
        raise InvalidInput("denominator", event.denominator, "a number above 0")
    if event.numerator is not None and event.numerator < 0:
        raise InvalidInput("numerator", event.numerator, "0 or more")
    if event.value is not None and event.value < 0 and measure is Measure.SUM:
        raise InvalidInput(
            "value", event.value, f"0 or more: {label!r} is a sum; retract to correct"
        )
    if event.share is not None:
        _check_share(event.rating, event.share)
    return respelled


def _check_share(rating: Rating | None, claimed: Decimal) -> None:
    if rating is None:
        raise InvalidInput("share", claimed, "a rating beside it")
    low, high = RATING_BANDS[rating]
    inside = low <= claimed < high or claimed == high == 1
    if not inside:
        closing = "]" if high == 1 else ")"
        raise InvalidInput(
            "share", claimed, f"a share in [{low}, {high}{closing} for {rating}"
        )


def _decide_retraction(state: Indicators, event: ResultRetracted) -> ResultRetracted:
    label, one = _known(state, event.indicator)
    if not event.reason.strip():
        raise InvalidInput("reason", event.reason, "why the result is retracted")
    if event.version not in one.results.versions:
        raise UnknownResult(event.of, within=f"{state.subject}, {label}")
    return replace(event, indicator=label)


def _decide_target(state: Indicators, event: TargetRevised) -> TargetRevised:
    return replace(event, indicator=_known(state, event.indicator)[0])


def _decide_explanation(
    state: Indicators, event: VarianceExplained
) -> VarianceExplained:
    if not event.text.strip():
        raise InvalidInput("text", event.text, "an explanation")
    if event.indicator is None:
        return event
    return replace(event, indicator=_known(state, event.indicator)[0])


def _decide_score(state: Indicators, event: ScoreReported) -> ScoreReported:
    score = _canonical(event.score)
    if score is None or not 0 <= score <= 100:
        raise InvalidInput("score", event.score, "points from 0 to 100")
    if event.indicator is None:
        return replace(event, score=score)
    label, _ = _known(state, event.indicator)
    return replace(event, score=score, indicator=label)


def _check_year(state: Indicators, event: IndicatorEvent, settings: Settings) -> None:
    if not state.fiscal_year:
        kind, _, code = stream_of(event).partition(":")
        raise UnknownProject(code) if kind == "project" else UnknownUnit(code)
    year: FiscalYear = settings.year(state.fiscal_year)
    if event.on not in year:
        raise OutsideFiscalYear(state.subject, event.on, year.start, year.end)


def _known(state: Indicators, name: str) -> tuple[str, Tracked]:
    label = state.label(name)
    if label is None:
        raise UnknownIndicator(name, within=state.subject, known=list(state.tracked))
    return label, state.tracked[label]


def _subject(state: Indicators, label: str | None) -> Indicators | Tracked:
    return state if label is None else state.tracked[label]


def _holds_from(standard: Standard) -> date:
    assert standard.holds_from is not None
    return standard.holds_from


def _all_of(event: ObjectivesSet) -> tuple[Indicator, ...]:
    return tuple(i for goal in event.objectives for i in goal.indicators)


def _canonical(number: Decimal | None) -> Decimal | None:
    return None if number is None else canonical(number)


_DECIDED_BY: Final[dict[type, Callable[..., IndicatorEvent]]] = {
    ObjectivesSet: _decide_objectives,
    ResultReported: _decide_result,
    ResultRetracted: _decide_retraction,
    TargetRevised: _decide_target,
    VarianceExplained: _decide_explanation,
    ScoreReported: _decide_score,
}

"""The results of a project's or a unit's indicators: state and rules."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from attrs import define, field
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
    Event,
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
    Indicator,
    Measure,
    Rating,
    check_indicators,
)
from ledger.domain.settings import Settings
from ledger.domain.target import Target, TargetKind
from ledger.domain.units import canonical

Packed = int | str
"""A decimal number in a state: an int where it is whole, else its plain text."""

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


class Measurement(NamedTuple):
    """
    A result that stands.

    *version* is its event's in the stream. *value* is the numerator where there is a
    *denominator*, and the share claimed where there is a *rating*.
    """

    on: date
    version: int
    value: Packed | None = None
    denominator: Packed | None = None
    rating: Rating | None = None
    reached_on: date | None = None
    text: str | None = None


class Revision(NamedTuple):
    """A target and the day from which it holds."""

    since: date
    target: Target


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


@define
class Tracked:
    """An indicator with all that was reported of it, at no particular date."""

    indicator: Indicator
    revisions: list[Revision] = field(factory=list)
    results: list[Measurement] = field(factory=list)
    explanations: list[Explanation] = field(factory=list)
    scores: list[ReportedScore] = field(factory=list)

    def target(self, through: date) -> Target:
        """Return the target in force on *through*."""
        target = self.indicator.target
        for revision in self.revisions:
            if revision.since <= through:
                target = revision.target
        return target


@define(kw_only=True)
class Indicators:
    """
    The indicators of one project or unit, by label.

    A label is the level-3 name where it is used once, else ``level 2/name``. A fold
    owns the state that it is given and changes it in place.
    """

    subject: str
    name: str = ""
    fiscal_year: int = 0
    overall_goal: str | None = None
    tracked: dict[str, Tracked] = field(factory=dict)
    explanations: list[Explanation] = field(factory=list)
    scores: list[ReportedScore] = field(factory=list)

    def label(self, name: str) -> str | None:
        """Return the label that *name* stands for, or ``None``."""
        if name in self.tracked:
            return name
        found = [
            label for label, one in self.tracked.items() if name == one.indicator.key
        ]
        return found[0] if len(found) == 1 else None


def labelled(indicators: tuple[Indicator, ...]) -> dict[str, Indicator]:
    """Return *indicators* by label."""
    names = [indicator.name for indicator in indicators]
    return {i.name if names.count(i.name) == 1 else i.key: i for i in indicators}


def pack(number: Decimal) -> Packed:
    """Return *number* as states hold it."""
    whole = int(number)
    return whole if whole == number else str(number)


def unpack(number: Packed | None) -> Decimal | None:
    """Return a number that a state holds."""
    return None if number is None else Decimal(number)


def evolve(state: Indicators, event: Event, version: int) -> Indicators:
    """Follow indicators and their results; ignore the money."""
    match event:
        case ResultReported():
            state.tracked[event.indicator].results.append(measurement(event, version))
        case ResultRetracted():
            one = state.tracked[event.indicator]
            one.results = [m for m in one.results if m.version != event.version]
        case BudgetApproved():
            state.name, state.fiscal_year = event.name, event.fiscal_year
            state.tracked = {
                label: Tracked(i) for label, i in labelled(event.indicators).items()
            }
        case ObjectivesSet():
            state.name, state.fiscal_year = event.name, event.fiscal_year
            state.overall_goal = event.overall_goal
            state.tracked = {
                label: Tracked(i) for label, i in labelled(_all_of(event)).items()
            }
        case TargetRevised():
            one = state.tracked[event.indicator]
            one.revisions.append(Revision(event.on, event.target))
            one.revisions.sort(key=lambda revision: revision.since)
        case VarianceExplained():
            _subject(state, event.indicator).explanations.append(
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
            _subject(state, event.indicator).scores.append(
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
    if isinstance(event, ObjectivesSet):
        return _decide_objectives(state, event, settings)
    _check_year(state, event, settings)
    match event:
        case ResultReported():
            return _decide_result(state, event)
        case ResultRetracted():
            return _decide_retraction(state, event)
        case TargetRevised():
            return replace(event, indicator=_known(state, event.indicator)[0])
        case VarianceExplained():
            if not event.text.strip():
                raise InvalidInput("text", event.text, "an explanation")
            if event.indicator is None:
                return event
            return replace(event, indicator=_known(state, event.indicator)[0])
        case ScoreReported():
            return _decide_score(state, event)


def result_findings(target: Target, result: Measurement) -> list[Finding]:
    """Return what looks wrong in a result that is taken all the same."""
    findings = []
    value, whole = unpack(result.value), unpack(result.denominator)
    if value is not None and whole is not None and value > whole:
        findings.append(
            warning(
                "result.above_whole",
                f"the numerator {value} is above the denominator {whole}",
                found=f"{value}/{whole}",
                expected="a part that is at most the whole",
            )
        )
    if result.rating is Rating.PARTLY and value is None:
        findings.append(
            note(
                "result.share_missing",
                "partly attained with no share claimed: no figure follows from it",
                expected="a share from 0.6 to under 0.8",
            )
        )
    bare = target.unit == "%" and whole is None
    if bare and value is not None and 0 < value <= 1 < (target.value or 0):
        findings.append(
            warning(
                "result.share_for_percent",
                f"{value} against a target of {target.text}: a share where a percent "
                "is meant?",
                found=str(value),
                expected=f"{value * 100:f} if the rate is {value * 100:f} %",
            )
        )
    return findings


def _decide_objectives(
    state: Indicators, event: ObjectivesSet, settings: Settings
) -> ObjectivesSet:
    if state.fiscal_year:
        raise AlreadyApproved(f"unit {event.unit}")
    settings.year(event.fiscal_year)
    check_indicators(_all_of(event))
    return event


def _decide_result(state: Indicators, event: ResultReported) -> ResultReported:
    label, one = _known(state, event.indicator)
    if one.indicator.computed_from:
        raise WrongResult(
            f"{state.subject}: {label!r} is computed from project indicators; "
            "report the results there"
        )
    target = one.target(event.on)
    _check_kind(label, target, event)
    _check_numbers(label, one.indicator.measure, event)
    return replace(
        event,
        indicator=label,
        value=_canonical(event.value),
        numerator=_canonical(event.numerator),
        denominator=_canonical(event.denominator),
        share=_canonical(event.share),
    )


def _check_kind(label: str, target: Target, event: ResultReported) -> None:
    """Hold a result to what its target can be compared with."""
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


def _check_numbers(label: str, measure: Measure, event: ResultReported) -> None:
    for name in ("value", "numerator", "denominator", "share"):
        number = getattr(event, name)
        if number is None:
            continue
        if not isinstance(number, Decimal) or not number.is_finite():
            raise InvalidInput(name, number, "a finite Decimal; a float is never exact")
        if abs(number) >= 10**18 or len(number.as_tuple().digits) > 30:
            raise InvalidInput(name, number, "a number below 10^18, of up to 30 digits")
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
    if all(m.version != event.version for m in one.results):
        raise UnknownResult(event.of, within=f"{state.subject}, {label}")
    return replace(event, indicator=label)


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


def _all_of(event: ObjectivesSet) -> tuple[Indicator, ...]:
    return tuple(i for goal in event.objectives for i in goal.indicators)


def _canonical(number: Decimal | None) -> Decimal | None:
    return None if number is None else canonical(number)


def measurement(event: ResultReported, version: int) -> Measurement:
    """Return what a state keeps of a reported result."""
    value = event.value
    if event.numerator is not None:
        value = event.numerator
    elif event.rating is not None:
        value = event.share
    return Measurement(
        event.on,
        version,
        None if value is None else pack(value),
        None if event.denominator is None else pack(event.denominator),
        event.rating,
        event.reached_on,
        event.text,
    )

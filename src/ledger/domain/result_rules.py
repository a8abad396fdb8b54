"""What the rules allow of results, targets, explanations and scores."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from attrs import evolve as replace

from ledger.domain.budget_rules import check_form
from ledger.domain.calendar import FiscalYear
from ledger.domain.codes import unknown_project
from ledger.domain.errors import InvalidInput
from ledger.domain.events import (
    IndicatorEvent,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
    stream_of,
)
from ledger.domain.exact_numbers import is_short
from ledger.domain.in_force import latest
from ledger.domain.indicator import (
    RATING_BANDS,
    Rating,
    check_baseline,
    check_execution_weight,
    check_indicators,
)
from ledger.domain.measure import Measure, NumberKind
from ledger.domain.plain_results import PlainStandard
from ledger.domain.refusals import (
    AlreadyApproved,
    OutsideFiscalYear,
    UnknownIndicator,
    UnknownResult,
    UnknownUnit,
    WrongResult,
)
from ledger.domain.results import (
    Indicators,
    Standard,
    Tracked,
    all_of,
    holds_from,
    revised,
)
from ledger.domain.settings import Settings
from ledger.domain.subject import Subject, SubjectKind
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.domain.units import add_up, canonical, is_plain
from ledger.domain.weights import ScoringRule, points_in_force
from ledger.messages import Message, message

_NUMBERS = ("value", "numerator", "denominator", "share")

_Given = tuple[bool, bool, bool, bool, bool, bool]
_WAYS = ("value", "numerator", "denominator", "rating", "reached_on", "text")
_ways_of = attrgetter(*_WAYS)
_VALUE: Final = (True, False, False, False, False, False)
_FRACTION: Final = (False, True, True, False, False, False)
_RATING: Final = (False, False, False, True, False, False)
_DAY: Final = (False, False, False, False, True, False)
_TEXT: Final = (False, False, False, False, False, True)
_RATING_AND_TEXT: Final = (False, False, False, True, False, True)

_ALLOWED: Final[Mapping[TargetKind, tuple[_Given, ...]]] = {
    **dict.fromkeys(TargetKind, (_VALUE, _FRACTION, _RATING, _DAY, _TEXT)),
    **dict.fromkeys(QUANTITIES, (_VALUE, _FRACTION)),
    **dict.fromkeys(DATES, (_DAY,)),
    TargetKind.QUALITATIVE: (_RATING, _TEXT, _RATING_AND_TEXT),
}
"""What a target of each kind can be compared with."""


def decide(
    state: Indicators,
    event: IndicatorEvent,
    settings: Settings,
    scoring: ScoringRule | None = None,
    *,
    executed: bool = True,
) -> IndicatorEvent:
    """
    Return the fact that a request for *event* becomes, with its indicator's label.

    Args:
        scoring: The rule of who records, by which a score lies within its weight. An
            audit has none: weights that no form gives are not in the log.

        executed: Whether there is a budget on the day, so that execution earns points.

    Raises:
        Refused: The subclass says which rule forbids it.
        InvalidInput: A field of *event* cannot be taken.
    """
    if not isinstance(event, ObjectivesSet):
        _check_year(state, event, settings)
    if isinstance(event, TargetRevised) and event.form is not None:
        check_form(event.form, settings.year(state.fiscal_year), settings)
    if isinstance(event, ScoreReported):
        return _decide_score(state, event, scoring, executed=executed)
    decided: IndicatorEvent = _DECIDED_BY[type(event)](state, event)
    return decided


def _decide_objectives(state: Indicators, event: ObjectivesSet) -> ObjectivesSet:
    if state.fiscal_year:
        raise AlreadyApproved(message("error.already_approved.unit", unit=event.unit))
    FiscalYear(event.fiscal_year)  # Refuses what is no year.
    check_indicators(all_of(event))
    check_execution_weight(event.execution_weight)
    return event


def _decide_result(state: Indicators, event: ResultReported) -> ResultReported:
    label, one = _known(state, event.indicator)
    if one.computed_from:
        raise WrongResult(
            message(
                "error.wrong_result.computed",
                subject=state.subject,
                label=label,
            )
        )
    standard, respelled = one.standard(event.on), {}
    if standard.kind not in QUANTITIES or not _is_plain_count(event):
        _check_kind(label, standard, event)
        respelled = _plain_numbers(label, standard.measure, event)
    if (
        one.results.mixed
        or standard.measure.row.takes_only is not None
        or event.denominator is not None
    ):
        _check_numbers(label, one, standard, event)
    if one.remarks is not None and one.remarks.revisions:
        _check_later(label, one.remarks.revisions, standard, event)
    if label != event.indicator:
        respelled["indicator"] = label
    return replace(event, **respelled) if respelled else event


def _check_later(
    label: str,
    revisions: Sequence[Standard],
    standard: Standard,
    event: ResultReported,
) -> None:
    """Refuse a number of a day whose target was revised to another unit since."""
    if event.value is None and event.numerator is None:
        return
    for later in revisions:
        from_ = later.holds_from
        if from_ is not None and from_ > event.on and _unlike(standard, later):
            raise WrongResult(
                message(
                    "error.wrong_result.unit_revised",
                    label=label,
                    unit=standard.unit or message("found.no_unit"),
                    on=event.on,
                    since=from_,
                    target=later.text,
                )
            )


def _check_kind(label: str, target: Standard, event: ResultReported) -> None:
    """Hold a result to what its target can be compared with."""
    given = _given_by(event)
    allowed = _ALLOWED[target.kind]
    if given not in allowed:
        found = _together(given)
        right = [_together(each) for each in allowed]
        raise WrongResult(
            message(
                "error.wrong_result.other_kind",
                label=label,
                given=found,
                target=target.text,
                right=right,
            )
        )


def _check_numbers(
    label: str, one: Tracked, standard: Standard, event: ResultReported
) -> None:
    """
    Hold a number to the kind of those that stand, and of its measure.

    Against a percentage a plain number beside pairs is a rate without its parts: it is
    kept, left out and said; of any other unit it would be a number of another thing.
    """
    given = NumberKind.PLAIN if event.denominator is None else NumberKind.PAIR
    if given is NumberKind.PLAIN and event.value is None:
        return
    because = message("found.measure", measure=standard.measure)
    series = one.results
    expected = standard.measure.row.takes_only
    if expected is None and standard.unit != "%":
        because = message("found.results_of_other_kind")
        if series.pooled(len(series)):
            expected = NumberKind.PAIR
        elif series.numbers(len(series)):
            expected = NumberKind.PLAIN
    if expected is not None and given is not expected:
        raise WrongResult(
            message(
                "error.wrong_result.other_number",
                label=label,
                given=given,
                because=because,
                right=expected,
            )
        )


def _given_by(event: ResultReported) -> _Given:
    """Say of each way to give a result whether it is used."""
    value, numerator, denominator, rating, reached_on, text = _ways_of(event)
    return (
        value is not None,
        numerator is not None,
        denominator is not None,
        rating is not None,
        reached_on is not None,
        text is not None,
    )


def _together(given: _Given) -> Message:
    """Return the ways that are used together, in words."""
    ways = [name for name, there in zip(_WAYS, given, strict=True) if there]
    return message("found.ways", ways=ways) if ways else message("found.nothing")


def _is_plain_count(event: ResultReported) -> bool:
    """Say whether a result is one number and no more, plainly spelled, 0 or above."""
    value = event.value
    return (
        type(value) is Decimal
        and event.numerator is None
        and event.denominator is None
        and event.share is None
        and event.rating is None
        and event.reached_on is None
        and event.text is None
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
    for name in _NUMBERS:
        number = getattr(event, name)
        if number is None or (type(number) is Decimal and is_plain(number)):
            continue
        if not isinstance(number, Decimal) or not number.is_finite():
            raise InvalidInput(name, number, message("expected.finite_decimal"))
        long = len(number.as_tuple().digits) > 30 or not is_short(number)
        if long or number.adjusted() >= 18:
            raise InvalidInput(name, number, message("expected.number_in_range"))
        plain = canonical(number)
        if plain is not number:
            respelled[name] = plain
    if event.denominator is not None and event.denominator <= 0:
        raise InvalidInput(
            "denominator", event.denominator, message("expected.above_zero")
        )
    if event.numerator is not None and event.numerator < 0:
        raise InvalidInput(
            "numerator", event.numerator, message("expected.zero_or_more")
        )
    if event.value is not None and event.value < 0 and measure.row.adds_up:
        raise InvalidInput(
            "value", event.value, message("expected.zero_or_more_of_sum", label=label)
        )
    if event.share is not None:
        _check_share(event.rating, event.share)
    return respelled


def _check_share(rating: Rating | None, claimed: Decimal) -> None:
    if rating is None:
        raise InvalidInput("share", claimed, message("expected.rating_with_share"))
    low, high = RATING_BANDS[rating]
    inside = low <= claimed < high or claimed == high == 1
    if not inside:
        closing = "]" if high == 1 else ")"
        raise InvalidInput(
            "share",
            claimed,
            message(
                "expected.share_of_rating",
                low=low,
                high=high,
                closing=closing,
                rating=rating,
            ),
        )


def _decide_retraction(state: Indicators, event: ResultRetracted) -> ResultRetracted:
    label, one = _known(state, event.indicator)
    if not event.reason.strip():
        raise InvalidInput(
            "reason", event.reason, message("expected.reason_of_retraction")
        )
    if event.version not in one.results.versions:
        raise UnknownResult(event.of, within=f"{state.subject}, {label}")
    return replace(event, indicator=label)


def _decide_target(state: Indicators, event: TargetRevised) -> TargetRevised:
    label, one = _known(state, event.indicator)
    target, indicator = event.target, revised(one, event.target, label)
    counted = _counted(one, PlainStandard.of(target, indicator), event.on)
    if counted:
        unit = counted[0].unit or message("found.no_unit")
        raise InvalidInput(
            "target",
            target.text,
            message(
                "expected.target_in_unit",
                unit=unit,
                counted=len(counted),
                label=label,
            ),
        )
    check_baseline(indicator)
    return replace(event, indicator=label)


def _counted(one: Tracked, revised: Standard, on: date) -> list[Standard]:
    """Return under what numbers were reported that would be held against another."""
    later = [] if one.remarks is None else one.remarks.revisions
    ends = [each.holds_from for each in later if each.holds_from is not None]
    end = min((day for day in ends if day > on), default=date.max)
    held = [
        _quantity(one, later, result.on)
        for result in one.results
        if result.value is not None and result.rating is None and result.on < end
    ]
    return [standard for standard in held if _unlike(standard, revised)]


def _quantity(one: Tracked, later: Sequence[Standard], on: date) -> Standard:
    """Return the last quantity by a day: numbers are reported against no quality."""
    quantities = [standard for standard in later if standard.kind in QUANTITIES]
    last = latest(quantities, on, holds_from)
    if last is not None:
        return last
    return one.original if one.original.kind in QUANTITIES else one.standard(on)


def _unlike(held: Standard, other: Standard) -> bool:
    """Say whether both are quantities, in units that do not add up."""
    return {held.kind, other.kind} <= QUANTITIES and not (
        held.unit == other.unit or _alike(held.unit, other.unit)
    )


def _alike(held: str | None, other: str | None) -> bool:
    return held is not None and other is not None and add_up([held, other])


def _decide_explanation(
    state: Indicators, event: VarianceExplained
) -> VarianceExplained:
    if not event.text.strip():
        raise InvalidInput("text", event.text, message("expected.explanation"))
    if event.indicator is None:
        return event
    return replace(event, indicator=_known(state, event.indicator)[0])


def _decide_score(
    state: Indicators,
    event: ScoreReported,
    scoring: ScoringRule | None,
    *,
    executed: bool,
) -> ScoreReported:
    score = _canonical(event.score) if _is_number(event.score) else None
    label = None if event.indicator is None else _known(state, event.indicator)[0]
    most = points_in_force(state, label, event.on, scoring, executed=executed)
    if score is None or score < 0 or (most is not None and score > most):
        raise InvalidInput(
            "score", event.score, message("expected.points_of_weight", most=most)
        )
    return replace(event, score=score, indicator=label)


def _check_year(state: Indicators, event: IndicatorEvent, settings: Settings) -> None:
    if not state.fiscal_year:
        subject = Subject.of(stream_of(event))
        if subject.kind is SubjectKind.PROJECT:
            raise unknown_project(subject.code)
        raise UnknownUnit(subject.code)
    year: FiscalYear = settings.year(state.fiscal_year)
    if event.on not in year:
        raise OutsideFiscalYear(state.subject, event.on, year.start, year.end)


def _known(state: Indicators, name: str) -> tuple[str, Tracked]:
    label = state.label(name)
    if label is None:
        raise UnknownIndicator(name, within=state.subject, known=list(state.tracked))
    return label, state.tracked[label]


def _is_number(number: Decimal) -> bool:
    return number.is_finite() and is_short(number)


def _canonical(number: Decimal | None) -> Decimal | None:
    return None if number is None else canonical(number)


_DECIDED_BY: Final[dict[type, Callable[..., IndicatorEvent]]] = {
    ObjectivesSet: _decide_objectives,
    ResultReported: _decide_result,
    ResultRetracted: _decide_retraction,
    TargetRevised: _decide_target,
    VarianceExplained: _decide_explanation,
}

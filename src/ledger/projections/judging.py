"""Results as one figure, and the figure held against its target at a date."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import msgspec
from attrs import field, frozen

from ledger.domain.indicator import (
    RATING_BANDS,
    IndicatorReference,
    Measure,
    Rating,
)
from ledger.domain.results import (
    DATES,
    QUANTITIES,
    Standard,
    Tracked,
)
from ledger.domain.series import Packed, Series, total
from ledger.domain.target import TargetKind
from ledger.projections.policy import CeilingFormula, Policy, Status

_SIX_PLACES = Decimal("0.000001")
_ONE = Decimal(1)
_ZERO = Decimal(0)

# Looking a member up on its class costs more than comparing with it.
_SUM = Measure.SUM
_RATIO = Measure.RATIO
_LEVELS = frozenset({Measure.LATEST, Measure.RATIO})
_ATTAINED = Status.ATTAINED
_EXCEEDED = Status.EXCEEDED
_ON_TRACK = Status.ON_TRACK
_PLAIN = frozenset({TargetKind.AT_LEAST, TargetKind.AT_MOST, TargetKind.EXACTLY})

# A rating without a share claims all, or nothing; ``partly`` claims no figure.
_PLAIN_SHARES = {Rating.ATTAINED: _ONE, Rating.NOT_ATTAINED: _ZERO}

Resolve = Callable[[IndicatorReference], Tracked | None]
"""Finds a project indicator that a unit's indicator is computed from."""


class Figure(msgspec.Struct, frozen=True, gc=False):
    """What results come to: a number, a date, a rating or a text, or why nothing."""

    value: Decimal | date | Rating | str | None = None
    share: Decimal | None = None
    reason: str | None = None
    measure: Measure | None = None


class Judged(msgspec.Struct, frozen=True, gc=False):
    """
    A figure held against its standard.

    Attributes:
        attainment: A share that is not capped; ``None`` with a *reason*.

        expected: What a number should have reached by the date, not rounded.
    """

    attainment: Decimal | None
    expected: Decimal | None
    status: Status
    reason: str | None = None


@frozen(kw_only=True)
class Moment:
    """
    The date that figures are judged at, and the policy they are judged by.

    Attributes:
        progress: Exact share of the fiscal year elapsed; at 1 the year is *over*.

        eased: Exact share of a sum's target that is expected by now: *part* of *whole*,
            and the *share* as a decimal number where it is one.

        due: Whether results of indicators without a date are due by now.

        day: The ordinal of the date.
    """

    through: date
    progress: Fraction | Decimal
    eased: Fraction | Decimal
    policy: Policy
    part: int = field(init=False)
    whole: int = field(init=False)
    share: Decimal | None = field(init=False)
    over: bool = field(init=False)
    due: bool = field(init=False)
    day: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "day", self.through.toordinal())
        object.__setattr__(self, "over", self.progress == 1)
        due = Fraction(self.progress) >= Fraction(self.policy.due_from)
        object.__setattr__(self, "due", due)
        eased = Fraction(self.eased)
        object.__setattr__(self, "part", eased.numerator)
        object.__setattr__(self, "whole", eased.denominator)
        share = Decimal(eased.numerator) / eased.denominator
        object.__setattr__(self, "share", share if Fraction(share) == eased else None)


def figure(measure: Measure, standard: Standard, results: Series, count: int) -> Figure:
    """
    Make one figure of the first *count* results.

    Numerators and denominators are pooled, Σ ÷ Σ, whatever the measure: 90/100 and
    10/1000 make 9.09 %, never the mean of rates.
    """
    last, values = count - 1, results.values
    if last < 0:
        return _NOTHING
    if values and not results.mixed:  # Plain numbers, as most are.
        return _of_numbers(measure, values[:count] if count < len(values) else values)
    value = values[last] if values else None
    rating = results.ratings[last] if results.ratings else None
    if rating is not None:
        claimed = _PLAIN_SHARES.get(rating) if value is None else Decimal(value)
        return Figure(rating, claimed)
    if results.dates and results.dates[last] is not None:
        return _reached(standard, results, count)
    if value is None:
        text = results.texts[last] if results.texts else None
        return Figure(text, reason="a text has no attainment")
    wholes = results.denominators or [None] * count
    if wholes[last] is not None:
        return _pooled(standard, [(results, count)])
    # A rate's numerator is no value of its own.
    pairs = zip((values or [])[:count], wholes, strict=False)
    return _of_numbers(measure, [value for value, whole in pairs if whole is None])


def _of_numbers(measure: Measure, values: list[Packed | None]) -> Figure:
    """Make one figure of values, the last of them a number; others may be none."""
    if measure in _LEVELS:
        return Figure(Decimal(values[-1] or 0))
    if measure is _SUM:
        return Figure(total(values))
    numbers = [Decimal(each) for each in values if each is not None]
    if measure is Measure.MEAN:
        return Figure(_rounded(total(values) / len(numbers)))
    return Figure(max(numbers) if measure is Measure.MAX else min(numbers))


def computed_figure(
    one: Tracked, standard: Standard, through: date, resolve: Resolve
) -> tuple[Figure, int]:
    """
    Make the figure of a unit's indicator from the project indicators it names.

    Rates are pooled, Σ ÷ Σ, and never added up; anything else is summed.

    Returns the figure, and how many results it is made of.
    """
    parts = []
    for reference in one.computed_from:
        part = resolve(reference)
        if part is None:
            missing = f"{reference.project} has no {reference.indicator!r}"
            return Figure(reason=f"cannot be computed: {missing}"), 0
        parts.append((part, part.results.count(through)))
    parts = [(part, n) for part, n in parts if n]
    count = sum(n for _, n in parts)
    if len(parts) > 1 and (one.measure is _RATIO or standard.unit == "%"):
        series = [(part.results, n) for part, n in parts]
        if all(_is_rate(results, n) for results, n in series):
            return _pooled(standard, series), count
        reason = "rates without numerators and denominators do not pool"
        return Figure(reason=reason), count
    figures = [
        figure(part.measure, part.standard(through), part.results, n)
        for part, n in parts
    ]
    numbers = [f.value for f in figures if isinstance(f.value, Decimal)]
    if not numbers:
        reason = "no result of the indicators it is computed from"
        return Figure(reason=reason), count
    return Figure(sum(numbers, _ZERO)), count


def _is_rate(results: Series, count: int) -> bool:
    """Say whether the first *count* results have numerators and denominators."""
    wholes = (results.denominators or [])[:count]
    return bool(wholes) and None not in wholes


def judge(one: Tracked, standard: Standard, found: Figure, moment: Moment) -> Judged:
    """Hold *found* against *standard*, and conclude where it stands (design 3.6)."""
    actual = found.value
    if standard.value is not None and standard.kind in QUANTITIES:
        wanted = Decimal(standard.value)
        if isinstance(actual, Decimal):
            return _judge_number(one, standard, actual, wanted, moment)
        expected = _due(wanted, moment) if standard.eased else wanted
        return Judged(None, expected, Status.NO_RESULT)
    if actual is None:
        return Judged(None, None, Status.NO_RESULT)
    if standard.kind in DATES:
        return _judge_date(standard, actual)
    if isinstance(actual, Rating):
        return _judge_rating(found.share, moment)
    reason = "no figure to compare with"
    return Judged(None, None, Status.NO_RESULT, reason)


def _judge_number(
    one: Tracked,
    standard: Standard,
    actual: Decimal,
    wanted: Decimal,
    moment: Moment,
) -> Judged:
    policy = moment.policy
    attained = _attained(standard, actual, wanted)
    attainment: Decimal | None
    if one.baseline is not None or standard.upper is not None:
        attainment = _attainment(one, standard, actual, wanted, policy)
    elif standard.ceiling:
        attainment = _ceiling(actual, wanted, policy)
    else:
        attainment = _floor(actual, wanted)
    if attainment is None:
        status = Status.ATTAINED if attained else Status.NO_RESULT
        return Judged(None, wanted, status, "the target equals the baseline")
    # Only a sum against a floor is eased: a 100 % pass rate is not 58 % in July.
    expected = _due(wanted, moment) if standard.eased else wanted
    rounded = attainment.quantize(_SIX_PLACES, ROUND_HALF_UP)
    if attained:
        floor = not standard.ceiling and standard.upper is None
        exceeded = floor and attainment >= policy.exceeded_from
        return Judged(rounded, expected, _EXCEEDED if exceeded else _ATTAINED)
    if moment.over:
        return Judged(rounded, expected, Status.MISSED)
    pace = attainment
    if standard.eased:
        if moment.share is not None:
            pace = actual / expected if expected else _ONE
        else:
            due = wanted * moment.part
            pace = actual * moment.whole / due if due else _ONE
    if pace < policy.behind_below:
        status = Status.BEHIND
    elif pace < policy.at_risk_below or standard.ceiling:
        status = Status.AT_RISK
    else:
        status = _ON_TRACK
    return Judged(rounded, expected, status)


def _due(wanted: Decimal, moment: Moment) -> Decimal:
    """Return what of a sum's target is expected by now."""
    if moment.share is not None:
        return wanted * moment.share
    return wanted * moment.part / moment.whole


def _judge_date(standard: Standard, reached: object) -> Judged:
    if not isinstance(reached, date):
        reason = "no date to compare with"
        return Judged(None, None, Status.NO_RESULT, reason)
    if standard.kind is TargetKind.DAY_OF_MONTH:
        attained = reached.day <= Decimal(standard.value or 0)
    elif standard.date is None:
        reason = "the target's year is unknown"
        return Judged(None, None, Status.NO_RESULT, reason)
    else:
        attained = (standard.since or date.min) <= reached <= standard.date
    if attained:
        return Judged(_ONE, None, Status.ATTAINED)
    return Judged(_ZERO, None, Status.MISSED)


def _judge_rating(share: Decimal | None, moment: Moment) -> Judged:
    if share is None:
        return Judged(None, None, Status.NO_RESULT, "no share claimed")
    policy = moment.policy
    if share >= RATING_BANDS[Rating.ATTAINED][0]:
        status = Status.ATTAINED
    elif moment.over:
        status = Status.MISSED
    else:
        status = Status.BEHIND if share < policy.behind_below else Status.AT_RISK
    return Judged(share, None, status)


def _attainment(
    one: Tracked,
    standard: Standard,
    actual: Decimal,
    wanted: Decimal,
    policy: Policy,
) -> Decimal | None:
    """Return the share attained of a way from a baseline, or of a range."""
    if one.baseline is not None:
        baseline = Decimal(one.baseline)
        promised = wanted - baseline
        return (actual - baseline) / promised if promised else None
    upper = Decimal(standard.upper or 0)
    if actual > upper:
        return _ceiling(actual, upper, policy)
    return _ONE if actual >= wanted else _floor(actual, wanted)


def _attained(standard: Standard, actual: Decimal, wanted: Decimal) -> bool:
    if standard.kind in _PLAIN:
        return actual <= wanted if standard.ceiling else actual >= wanted
    match standard.kind:
        case TargetKind.MORE_THAN:
            return actual > wanted
        case TargetKind.LESS_THAN:
            return actual < wanted
        case _:
            return wanted <= actual <= Decimal(standard.upper or 0)


def _floor(actual: Decimal, wanted: Decimal) -> Decimal:
    if not wanted:
        return _ONE if actual >= 0 else _ZERO
    return actual / wanted


def _ceiling(actual: Decimal, wanted: Decimal, policy: Policy) -> Decimal:
    if actual <= wanted:
        return _ONE
    if wanted <= 0:
        return _ZERO
    if policy.ceiling is CeilingFormula.RATIO:
        return wanted / actual
    return max(_ZERO, 1 - (actual - wanted) / wanted)


def _reached(standard: Standard, results: Series, count: int) -> Figure:
    days = [day for day in (results.dates or [])[:count] if day is not None]
    if standard.kind is TargetKind.DAY_OF_MONTH:  # A monthly duty: the worst month.
        return Figure(max(days, key=lambda day: day.day))
    return Figure(days[-1])


def _pooled(standard: Standard, parts: Iterable[tuple[Series, int]]) -> Figure:
    values: list[Any] = []
    wholes: list[Any] = []
    for series, count in parts:
        values += (series.values or [])[:count]
        wholes += (series.denominators or [])[:count]
    scale = 100 if standard.unit == "%" else 1
    try:
        rate = Decimal(sum(values) * scale) / sum(wholes)
    except TypeError:  # Not all are whole, or not all are rates; that is rare.
        pairs = zip(values, wholes, strict=True)
        values = [value for value, whole in pairs if whole is not None]
        rate = total(values) * scale / total(wholes)
    return Figure(_rounded(rate), None, None, _RATIO)


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(_SIX_PLACES, ROUND_HALF_UP)


_NOTHING = Figure(reason="no result")

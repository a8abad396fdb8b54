"""Results as one figure, and the figure held against its target at a date."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any

import msgspec
from attrs import field, frozen

from ledger.domain.derived import derive
from ledger.domain.exact_numbers import (
    PLACES,
    Exact,
    Share,
    below,
    decimal_of,
    divided,
    exactly,
    is_exact,
    quotient,
    rounded,
)
from ledger.domain.indicator import (
    RATING_BANDS,
    IndicatorReference,
    Measure,
    Rating,
)
from ledger.domain.result_series import Packed, Series, total
from ledger.domain.results import Standard, Tracked
from ledger.domain.status import Status
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.domain.units import add_up
from ledger.projections.counting import (
    DATE,
    LEVELS,
    NUMBER,
    RATE,
    RATING,
    TEXT,
    counting,
)
from ledger.projections.policy import CeilingFormula, Policy

# Looking a member up on its class costs more than comparing with it.
_SUM = Measure.SUM
_RATIO = Measure.RATIO
_LATEST = Measure.LATEST
_POOLED = frozenset({Measure.SUM, Measure.LEVEL, Measure.RATIO})
_QUOTIENTS = frozenset({Measure.RATIO, Measure.MEAN})
_ATTAINED = Status.ATTAINED
_EXCEEDED = Status.EXCEEDED
_ON_TRACK = Status.ON_TRACK
_ATTAINED_FROM = RATING_BANDS[Rating.ATTAINED][0].as_integer_ratio()

_PARTS = 10**PLACES

# A rating without a share claims all, or nothing; ``partly`` claims no figure.
_PLAIN_SHARES: dict[Rating, Exact] = {Rating.ATTAINED: 1, Rating.NOT_ATTAINED: 0}

Resolve = Callable[[IndicatorReference], Tracked | str | None]
"""
Finds a project indicator that a unit's is computed from, or says why it cannot.

``None`` while the project is not approved.
"""

Pair = tuple[Packed, Packed]
"""A numerator and a denominator."""

Found = int | Fraction | date | Rating | str | None
"""A number, a date, a rating or a text; ``None`` where there is no figure."""


class Figure(msgspec.Struct, frozen=True, gc=False):
    """
    What results come to, exact, or why nothing.

    Attributes:
        share: What a rating claims.

        partial: Whether it is the sum of some of its parts only.
    """

    value: Found = None
    share: Exact | None = None
    reason: str | None = None
    measure: Measure | None = None
    partial: bool = False


class Judged(msgspec.Struct, frozen=True, gc=False):
    """
    A figure held against its standard, exact.

    Attributes:
        share: Of the target, not capped; ``None`` with a *reason*.

        due: What a number should have reached by the date.
    """

    share: Share | None
    due: Share | None
    status: Status
    reason: str | None = None

    @property
    def attainment(self) -> Exact | None:
        """The share attained, divided."""
        return None if self.share is None else divided(self.share)

    @property
    def expected(self) -> Exact | None:
        """What is due, divided."""
        return None if self.due is None else divided(self.due)


@frozen(kw_only=True)
class Moment:
    """
    The date that figures are judged at, and the policy they are judged by.

    Attributes:
        progress: Exact share of the fiscal year elapsed; at 1 the year is *over*.

        eased: Exact share of a sum's target that is expected by now: *part* of *whole*.

        due: Whether results of indicators without a date are due by now.

        day: The ordinal of the date.
    """

    through: date
    progress: Fraction | Decimal
    eased: Fraction | Decimal
    policy: Policy
    part: int = field(init=False)
    whole: int = field(init=False)
    over: bool = field(init=False)
    due: bool = field(init=False)
    day: int = field(init=False)
    behind: tuple[int, int] = field(init=False)
    at_risk: tuple[int, int] = field(init=False)
    exceeded: tuple[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        policy, eased = self.policy, Fraction(self.eased)
        given = {
            "day": self.through.toordinal(),
            "over": self.progress == 1,
            "due": Fraction(self.progress) >= Fraction(policy.due_from),
            "part": eased.numerator,
            "whole": eased.denominator,
            "behind": policy.behind_below.as_integer_ratio(),
            "at_risk": policy.at_risk_below.as_integer_ratio(),
            "exceeded": policy.exceeded_from.as_integer_ratio(),
        }
        derive(self, **given)


def shown(
    figure: Found, measure: Measure, against: Sequence[Exact]
) -> Decimal | date | Rating | str | None:
    """
    Return a figure as reports show it: to six decimals at most, on its side.

    A sum or a level keeps the zeros that it was reported with.
    """
    if not is_exact(figure):
        assert not isinstance(figure, int | Fraction)
        return figure
    if measure in _QUOTIENTS or _PARTS % figure.denominator:
        return rounded(figure, PLACES, against)
    return decimal_of(figure)


def bounds(standard: Standard) -> tuple[Exact, ...]:
    """Return the numbers of a target that a figure may not be shown across."""
    value, upper = standard.value, standard.upper
    if value is None or standard.kind not in QUANTITIES:
        return ()
    if upper is None:
        return (value if type(value) is int else exactly(value),)
    return exactly(value), exactly(upper)


def figure(standard: Standard, results: Series, count: int) -> Figure:
    """
    Make one figure of the first *count* results.

    Against a quantity only numbers count: a rating's share is none. Numerators and
    denominators are pooled, Σ ÷ Σ, unless ``latest`` is stated, or ``max`` or ``min``:
    90/100 and 10/1000 make 9.09 %, never the mean of rates.
    """
    last, values, measure = count - 1, results.values, standard.measure
    if last < 0:
        return _NOTHING
    if values and not results.mixed:  # Plain numbers, as most are.
        plain: Any = values  # No column of others: each measurement has a number.
        return _of_numbers(measure, plain[:count] if count < len(values) else plain)
    if results.denominators and measure in _POOLED:  # Pairs alone are as common.
        sums = results.sums(count)
        if sums is not None:
            scale = 100 if standard.unit == "%" else 1
            return Figure(quotient(sums[0] * scale, sums[1]), measure=_RATIO)
    kind, places, *_ = counting(standard, results, count)
    columns: Any = results  # Those of the kind that counts are there.
    if kind is RATING:
        rating = columns.ratings[last]
        claimed = values[last] if values else None
        if claimed is None:
            return Figure(rating, _PLAIN_SHARES.get(rating))
        return Figure(rating, exactly(claimed))
    if kind is RATE:
        pairs = [(columns.values[i], columns.denominators[i]) for i in places]
        return _of_pairs(measure, standard, pairs)
    if kind is NUMBER:
        return _of_numbers(measure, [columns.values[i] for i in places])
    if kind is DATE:  # Of a monthly duty, the worst month.
        days = [columns.dates[i] for i in places]
        return Figure(max(days, key=attrgetter("day")))
    if kind is TEXT:
        text = columns.texts[last] if columns.texts else None
        return Figure(text, reason="a text has no attainment")
    return Figure(reason="no number to compare with the target")


def _of_numbers(measure: Measure, values: Sequence[Packed]) -> Figure:
    """Make one figure of plain numbers."""
    if measure in LEVELS:
        last = values[-1]
        return Figure(last if type(last) is int else exactly(last))
    if measure is _SUM:
        return Figure(total(values))
    if measure is Measure.MEAN:
        return Figure(quotient(total(values), len(values)))
    numbers = map(exactly, values)
    return Figure(max(numbers) if measure is Measure.MAX else min(numbers))


def _of_pairs(measure: Measure, standard: Standard, pairs: Sequence[Pair]) -> Figure:
    """Make one figure of numerators and denominators."""
    scale = 100 if standard.unit == "%" else 1
    parts, wholes = zip(*_taken(measure, pairs), strict=True)
    shown = _RATIO if measure in _POOLED else measure
    return Figure(quotient(total(parts) * scale, total(wholes)), measure=shown)


def _taken(measure: Measure, pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Return the pairs that make a figure: one where the measure takes one, or all."""
    if measure is _LATEST:
        return pairs[-1:]
    if measure in _POOLED:
        return pairs
    chosen = max if measure is Measure.MAX else min
    return [chosen(pairs, key=lambda pair: quotient(*map(exactly, pair)))]


def computed_figure(
    one: Tracked, standard: Standard, through: date, resolve: Resolve
) -> tuple[Figure, int]:
    """
    Make the figure of a unit's indicator from the project indicators it names.

    Rates are pooled, Σ ÷ Σ, and never added up; anything else is summed, if it is
    measured in one unit. While some have no result, what there is stands with
    “n of m reported”.

    Returns the figure, and how many results it is made of.
    """
    found = [resolve(reference) for reference in one.computed_from]
    for reason in found:
        if isinstance(reason, str):
            return Figure(reason=f"cannot be computed: {reason}"), 0
    known = [part for part in found if isinstance(part, Tracked)]
    parts = [(p, p.standard(through), p.results.count(through)) for p in known]
    count = sum(n for *_, n in parts)
    held = [own.unit for own in (standard, *(own for _, own, _ in parts))]
    if not add_up(held):
        named = " and ".join(dict.fromkeys(filter(None, held)))
        reason = f"cannot be computed: {named} do not add up"
        return Figure(reason=reason), count
    made, each = _put_together(standard, [part for part in parts if part[-1]])
    reported = sum(map(is_exact, each))
    if not reported or reported == len(found):
        return made, count
    said = made.reason or f"{reported} of {len(found)} reported"
    return msgspec.structs.replace(made, reason=said, partial=True), count


def _put_together(
    standard: Standard, parts: Sequence[tuple[Tracked, Standard, int]]
) -> tuple[Figure, list[Found]]:
    """Return the figure of all parts that have results, and the figure of each."""
    each = [figure(own, p.results, n).value for p, own, n in parts]
    if len(parts) > 1 and (standard.measure is _RATIO or standard.unit == "%"):
        if all(p.results.pooled(n) for p, _, n in parts):
            taken = [_taken(own.measure, p.results.pairs(n)) for p, own, n in parts]
            pooled = [pair for own in taken for pair in own]
            return _of_pairs(_RATIO, standard, pooled), each
        reason = "rates without numerators and denominators do not pool"
        return Figure(reason=reason), each
    numbers = [value for value in each if is_exact(value)]
    if not numbers:
        return Figure(reason="no result of the indicators it is computed from"), each
    rate = len(parts) == 1 and parts[0][0].results.pooled(parts[0][2])
    return Figure(exactly(sum(numbers)), measure=_RATIO if rate else None), each


def judge(one: Tracked, standard: Standard, found: Figure, moment: Moment) -> Judged:
    """Hold *found* against *standard*, and conclude where it stands (design 3.6)."""
    actual = found.value
    if standard.value is not None and standard.kind in QUANTITIES:
        packed = standard.value
        wanted = packed if type(packed) is int else exactly(packed)
        if is_exact(actual) and (
            not found.partial or _decided(standard, found.measure, actual, wanted)
        ):
            return _judge_number(one, standard, actual, wanted, moment)
        expected: Share = _due(wanted, moment) if standard.eased else wanted
        return Judged(None, expected, Status.NO_RESULT)
    if actual is None:
        return Judged(None, None, Status.NO_RESULT)
    if standard.kind in DATES:
        return _judge_date(standard, actual)
    if isinstance(actual, Rating) and standard.kind is not TargetKind.NONE:
        return _judge_rating(found.share, moment)
    reason = "no figure to compare with"
    return Judged(None, None, Status.NO_RESULT, reason)


def _decided(
    standard: Standard, made_as: Measure | None, actual: Exact, wanted: Exact
) -> bool:
    """
    Say whether nothing that is still to come can undo what a sum has passed.

    A rate is no sum: more of the whole may bring it back.
    """
    if made_as is _RATIO:
        return False
    if standard.upper is not None:
        return actual > exactly(standard.upper)
    attained = _attained(standard, actual, wanted)
    return not attained if standard.ceiling else standard.eased and attained


def _judge_number(
    one: Tracked, standard: Standard, actual: Exact, wanted: Exact, moment: Moment
) -> Judged:
    attained = _attained(standard, actual, wanted)
    floor = one.baseline is None and standard.upper is None and not standard.ceiling
    share: Share | None
    pace: tuple[Exact, Exact]
    if floor and wanted > 0:
        share = pace = actual, wanted
    else:
        formula = _ceiling if standard.ceiling else _floor
        share = own = formula(actual, wanted, moment.policy, attained=attained)
        if one.baseline is not None or standard.upper is not None:
            share = _from_baseline(one, standard, actual, wanted, moment.policy)
            own = own if share is None else share
        pace = own, 1
    reason = None
    if share is None:
        reason = "the target equals the baseline"
    elif standard.kind.row.is_strict and not attained and actual == wanted:
        reason = "the target is equalled, and not passed"
    # Only a sum against a floor is eased: a 100 % pass rate is not 58 % in July.
    expected = _due(wanted, moment) if standard.eased else wanted
    if attained:
        exceeded = floor and not below(pace[0], moment.exceeded, pace[1])
        return Judged(share, expected, _EXCEEDED if exceeded else _ATTAINED, reason)
    if moment.over:
        return Judged(share, expected, Status.MISSED, reason)
    status = _paced(standard, actual, wanted, pace, moment)
    return Judged(share, expected, status, reason)


def _paced(
    standard: Standard,
    actual: Exact,
    wanted: Exact,
    pace: tuple[Exact, Exact],
    moment: Moment,
) -> Status:
    """Say where a figure stands that does not meet its target yet."""
    made, due = pace
    if standard.eased:
        made, due = actual * moment.whole, wanted * moment.part
    if due > 0 and below(made, moment.behind, due):
        return Status.BEHIND
    if (due > 0 and below(made, moment.at_risk, due)) or standard.ceiling:
        return Status.AT_RISK
    return _ON_TRACK


def _due(wanted: Exact, moment: Moment) -> Share:
    """Return what of a sum's target is expected by now."""
    return wanted * moment.part, moment.whole


def _judge_date(standard: Standard, reached: object) -> Judged:
    if not isinstance(reached, date):
        reason = "no date to compare with"
        return Judged(None, None, Status.NO_RESULT, reason)
    if standard.kind is TargetKind.DAY_OF_MONTH:
        attained = reached.day <= exactly(standard.value or 0)
    elif standard.date is None:
        reason = "the target's year is unknown"
        return Judged(None, None, Status.NO_RESULT, reason)
    else:
        attained = (standard.since or date.min) <= reached <= standard.date
    if attained:
        return Judged(1, None, Status.ATTAINED)
    return Judged(0, None, Status.MISSED)


def _judge_rating(share: Exact | None, moment: Moment) -> Judged:
    if share is None:
        return Judged(None, None, Status.NO_RESULT, "no share claimed")
    if not below(share, _ATTAINED_FROM):
        status = Status.ATTAINED
    elif moment.over:
        status = Status.MISSED
    else:
        status = Status.BEHIND if below(share, moment.behind) else Status.AT_RISK
    return Judged(share, None, status)


def _from_baseline(
    one: Tracked, standard: Standard, actual: Exact, wanted: Exact, policy: Policy
) -> Exact | None:
    """
    Return the share attained of a way from a baseline, or of a range.

    The way leads from the baseline to the bound of the range that is nearer; from
    inside it there is none. ``None`` where the target is the baseline.
    """
    start = None if one.baseline is None else exactly(one.baseline)
    upper = None if standard.upper is None else exactly(standard.upper)
    if upper is not None:
        if wanted <= actual <= upper:
            return 1
        falls_short = actual < wanted
        nearer = wanted if falls_short else upper
        if start is None or (start >= wanted if falls_short else start <= upper):
            formula = _floor if falls_short else _ceiling
            return formula(actual, nearer, policy, attained=False)
        return quotient(actual - start, nearer - start)
    assert start is not None
    return quotient(actual - start, wanted - start) if wanted != start else None


def _attained(standard: Standard, actual: Exact, wanted: Exact) -> bool:
    upper = exactly(standard.upper or 0)
    return standard.kind.row.is_attained(
        actual, wanted, upper, ceiling=standard.ceiling
    )


def _floor(actual: Exact, wanted: Exact, _: Policy, *, attained: bool) -> Exact:
    """Return result ÷ target; all or nothing where the target is 0 or less."""
    return quotient(actual, wanted) if wanted > 0 else int(attained)


def _ceiling(actual: Exact, wanted: Exact, policy: Policy, *, attained: bool) -> Exact:
    """Return 1 up to the target; all or nothing where the target is 0 or less."""
    if wanted <= 0:
        return int(attained)
    if actual <= wanted:
        return 1
    if policy.ceiling is CeilingFormula.RATIO:
        return quotient(wanted, actual)
    return max(0, 1 - quotient(actual - wanted, wanted))


_NOTHING = Figure(reason="no result")

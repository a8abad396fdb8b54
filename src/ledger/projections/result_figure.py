"""Results as one figure, and how a figure is shown."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

import msgspec

from ledger.domain.exact_numbers import (
    PLACES,
    Exact,
    decimal_of,
    exactly,
    is_exact,
    quotient,
    rounded,
    total,
)
from ledger.domain.indicator import IndicatorReference, Rating
from ledger.domain.measure import Measure, Pair
from ledger.domain.result_series import Series
from ledger.domain.results import Standard, Tracked
from ledger.domain.target_kind import QUANTITIES
from ledger.domain.units import add_up
from ledger.messages import Message, message
from ledger.projections.counting import DATE, NUMBER, RATE, RATING, TEXT, counting

# Looking a member up on its class costs more than comparing with it.
_RATIO = Measure.RATIO

_PARTS = 10**PLACES

# A rating without a share claims all, or nothing; ``partly`` claims no figure.
_PLAIN_SHARES: dict[Rating, Exact] = {Rating.ATTAINED: 1, Rating.NOT_ATTAINED: 0}

Resolve = Callable[[IndicatorReference], Tracked | Message | None]
"""
Finds a project indicator that a unit's is computed from, or says why it cannot.

``None`` while the project is not approved.
"""

ResultValue = int | Fraction | date | Rating | str | None
"""A number, a date, a rating or a text; ``None`` where there is no figure."""


class ResultFigure(msgspec.Struct, frozen=True, gc=False):
    """
    What results come to, exact, or why nothing.

    Attributes:
        share: What a rating claims.

        partial: Whether it is the sum of some of its parts only.
    """

    value: ResultValue = None
    share: Exact | None = None
    reason: Message | None = None
    measure: Measure | None = None
    partial: bool = False


def shown(
    figure: ResultValue, measure: Measure, against: Sequence[Exact]
) -> Decimal | date | Rating | str | None:
    """
    Return a figure as reports show it: to six decimals at most, on its side.

    A sum or a level keeps the zeros that it was reported with.
    """
    if not is_exact(figure):
        assert not isinstance(figure, int | Fraction)
        return figure
    if measure.row.is_quotient or _PARTS % figure.denominator:
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


def figure(standard: Standard, results: Series, count: int) -> ResultFigure:
    """
    Make one figure of the first *count* results.

    Against a quantity only numbers count: a rating's share is none. Numerators and
    denominators are pooled, Σ ÷ Σ, unless ``latest`` is stated, or ``max`` or ``min``:
    90/100 and 10/1000 make 9.09 %, never the mean of rates.
    """
    if not count:
        return _NOTHING
    values: Any = results.values
    measure = standard.measure
    if values and not results.mixed:  # Plain numbers, as most are: each has one.
        taken = values[:count] if count < len(values) else values
        combine = measure.row.combine  # A field that is called is looked up slowly.
        return ResultFigure(combine(taken))
    if results.denominators and measure.row.pools:  # Pairs alone are as common.
        sums = results.sums(count)
        if sums is not None:
            scale = 100 if standard.unit == "%" else 1
            if not sums[1]:
                return NOTHING_MEASURED
            return ResultFigure(quotient(sums[0] * scale, sums[1]), measure=_RATIO)
    last = count - 1
    counted = counting(standard, results, count)
    kind, places = counted.kind, counted.places
    columns: Any = results  # Those of the kind that counts are there.
    if kind is RATING:
        rating = columns.ratings[last]
        claimed = values[last] if values else None
        if claimed is None:
            return ResultFigure(rating, _PLAIN_SHARES.get(rating))
        return ResultFigure(rating, exactly(claimed))
    if kind is RATE:
        pairs = [(columns.values[i], columns.denominators[i]) for i in places]
        if not pairs[-1][1]:  # All are 0 of 0.
            return NOTHING_MEASURED
        return _of_pairs(measure, standard, pairs)
    if kind is NUMBER:
        numbers = [columns.values[i] for i in places]
        return ResultFigure(measure.row.combine(numbers))
    if kind is DATE:  # Of a monthly duty, the worst month.
        days = [columns.dates[i] for i in places]
        return ResultFigure(max(days, key=attrgetter("day")))
    if kind is TEXT:
        text = columns.texts[last] if columns.texts else None
        return ResultFigure(text, reason=message("reason.text_result"))
    return ResultFigure(reason=message("reason.no_number"))


def _of_pairs(
    measure: Measure, standard: Standard, pairs: Sequence[Pair]
) -> ResultFigure:
    """Make one figure of numerators and denominators."""
    scale = 100 if standard.unit == "%" else 1
    parts, wholes = zip(*measure.row.take(pairs), strict=True)
    shown = _RATIO if measure.row.pools else measure
    return ResultFigure(quotient(total(parts) * scale, total(wholes)), measure=shown)


def computed_figure(
    one: Tracked, standard: Standard, through: date, resolve: Resolve
) -> tuple[ResultFigure, int]:
    """
    Make the figure of a unit's indicator from the project indicators it names.

    Rates are pooled, Σ ÷ Σ, and never added up; anything else is summed, if it is
    measured in one unit. While some have no result, what there is stands with
    “n of m reported”.

    Returns the figure, and how many results it is made of.
    """
    found = [resolve(reference) for reference in one.computed_from]
    for reason in found:
        if isinstance(reason, Message):
            return ResultFigure(reason=message("reason.not_computed", why=reason)), 0
    known = [p for p in found if p is not None and not isinstance(p, Message)]
    day = through.toordinal()
    parts = [(p, p.standard(through), p.results.count_by(day)) for p in known]
    count = sum(n for *_, n in parts)
    held = [own.unit for own in (standard, *(own for _, own, _ in parts))]
    if not add_up(held):
        units = list(dict.fromkeys(filter(None, held)))
        why = message("reason.not_added", units=units)
        reason = message("reason.not_computed", why=why)
        return ResultFigure(reason=reason), count
    made, each = _put_together(standard, [part for part in parts if part[-1]])
    reported = sum(is_exact(one.value) or one is NOTHING_MEASURED for one in each)
    if not reported or reported == len(found):
        return made, count
    reason = made.reason
    if reason is None or made is NOTHING_MEASURED:
        reason = message("reason.parts_reported", reported=reported, count=len(found))
    return msgspec.structs.replace(made, reason=reason, partial=True), count


def _put_together(
    standard: Standard, parts: Sequence[tuple[Tracked, Standard, int]]
) -> tuple[ResultFigure, list[ResultFigure]]:
    """Return the figure of all parts that have results, and the figure of each."""
    each = [figure(own, p.results, n) for p, own, n in parts]
    if each and all(one is NOTHING_MEASURED for one in each):
        return NOTHING_MEASURED, each
    if len(parts) > 1 and (standard.measure is _RATIO or standard.unit == "%"):
        if all(p.results.pooled(n) for p, _, n in parts):
            measured = [(own, _measured(p, n)) for p, own, n in parts]
            taken = [own.measure.row.take(pairs) for own, pairs in measured if pairs]
            pooled = [pair for own in taken for pair in own]
            return _of_pairs(_RATIO, standard, pooled), each
        return ResultFigure(reason=message("reason.rates_not_pooled")), each
    numbers = [one.value for one in each if is_exact(one.value)]
    if not numbers:
        return ResultFigure(reason=message("reason.no_result_of_parts")), each
    rate = len(parts) == 1 and parts[0][0].results.pooled(parts[0][2])
    return ResultFigure(exactly(sum(numbers)), measure=_RATIO if rate else None), each


def _measured(one: Tracked, count: int) -> Sequence[Pair]:
    """Return the pairs among the first *count* results: none that is 0 of 0."""
    return [pair for pair in one.results.pairs(count) if pair[1]]


_NOTHING = ResultFigure(reason=message("reason.no_result"))
NOTHING_MEASURED: Final = ResultFigure(reason=message("reason.nothing_measured"))
"""The figure of 0 of 0, which is no rate and is not missing either."""

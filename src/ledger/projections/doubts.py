"""
What looks wrong in the results that make a figure.

A finding is about results that make the figure on a day, under the target in force.
There is none about a result that was retracted, or that a later one has replaced.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Final

from ledger.domain.exact_numbers import compared, decimal_of, exactly, is_exact
from ledger.domain.finding import Finding, finding
from ledger.domain.result_doubts import result_finding
from ledger.domain.result_series import Series
from ledger.domain.results import Indicators, Standard, Tracked
from ledger.domain.revised_indicators import on_day
from ledger.domain.status import Status
from ledger.messages import Language, Message, listed, message
from ledger.projections.counting import NUMBER, RATE, Counting, counting, kind_of
from ledger.projections.part_figures import unequal_parts
from ledger.projections.result_figure import ResultFigure, bounds

_FEWEST_TO_DATE: Final = 3
"""So many results that never fall look like figures to date."""


def doubts(
    one: Tracked, standard: Standard, found: ResultFigure, status: Status, count: int
) -> tuple[Finding, ...]:
    """
    Return what looks wrong in the first *count* results, without their place.

    Args:
        found: What they come to.
    """
    series, remarks = one.results, one.remarks
    entered = count > 1 and _is_doubtful(series, standard, status)
    suspect = remarks is not None and (remarks.suspect or remarks.revisions)
    parted = remarks is not None and remarks.parts
    running, since = series.running, standard.since
    reached = found.value if since is not None else None
    early = isinstance(reached, date) and since is not None and reached < since
    special = suspect or parted or running or early
    if not count or one.computed_from or not (entered or special):
        return ()
    counted = counting(standard, series, count)
    told: list[Finding] = []
    if entered:
        told += _of_other_kind(series, counted, count)
        told += _twice(series, standard, counted)
        told += _to_date(series, standard, found, count)
    if early:
        told.append(finding("result.before_period", reached=reached, since=since))
    if running:
        told += _falls(series, running, counted, count)
    if suspect:
        told += _wrong_alone(one, standard, counted)
    if parted and remarks is not None:
        told += unequal_parts(remarks, one, standard, counted)
    return tuple(told)


def entered_twice(state: Indicators, language: Language) -> Iterator[Finding]:
    """Yield a finding for each result that stands twice in the end, under a sum."""
    known = on_day(state, date.max)
    for label, one in known.tracked.items():
        series = one.results
        if not series.shares_days or one.computed_from:
            continue  # As most are.
        standard = one.standard(date.max)
        counted = counting(standard, series, len(series))
        for note in _twice(series, standard, counted):
            yield note.at(known.subject, label, language=language)


def _is_doubtful(series: Series, standard: Standard, status: Status) -> bool:
    """
    Return whether it is worth asking what looks wrong in how numbers were entered.

    Most are neither entered twice a day, nor of two kinds, nor past their target.
    """
    if series.denominators:
        return series.shares_days or None in series.denominators
    if not standard.measure.row.adds_up:
        return False
    above = standard.ceiling or standard.upper is not None
    row = status.row  # Only of these can there be more than the target.
    if row.asks_why if above else row.is_met:
        return True
    return series.shares_days


def _to_date(
    series: Series, standard: Standard, found: ResultFigure, count: int
) -> Iterator[Finding]:
    """Yield a finding where what is added up, above the target, looks like sums."""
    total, wanted = found.value, bounds(standard)
    if not is_exact(total) or not wanted or compared(total, wanted[-1]) <= 0:
        return
    if not standard.measure.row.adds_up or series.pairs(count) or series.running:
        return
    numbers = series.numbers(count)
    if (
        len(numbers) >= _FEWEST_TO_DATE
        and exactly(numbers[-1]) <= wanted[-1]
        and all(exactly(a) <= exactly(b) for a, b in pairwise(numbers))
    ):
        yield finding(
            "result.looks_cumulative",
            found=listed(map(str, numbers)),
            understood=message("understood.all", total=decimal_of(total)),
            expected=message("expected.increment"),
            numbers=len(numbers),
            last=numbers[-1],
            target=standard.text,
            total=decimal_of(total),
        )


def _falls(
    series: Series, running: Sequence[bool | None], counted: Counting, count: int
) -> Iterator[Finding]:
    """Yield a finding for each figure so far that is below what there was before it."""
    kind = counted.kind
    if kind is not NUMBER and kind is not RATE:
        return
    values, wholes = series.values or (), series.denominators
    done, whole = Fraction(), Fraction()
    for place in range(count):
        if kind_of(series, place) is not kind:
            continue
        number = Fraction(exactly(values[place] or 0))
        parts = Fraction(exactly(wholes[place] or 0 if wholes else 0))
        if running[place]:
            if number < done or parts < whole:
                yield finding(
                    "result.to_date_falls",
                    found=_spelled(series, [place]),
                    on=date.fromordinal(series.start + series.days[place]),
                    before=decimal_of(exactly(done)),
                    whole=decimal_of(exactly(whole)) if wholes else None,
                )
            done = whole = Fraction()
        done, whole = done + number, whole + parts


def _of_other_kind(series: Series, counted: Counting, count: int) -> Iterator[Finding]:
    """
    Yield a finding where numbers are left out for being of another kind.

    Where the latest counts alone, those before it would not count of any kind.
    """
    others = {NUMBER: RATE, RATE: NUMBER}
    if counted.kind not in others:
        return
    start = counted.places[-1] if counted.alone else 0
    other = others[counted.kind]
    left = [place for place in range(start, count) if kind_of(series, place) is other]
    if left:
        yield finding(
            "result.other_kind",
            found=_spelled(series, left),
            understood=_spelled(series, counted.places),
            expected=message("expected.one_kind_of_rate"),
            kept=_spelled(series, counted.deciding[-1:]),
        )


def _twice(series: Series, standard: Standard, counted: Counting) -> Iterator[Finding]:
    """Yield one finding for each number of a day that counts more than once."""
    pairs, row = counted.kind is RATE, standard.measure.row
    if not (row.pools if pairs else counted.kind is NUMBER and row.adds_up):
        return
    values = series.values or ()
    rows = [
        (series.days[place], _spelled(series, [place]))
        for place in counted.places
        if values[place]
    ]
    how = message("found.among_pairs" if pairs else "found.under_a_sum")
    for (day, said), times in Counter(rows).items():
        if times > 1:
            yield finding(
                "result.likely_twice",
                found=f"{times} × {said}",
                understood=message("understood.results_add_up"),
                expected=message("expected.result_once"),
                said=said,
                on=date.fromordinal(series.start + day),
                times=times,
                how=how,
            )


def _wrong_alone(
    one: Tracked, standard: Standard, counted: Counting
) -> Iterator[Finding]:
    """
    Yield the findings about single results that count.

    Without a revision they were compared with the same target when they were taken,
    and those that looked wrong were noted.
    """
    remarks = one.remarks
    assert remarks is not None
    places = set(counted.places)
    for place, result in enumerate(one.results):
        noted = remarks.revisions or result.version in remarks.suspect
        told = result_finding(standard, result) if noted and place in places else None
        if told is not None:
            yield told


def _spelled(series: Series, places: Sequence[int]) -> Message:
    """Return numbers and pairs as they were reported."""
    values, wholes = series.values or (), series.denominators
    pairs = [(values[place], wholes and wholes[place]) for place in places]
    return listed(f"{a}" if b is None else f"{a}/{b}" for a, b in pairs)

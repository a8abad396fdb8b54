"""What a target asks of each month: judged by the worst of the whole months."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from . import judged, revised, told
from .cut import Cut
from .due import MONTH, begun_on, closed_on


def is_monthly(indicator: Any, target: Any) -> bool:
    """Whether each month is judged by itself."""
    asked = target.kind in judged.NUMERIC or target.kind == "day_of_month"
    return str(indicator.measure) == "worst_month" and asked


def by_months(cut: Cut, stream: str, row: revised.Row, label: str) -> judged.Judgement:
    """Judge an indicator by the months that are over and began after the approval."""
    one, target = judged.standard(cut.facts, stream, label, row, cut.through)
    found = told.standing(cut.facts, stream, label, cut.through)
    over = cut.progress == 1 or closed_on(cut, stream) is not None
    months = [month for _, month in each_month(cut, stream, row, label)]
    expected = judged.expected_of(one, target, Fraction(1), cut.through, "")
    nothing = judged.Reading(None, len(found), "worst_month", "none")
    known = [month for month in months if month is not None]
    if not known:
        status = "overdue" if months else "not due"
        due = bool(months)
        return judged.Judgement(one, target, nothing, expected, None, status, due)
    worst = min(known, key=_share)
    met = [month is None or _is_met(month) for month in months]
    if not all(met) and over:
        status = "missed"
    elif not met[-1]:
        status = "behind"
    elif None in months:
        status = "overdue"
    elif not all(met):
        status = "at risk"
    else:
        status = worst.status if over else "on track"
    return judged.Judgement(
        one,
        target,
        nothing._replace(value=worst.reading.value, reason=None),
        expected,
        worst.attainment,
        status,
        due=True,
    )


def each_month(
    cut: Cut, stream: str, row: revised.Row, label: str
) -> list[tuple[date, judged.Judgement | None]]:
    """Judge each month that is over and began after the approval, by its last day."""
    found = told.standing(cut.facts, stream, label, cut.through)
    start, begun = cut.year.first, begun_on(cut, stream)
    closed = closed_on(cut, stream)
    last = cut.through if closed is None else closed
    over = cut.progress == 1 or closed is not None
    months: list[tuple[date, judged.Judgement | None]] = []
    for end in cut.year.ends:
        held, aim = judged.standard(cut.facts, stream, label, row, end)
        if start >= begun and end <= last and str(held.measure) == "worst_month":
            events = [
                f.event
                for f in found
                if start <= (f.event.reached_on or f.event.on) <= end
            ]
            month = of_month(cut, held, aim, events, over=over)
            if month is not None or end > begun + MONTH:
                months.append((end, month))
        start = end + timedelta(days=1)
    return months


def of_month(
    cut: Cut, indicator: Any, target: Any, events: list[Any], *, over: bool
) -> judged.Judgement | None:
    """Judge one month; nothing where nothing was reported for it."""
    value: Any
    share = None
    if target.kind == "day_of_month":
        days = [event.reached_on for event in events if event.reached_on is not None]
        if not days:
            return None
        value = max(days)
        share = Fraction(value.day <= target.value)
    else:
        numbers = [Fraction(e.value) for e in events if e.value is not None]
        if target.kind not in judged.NUMERIC or not numbers:
            return None
        value = numbers[-1]
        if (target.unit or "").endswith("/月"):
            value = sum(numbers, Fraction(0))
    reading = judged.Reading(value, 1, "worst_month", None, share)
    terms = Fraction(1), cut.by, "", cut.through
    return judged.judge(indicator, target, reading, over, *terms)


def _is_met(month: judged.Judgement) -> bool:
    return judged.is_met(month.reading, month.indicator, month.target)


def _share(month: judged.Judgement) -> Fraction:
    own = month.attainment
    return Fraction(_is_met(month)) if own is None else own

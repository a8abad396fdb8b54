"""Results against targets, recomputed from the list of facts for every figure."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

from attrs import evolve

from . import courses, pairs
from .book import Fact
from .revised import Row
from .standards import Standards
from .told import revision, target_since
from .verdict import Standing, are_whole, verdict

FLOORS = {"at_least", "more_than", "exactly"}
CEILINGS = {"at_most", "less_than"}
NUMERIC = FLOORS | CEILINGS | {"between"}
DATES = {"by_date", "within_period"}
SHARES = {"attained": Fraction(1), "not_attained": Fraction(0), "partly": None}


class Reading(NamedTuple):
    """What the results up to a day make: one figure, and how it was made."""

    value: Any
    count: int
    measure: str
    reason: str | None
    share: Fraction | None = None


class Judgement(NamedTuple):
    """One indicator at one day."""

    indicator: Any
    target: Any
    reading: Reading
    expected: Fraction | None
    attainment: Fraction | None
    status: str
    due: bool = False
    due_on: date | None = None
    expected_on: date | None = None


def is_cost(indicator: Any) -> bool:
    """Whether it stands under a cost heading (成本)."""
    return "成本" in indicator.level1 or "成本" in indicator.level2


def is_sum(indicator: Any) -> bool:
    """Whether its results are increments."""
    return str(indicator.measure) == "sum"


def is_ceiling(indicator: Any, target: Any) -> bool:
    """Whether less is better."""
    if target.kind in CEILINGS:
        return True
    if target.kind != "exactly":
        return False
    if indicator.direction is not None:
        return bool(indicator.direction == "lower")
    return is_cost(indicator) or target.value == 0


def under(row: Row, target: Any, since: date = date.min, held: Any = None) -> Any:
    """
    Return an indicator under a target: another unit brings its own measure.

    Args:
        since: The day from which the target holds; a measure that the form was given
            on that day or later is the form's.

        held: The target that was in force when the form was given its measure.
    """
    indicator, first = row.indicator, held or row.indicator.target
    if row.measured is not None and row.measured >= since:
        return indicator
    if first.kind in NUMERIC and len({first.unit, target.unit} - {None}) < 2:
        return indicator
    falls = is_ceiling(evolve(indicator, direction=None), target)
    return evolve(indicator, measure=_suggested(target, falls=falls))


def _suggested(target: Any, *, falls: bool) -> str:
    """Return the measure that a target and its unit suggest."""
    if target.kind == "day_of_month" or target.unit == "次/月":
        return "worst_month"
    if target.unit in {"次", "件"} and target.kind != "qualitative":
        return "sum"
    return "max" if target.unit in {"天", "日"} and falls else "level"


def standard(
    facts: list[Fact], stream: str, label: str, row: Row, through: date
) -> tuple[Any, Any]:
    """Return an indicator under its target in force, and that target."""
    target, since = target_since(facts, stream, label, row.indicator, through)
    held = held_at(facts, stream, label, row)
    own = revision(facts, stream, label, through)
    course = courses.way(row.indicator, target, own)
    return evolve(under(row, target, since, held), course=course), target


def held_at(facts: list[Fact], stream: str, label: str, row: Row) -> Any:
    """Return the target that was in force when a row was given its measure."""
    if row.measured is None:
        return None
    return target_since(facts, stream, label, row.indicator, row.measured)[0]


def _rate(event: Any, target: Any) -> Fraction:
    pair = Fraction(event.numerator) / Fraction(event.denominator)
    return pair * 100 if target.unit == "%" else pair


def pooled(events: list[Any], target: Any) -> Fraction:
    """Return all numerators ÷ all denominators."""
    top = sum(Fraction(event.numerator) for event in events)
    bottom = sum(Fraction(event.denominator) for event in events)
    return top / bottom * (100 if target.unit == "%" else 1)


def _pairs(events: list[Any], target: Any, measure: str | None) -> Reading:
    events = pairs.measured(pairs.so_far(events) if measure in pairs.POOLED else events)
    if not events:
        return Reading(None, 0, measure or "latest", pairs.NOTHING)
    if measure in pairs.POOLED:
        return Reading(pooled(events, target), len(events), "ratio", None)
    rates = [_rate(event, target) for event in events]
    chosen = {"latest": rates[-1], "max": max(rates), "min": min(rates)}
    value = chosen.get(measure or "", pooled(events, target))
    shown = measure if measure in chosen else "ratio"
    return Reading(value, len(events), shown, None)


def _plain(events: list[Any], measure: str | None) -> Reading:
    values = [Fraction(event.value) for event in events]
    made: dict[str, Callable[[], Fraction]] = {
        "sum": lambda: Fraction(sum(Fraction(e.value) for e in pairs.so_far(events))),
        "latest": lambda: values[-1],
        "mean": lambda: Fraction(sum(values)) / len(values),
        "max": lambda: max(values),
        **dict.fromkeys(("min", "worst_month"), lambda: min(values)),
    }
    name = measure or "latest"
    return Reading(made[name](), len(values), name, None)


def stated(indicator: Any) -> str | None:
    """Return the measure that is stated, if one is."""
    measure = str(indicator.measure)
    return None if measure == "level" else measure


def _month_of(events: list[Any], target: Any, measure: str) -> Reading:
    """Take the worst month of a target that is a day of each month."""
    latest = max(events, key=lambda event: event.reached_on.day)
    met = all(event.reached_on.day <= target.value for event in events)
    return Reading(latest.reached_on, len(events), measure, None, Fraction(met))


def speaks_to(event: Any, target: Any) -> bool:
    """Whether a result is of the kind that a target is compared with."""
    if target.kind in NUMERIC:
        return is_number(event)
    if target.kind in DATES or target.kind == "day_of_month":
        return event.reached_on is not None
    if target.kind == "qualitative":
        return event.rating is not None or event.text is not None
    return True


def chosen(events: list[Any], indicator: Any, target: Any) -> list[Any]:
    """Return the results that make the figure: one, where a measure takes one."""
    measure = stated(indicator)
    if events[0].numerator is not None:
        events = pairs.so_far(events) if measure in pairs.POOLED else events
        if not pairs.measured(events):
            return events
        events = pairs.measured(events)
    if measure == "latest":
        return events[-1:]
    if measure in {"max", "min"} and all(e.numerator is not None for e in events):
        best = max if measure == "max" else min
        return [best(events, key=lambda event: _rate(event, target))]
    return events


def read(facts: list[Fact], indicator: Any, target: Any) -> Reading:
    """Make one figure of results in their order."""
    reading = _read(facts, indicator, target)
    return reading._replace(count=len(facts))


def of_one_kind(facts: list[Fact]) -> list[Any]:
    """Return the numbers of the kind of the one recorded first: pairs, or plain."""
    numbers = [f for f in facts if is_number(f.event)]
    first = min(numbers, key=lambda f: f.position).event
    paired = first.numerator is not None
    return [f.event for f in numbers if (f.event.numerator is not None) == paired]


def is_number(event: Any) -> bool:
    """Whether a result is a number, or a numerator and a denominator."""
    return event.value is not None or event.numerator is not None


def _read(facts: list[Fact], indicator: Any, target: Any) -> Reading:
    measure = stated(indicator)
    said = [f for f in facts if speaks_to(f.event, target)]
    facts = said if said or target.kind in NUMERIC else facts
    if not facts:
        return Reading(None, 0, measure or "latest", "no result")
    last = facts[-1].event
    if target.kind == "day_of_month" and last.reached_on is not None:
        events = [f.event for f in facts]
        return _month_of(events, target, measure or "latest")
    if last.reached_on is not None:
        return Reading(last.reached_on, 0, measure or "latest", None)
    if last.rating is not None:
        share = last.share if last.share is None else Fraction(last.share)
        if share is None:
            share = SHARES[str(last.rating)]
        return Reading(str(last.rating), 0, measure or "latest", None, share)
    if last.text is not None:
        return Reading(last.text, 0, measure or "latest", "text")
    numbers = of_one_kind(facts)
    if numbers[0].numerator is not None:
        return _pairs(numbers, target, measure)
    return _plain(numbers, measure)


def meets(value: Fraction, indicator: Any, target: Any) -> bool:
    """Compare the exact figure with the target."""
    bound = None if target.value is None else Fraction(target.value)
    if target.kind == "between":
        return bool(bound <= value <= Fraction(target.upper))
    if target.kind == "more_than":
        return bool(value > bound)
    if target.kind == "less_than":
        return bool(value < bound)
    return bool(value <= bound if is_ceiling(indicator, target) else value >= bound)


def _over(value: Fraction, bound: Fraction, formula: str) -> Fraction:
    """Return the share of a ceiling that is passed."""
    if bound <= 0:
        return Fraction(0)
    if formula == "ratio":
        return bound / value
    return max(Fraction(0), 1 - (value - bound) / bound)


def share_of(
    value: Fraction, indicator: Any, target: Any, formula: str
) -> Fraction | None:
    """Return the attainment of a numeric target, exact."""
    bound = Fraction(target.value)
    base = None if indicator.baseline is None else Fraction(indicator.baseline)
    if target.kind == "between":
        if meets(value, indicator, target):
            return Fraction(1)
        upper = Fraction(target.upper)
        if value > upper:
            if base is not None and base > upper:  # The way leads down to the range.
                return (value - base) / (upper - base)
            return _over(value, upper, formula)
        if base is not None and base < bound:  # The way leads up to it.
            return (value - base) / (bound - base)
        return value / bound if bound > 0 else Fraction(0)
    if base is not None:
        return None if base == bound else (value - base) / (bound - base)
    return plain_share(value, indicator, target, formula)


def plain_share(value: Fraction, indicator: Any, target: Any, formula: str) -> Fraction:
    """Return what there is of a bound, wherever the way to it began."""
    bound = Fraction(target.value)
    if bound <= 0:  # All or nothing.
        return Fraction(meets(value, indicator, target))
    if is_ceiling(indicator, target):
        return Fraction(1) if value <= bound else _over(value, bound, formula)
    return value / bound


def is_met(reading: Reading, indicator: Any, target: Any) -> bool:
    """Whether the figure meets the target, whatever the kind of it."""
    if target.kind in NUMERIC:
        return meets(reading.value, indicator, target)
    if target.kind == "qualitative":
        return bool(reading.value == "attained")
    return _other_share(reading, target) == 1


def _other_share(reading: Reading, target: Any) -> Fraction | None:
    if target.kind == "none":
        return None
    if target.kind in DATES | {"day_of_month"} and not isinstance(reading.value, date):
        return None
    if target.kind in DATES:
        return Fraction(reading.value <= target.date)
    return reading.share


def expected_of(
    indicator: Any, target: Any, eased: Fraction, day: date, usual: str
) -> Fraction | None:
    """Return what is expected by now: a sum is eased, up to its floor, or has a way."""
    if target.kind not in NUMERIC:
        return None
    falls, bound = is_ceiling(indicator, target), Fraction(target.value)
    whole = is_sum(indicator) and not falls and are_whole(target)
    if indicator.course is not None:
        now = courses.expected(indicator, target, eased, day, usual, falls=falls)
        return now if now is None or not whole else Fraction(floor(now))
    if falls or not is_sum(indicator):
        return bound
    return Fraction(floor(bound * eased)) if whole else bound * eased


def is_paced(indicator: Any, target: Any) -> bool:
    """Whether it is a sum with a floor, or has a way to its target."""
    if target.kind not in NUMERIC:
        return False
    floor_of_sum = is_sum(indicator) and not is_ceiling(indicator, target)
    return floor_of_sum or indicator.course is not None


def _on_its_way(
    indicator: Any, target: Any, value: Any, expected: Fraction | None
) -> tuple[Fraction, bool] | None:
    """Return how much of what its way expects is there, and whether it is enough."""
    if indicator.course is None or not isinstance(value, Fraction):
        return None
    falls = is_ceiling(indicator, target)
    return courses.pace(indicator, value, expected, falls=falls)


def judge(
    indicator: Any,
    target: Any,
    reading: Reading,
    over: bool,
    eased: Fraction,
    by: Standards,
    usual: str,
    paced_on: date,
) -> Judgement:
    """Hold one figure against its target at a day, with what another day expects."""
    expected = expected_of(indicator, target, eased, paced_on, usual)
    share: Fraction | None = None
    paced: Fraction | None = None
    if reading.value is not None and target.kind != "none":
        if target.kind in NUMERIC and isinstance(reading.value, Fraction):
            share = share_of(reading.value, indicator, target, by.formula)
            if share is None:  # It is its own baseline: met or missed.
                paced = plain_share(reading.value, indicator, target, by.formula)
        elif target.kind not in NUMERIC:
            share = _other_share(reading, target)
    status = "no target" if target.kind == "none" else "not due"
    paced = share if paced is None else paced
    partly = target.kind == "qualitative" and reading.value == "partly"
    if reading.value is not None and (paced is not None or partly):
        standing = Standing(
            value=reading.value,
            target=target,
            share=paced,
            expected=expected,
            met=is_met(reading, indicator, target),
            adds_up=is_sum(indicator),
            ceiling=is_ceiling(indicator, target),
            from_baseline=indicator.baseline is not None,
            way=_on_its_way(indicator, target, reading.value, expected),
            over=over,
            by=by,
        )
        status = verdict(standing)
    return Judgement(indicator, target, reading, expected, share, status)

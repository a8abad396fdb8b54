"""What is refused of results, targets, explanations and scores."""

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from ledger.events import (
    ConclusionStated,
    GoalAssessed,
    ObjectivesSet,
    OutlookStated,
    PolicySet,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)

from . import carries, goals, money, outlooks, pairs, rectifications, revised
from .book import Book, Fact, stream_of
from .calendar import Year
from .courses import ONE_BOUND, lost, outside, refused, way
from .judged import (
    DATES,
    NUMERIC,
    held_at,
    is_ceiling,
    is_number,
    standard,
    stated,
    under,
)
from .points import execution_of, possible, weights
from .standards import Standards
from .statements import dated, is_early
from .told import said_of, standing, target_at

PAIRS = {"ratio": True, "mean": False, "worst_month": False}
"""Whether a measure takes numerators with denominators; others take both."""

SPEAK_OF_MONEY = (
    *(ConclusionStated, GoalAssessed, OutlookStated),
    *(ScoreReported, VarianceExplained),
)
"""What may be stated where there is money and no approval."""

COUNTS = {"次", "人", "台", "件"}
"""Units of things or people that are counted."""

BANDS = {"attained": (80, 101), "partly": (60, 80), "not_attained": (0, 60)}


def judgement(book: Book, facts: list[Fact], event: Any) -> set[str]:
    """Return the errors in which the record of a judgement may end."""
    if isinstance(event, ObjectivesSet):
        return _objectives(facts, event, book.year(event.fiscal_year))
    year = book.year(book.year_about(event))
    stream = stream_of(event, year.name)
    of_money = isinstance(event, SPEAK_OF_MONEY)
    opened = carries.opening([f.event for f in facts if f.stream == stream])
    if revised.first_rows(facts, stream) is None and not (of_money and opened):
        unknown = {"UnknownProject"} if event.project else {"UnknownUnit"}
        retracts = isinstance(event, ResultRetracted)
        return unknown | ({"UnknownResult"} if retracts else set())
    found: set[str] = {"InvalidInput"} if is_early(book, event) else set()
    event = dated(book, event)
    if event.on not in year:
        found |= {"OutsideFiscalYear", "UnknownProject", "UnknownUnit"}
        if isinstance(event, ResultRetracted):
            found.add("UnknownResult")
    if isinstance(event, ConclusionStated):
        return found | _blank(event.conclusion, event.problems, event.measures)
    if isinstance(event, rectifications.ABOUT):
        return found | rectifications.refused(facts, stream, event)
    if isinstance(event, GoalAssessed):
        return found | goals.refused(facts, stream, event)
    label = event.indicator

    def most(row: revised.Row | None) -> Fraction:
        return _most(facts, stream, row, event.on, book.standing(facts, event.on))

    if label is None and isinstance(event, OutlookStated):
        return found | outlooks.of_money(facts, event, year.name)
    if label is None:
        return found | (
            _score(event, most(None)) if isinstance(event, ScoreReported) else set()
        )
    named = revised.named(facts, stream, label, event.on)
    if named is None:
        retracts = isinstance(event, ResultRetracted)
        found |= {"InvalidInput"} if isinstance(event, OutlookStated) else set()
        found |= outside(event, year) if isinstance(event, TargetRevised) else set()
        return found | {"UnknownIndicator"} | ({"UnknownResult"} if retracts else set())
    row = named
    label = revised.label_on(facts, stream, row, event.on)
    checks: dict[type, Callable[[], set[str]]] = {
        ResultReported: lambda: _whole_result(facts, stream, label, row, event),
        ResultRetracted: lambda: _retraction(facts, stream, label, event),
        ScoreReported: lambda: _score(event, most(row)),
        TargetRevised: lambda: _target(facts, stream, label, row, event, year),
        VarianceExplained: set,
        OutlookStated: lambda: outlooks.of_indicator(facts, stream, label, row, event),
    }
    return found | checks[type(event)]()


def _whole_result(
    facts: list[Fact], stream: str, label: str, row: revised.Row, event: ResultReported
) -> set[str]:
    """Hold a result to its target, and its parts to their whole where that is asked."""
    found = _result(facts, stream, label, row, event)
    if _asks_for_whole(facts, event.on):
        found |= _unequal(facts, stream, label, row, event)
    return found


def _asks_for_whole(facts: list[Fact], day: date) -> bool:
    """Return whether what the ledger had set by a day refuses parts of no whole."""
    said = [f.event for f in facts if isinstance(f.event, PolicySet)]
    said = sorted((e for e in said if e.on <= day), key=lambda event: event.on)
    return bool(said) and str(said[-1].policy.unequal_parts) == "refused"


def _unequal(
    facts: list[Fact], stream: str, label: str, row: revised.Row, event: ResultReported
) -> set[str]:
    """Hold the parts of a sum, or of a count of things or people, to their whole."""
    one, target = standard(facts, stream, label, row, event.on)
    counted = str(one.measure) == "sum" or target.unit in COUNTS
    if event.value is None or not counted:
        return set()
    made: dict[str | None, Fraction] = {}
    for part in event.parts:
        own = made.get(part.dimension, Fraction(0))
        made[part.dimension] = own + Fraction(part.number)
    return {"InvalidInput"} if set(made.values()) - {Fraction(event.value)} else set()


def _blank(*texts: str | None) -> set[str]:
    """Hold texts that are there to saying something."""
    blank = any(text is not None and not text.strip() for text in texts)
    return {"InvalidInput"} if blank else set()


def _objectives(facts: list[Fact], event: ObjectivesSet, year: Year) -> set[str]:
    among = [one for goal in event.objectives for one in goal.indicators]
    found = weighed(among)
    for one in among:
        found |= way_to(one, one.target, year)
    again = any(
        isinstance(f.event, ObjectivesSet)
        and (f.event.unit, f.event.fiscal_year) == (event.unit, event.fiscal_year)
        for f in facts
    )
    return found | ({"AlreadyApproved"} if again else set())


def weighed(indicators: Iterable[Any]) -> set[str]:
    """Hold each given weight to what can be, whatever all of them make."""
    given = [one.weight for one in indicators if one.weight is not None]
    return {"InvalidInput"} if any(not 0 <= part <= 100 for part in given) else set()


def _most(
    facts: list[Fact], stream: str, row: revised.Row | None, on: date, by: Standards
) -> Fraction:
    """Return the most that a person can give: what counts makes 100."""
    rows = revised.rows_at(facts, stream, on) or []
    if row is not None and row.key not in {one.key for one in rows}:
        rows = revised.rows_at(facts, stream, date.max) or []
    among = [one.indicator for one in rows]
    targets = [
        target_at(facts, stream, name, one, on)
        for name, one in zip(revised.labels(rows), among, strict=True)
    ]
    own = [f.event for f in facts if f.stream == stream]
    executed = stream.startswith("unit:") or money.current(own, None, on) > 0
    found = [standing(facts, stream, n, on) for n in revised.labels(rows)]
    applies = [executed, *map(pairs.applies, found, targets)]
    execution = execution_of(facts, stream)
    _, points = possible(among, applies, by, execution)
    place = 0 if row is None else [one.key for one in rows].index(row.key) + 1
    part = points[place]
    if part is None:
        part = [execution, *weights(among, by, execution)][place]
    return part or Fraction(0)


def _score(event: ScoreReported, most: Fraction) -> set[str]:
    return set() if 0 <= event.score <= most else {"InvalidInput"}


def is_pair(event: ResultReported) -> bool:
    """Whether it is a part of a whole, or nothing of nothing."""
    if event.numerator == event.denominator == 0:
        return True
    return bool(event.numerator >= 0 and event.denominator > 0)


def _said(event: ResultReported) -> set[str]:
    names = ("value", "numerator", "rating", "reached_on", "text")
    return {name for name in names if getattr(event, name) is not None}


def _result(
    facts: list[Fact], stream: str, label: str, row: revised.Row, event: ResultReported
) -> set[str]:
    indicator, target = standard(facts, stream, label, row, event.on)
    kind, said = str(target.kind), _said(event)
    if indicator.computed_from:
        return {"WrongResult", "InvalidInput"}
    allowed = {
        **dict.fromkeys(NUMERIC, ({"value"}, {"numerator"})),
        **dict.fromkeys(DATES | {"day_of_month"}, ({"reached_on"},)),
        "qualitative": ({"rating"}, {"text"}, {"rating", "text"}),
        "none": ({"value"}, {"numerator"}, {"rating"}, {"text"}, {"reached_on"}),
    }[kind]
    found: set[str] = set() if said in allowed else {"WrongResult"}
    if event.reached_on is not None and event.reached_on > event.on:
        found.add("InvalidInput")
    if event.numerator is not None and not is_pair(event):
        found.add("InvalidInput")
    measure = str(indicator.measure)
    pooled = event.numerator is not None and measure in {"sum", "level", "ratio"}
    summed = event.value is not None and measure == "sum"
    if event.to_date and not (pooled or summed):
        found.add("WrongResult")
    if str(indicator.measure) == "sum" and (event.value or 0) < 0:
        found.add("InvalidInput")
    if event.share is not None and event.rating is not None:
        low, high = BANDS[str(event.rating)]
        if not low <= event.share * 100 < high:
            found.add("InvalidInput")
    if is_number(event) and any(
        _unlike(target, revised.target)
        for revised in _revisions(facts, stream, label)
        if revised.on > event.on
    ):
        found.add("WrongResult")
    if is_number(event) and _is_unlike_later(facts, stream, row, event):
        found.add("WrongResult")
    return found | _kind(facts, stream, label, indicator, event, target)


def _is_unlike_later(
    facts: list[Fact], stream: str, row: revised.Row, event: ResultReported
) -> bool:
    """See whether a measure that the form has from a later day on cannot take it."""
    for step in revised.steps(facts, stream):
        rows = revised.rows_at(facts, stream, step.since) or []
        for label, later in zip(revised.labels(rows), rows, strict=True):
            says = step.event.measure or (step.back and step.key == row.key)
            if later.key == row.key and step.since > event.on and says:
                one, _ = standard(facts, stream, label, later, step.since)
                pair = PAIRS.get(str(one.measure))
                if pair is not None and pair != (event.numerator is not None):
                    return True
    return False


def _kind(
    facts: list[Fact],
    stream: str,
    label: str,
    indicator: Any,
    event: ResultReported,
    target: Any,
) -> set[str]:
    """Hold a result to the kind of the first standing one: pairs, or plain."""
    if event.numerator is None and event.value is None:
        return set()
    pair = event.numerator is not None
    measure = stated(indicator)
    found: set[str] = set()
    if (measure == "ratio" and not pair) or (
        measure in {"mean", "worst_month"} and pair
    ):
        found.add("WrongResult")
    numbers = [
        f.event
        for f in standing(facts, stream, label, date.max)
        if f.event.value is not None or f.event.numerator is not None
    ]
    rate = target.unit == "%"
    if numbers and not rate and (numbers[0].numerator is not None) != pair:
        found.add("WrongResult")
    return found


def _retraction(
    facts: list[Fact], stream: str, label: str, event: ResultRetracted
) -> set[str]:
    ids = {f.id for f in standing(facts, stream, label, date.max)}
    return set() if event.of in ids else {"UnknownResult"}


def _target(
    facts: list[Fact],
    stream: str,
    label: str,
    row: revised.Row,
    event: TargetRevised,
    year: Year,
) -> set[str]:
    held = held_at(facts, stream, label, row)
    one = under(row, event.target, event.on, held)
    found = way_to(one, event.target, year, event)
    found |= lost(standard(facts, stream, label, row, event.on)[0].course, event)
    later = [r.on for r in _revisions(facts, stream, label) if r.on > event.on]
    for fact in standing(facts, stream, label, date.max):
        held = target_at(facts, stream, label, row.indicator, fact.event.on)
        counts = is_number(fact.event) and fact.event.on < min(later, default=date.max)
        if counts and _unlike(held, event.target):
            found |= {"InvalidInput"}
    return found


def _revisions(facts: list[Fact], stream: str, label: str) -> list[TargetRevised]:
    return [f.event for f in said_of(facts, TargetRevised, stream, label)]


def _unlike(one: Any, other: Any) -> bool:
    """Whether both are quantities, in two units."""
    return {str(one.kind), str(other.kind)} <= NUMERIC and one.unit != other.unit


def way_to(indicator: Any, target: Any, year: Year, revision: Any = None) -> set[str]:
    """Hold a baseline and a course to the target that they lead to."""
    falls = is_ceiling(indicator, target)
    own = way(indicator, target, revision)
    said = indicator.course if revision is None else revision
    if said is not None and own is None and str(target.kind) not in ONE_BOUND:
        strange = bool(said.milestones or said.between)
        strange = strange or (revision is None and said.builds_up)
    else:
        strange = False
    found = baseline(indicator, target)
    found |= refused(indicator, target, own, year, falls=falls)
    return found | ({"InvalidInput"} if strange else set())


def baseline(indicator: Any, target: Any) -> set[str]:
    """Hold a baseline to what the target promises: a way that leads to it."""
    start = indicator.baseline
    if start is None:
        return set()
    if str(indicator.measure) == "sum":
        return {"InvalidInput"}
    if target.value is None:
        return set()
    if str(target.kind) == "between":
        return {"InvalidInput"} if target.value <= start <= target.upper else set()
    falls = is_ceiling(indicator, target)
    beyond = start < target.value if falls else start > target.value
    return {"InvalidInput"} if beyond else set()

"""What is refused of a form that is revised."""

from datetime import date
from typing import Any

from ledger.events import BudgetApproved, FormRevised, TargetRevised

from . import announced, courses, judged, money, revised, told
from .book import Fact
from .calendar import Year
from .carries import opening
from .judged_rules import PAIRS, baseline, way_to, weighed
from .spelling import alike

TITLES = (
    *("name", "to_unit", "unit_name", "goals", "purpose"),
    "project_category",
)


def refused(facts: list[Fact], stream: str, event: FormRevised, year: Year) -> set[str]:
    """Return the errors that a revision may end in."""
    approved = next(
        (
            f.event
            for f in facts
            if f.stream == stream and isinstance(f.event, BudgetApproved)
        ),
        None,
    )
    begun = approved or opening([f.event for f in facts if f.stream == stream])
    if begun is None:
        return {"UnknownProject"}
    found: set[str] = set()
    if event.on < begun.on:
        found.add("BeforeApproval")
    if approved is None and (event.correction or event.added is not None):
        found.add("InvalidInput")
    said = any(getattr(event, name) is not None for name in revised.FIELDS)
    said = said or event.renamed is not None or event.removed
    said = said or event.cleared is not None or event.builds_up is not None
    if any(getattr(event, name) is not None for name in event.cleared or ()):
        found.add("InvalidInput")
    titled = any(getattr(event, name) is not None for name in TITLES)
    if event.carried is not None:
        found |= _carried(facts, stream, event)
    if not said and not titled and event.added is None and event.carried is None:
        found.add("InvalidInput")
    if event.name is not None and not event.name.strip():
        found.add("InvalidInput")
    if said != (event.indicator is not None):
        found.add("InvalidInput")
    if event.indicator is None:
        return found | (_rows(facts, stream, event, year) if approved else set())
    since = begun.on if event.correction else event.on
    row = revised.named(facts, stream, event.indicator, since)
    if row is None:
        return found | {"UnknownIndicator"}
    aim = judged.standard(
        facts, stream, revised.label_on(facts, stream, row, since), row, since
    )[1]
    if event.builds_up and str(aim.kind) not in courses.ONE_BOUND:
        found.add("InvalidInput")
    if event.measure is not None:
        found |= _measure(facts, stream, row, str(event.measure))
    return found | _rows(facts, stream, completed(facts, stream, event), year)


def _carried(facts: list[Fact], stream: str, event: FormRevised) -> set[str]:
    """Hold what a form prints of the year before to what its approval printed."""
    year = next(f.year for f in facts if f.stream == stream)
    bad = any(not money.is_carried(part.source) for part in event.carried or ())
    bad = bad or not announced.forms(facts, event.project, year)
    return {"InvalidInput"} if bad else set()


def completed(facts: list[Fact], stream: str, event: FormRevised) -> FormRevised:
    """Return a revision that names its indicator as its day does."""
    approved = next(
        (
            f.event
            for f in facts
            if f.stream == stream and isinstance(f.event, BudgetApproved)
        ),
        None,
    )
    if event.indicator is None or approved is None:
        return event
    since = approved.on if event.correction else event.on
    return told.labelled(facts, stream, event, since)


def _measure(
    facts: list[Fact], stream: str, row: revised.Row, measure: str
) -> set[str]:
    """Hold a measure to the numbers that were reported."""
    if measure not in PAIRS:
        return set()
    known = revised.meanings(facts, stream)
    names = [name for name, key in known.items() if key == row.key]
    label = names[0] if names else revised.label_on(facts, stream, row, date.max)
    for fact in told.standing(facts, stream, label, date.max):
        one = fact.event
        pair = one.numerator is not None
        if judged.is_number(one) and pair != PAIRS[measure]:
            return {"InvalidInput"}
    return set()


def _rows(facts: list[Fact], stream: str, event: FormRevised, year: Year) -> set[str]:
    """See whether the form makes sense on each day, and no name means two."""
    if event.indicator is None and event.added is None:
        return set()
    first = revised.first_rows(facts, stream) or ()
    before = revised.steps(facts, stream)
    approved: Any = next(
        f.event
        for f in facts
        if f.stream == stream and isinstance(f.event, BudgetApproved)
    )
    since = approved.on if event.correction else event.on
    step = revised.step_of(first, before, since, event)
    taken = [*before, step]
    names = revised.names_of(first, taken)
    found: set[str] = set()
    if step.back:
        found |= _come_back(facts, stream, step, names)
    for day in {step.since for step in taken}:
        rows = revised.after(first, taken, names, day)
        indicators = [row.indicator for row in rows]
        keys = {alike(f"{one.level2}/{one.name}") for one in indicators}
        labels = revised.labels(rows)
        if len(keys) < len(rows) or any(not one.name.strip() for one in indicators):
            found.add("InvalidInput")
        if any(
            names[label] != row.key for label, row in zip(labels, rows, strict=True)
        ):
            found.add("InvalidInput")
        found |= weighed(indicators)
        for row in rows:
            target, revision = _target(facts, stream, row, names, day)
            found |= baseline(row.indicator, target)
            own = courses.way(row.indicator, target, revision)
            if revision is None and row.indicator is step.event.added:
                found |= way_to(row.indicator, target, year)
            falls = judged.is_ceiling(row.indicator, target)
            found |= courses.refused(row.indicator, target, own, year, falls=falls)
    return found


def _come_back(
    facts: list[Fact], stream: str, step: revised.Step, names: dict[str, int]
) -> set[str]:
    """Hold what comes back to its target and to the numbers that were reported."""
    added = step.event.added
    if added is None:
        return set()
    first = revised.first_rows(facts, stream) or ()
    come = (s.event.added for s in revised.steps(facts, stream) if s.key == step.key)
    had = first[step.key] if step.key >= 0 else next(come)
    row = revised.Row(step.key, had)
    target, revision = _target(facts, stream, row, names, step.since)
    own = courses.ways(had.course if revision is None else revision)
    alike = added.target.text == target.text and courses.ways(added.course) == own
    wrong = set[str]() if alike else {"InvalidInput"}
    return wrong | _measure(facts, stream, row, str(added.measure))


def _target(
    facts: list[Fact],
    stream: str,
    row: revised.Row,
    names: dict[str, int],
    day: date,
) -> Any:
    """Return the target of a day, whatever it was called, and what revised it."""
    target, since, revision = row.indicator.target, date.min, None
    for fact in facts:
        event = fact.event
        if fact.stream == stream and isinstance(event, TargetRevised):
            own = names.get(event.indicator) == row.key
            if own and since <= event.on <= day:
                target, since, revision = event.target, event.on, event
    return target, revision

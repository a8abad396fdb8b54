"""Forms that were revised: the rows, the name and the unit that each day has."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from attrs import evolve

from ledger.events import BudgetApproved, Course, FormRevised, ObjectivesSet

from .book import Fact
from .carries import Opening, opening
from .spelling import alike

FIELDS = ("weight", "measure", "baseline", "direction", "basis", "description")
"""What a revision says of an indicator, beside its name."""


class Row(NamedTuple):
    """One indicator as a day has it."""

    key: int
    """Which it is, whatever it is called."""

    indicator: Any
    measured: date | None = None
    """The day since which it has a measure that the form did not have at first."""


class Step(NamedTuple):
    """One revision, and the day from which it holds."""

    since: date
    key: int
    """Of the indicator that it adds."""

    event: FormRevised
    back: bool = False
    """Whether that was there before, and was removed."""


def label_of(indicator: Any, among: Any) -> str:
    """Name an indicator: its name where that is one, else with its level 2."""
    alone = sum(one.name == indicator.name for one in among) == 1
    return indicator.name if alone else f"{indicator.level2}/{indicator.name}"


def first_rows(facts: list[Fact], stream: str) -> Sequence[Any] | None:
    """Return the indicators that a project was approved with, or a unit set."""
    for f in reversed(facts):
        if f.stream != stream:
            continue
        if isinstance(f.event, BudgetApproved):
            return f.event.indicators
        if isinstance(f.event, ObjectivesSet):
            return tuple(i for goal in f.event.objectives for i in goal.indicators)
    return None


def steps(facts: list[Fact], stream: str) -> list[Step]:
    """Return the revisions of a form in the order of their recording."""
    own = [f.event for f in facts if f.stream == stream]
    since = next((e.on for e in own if isinstance(e, BudgetApproved)), date.min)
    first = first_rows(facts, stream) or ()
    found: list[Step] = []
    for event in own:
        if isinstance(event, FormRevised):
            on = since if event.correction else event.on
            found.append(step_of(first, found, on, event))
    return found


def step_of(
    first: Sequence[Any], before: list[Step], since: date, event: FormRevised
) -> Step:
    """Return a revision as the next step; what comes back is the same as it was."""
    back = None if event.added is None else _back(first, before, since, event.added)
    key = -len(before) - 1 if back is None else back
    return Step(since, key, event, back is not None)


def _back(
    first: Sequence[Any], before: list[Step], since: date, added: Any
) -> int | None:
    """Return which indicator comes back that was removed, if one does."""
    names = names_of(first, before)
    known = [
        meant(names, name) for name in (added.name, f"{added.level2}/{added.name}")
    ]
    key = next((one for one in known if one is not None), None)
    if key is None or key in {row.key for row in after(first, before, names, since)}:
        return None
    come = {step.key: step.event.added for step in before if not step.back}
    had = first[key] if key >= 0 else come[key]
    return key if had.level2 == added.level2 else None


def after(
    first: Sequence[Any], taken: list[Step], names: dict[str, int], day: date
) -> list[Row]:
    """Return the rows of a day."""
    rows = {n: Row(n, one) for n, one in enumerate(first)}
    for since, key, event, back in sorted(taken, key=lambda step: step.since):
        if since > day:
            continue
        if event.added is not None:
            rows[key] = Row(key, event.added, since if back else None)
        named = None if event.indicator is None else names.get(event.indicator)
        if named not in rows:
            continue
        if event.removed:
            del rows[named]
            continue
        said = {name: getattr(event, name) for name in FIELDS}
        said["name"] = event.renamed
        said = {name: value for name, value in said.items() if value is not None}
        said |= {str(name): None for name in event.cleared or ()}
        if event.builds_up is not None:
            held = rows[named].indicator.course or Course()
            said["course"] = evolve(held, builds_up=event.builds_up)
        row = rows[named]
        measured = since if event.measure is not None else row.measured
        rows[named] = Row(named, evolve(row.indicator, **said), measured)
    return list(rows.values())


def labels(rows: list[Row]) -> list[str]:
    """Name each row as its day does."""
    among = [row.indicator for row in rows]
    return [label_of(one, among) for one in among]


def names_of(first: Sequence[Any], taken: list[Step]) -> dict[str, int]:
    """Return which indicator each name means that one ever had."""
    known = {label_of(one, first): n for n, one in enumerate(first)}
    for count in range(1, len(taken) + 1):
        so_far = taken[:count]
        for day in sorted({step.since for step in so_far}):
            rows = after(first, so_far, known, day)
            for label, row in zip(labels(rows), rows, strict=True):
                known.setdefault(label, row.key)
    return known


def meanings(facts: list[Fact], stream: str) -> dict[str, int]:
    """Return which indicator each name means; nothing where no form was revised."""
    taken = steps(facts, stream)
    return names_of(first_rows(facts, stream) or (), taken) if taken else {}


def rows_at(facts: list[Fact], stream: str, day: date) -> list[Row] | None:
    """Return the rows that a form has on a day."""
    first = first_rows(facts, stream)
    if first is None:
        return None
    taken = steps(facts, stream)
    return after(first, taken, names_of(first, taken) if taken else {}, day)


def named(facts: list[Fact], stream: str, name: str, day: date) -> Row | None:
    """Return the row that a name means on a day, else in the end."""
    row = on_day(facts, stream, name, day)
    return on_day(facts, stream, name, date.max) if row is None else row


def on_day(facts: list[Fact], stream: str, name: str, day: date) -> Row | None:
    """Return the row that a name means on a day; an earlier name means it too."""
    rows = rows_at(facts, stream, day) or []
    own = dict(zip(labels(rows), rows, strict=True))
    if name in own:
        return own[name]
    below = [
        row for row in rows if name == f"{row.indicator.level2}/{row.indicator.name}"
    ]
    if len(below) == 1:
        return below[0]
    spelled = [
        row
        for label, row in own.items()
        if alike(name)
        in {alike(label), alike(f"{row.indicator.level2}/{row.indicator.name}")}
    ]
    if len(spelled) == 1:
        return spelled[0]
    key = meant(meanings(facts, stream), name)
    return next((row for row in rows if row.key == key), None)


def meant(known: dict[str, int], name: str) -> int | None:
    """Return which indicator a name means that one ever had, in any spelling."""
    if name in known:
        return known[name]
    ones = {n for label, n in known.items() if alike(label) == alike(name)}
    return ones.pop() if len(ones) == 1 else None


def ever(facts: list[Fact], stream: str, name: str) -> int | None:
    """Return which indicator a name means, on whatever day."""
    first = first_rows(facts, stream) or ()
    known = names_of(first, steps(facts, stream))
    if name in known:
        return known[name]
    below = [n for n, one in enumerate(first) if f"{one.level2}/{one.name}" == name]
    if len(below) == 1:
        return below[0]
    row = on_day(facts, stream, name, date.max)
    return None if row is None else row.key


def label_on(facts: list[Fact], stream: str, row: Row, day: date) -> str:
    """Name a row as its day does, or as the form does in the end, or ever did."""
    others = [step.since for step in steps(facts, stream)]
    for on in (day, date.max, date.min, *others):
        rows = rows_at(facts, stream, on) or []
        for label, one in zip(labels(rows), rows, strict=True):
            if one.key == row.key:
                return label
    raise LookupError(row)


def titled(
    facts: list[Fact], stream: str, begun: Opening | None, day: date
) -> Opening | None:
    """Return what a project is called on a day, and the unit that it belongs to."""
    if begun is None:
        return None
    begun, taken = _entitled(facts, stream, begun)
    for since, _, event, _ in sorted(taken, key=lambda step: step.since):
        if since > day:
            continue
        begun = begun._replace(name=event.name or begun.name)
        if event.to_unit is not None and event.to_unit != begun.unit:
            begun = begun._replace(unit=event.to_unit, unit_name=None)
        if event.unit_name is not None:
            begun = begun._replace(unit_name=event.unit_name or None)
    return begun


def has_titles(facts: list[Fact], stream: str) -> bool:
    """Return whether a revision says what a project is called, or whose it is."""
    return any(map(_says_title, (step.event for step in steps(facts, stream))))


def _says_title(event: FormRevised) -> bool:
    return any((event.name, event.to_unit, event.unit_name is not None))


def _entitled(
    facts: list[Fact], stream: str, begun: Opening
) -> tuple[Opening, list[Step]]:
    """
    Return what a project-year is called at first, and the steps from there.

    An approval that finds titles names the year from its own day on.
    """
    own = [f.event for f in facts if f.stream == stream]
    taken = steps(facts, stream)
    for place, approved in enumerate(own):
        before = [e for e in own[:place] if isinstance(e, FormRevised)]
        if isinstance(approved, BudgetApproved) and any(map(_says_title, before)):
            carried = opening([e for e in own if e is not approved])
            said = FormRevised(
                project=approved.project,
                on=approved.on,
                name=approved.name,
                to_unit=approved.unit,
                unit_name=approved.unit_name or "",
            )
            taken.insert(len(before), Step(approved.on, 0, said))
            return carried or begun, taken
    return begun, taken


def units_from(
    facts: list[Fact], stream: str, begun: Opening | None, day: date
) -> dict[str | None, date]:
    """Return the units that a project has from a day on, each with its first day."""
    found: dict[str | None, date] = {}
    if begun is None:
        return {None: day}
    _, taken = _entitled(facts, stream, begun)
    later = {step.since for step in taken if step.since > day}
    for on in sorted({day, *later}):
        title = titled(facts, stream, begun, on)
        found.setdefault(None if title is None else title.unit, on)
    return found

"""Which due days were answered by a result, of each indicator and all together."""

from datetime import date, timedelta
from typing import Any, NamedTuple

from . import due, judged, money, revised, told
from .cut import Cut
from .monthly import each_month, is_monthly
from .report import judge_one


class Answered(NamedTuple):
    """How many due days passed, how many were answered, and the first that was not."""

    due: int
    answered: int
    missing: str | None


def of_all(cut: Cut) -> dict[str, Answered]:
    """Return the answers of each indicator of projects, and of units themselves."""
    found = {}
    for project in cut.projects():
        approved = money.approval(cut.money_of(project))
        if approved is not None and approved.on <= cut.through:
            found |= _of(cut, project, cut.stream(project))
    for unit in cut.units():
        found |= _of(cut, f"unit {unit}", cut.unit_stream(unit))
    return found


def said_by(register: Any) -> dict[str, Answered]:
    """Return the same of the register."""
    return {
        f"{row['project'] or 'unit ' + row['unit']}.{row['indicator']}": Answered(
            row["results_due"], row["results_answered"], row["missing_since"]
        )
        for row in register.to_dict()["indicators"]
    }


def _of(cut: Cut, owner: str, stream: str) -> dict[str, Answered]:
    rows = revised.rows_at(cut.facts, stream, cut.through) or []
    names = revised.labels(rows)
    return {
        f"{owner}.{label}": answers(cut, stream, row, label)
        for row, label in zip(rows, names, strict=True)
    }


def answers(cut: Cut, stream: str, row: revised.Row, label: str) -> Answered:
    """Look at each due day as on the last day before the next one."""
    one, target = judged.standard(cut.facts, stream, label, row, cut.through)
    if one.computed_from:
        return Answered(0, 0, None)
    if is_monthly(one, target):
        months = each_month(cut, stream, row, label)
        return _counted([(end, month is not None) for end, month in months])
    asked_on = due.of_closed(
        due.days(cut, stream, one, target),
        cut.through,
        due.closed_on(cut, stream),
        each_month=due.is_each_month(one, target),
    )
    passed = [day for day in asked_on if day <= cut.through]
    ends = [*(day - timedelta(days=1) for day in passed[1:]), cut.through]
    found = []
    for before, day, until in zip([due.NEVER, *passed], passed, ends, strict=False):
        seen = Cut(cut.book, until, cut.position, cut.year.name)
        came = any(f.event.on > before for f in _standing(cut, stream, row, until))
        said = _judged(seen, stream, row)
        if said is None:  # The form did not have it until later.
            continue
        if came:
            found.append((day, said.status != "overdue"))
        elif not _needs_none(said):
            found.append((day, False))
    return _counted(found)


def _standing(cut: Cut, stream: str, row: revised.Row, until: date) -> list[Any]:
    label = revised.label_on(cut.facts, stream, row, until)
    return told.standing(cut.facts, stream, label, until)


def _judged(seen: Cut, stream: str, row: revised.Row) -> judged.Judgement | None:
    rows = revised.rows_at(seen.facts, stream, seen.through) or []
    for own, label in zip(rows, revised.labels(rows), strict=True):
        if own.key == row.key:
            return judge_one(seen, stream, own, label)
    return None


def _needs_none(said: judged.Judgement) -> bool:
    sum_up = said.expected is not None and judged.is_paced(said.indicator, said.target)
    return bool(said.indicator.computed_from) or due.needs_none(said, sum_up)


def _counted(found: list[tuple[date, bool]]) -> Answered:
    missing = [day for day, answered in found if not answered]
    return Answered(
        len(found),
        len(found) - len(missing),
        min(missing).isoformat() if missing else None,
    )

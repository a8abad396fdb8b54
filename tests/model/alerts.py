"""What is alerted that follows from statuses and orders: since when, and what is new."""

from datetime import date
from decimal import Decimal
from typing import Any

from ledger.events import VarianceExplained

from . import judged, rectifications
from .book import Book
from .cut import Cut
from .report import (
    closed_on,
    indicator_rows,
    project_figures,
    project_judgements,
    unit_judgements,
)
from .statements import answer
from .told import said_of

Key = tuple[str, str | None]
"""A code, and the indicator or the order that it is about."""

Row = tuple[str, str, str, int, bool]
"""A code, whose it is, since which month, for how many, and whether it is new."""

WORST_LAST = ("exceeded", "at risk", "overdue", "behind", "missed")
BY_MONTH = {
    "money.behind_plan",
    "level.short",
    "count.short",
    "date.late",
    "target.exceeded",
}
"""Codes that an explanation of the month closes."""

KNOWN = BY_MONTH | {"result.overdue", "rectification.overdue", "explanation.stale"}
"""Codes that are modelled."""


def listed(cut: Cut, then: Cut) -> list[Row]:
    """Return the alerts of a month, compared with what was wrong on an earlier day."""
    found = []
    for stream in sorted({f.stream for f in cut.facts if ":" in f.stream}):
        wrong = _conditions(cut, stream)
        before = _conditions(then, stream) if wrong else {}
        for key, status in wrong.items():
            code = _code_shown(cut, stream, key, status)
            if code is None:
                continue
            months = _months(cut, stream, key)
            whose = f"{stream.split(':', maxsplit=2)[2]}.{key[1] or ''}"
            found.append((code, whose, months[-1], len(months), key not in before))
    return sorted(found)


def said_by(alerts: Any) -> list[Row]:
    """Return the same of the list of alerts."""
    return sorted(
        (
            str(alert.code.value),
            (
                f"{alert.subject.project or alert.subject.unit}."
                f"{alert.condition.indicator or alert.condition.order or ''}"
            ),
            alert.since,
            alert.streak,
            alert.is_new,
        )
        for alert in alerts.alerts
        if alert.code.value in KNOWN
    )


def _at(book: Book, day: date, position: int, stream: str) -> Cut:
    return Cut(book, day, position, int(stream.split(":")[1]))


def _conditions(cut: Cut, stream: str) -> dict[Key, str]:
    """Return what is wrong with a project or a unit, each with its status."""
    kind, year, code = stream.split(":", maxsplit=2)
    of_day = cut.book.year_of(cut.through).name
    seen = _at(cut.book, cut.through, cut.position, stream)
    known = seen.projects() if kind == "project" else seen.units()
    if int(year) > of_day or code not in known:
        return {}
    found: dict[Key, str] = {}
    if int(year) == of_day:
        found |= _judged(seen, stream, kind, code)
    for number in _overdue(seen, stream):
        found["rectification.overdue", number] = ""
    return found


def _judged(seen: Cut, stream: str, kind: str, code: str) -> dict[Key, str]:
    found: dict[Key, str] = {}
    judgements = project_judgements if kind == "project" else unit_judgements
    own = judgements(seen, code)
    if kind == "project":
        row, facts = project_figures(seen, code), seen.money_of(code)
        spends = seen.has_budget(facts) and Decimal(row["current_budget"]) > 0
        status = row["money_status"]
        if spends and closed_on(facts, seen.through) is None and status in WORST_LAST:
            found["money.behind_plan", None] = status
    for row, said in zip(indicator_rows(seen, stream, own), own, strict=True):
        if said.status in WORST_LAST:
            found[_code(row, said), row["indicator"]] = said.status
    return found


def _code(row: dict[str, Any], said: judged.Judgement) -> str:
    if said.status == "overdue":
        return "result.overdue"
    if said.status == "exceeded":
        return "target.exceeded"
    if said.target.kind in {*judged.DATES, "day_of_month"}:
        return "date.late"
    return "count.short" if row["measure"] == "sum" else "level.short"


def _overdue(seen: Cut, stream: str) -> list[str]:
    states = rectifications.states(seen, stream)
    return [number for number, late in states if late]


def _code_shown(cut: Cut, stream: str, key: Key, status: str) -> str | None:
    """Return the code of what nobody explained; nothing where somebody did."""
    code, label = key
    if code not in BY_MONTH:
        return code
    seen = _at(cut.book, cut.through, cut.position, stream)
    at = seen.year, seen.through
    if answer(seen.facts, VarianceExplained, stream, label, at) is not None:
        return None
    month = seen.year.month_of(seen.through)
    told = [f.event for f in said_of(seen.facts, VarianceExplained, stream, label)]
    months = {
        event.about or seen.year.month_of(event.on)
        for event in told
        if event.on <= seen.through
    }
    earlier = [name for name in months if len(name) > 4 and name < month]
    if not earlier:
        return code
    number, which = map(int, max(earlier).split("-"))
    end = cut.book.calendar.month_end(number, which)
    before = _conditions(_at(cut.book, end, cut.position, stream), stream).get(key)
    if before is None:
        return code
    worse = WORST_LAST.index(status) >= WORST_LAST.index(before)
    return "explanation.stale" if worse else None


def _months(cut: Cut, stream: str, key: Key) -> list[str]:
    """Return the months in a row in which something holds, the last one first."""
    year = cut.book.year_of(cut.through)
    months = [year.month_of(cut.through)]
    for end in reversed([end for end in year.ends if end < cut.through]):
        seen = Cut(cut.book, end, cut.position)
        if key not in _conditions(seen, stream):
            break
        months.append(year.month_of(end))
    return months

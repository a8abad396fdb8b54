"""What a project is called and the unit that it belongs to, from day to day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from ledger.domain.approval_events import FormRevised
from ledger.domain.events import BudgetApproved
from ledger.domain.subject import UnitCode


class Title(NamedTuple):
    """
    A name, a unit and its name as they hold from a day on.

    Attributes:
        name, unit, unit_name: ``None`` where the day before says it.
    """

    since: date
    name: str | None
    unit: UnitCode | None
    unit_name: str | None

    @classmethod
    def of(cls, event: FormRevised, approved_on: date) -> "Title | None":
        """Return what a revised form says of them, if anything."""
        if event.name is None and event.to_unit is None and event.unit_name is None:
            return None
        unit = None if event.to_unit is None else UnitCode(event.to_unit)
        since = approved_on if event.correction else event.on
        return cls(since, event.name, unit, event.unit_name)

    @classmethod
    def of_approval(cls, event: BudgetApproved) -> "Title":
        """Return what an approval says of them: of a year that has titles before it."""
        return cls(event.on, event.name, UnitCode(event.unit), event.unit_name or "")


def since_of_title(title: Title) -> date:
    """Return the day from which a title holds, to sort by."""
    return title.since


class Titled(NamedTuple):
    """What a project is called on a day, and the unit that it belongs to."""

    name: str
    unit: UnitCode
    unit_name: str | None


class _Entitled(Protocol):
    name: str
    unit: UnitCode
    unit_name: str | None
    approved_on: date | None
    titles: tuple[Title, ...]


def titled(budget: _Entitled, on: date) -> Titled:
    """Return what a project is called on a day, and the unit that it belongs to."""
    name, unit, unit_name = budget.name, budget.unit, budget.unit_name
    for title in budget.titles:
        if title.since <= on:
            name = title.name or name
            if title.unit is not None and title.unit != unit:
                unit, unit_name = title.unit, None
            if title.unit_name is not None:
                unit_name = title.unit_name or None
    return Titled(name, unit, unit_name)


def units_from(budget: _Entitled, on: date) -> Sequence[tuple[date, UnitCode]]:
    """Return the unit that a project belongs to on a day, and each later one's day."""
    units = [(on, titled(budget, on).unit)]
    later = dict.fromkeys(each.since for each in budget.titles if each.since > on)
    return units + [(day, titled(budget, day).unit) for day in later]


def moves(budget: _Entitled, by: date) -> Sequence[tuple[date, Titled, Titled]]:
    """Return the days up to one on which it went to another unit, with both."""
    start = budget.approved_on or date.min
    if budget.titles and budget.titles[0].since < start:
        start = date.min  # Carried-in money opened the year before its approval.
    before = titled(budget, start)
    found = []
    for day in sorted({each.since for each in budget.titles}):
        after = titled(budget, day)
        if start < day <= by and after.unit != before.unit:
            found.append((day, before, after))
        before = after
    return found

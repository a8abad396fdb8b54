"""Which stream an event is in: its project's or its unit's, of its fiscal year."""

from typing import Any, Final

from ledger.domain.about import is_about_year, year_about
from ledger.domain.calendar import FiscalYear
from ledger.domain.catalogue import CATALOGUE, types
from ledger.domain.events import Event
from ledger.domain.settings import Settings
from ledger.domain.subject import (
    LEDGER,
    Stream,
    Subject,
    SubjectKind,
    project_start,
    stream_name,
)

_YEAR_STATED_BY: Final = {
    row.event: row.year for row in CATALOGUE if row.year is not None
}

OF_LEDGER: Final = types(lambda row: row.subjects == (SubjectKind.LEDGER,))
"""Types of facts about the ledger itself."""

YEAR_STATED: Final = frozenset(_YEAR_STATED_BY)
"""Types whose events may state the fiscal year that they are about."""


def code_about(event: Event) -> str:
    """
    Return the code of the project, else of the unit, that *event* is about.

    Of a fact about the ledger it is the unit's that it binds, or nothing.
    """
    about: Any = event
    project: str | None = getattr(about, "project", None)
    if project is not None:
        return project
    # A type that has no unit was given no project, which is an error of Python's here.
    unit = getattr(about, "unit", None) if type(event) in OF_LEDGER else about.unit
    return unit or ""


def kind_about(event: Event) -> SubjectKind:
    """Return what *event* is about: a project, a unit or the ledger."""
    if type(event) in OF_LEDGER:
        return SubjectKind.LEDGER
    about: Any = event
    none = getattr(about, "project", None) is None
    return SubjectKind.UNIT if none else SubjectKind.PROJECT


def stream_in(event: Event, year: int) -> Stream:
    """Return the stream that *event* is in if it is of a fiscal year."""
    if type(event) in OF_LEDGER:
        return LEDGER
    return stream_name(kind_about(event), code_about(event), year)


def stream_of(event: Event, settings: Settings) -> Stream:
    """
    Return the stream that *event* is in: its project's, its unit's or the ledger's.

    The fiscal year is the one that the event states, else that of its effective date.

    >>> from datetime import date
    >>> from ledger.domain.events import Disbursed
    >>> paid = Disbursed(project="P-1", on=date(2023, 3, 1), voucher="1", amount=5)
    >>> stream_of(paid, Settings()), stream_of(paid, Settings(first_month=4))
    ('project:2023:P-1', 'project:2022:P-1')

    Raises:
        InvalidInput: It states what is no year.
    """
    stated = _stated(event) if type(event) in YEAR_STATED else None
    year = settings.years_on[event.on] if stated is None else _year(stated, settings)
    project: str | None = getattr(event, "project", None)
    if project is not None:  # As most are.
        name: Any = f"{project_start(year.year)}{project}"
        stream: Stream = name  # To call what names a type costs as much again.
        return stream
    return stream_in(event, year.year)


def may_be_in(event: Event, stream: Stream) -> bool:
    """
    Check whether an event may be in a stream, for who does not know the settings.

    A fiscal year is named by a calendar year in which it begins or ends, so that the
    year of a day is at most one away from the day's own.
    """
    if type(event) in OF_LEDGER:
        return stream == LEDGER
    year, stated = Subject.of(stream).year or 0, _stated(event)
    if isinstance(stated, str) and is_about_year(stated):
        stated = int(stated)
    if isinstance(stated, int):
        near = year == stated
    else:
        near = abs(year - (int(stated[:4]) if stated else event.on.year)) <= 1
    return near and stream_in(event, year) == stream


def _stated(event: Event) -> int | str | None:
    """Return the year that an event states, or the month or year that it is about."""
    name = _YEAR_STATED_BY.get(type(event))
    stated: int | str | None = None if name is None else getattr(event, name)
    return stated


def _year(stated: int | str, settings: Settings) -> FiscalYear:
    if isinstance(stated, str):
        return year_about(stated, settings)
    return settings.year(stated)

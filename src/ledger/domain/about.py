"""What statements are about, a month or a fiscal year, and which answer a report."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from attrs import evolve as replace

from ledger.domain.calendar import FiscalYear
from ledger.domain.errors import InvalidInput
from ledger.domain.in_force import day_of, latest
from ledger.domain.settings import Settings
from ledger.messages import message

E = TypeVar("E")
T = TypeVar("T")

_MONTH: Final = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_YEAR: Final = re.compile(r"[0-9]{4}")


def about_given(value: str | int | None) -> str | None:
    """
    Take a month as ``YYYY-MM`` or a fiscal year as ``YYYY``, which may be left out.

    >>> about_given("2023-06"), about_given(2023)
    ('2023-06', '2023')

    Raises:
        InvalidInput: It is neither.
    """
    if value is None:
        return None
    text = str(value) if type(value) is int else value
    if isinstance(text, str):
        text = text.strip()
        known = _MONTH.fullmatch(text) or _YEAR.fullmatch(text)
        if known and 1900 <= int(text[:4]) <= 9000:
            return text
    raise InvalidInput("about", value, message("expected.about"))


def is_about_year(about: str) -> bool:
    """Return whether that is a fiscal year, and no month."""
    return "-" not in about


class AskedPeriod(NamedTuple):
    """
    A month or a fiscal year, from its first day to its last.

    Attributes:
        name: As statements about it name it.
    """

    name: str
    start: date
    end: date

    @classmethod
    def of(cls, about: str, settings: Settings) -> "AskedPeriod":
        """
        Return what a statement is about.

        Raises:
            InvalidInput: There is no such year.
        """
        if is_about_year(about):
            year = settings.year(int(about))
            return cls(about, year.start, year.end)
        number, month = map(int, about.split("-"))
        end = settings.month_end(number, month)
        return cls(about, settings.month_start(about), end)

    def holds(self, about: str | None, on: date) -> bool:
        """Return whether a statement of a day is about it; by default of the month."""
        if about is None:
            return not is_about_year(self.name) and self.start <= on <= self.end
        return about == self.name


def year_about(about: str, settings: Settings) -> FiscalYear:
    """Return the fiscal year that a statement about a month or a year belongs to."""
    if is_about_year(about):
        return settings.year(int(about))
    return settings.year_of(settings.month_start(about))


def in_its_period(event: E, settings: Settings) -> E:
    """
    Return a statement on a day of the month or the year that it is about.

    One of a later day counts from the last day of it.

    Raises:
        InvalidInput: It is said before that begins.
    """
    said: Any = event
    if getattr(said, "about", None) is None:
        return event
    period = AskedPeriod.of(said.about, settings)
    if said.on < period.start:
        right = message("expected.about_begun", on=said.on)
        raise InvalidInput("about", said.about, right)
    later: E = replace(said, on=period.end) if said.on > period.end else event
    return later


def asked_at(
    through: date, year: FiscalYear, settings: Settings, *, of_year: bool = False
) -> tuple[AskedPeriod, ...]:
    """
    Return what statements answer a report of a day, the first choice first.

    A report of a month takes what is about the month, a form of the year what is about
    the year; on the year's last day each takes the other where there is none.

    Args:
        year: Of the project or the unit.
    """
    day = min(through, year.end)
    month = AskedPeriod.of(settings.month_of(day), settings)
    whole = AskedPeriod(str(year.year), year.start, year.end)
    if of_year:
        return (whole, month) if day == year.end else (whole,)
    return (month, whole) if day == year.end else (month,)


def _about(fact: Any) -> str | None:
    """Return what a remark, or a recorded event, is about."""
    about: str | None = getattr(fact, "event", fact).about
    return about


def month_last_explained(
    facts: Iterable[Any], asked: AskedPeriod, settings: Settings
) -> AskedPeriod | None:
    """
    Return the last month before one that remarks are about; none of a year.

    Args:
        facts: Remarks on an indicator, or on the money.
    """
    if is_about_year(asked.name):
        return None
    names = {fact.about or settings.month_of(fact.on) for fact in facts}
    months = {name for name in names if not is_about_year(name) and name < asked.name}
    return AskedPeriod.of(max(months), settings) if months else None


def answering(
    facts: Iterable[T],
    asked: Iterable[AskedPeriod],
    through: date,
    day: Callable[[T], date] = day_of,
) -> tuple[T, AskedPeriod] | None:
    """
    Return the statement that answers a report, and what it is about.

    Args:
        facts: Remarks or recorded events, in the order of recording.

        asked: As :func:`asked_at` returns it.
    """
    known = list(facts)
    for period in asked:
        own = [fact for fact in known if period.holds(_about(fact), day(fact))]
        answer = latest(own, through, day)
        if answer is not None:
            return answer, period
    return None

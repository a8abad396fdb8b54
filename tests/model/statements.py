"""What people state of a month or a year: when it counts, and which one answers."""

from datetime import date
from typing import Any

from attrs import evolve

from ledger.events import ScoreReported, VarianceExplained

from .book import Book, Fact
from .calendar import Year
from .told import said_of


def period_of(book: Book, about: str) -> tuple[date, date]:
    """Return the first and the last day of a month or a fiscal year."""
    if "-" not in about:
        year = book.year(int(about))
        return year.first, year.last
    number, month = map(int, about.split("-"))
    return date(number, month, book.calendar.day), book.calendar.month_end(
        number, month
    )


def dated(book: Book, event: Any) -> Any:
    """Return a statement on a day of what it is about: at most its last."""
    about = getattr(event, "about", None)
    if about is None:
        return event
    return evolve(event, on=min(event.on, period_of(book, about)[1]))


def is_early(book: Book, event: Any) -> bool:
    """Whether a statement is dated before what it is about begins."""
    about = getattr(event, "about", None)
    return about is not None and event.on < period_of(book, about)[0]


def answer(
    facts: list[Fact],
    kind: type,
    stream: str,
    label: str | None,
    at: tuple[Year, date],
    *,
    of_year: bool = False,
) -> tuple[Any, str] | None:
    """Return the statement that answers on a day, and what it is about."""
    year, through = at
    day = min(through, year.last)
    month, whole = year.month_of(day), str(year.name)
    wanted = [whole, month] if of_year else [month, whole]
    if day < year.last:
        del wanted[1]
    own = [
        f.event for f in said_of(facts, kind, stream, label) if f.event.on <= through
    ]
    for name in wanted:
        last = None
        for event in own:
            about = event.about or year.month_of(event.on)
            if about == name and (last is None or last.on <= event.on):
                last = event
        if last is not None:
            return last, name
    if kind is ScoreReported and of_year and own:  # Points are of a year.
        return max(reversed(own), key=lambda event: event.on), wanted[0]
    return None


def explanation(said: VarianceExplained, about: str) -> dict[str, Any]:
    """Return what somebody said."""
    return {
        "on": said.on.isoformat(),
        "about": about,
        "category": str(said.category),
        "text": said.text,
        "remedy": said.remedy,
    }

"""Days and months as English prints them: by 31 March 2025, before June 2024."""

import calendar
import datetime as dt
import re
from typing import Final

from ledger.domain.text_shapes import Span, with_blanks

_NAMES: Final = {
    name[:length].lower(): number
    for number, name in enumerate(calendar.month_name)
    if name
    for length in {3, len(name), 4 if name == "September" else 3}
}
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_BY: Final = "by until till on no_later_than not_later_than on_or_before".split()
_HEAD: Final = (
    rf"(?:(?P<before>before)|(?:completed )?(?:{'|'.join(_BY)}))? ?(?:the )?".replace(
        "_", " "
    )
)
_END: Final = r"(?:(?P<end>(?:the )?end(?: of)?) ?)?"
_SHAPES: Final = (
    rf"{_HEAD}{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?",
    rf"{_HEAD}{_MONTH} {_DAY}(?:,? {_YEAR})?",
    rf"{_HEAD}{_END}{_MONTH},? {_YEAR}",
    rf"{_HEAD}(?P<end>(?:the )?end(?: of)?) {_YEAR}",
    rf"{_HEAD}{_DAY}/(?P<number>[0-9]{{1,2}})/{_YEAR}",
)
_BETWEEN: Final = r" ?(?:-|to|until|through) ?"


def english_span(text: str, fiscal_year: int | None) -> Span | None:
    """
    Return the deadline or the period that an English text is; ``None`` for others.

    ``before June 2024`` ends with May; ``03/04/2024`` is two days to two readers.

    Args:
        fiscal_year: Of a day that is printed without a year.

    >>> str(english_span("by 31 March 2025", None).until)
    '2025-03-31'
    """
    plain = with_blanks(text)
    if re.search("[A-Za-z/]", plain) is None:
        return None
    parts = re.split(_BETWEEN, plain.removeprefix("from "), maxsplit=1)
    if len(parts) == 2:
        return _period(parts[0], parts[1], fiscal_year)
    return _deadline(plain, fiscal_year)


def _period(first: str, last: str, fiscal_year: int | None) -> Span | None:
    """Return the period between two days or months, of which one may say the year."""
    until = _deadline(last, fiscal_year)
    if until is None:
        return None
    if until.until is None:
        return until
    month = re.fullmatch(_MONTH, first, re.IGNORECASE)
    since = _deadline(f"{first} {until.until.year}" if month else first, None)
    if since is None or (since.until is None and since.problem != "year_unknown"):
        return since
    if since.until is None:
        since = _deadline(f"{first} {until.until.year}", None)
    if since is None or since.until is None:
        return since
    day = since.until
    if re.search(r"[0-9]", re.sub(_YEAR, "", first)) is None:
        day = day.replace(day=1)  # A month begins a period with its first day.
    if until.until < day:
        return Span(problem="date_impossible")
    return Span(since=day, until=until.until)


def _deadline(plain: str, fiscal_year: int | None) -> Span | None:
    matches = (re.fullmatch(shape, plain, re.IGNORECASE) for shape in _SHAPES)
    match = next(filter(None, matches), None)
    if match is None:
        return None
    facts = match.groupdict()
    if facts.get("number") and int(facts["number"]) <= 12 and int(facts["day"]) <= 12:
        return None
    year = int(facts["year"]) if facts["year"] else fiscal_year
    name = facts.get("month")
    month = _NAMES[name.lower()] if name else int(facts.get("number") or 12)
    day = facts.get("day")
    try:
        first = dt.date(year or 2000, month, int(day) if day else 1)
    except ValueError:
        return Span(problem="date_impossible")
    if year is None:
        return Span(problem="year_unknown")
    if day:
        return Span(until=first)
    if facts.get("before") and not facts.get("end"):
        return Span(until=first - dt.timedelta(days=1))
    return Span(until=first.replace(day=calendar.monthrange(year, month)[1]))

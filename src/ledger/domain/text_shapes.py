"""
Look-alike characters and full-width forms made plain, and the shapes of targets.

Patterns are texts here and in the modules of targets and units: compiling all of them
takes a tenth of the time that importing the library does, and most scripts read no
form.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from ledger.domain.target_kind import COMPARATORS, SIGNS

_LOOKALIKES: Final = str.maketrans(
    {
        **{
            alike: own.sign
            for own in COMPARATORS.values()
            for alike in own.doubled + own.look_alikes
        },
        "~": "-",
        "〜": "-",
        "∼": "-",
        "‐": "-",
        "–": "-",
        "—": "-",
        "―": "-",
        "−": "-",
        "，": ",",
        "。": ".",
    }
)
_PAIRS: Final = [(pair, own.sign) for own in COMPARATORS.values() for pair in own.pairs]
# A blank between digits may part two numbers; any other blank means nothing.
_IDLE_BLANK: Final = r"(?<![0-9.,])\s+|\s+(?![0-9.,])|(?<=[0-9]{4}\.)\s+"

BEFORE: Final = {word: kind for kind, own in COMPARATORS.items() for word in own.before}
"""Comparators in words that stand before a number, and the kind each means."""

AFTER: Final = {word: kind for kind, own in COMPARATORS.items() for word in own.after}
"""Comparators in words that stand after a number and its unit."""


def either(words: Iterable[str]) -> str:
    """Return a pattern of any of *words*, the longer first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


NUMBER: Final = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_UNIT: Final = rf"[^0-9{SIGNS},;.:+\s-]{{0,12}}?"
QUANTITY: Final = (
    rf"(?P<label>[^0-9{SIGNS}]{{0,40}}?)(?P<sign>[{SIGNS}]*)"
    rf"(?:(?P<word>{either(BEFORE)})(?P<filler>[^0-9{SIGNS}+;.-]{{0,20}}?))?"
    rf"(?P<low>{NUMBER})(?P<low_unit>{_UNIT})"
    rf"(?:-(?P<high>{NUMBER})(?P<high_unit>{_UNIT}))?"
    rf"(?P<after>{either(AFTER)})?"
)
"""Words, a comparator, a number or two, and a unit."""

ODD_SIGN: Final = rf"(?P<sign>[^\w\s{SIGNS},.;:()+/*-]{{1,3}}){NUMBER}{_UNIT}"
"""A number after a sign that is no comparator."""

_PART_OF_UNIT: Final = r"([/\\每][\u4e00-\u9fff]{1,4})[·*.•・×](?=[\u4e00-\u9fff])"
"""A part of a unit after which another comes: 人· of 元/人·月."""

UNIT_AGAIN: Final = (
    r"(?P<body>.*[0-9][^()]*)\((?P<again>[^()0-9]{1,8})\)(?P<end>[^()0-9]*)"
)
"""A quantity whose unit is said again in brackets: 98%(百分比)."""

_HEAD: Final = r"(?P<head>≤|于|在|截至|截止到?|不晚于|不迟于|最晚|最迟)?"
_YEAR: Final = (
    r"(?:(?P<year>[0-9]{4})[年./-]|(?P<named>当年|本年度?|今年|每年|次年|明年)的?)?"
)
_MONTH: Final = r"(?P<month>0?[1-9]|1[0-2])"
_UNTIL: Final = r"(?P<before>前|之前|以前)?(?:内|以内|之内)?"
_DEED: Final = (
    r"(?:完成|完工|竣工|验收|到位|发放|支付|拨付|报送|上报|交付|投入使用){0,2}"
)
DAY_OF_MONTH: Final = (
    rf"(?P<every>[每当]个?月的?)?(?P<day>0?[1-9]|[12][0-9]|3[01])[日号]"
    rf"(?P<before>前|之前|以前)?{_DEED}"
)
_DAYS: Final = (
    (
        rf"{_HEAD}{_YEAR}(?P<month>[0-9]{{1,2}})月"
        rf"(?P<day>[0-9]{{1,2}})[日号]?{_UNTIL}{_DEED}"
    ),
    (
        rf"{_HEAD}(?P<year>[0-9]{{4}})[./-](?P<month>[0-9]{{1,2}})[./-]"
        rf"(?P<day>[0-9]{{1,2}})[日号]?{_UNTIL}{_DEED}"
    ),
)
_MONTHS: Final = (
    rf"{_HEAD}{_YEAR}{_MONTH}月份?(?P<end>底|末)?{_UNTIL}{_DEED}",
    (rf"(?P<year>(?:19|20)[0-9]{{2}})[./-]{_MONTH}(?P<end>底|末)?{_UNTIL}{_DEED}"),
)
_COMPACT: Final = (
    rf"(?P<year>(?:19|20)[0-9]{{2}})(?P<month>0[1-9]|1[0-2])"
    rf"(?P<day>0[1-9]|[12][0-9]|3[01])?{_UNTIL}{_DEED}"
)
_YEARS: Final = (
    rf"(?P<year>(?:19|20)[0-9]{{2}})年度?(?P<end>底|末)?{_UNTIL}{_DEED}",
    (
        rf"(?P<named>当年|本年度?|今年|每年|次年|明年|年)(?P<end>底|末|内){_UNTIL}{_DEED}"
    ),
)


def _moment(nth: int) -> str:
    return (
        rf"(?P<m{nth}>[0-9]{{1,2}})(?:月份?底?|[./](?=[0-9]))?"
        rf"(?:(?<=[月./])(?P<d{nth}>[0-9]{{1,2}})[日号]?)?"
    )


_PERIODS: Final = (
    (
        rf"(?P<y1>[0-9]{{4}})[年./]{_moment(1)}-"
        rf"(?:(?P<y2>[0-9]{{4}})[年./])?{_moment(2)}{_DEED}"
    ),
    (
        r"(?P<m1>[0-9]{1,2})(?:月(?:(?P<d1>[0-9]{1,2})[日号]?)?)?-"
        rf"(?P<m2>[0-9]{{1,2}})月(?:(?P<d2>[0-9]{{1,2}})[日号]?)?{_DEED}"
    ),
    r"(?P<y1>(?:19|20)[0-9]{2})年?-(?P<y2>(?:19|20)[0-9]{2})年",
    (
        r"(?P<y1>(?:19|20)[0-9]{2})(?P<m1>0[1-9]|1[0-2])(?P<d1>[0-3][0-9])?-"
        r"(?P<y2>(?:19|20)[0-9]{2})(?P<m2>0[1-9]|1[0-2])(?P<d2>[0-3][0-9])?"
    ),
)


def with_blanks(text: str) -> str:
    """
    Return *text* with full-width forms and look-alike signs made plain, blanks single.

    >>> with_blanks("＞＝  10 sessions")
    '≥ 10 sessions'
    """
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    plain = unicodedata.normalize("NFKC", seen).translate(_LOOKALIKES)
    for pair, sign in _PAIRS:
        plain = plain.replace(pair, sign)
    return " ".join(plain.split()).rstrip(".,;")


def normalised(text: str) -> str:
    """
    Return *text* with full-width forms, blanks and look-alike signs made plain.

    >>> normalised(" ＞＝ 98 ％")
    '≥98%'
    """
    seen = "".join(c for c in text if unicodedata.category(c) != "Cf")
    plain = unicodedata.normalize("NFKC", seen).translate(_LOOKALIKES)
    plain = re.sub(_IDLE_BLANK, "", plain.strip()).replace("(含)", "")
    for pair, sign in _PAIRS:
        plain = plain.replace(pair, sign)
    plain = re.sub(r"km2", "平方公里", plain, flags=re.IGNORECASE)
    plain = re.sub(r"(?<![a-z])m2", "平方米", plain, flags=re.IGNORECASE)
    plain = re.sub(r"(?<![a-z])m3", "立方米", plain, flags=re.IGNORECASE)
    plain = re.sub(r"(?<=[0-9%年月日号])(?:至|到)(?=[0-9])", "-", plain)
    plain = re.sub(r"/10(0?)万(?![0-9])", _many, plain)
    plain = re.sub(rf"百分之({NUMBER})", r"\1%", plain)
    while True:  # 元/人·月 and 元/人.每天 are 元/人/月 and 元/人/天.
        parted = re.sub(_PART_OF_UNIT, r"\1/", plain)
        if parted == plain:
            break
        plain = parted
    return re.sub(
        r"(?<=[0-9])\(([^()]{1,8})\)$", r"\1", plain.lstrip(",;").rstrip(".,;")
    )


def _many(match: re.Match[str]) -> str:
    return "/百万" if match[1] else "/十万"


class Span(NamedTuple):
    """
    A deadline, or a period with its first day.

    Attributes:
        problem: Why there is no date: ``year_unknown`` or ``date_impossible``.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    problem: str | None = None


_IMPOSSIBLE: Final = Span(problem="date_impossible")
_YEARLESS: Final = Span(problem="year_unknown")
# Any leap year will do to see whether a day exists at all.
_SOME_YEAR: Final = 2000


def deadline(plain: str, fiscal_year: int | None) -> Span | None:
    """Return the last day that *plain* allows; ``None`` if it is no deadline."""
    match = _first((*_DAYS, *_MONTHS, _COMPACT, *_YEARS), plain)
    if match is None:
        return None
    facts = match.groupdict()
    named, month, day = (facts.get(name) for name in ("named", "month", "day"))
    if facts.get("head") == "≤" and not (facts["year"] or named or day):
        return None  # ≤9月 is a duration.
    year = int(facts["year"]) if facts.get("year") else fiscal_year
    if year is not None and named in {"次年", "明年"}:
        year += 1
    try:
        until = _day(year, int(month or 12), int(day) if day else None)
        if facts["before"] and not facts.get("end") and not day:
            first = until.replace(month=int(month or 1), day=1)
            until = first - dt.timedelta(days=1)
    except (ValueError, OverflowError):
        return _IMPOSSIBLE
    return _YEARLESS if year is None else Span(until=until)


def period(plain: str, fiscal_year: int | None) -> Span | None:
    """Return the first and last day of *plain*; ``None`` if it is no period."""
    match = _first(_PERIODS, plain)
    if match is None:
        return None
    facts = {name: int(n) for name, n in match.groupdict().items() if n}
    year = facts.get("y1", fiscal_year)
    try:
        since = _day(year, facts.get("m1", 1), facts.get("d1", 1))
        until = _day(facts.get("y2", year), facts.get("m2", 12), facts.get("d2"))
    except (ValueError, OverflowError):
        return _IMPOSSIBLE
    if until < since:
        return _IMPOSSIBLE
    return _YEARLESS if year is None else Span(since, until)


def _first(patterns: tuple[str, ...], plain: str) -> re.Match[str] | None:
    return next(filter(None, (re.fullmatch(p, plain) for p in patterns)), None)


def _day(year: int | None, month: int, day: int | None) -> dt.date:
    """Return a day, or without *day* the last one of the month."""
    year = _SOME_YEAR if year is None else year
    if day is not None:
        return dt.date(year, month, day)
    return dt.date(year, month, 1).replace(day=calendar.monthrange(year, month)[1])

"""Targets (指标值) as people print them, and what they mean (design 3.5)."""

import calendar
import datetime as dt
import re
import unicodedata
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from attrs import frozen

from ledger.domain.finding import Finding, note, warning
from ledger.domain.units import canonical, is_known, is_rate, normalise_unit


class TargetKind(StrEnum):
    """What a target compares a result with."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    EXACTLY = "exactly"
    BETWEEN = "between"
    BY_DATE = "by_date"
    WITHIN_PERIOD = "within_period"
    DAY_OF_MONTH = "day_of_month"
    QUALITATIVE = "qualitative"
    NONE = "none"


@frozen(kw_only=True)
class Target:
    """
    A target.

    Attributes:
        text: As printed, for ever.

        value: In the base unit, after multipliers; the lower bound of ``between``; the
            day of ``day_of_month``. A percentage stays in percent.

        upper: The upper bound of ``between``.

        unit: Normalised: ``%``, ``元``, ``元/件``, ``人``.

        date: The last day that attains it, for ``by_date`` and ``within_period``.

        since: The first day of ``within_period``.
    """

    text: str
    kind: TargetKind
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    date: dt.date | None = None
    since: dt.date | None = None


class ParsedTarget(NamedTuple):
    """A target and what looks wrong in how it was printed."""

    target: Target
    findings: tuple[Finding, ...]


_LONGEST: Final = 200
_BLANKS: Final = frozenset({"", "-", "--", "/", "*", "无", "—", "——", "―"})
_LOOKALIKES: Final = str.maketrans(
    {
        "≧": "≥",
        "⩾": "≥",
        "≦": "≤",
        "⩽": "≤",
        "═": "=",
        "﹦": "=",
        "~": "-",
        "〜": "-",
        "∼": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "﹣": "-",
        "，": ",",
    }
)
_SIGNS: Final = {
    "≥": TargetKind.AT_LEAST,
    "≤": TargetKind.AT_MOST,
    ">": TargetKind.MORE_THAN,
    "<": TargetKind.LESS_THAN,
    "=": TargetKind.EXACTLY,
}
_BEFORE: Final = {
    TargetKind.AT_LEAST: (
        "不低于 不少于 不小于 不下于 至少 最少 大于等于 大于或等于 达到"
    ),
    TargetKind.AT_MOST: (
        "不超过 不高于 不多于 不大于 不超出 至多 最多 小于等于 小于或等于 控制在"
    ),
    TargetKind.MORE_THAN: "高于 大于 超过 多于",
    TargetKind.LESS_THAN: "低于 小于 少于",
    TargetKind.EXACTLY: "等于",
}
_AFTER: Final = {
    TargetKind.AT_LEAST: "及以上 以上",
    TargetKind.AT_MOST: "及以下 以下 及以内 以内 之内",
}
_WORDS_BEFORE: Final = {
    word: kind for kind, words in _BEFORE.items() for word in words.split()
}
_WORDS_AFTER: Final = {
    word: kind for kind, words in _AFTER.items() for word in words.split()
}


def _either(words: dict[str, TargetKind]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_NUMBER: Final = r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[+-]?[0-9]+(?:\.[0-9]+)?"
_UNIT: Final = r"[^0-9≥≤<>=,;。:()+-]{0,12}?"
_QUANTITY: Final = re.compile(
    rf"(?P<sign>[≥≤><=]*)"
    rf"(?:(?P<word>{_either(_WORDS_BEFORE)})(?P<filler>[^0-9≥≤<>=+,;。-]{{0,20}}?))?"
    rf"(?P<low>{_NUMBER})(?P<low_unit>{_UNIT})"
    rf"(?:-(?P<high>{_NUMBER})(?P<high_unit>{_UNIT}))?"
    rf"(?P<after>{_either(_WORDS_AFTER)})?"
)
_DONE: Final = r"(?:前|之前|以前|内|以内)?(?:完成|完工|竣工|验收|到位|发放)?"
_DAY_OF_MONTH: Final = re.compile(rf"(?:每个?月)?(?P<day>[0-9]{{1,2}})[日号]{_DONE}")
_DAY: Final = re.compile(
    rf"(?:(?P<year>[0-9]{{4}})[年./-])?(?P<month>[0-9]{{1,2}})[月./-]"
    rf"(?P<day>[0-9]{{1,2}})[日号]?{_DONE}"
)
_MONTH: Final = re.compile(
    r"(?:(?P<year>[0-9]{4})[年./])?(?P<month>[0-9]{1,2})月份?(?P<end>底|末)?"
    r"(?P<before>前|之前|以前)?(?:完成|完工|竣工|验收|到位|发放)?"
)
_YEAR_END: Final = re.compile(
    rf"(?:(?P<year>[0-9]{{4}})年)?(?:当年|本?年)?[底末内]{_DONE}"
)
_PERIOD: Final = re.compile(
    r"(?P<y1>[0-9]{4})[年./](?P<m1>[0-9]{1,2})月?-"
    r"(?:(?P<y2>[0-9]{4})[年./])?(?P<m2>[0-9]{1,2})月?"
)
_HAS_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def parse_target(text: str | None, *, fiscal_year: int | None = None) -> ParsedTarget:
    r"""
    Read a printed target.

    What looks wrong is said in the findings and never silently repaired; text that
    holds no quantity and no date is a quality.

    Args:
        fiscal_year: Of a month or a day that is printed without a year.

    >>> target, _ = parse_target("≤0.1 万元\\件")
    >>> target.kind.value, target.value, target.unit
    ('at_most', Decimal('1000'), '元/件')
    """
    printed = text or ""
    if len(printed) > _LONGEST:
        found = warning(
            "target.too_long",
            f"a target of {len(printed)} characters; not read as a quantity",
            found=f"{printed[:40]}…",
            expected=f"at most {_LONGEST} characters",
        )
        target = Target(text=printed, kind=TargetKind.QUALITATIVE)
        return ParsedTarget(target, (found,))
    plain = normalised(printed)
    if plain in _BLANKS:
        found = warning(
            "target.missing",
            "no target",
            found=printed or None,
            expected="a quantity, a date or a quality",
        )
        return ParsedTarget(Target(text=printed, kind=TargetKind.NONE), (found,))
    return (
        _date(printed, plain, fiscal_year)
        or _quantity(printed, plain)
        or _quality(printed, plain)
    )


def print_target(target: Target) -> str:
    """
    Return *target* in one plain spelling, which parses to the same meaning.

    >>> print_target(parse_target("不低于98百分比").target)
    '≥98%'
    """
    unit = target.unit or ""
    match target.kind:
        case TargetKind.BETWEEN:
            return f"{target.value:f}{unit}-{target.upper:f}{unit}"
        case TargetKind.DAY_OF_MONTH:
            return f"每月{target.value}日前"
        case TargetKind.BY_DATE if target.date is not None:
            day = target.date
            return f"{day.year:04}年{day.month}月{day.day}日前"
        case TargetKind.WITHIN_PERIOD if target.date and target.since:
            first, last = target.since, target.date
            return f"{first.year:04}.{first.month:02}-{last.year:04}.{last.month:02}"
        case TargetKind.NONE:
            return "—"
        case _ if target.value is None:
            return target.text
        case TargetKind.EXACTLY:
            return f"{target.value:f}{unit}"
        case _:
            sign = next(s for s, kind in _SIGNS.items() if kind is target.kind)
            return f"{sign}{target.value:f}{unit}"


def normalised(text: str) -> str:
    """
    Return *text* with full-width forms, blanks and look-alike signs made plain.

    >>> normalised(" ＞＝ 98 ％")
    '≥98%'
    """
    plain = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    plain = "".join(plain.split())
    for pair, sign in ((">=", "≥"), ("=>", "≥"), ("<=", "≤"), ("=<", "≤")):
        plain = plain.replace(pair, sign)
    plain = re.sub(r"(?<=[0-9%年月日])(?:至|到)(?=[0-9])", "-", plain)
    return re.sub(rf"百分之({_NUMBER})", r"\1%", plain)


def _quantity(printed: str, plain: str) -> ParsedTarget | None:
    match = _QUANTITY.fullmatch(plain.strip("。;,"))
    if match is None:
        return None
    signs = set(match["sign"])
    kinds = {_SIGNS[sign] for sign in signs}
    if match["word"]:
        kinds.add(_WORDS_BEFORE[match["word"]])
    if match["after"]:
        kinds.add(_WORDS_AFTER[match["after"]])
    if match["high"]:
        kinds.add(TargetKind.BETWEEN)
    if len(kinds) > 1:
        found = warning(
            "target.comparators_disagree",
            f"{printed!r} compares in more than one way; not read as a quantity",
            found=printed,
            expected="one comparator",
        )
        return ParsedTarget(Target(text=printed, kind=TargetKind.QUALITATIVE), (found,))
    kind = next(iter(kinds), TargetKind.EXACTLY)
    unit_text = (match["high_unit"] or match["low_unit"]) or ""
    multiplier, unit = normalise_unit(unit_text)
    if unit is not None and not is_known(unit) and len(unit) > 4:
        return None
    findings = list(_unit_findings(printed, unit_text, multiplier, unit))
    if multiplier > 1 and unit is not None and unit.startswith("/"):
        unit = f"元{unit}"
    if len(match["sign"]) > 1:
        findings.append(_doubled(printed, match["sign"]))
    if not kinds:
        findings.append(_no_comparator(printed))
    low = _number(match["low"]) * _own(match["low_unit"], multiplier)
    high = None if match["high"] is None else _number(match["high"]) * multiplier
    target = Target(
        text=printed,
        kind=kind,
        value=canonical(low),
        upper=None if high is None else canonical(high),
        unit=unit,
    )
    findings += _value_findings(target)
    return ParsedTarget(target, tuple(findings))


def _own(unit_text: str, shared: int) -> int:
    """Return the multiplier of a lower bound, its own or that of the upper one."""
    return normalise_unit(unit_text)[0] if unit_text else shared


def _date(printed: str, plain: str, fiscal_year: int | None) -> ParsedTarget | None:
    if match := _DAY_OF_MONTH.fullmatch(plain):
        day = int(match["day"])
        if 1 <= day <= 31:
            target = Target(
                text=printed, kind=TargetKind.DAY_OF_MONTH, value=Decimal(day)
            )
            bare = plain[-1] in "日号"
            said = (_no_comparator(printed, f"by day {day}"),) if bare else ()
            return ParsedTarget(target, said)
    if match := _PERIOD.fullmatch(plain):
        first = _month_days(int(match["y1"]), int(match["m1"]))
        last = _month_days(int(match["y2"] or match["y1"]), int(match["m2"]))
        if first and last and first[0] <= last[1]:
            target = Target(
                text=printed,
                kind=TargetKind.WITHIN_PERIOD,
                date=last[1],
                since=first[0],
            )
            return ParsedTarget(target, ())
    if match := _DAY.fullmatch(plain):
        return _by(printed, match, int(match["month"]), int(match["day"]), fiscal_year)
    if match := _MONTH.fullmatch(plain):
        month = int(match["month"])
        # “9月前” is before September begins; “9月底前” is by its end.
        early = bool(match["before"]) and not match["end"]
        return _by(printed, match, month, 0 if early else None, fiscal_year)
    if match := _YEAR_END.fullmatch(plain):
        return _by(printed, match, 12, 31, fiscal_year)
    return None


def _by(
    printed: str,
    match: re.Match[str],
    month: int,
    day: int | None,
    fiscal_year: int | None,
) -> ParsedTarget | None:
    """
    Return a target by a date: a day, the month's end, or with day 0 its eve.
    """
    if not 1 <= month <= 12 or (day or 0) > 31:
        return None
    year = int(match["year"]) if match["year"] else fiscal_year
    if year is None:
        found = warning(
            "target.year_unknown",
            f"{printed!r} names no year and the form's is unknown",
            found=printed,
            expected="a date with its year, or the fiscal year",
        )
        target = Target(text=printed, kind=TargetKind.BY_DATE)
        return ParsedTarget(target, (found,))
    try:
        days = calendar.monthrange(year, month)[1]
        until = dt.date(year, month, days if day is None else day or 1)
        if day == 0:
            until = dt.date.fromordinal(until.toordinal() - 1)
    except ValueError:
        return None
    target = Target(text=printed, kind=TargetKind.BY_DATE, date=until)
    return ParsedTarget(target, ())


def _quality(printed: str, plain: str) -> ParsedTarget:
    target = Target(text=printed, kind=TargetKind.QUALITATIVE)
    numbers = _HAS_NUMBER.findall(plain)
    if len(numbers) > 1:
        found = warning(
            "target.two_numbers",
            f"{printed!r} has {len(numbers)} numbers; not read as a quantity",
            found=printed,
            expected="one number in a cell",
        )
        return ParsedTarget(target, (found,))
    if numbers:
        found = note(
            "target.number_not_read",
            f"{printed!r} has a number that is part of a text; read as a quality",
            found=printed,
            expected="a comparator, a number and a unit, if a quantity is meant",
        )
        return ParsedTarget(target, (found,))
    return ParsedTarget(target, ())


def _unit_findings(
    printed: str, unit_text: str, multiplier: int, unit: str | None
) -> list[Finding]:
    findings = []
    if unit_text.endswith("人数"):
        findings.append(
            warning(
                "target.unit_disguise",
                f"the unit {unit_text!r} is a name; read as 人",
                found=printed,
                understood="人",
                expected="人",
            )
        )
    if multiplier > 1 and unit is not None and unit.startswith("/"):
        findings.append(
            warning(
                "target.unit_lacks_yuan",
                f"the unit {unit_text!r} lacks 元; read as money",
                found=printed,
                understood=f"元{unit}",
                expected=f"{unit_text[0]}元{unit}",
            )
        )
    return findings


def _value_findings(target: Target) -> list[Finding]:
    value, printed = target.value, target.text
    if value is None or not is_rate(target.unit):
        return []
    if 280 <= value <= 299 and value % 100 >= 80:
        return [
            warning(
                "target.comparator_as_digit",
                f"{printed!r}: a 2 that may be a ≥ misread",
                found=printed,
                expected=f"≥{value % 100}%, if that is what was printed",
            )
        ]
    if value == 100 and target.kind is TargetKind.AT_LEAST:
        return [
            note(
                "target.rate_at_ceiling",
                f"{printed!r} cannot be exceeded; it behaves as exactly 100 %",
                found=printed,
                understood="100%",
            )
        ]
    if max(value, target.upper or value) > 100:
        return [
            warning(
                "target.percent_above_100",
                f"{printed!r} is above 100 %",
                found=printed,
                expected="a share of a whole, or a growth that may exceed it",
            )
        ]
    return []


def _doubled(printed: str, sign: str) -> Finding:
    return note(
        "target.comparator_doubled",
        f"the comparator {sign!r} is doubled; read as {sign[0]!r}",
        found=printed,
        understood=sign[0],
        expected=sign[0],
    )


def _no_comparator(printed: str, understood: str = "exactly") -> Finding:
    return note(
        "target.no_comparator",
        f"{printed!r} has no comparator; read as {understood}",
        found=printed,
        understood=understood,
        expected="≥, ≤ or = before the number",
    )


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _month_days(year: int, month: int) -> tuple[dt.date, dt.date] | None:
    if not (1 <= month <= 12 and 1 <= year <= 9998):
        return None
    days = calendar.monthrange(year, month)[1]
    return dt.date(year, month, 1), dt.date(year, month, days)

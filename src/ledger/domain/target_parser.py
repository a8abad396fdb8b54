"""Targets (指标值) as people print them, read for what they mean (design 3.5)."""

import re
from decimal import Decimal
from typing import Final, NamedTuple

from attrs import evolve as replace

from ledger.domain import text_shapes as shapes
from ledger.domain.arguments import check_type, checked
from ledger.domain.chinese_numbers import (
    SHARE_IN_WORDS,
    SIGN_AND_NUMERAL,
    VAGUE_NUMBER,
    in_digits,
)
from ledger.domain.english_dates import english_span
from ledger.domain.english_targets import english_quantity, has_numeral
from ledger.domain.finding import Finding, finding
from ledger.domain.target import Target, print_target
from ledger.domain.target_blanks import is_unfilled
from ledger.domain.target_kind import COMPARATORS, OR_EQUAL, QUANTITIES, TargetKind
from ledger.domain.text_shapes import normalised
from ledger.domain.units import (
    is_known,
    is_of_many,
    is_plausible,
    is_rate,
    multiplied,
    normalise_unit,
    per_each,
)
from ledger.messages import Message, message


class ParsedTarget(NamedTuple):
    """A target and what looks wrong in how it was printed."""

    target: Target
    findings: tuple[Finding, ...]


_LONGEST: Final = 200
_SHOWN: Final = 40
_SHARES: Final = frozenset("比例 比率 百分率 占比".split())
_GRADES: Final = frozenset("级 度 分".split())
"""Units of which a number in words is a name: 二级以上, 十分."""
_KINDS: Final = {own.sign: kind for kind, own in COMPARATORS.items()}
_ABOUT: Final = r"\s*[~〜∼～+＋]"
"""Signs of a number that is no bound: about so many, so many more than before."""

_RELATIVE: Final = r"上年|去年|往年|同期|同比|基期|平均|[不未没]$"


@checked
def parse_target(text: str | None, *, fiscal_year: int | None = None) -> ParsedTarget:
    r"""
    Read a printed target.

    What looks wrong is a finding, and is never silently repaired; text that
    holds no quantity and no date is a quality. A month alone, or its end, is by its
    last day; ``9月前`` is before September begins; a day is met on that day.

    Args:
        fiscal_year: Of a month or a day that is printed without a year.

    >>> target, _ = parse_target("≤0.1 万元\\件")
    >>> target.kind.value, target.value, target.unit
    ('at_most', Decimal('1000'), '元/件')
    """
    if text is not None:
        check_type("text", text, str)
    if fiscal_year is not None:
        check_type("fiscal_year", fiscal_year, int)
    printed = text or ""
    if len(printed) > _LONGEST:
        return _quality(printed, "target.too_long")
    plain = normalised(printed)
    if is_unfilled(plain):
        target = Target(text=printed, kind=TargetKind.NONE)
        return _read(target, ["target.missing"])
    if re.match(_ABOUT, printed):
        return _unread(printed, plain)
    return (
        _day_of_month(printed, plain)
        or _dated(printed, plain, fiscal_year)
        or _english(printed)
        or _in_words(printed, plain, fiscal_year)
        or _quantity(printed, plain)
        or _bracketed(printed, plain)
        or _unread(printed, plain)
    )


def _read(target: Target, codes: list[str]) -> ParsedTarget:
    return ParsedTarget(target, tuple(_finding(code, target) for code in codes))


def _finding(code: str, target: Target) -> Finding:
    shown = target.text[:_SHOWN] + "…" * (len(target.text) > _SHOWN)
    return finding(
        code,
        found=shown or None,
        understood=_understood(target),
        expected=message(f"expected.{code}", **_RIGHT.get(code, _nothing)(target)),
    )


def _nothing(_target: Target) -> dict[str, str | None]:
    return {}


_SLASH: Final = re.compile(r"\s*[\\/／]\s*")


def _unit(target: Target) -> dict[str, str | None]:
    return {"unit": target.unit}


def _in_yuan(target: Target) -> dict[str, str | None]:
    """Return the target as it should be printed: with 元 before its slash."""
    return {"text": _SLASH.sub("元/", target.text, count=1)}


def _rest(target: Target) -> dict[str, str | None]:
    return {"rest": str(target.value)[1:]}


_RIGHT: Final = {
    "target.unit_disguise": _unit,
    "target.unit_lacks_yuan": _in_yuan,
    "target.comparator_as_digit": _rest,
}
"""The values of a target in the message that says what is expected."""


def _understood(target: Target) -> Message | str:
    match target.kind:
        case TargetKind.NONE:
            return message("understood.no_target")
        case TargetKind.QUALITATIVE:
            return message("understood.quality")
        case TargetKind.EXACTLY:
            return message("understood.exactly", target=print_target(target)[1:])
        case TargetKind.BY_DATE | TargetKind.WITHIN_PERIOD if target.date is None:
            return message("understood.unknown_date")
        case TargetKind.BY_DATE:
            return message("understood.by_date", on=target.date)
        case TargetKind.DAY_OF_MONTH:
            return message("understood.day_of_month", day=f"{target.value:f}")
        case _:
            return print_target(target)


def _quality(printed: str, *codes: str) -> ParsedTarget:
    return _read(Target(text=printed, kind=TargetKind.QUALITATIVE), list(codes))


def _unread(printed: str, plain: str) -> ParsedTarget:
    numbers = re.findall(r"[0-9]+(?:\.[0-9]+)?", plain)
    if len(numbers) > 1:
        return _quality(printed, "target.two_numbers")
    if numbers and re.fullmatch(shapes.ODD_SIGN, plain):
        return _quality(printed, "target.comparator_unknown")
    number = numbers or re.match(SIGN_AND_NUMERAL, plain) or _is_vague(plain)
    number = number or has_numeral(printed)
    return _quality(printed, *(["target.number_not_read"] if number else []))


def _is_vague(plain: str) -> bool:
    """Return whether a text is a number in words of which nobody can tell the size."""
    match = re.fullmatch(VAGUE_NUMBER, plain)
    counts = match is not None and is_known(match["unit"])
    return counts or re.search(SHARE_IN_WORDS, plain) is not None


def _bracketed(printed: str, plain: str) -> ParsedTarget | None:
    """Read a unit that is said again in brackets: 98%(百分比), 1000人(次)."""
    match = re.fullmatch(shapes.UNIT_AGAIN, plain)
    if match is None:
        return None
    body, again, end = match["body"], match["again"], match["end"]
    whole = _quantity(printed, body + again + end)
    if whole is not None and is_known(whole.target.unit or ""):
        return whole
    read = _quantity(printed, body + end)
    unit = normalise_unit(again)[1] or ""
    if read is None or not (is_known(unit) or again in _SHARES):
        return None
    same = unit == read.target.unit or again in _SHARES
    more = [] if same else [_finding("target.words_ignored", read.target)]
    return ParsedTarget(read.target, (*read.findings, *more))


def _in_words(printed: str, plain: str, fiscal_year: int | None) -> ParsedTarget | None:
    """Read a quantity or a day whose numbers are words: 不少于三次, 九成以上."""
    digits = in_digits(plain)
    if digits == plain:
        return None
    read = (
        _day_of_month(printed, digits)
        or _dated(printed, digits, fiscal_year)
        or _quantity(printed, digits)
    )
    if read is None or read.target.kind not in QUANTITIES:
        return read
    unit = read.target.unit or ""
    return read if is_known(unit) and unit not in _GRADES else None


def _english(printed: str) -> ParsedTarget | None:
    """Read a quantity in English words; its unit is free, so none is unknown."""
    read = english_quantity(printed)
    if read is None:
        return None
    if len(read.kinds) > 1 or (read.high and read.kinds - {TargetKind.EXACTLY}):
        return _quality(printed, "target.comparators_disagree")
    low = multiplied(read.low, read.times[0])
    high = multiplied(read.high, read.times[1]) if read.high else None
    if low is None or (read.high and high is None):
        return _quality(printed, "target.number_out_of_range")
    kind = next(iter(read.kinds), TargetKind.EXACTLY)
    compared = bool(read.kinds) or high is not None
    target = Target(text=printed, kind=kind, value=low, unit=read.unit)
    return _bounded(
        target, high, ["target.no_comparator"][: not compared], compared=compared
    )


def _bounded(
    target: Target, high: Decimal | None, codes: list[str], *, compared: bool
) -> ParsedTarget:
    """Return a quantity with its upper bound, if it has one, and what looks wrong."""
    if high is not None:
        assert target.value is not None
        ordered = target.value <= high
        low, high = sorted((target.value, high))
        target = replace(target, kind=TargetKind.BETWEEN, value=low, upper=high)
        codes = codes + ([] if ordered else ["target.bounds_reversed"])
    return _read(target, codes + _value_codes(target, compared=compared))


def _quantity(printed: str, plain: str) -> ParsedTarget | None:
    match = re.fullmatch(shapes.QUANTITY, plain)
    if match is None:
        return None
    kinds = _compared_by(match)
    compared = bool(kinds) or match["high"] is not None
    units = _units(match, compared=compared)
    if units is None or not _words_fit(match, compared=compared):
        return None
    if len(kinds) > 1 or (match["high"] and kinds - {TargetKind.EXACTLY}):
        return _quality(printed, "target.comparators_disagree")
    low = multiplied(match["low"], units[0])
    high = multiplied(match["high"], units[1]) if match["high"] else None
    if low is None or (match["high"] and high is None):
        return _quality(printed, "target.number_out_of_range")
    unit = per_each(match["label"], units[2])
    target = Target(
        text=printed,
        kind=next(iter(kinds), TargetKind.EXACTLY),
        value=low,
        unit=unit,
    )
    codes = _comparator_codes(match, compared=compared) + _unit_codes(match, unit)
    return _bounded(target, high, codes, compared=compared)


def _compared_by(match: re.Match[str]) -> set[TargetKind]:
    """Return what the comparators mean, signs and words alike; ≥= is a ≥."""
    kinds = {_KINDS[sign] for sign in match["sign"]}
    if kinds & OR_EQUAL:
        kinds.discard(TargetKind.EXACTLY)
    if match["word"]:
        kinds.add(shapes.BEFORE[match["word"]])
    if match["after"]:
        kinds.add(shapes.AFTER[match["after"]])
    return kinds


def _units(
    match: re.Match[str], *, compared: bool
) -> tuple[int, int, str | None] | None:
    """
    Return both multipliers and the unit; ``None`` when it is no unit of a quantity.

    A bound without a unit has that of the other.
    """
    texts = (match["low_unit"], match["high_unit"] or "")
    low, high = (normalise_unit(text or texts[0] or texts[1]) for text in texts)
    unit = high[1] or low[1]
    guess = high[0] * (2 if "." in match["low"] else 1)  # ≤28.40/株 is of money.
    if low[1] not in {None, unit} or not is_plausible(unit, guess, compared=compared):
        return None
    lacks_yuan = (unit or "").startswith("/") and not is_of_many(unit)
    return low[0], high[0], f"元{unit}" if lacks_yuan else unit


def _words_fit(match: re.Match[str], *, compared: bool) -> bool:
    """Return whether the words around a quantity leave it a quantity."""
    label, filler = match["label"], match["filler"] or ""
    if re.search(_RELATIVE, label) or re.search(_RELATIVE, filler):
        return False
    if filler and shapes.BEFORE[match["word"]].row.is_strict:
        return False
    return not label or compared or per_each(label, "") != ""


def _comparator_codes(match: re.Match[str], *, compared: bool) -> list[str]:
    doubled = len(match["sign"]) > 1 or (
        match["sign"] and (match["word"] or match["after"])
    )
    words = match["filler"] or (match["label"] and per_each(match["label"], "") == "")
    return [
        *["target.no_comparator"][: not compared],
        *["target.comparator_doubled"][: bool(doubled)],
        *["target.words_ignored"][: bool(words)],
    ]


def _unit_codes(match: re.Match[str], unit: str | None) -> list[str]:
    printed = match["high_unit"] or match["low_unit"]
    bare = normalise_unit(printed)[1] or ""
    disguised = printed.endswith("数") and not is_rate(unit) and is_known(bare)
    return [
        *["target.unit_disguise"][:disguised],
        *["target.unit_lacks_yuan"][: bare.startswith("/") and not is_of_many(bare)],
        *["target.unit_unknown"][: bool(unit) and not _is_usual(unit or "")],
    ]


def _is_usual(unit: str) -> bool:
    """Return whether nobody asks what a unit is: any Latin one is one."""
    first = unit.split("/", maxsplit=1)[0]
    return is_known(unit) or (first.isascii() and first.isalpha())


def _value_codes(target: Target, *, compared: bool) -> list[str]:
    value = target.value or Decimal(0)
    top = target.upper or value
    if value < 0 and not compared:
        return ["target.negative"]
    if not is_rate(target.unit):
        return []
    if not compared and 280 <= value <= 299:
        return ["target.comparator_as_digit"]
    if value == 100 and target.kind is TargetKind.AT_LEAST:
        return ["target.rate_at_ceiling"]
    beyond = value == 100 and target.kind is TargetKind.MORE_THAN
    return ["target.percent_above_100"] if beyond or top > 100 else []


def _day_of_month(printed: str, plain: str) -> ParsedTarget | None:
    match = re.fullmatch(shapes.DAY_OF_MONTH, plain)
    if match is None:
        return None
    day = Decimal(match["day"])
    target = Target(text=printed, kind=TargetKind.DAY_OF_MONTH, value=day)
    return _read(target, ["target.no_comparator"][: plain[-1] in "日号"])


def _dated(printed: str, plain: str, fiscal_year: int | None) -> ParsedTarget | None:
    kind, span = TargetKind.WITHIN_PERIOD, shapes.period(plain, fiscal_year)
    if span is None:
        kind, span = TargetKind.BY_DATE, shapes.deadline(plain, fiscal_year)
    if span is None:
        span = english_span(printed, fiscal_year)
        if span is None:
            return None
        kind = TargetKind.WITHIN_PERIOD if span.since else kind
    target = Target(text=printed, kind=kind, date=span.until, since=span.since)
    return _read(target, [f"target.{span.problem}"] if span.problem else [])

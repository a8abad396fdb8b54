"""Units of measurement: their spellings made one, and what kind each is."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from typing import Final

from ledger.domain.text_shapes import AFTER, BEFORE, either

_ALIASES: Final = {
    "百分比": "%",
    "百分号": "%",
    "百分数": "%",
    "百分点": "个百分点",
    "人民币": "元",
    "元人民币": "元",
    "元整": "元",
    "圆": "元",
    "个小时": "小时",
    "自然日": "天",
    "日历天": "天",
    "平米": "平方米",
    "m²": "平方米",
    "㎡": "平方米",
    "km": "公里",
    "千米": "公里",
    "kg": "公斤",
    "千克": "公斤",
    "t": "吨",
    "°c": "℃",
    "摄氏度": "℃",
}
_LENGTHS: Final = {"月": "个月", "工作日": "个工作日"}
_POWERS: Final = {
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
}
# 千 and its like multiply only before these: 千米, 百分比 and 千瓦 are units.
_MAGNITUDE: Final = r"[万亿]|[十百千](?=[元人户万亿])"

_DONE: Final = frozenset(
    "次 件 起 场 期 批 篇 份 宗 例 项 个 本 册 条 幅 人次 户次 家次 车次 场次 批次 "
    "件次 课时 学时 课 班 轮 吨 公斤 公里 米 亩 平方米".split()
)
_PEOPLE: Final = frozenset("人 名 位 人员 户 家".split())
_DURATIONS: Final = frozenset(
    "天 日 个工作日 周 星期 个月 季度 半年 年 小时 分钟 秒".split()
)
_COUNTED: Final = (
    _DONE
    | _PEOPLE
    | frozenset(
        "台 套 辆 部 座 栋 处 所 间 只 头 株 棵 块 根 盏 架 艘 组 支 张 枚 箱 种 类 "
        "门 樘 眼 口 村 立方米 平方公里".split()
    )
)
_A_YEAR: Final = "/年"
_MEASURED: Final = frozenset("吨 公斤 公里 米 亩 平方米 立方米 平方公里".split())

COUNTED_WHOLE: Final = frozenset(
    unit + per for unit in _COUNTED - _MEASURED for per in ("", _A_YEAR)
)
"""Units of things and people, which there are whole ones of: no lengths or weights."""

# Counters of one thing: of persons, of cases, of animals.
_ALIKE: Final = {
    **dict.fromkeys("人 名 位 人员".split(), "人"),
    **dict.fromkeys("件 起 宗 例".split(), "件"),
    **dict.fromkeys("只 头".split(), "头"),
}
_OTHERS: Final = frozenset("% 元 个百分点 ‰ 度 级 分 倍 美元 ℃ 分贝".split())
_OF_MANY: Final = {"/十万": "/10万", "/百万": "/100万"}
"""Of how many a number is: 10/10万."""

_EACH_ONE: Final = frozenset("月 生 学生 学期 学年 床 床位 班次 套次".split())
"""What an amount is per, though nobody counts it."""

_A_MONTH: Final = "/月"

_LETTERS: Final = r"[A-Za-z\u4e00-\u9fff]+"
# Words that make a number no plain quantity: about, at a date, a comparator.
_NO_UNIT: Final = rf"{either(BEFORE | AFTER)}|[前后底初末约第之的]|左右|^[余多来]"
_EACH: Final = r"(?:每[^每]{1,4})+"
# Exact whatever the caller's decimal context: 27 digits times at most twelve 亿.
_PLAIN: Final = re.compile(r"0|-?(?:[1-9][0-9]*|(?:0|[1-9][0-9]*)\.[0-9]*[1-9])")
_EXACT: Final = Context(prec=200)


def is_plain(number: Decimal) -> bool:
    """Return whether *number* is in its one plain spelling of at most 18 characters."""
    text = str(number)
    if len(text) > 18:
        return False
    if text.isdecimal():  # As most are.
        return text[0] != "0" or text == "0"
    return _PLAIN.fullmatch(text) is not None


def canonical(number: Decimal) -> Decimal:
    """
    Return *number* in its one plain spelling: no exponent, no trailing zeros.

    No digit is rounded away, whatever the precision in force.

    >>> canonical(Decimal("1E+2")), canonical(Decimal("1.10"))
    (Decimal('100'), Decimal('1.1'))
    """
    if is_plain(number) or not number.is_finite():
        return number
    if number == number.to_integral_value():
        return Decimal(int(number))
    sign, digits, exponent = number.as_tuple()
    kept = "".join(map(str, digits)).rstrip("0")
    assert isinstance(exponent, int)
    shift = exponent + len(digits) - len(kept)
    return Decimal((sign, tuple(map(int, kept)), shift))


def multiplied(text: str, multiplier: int) -> Decimal | None:
    """
    Return the printed number times *multiplier*; ``None`` when out of range.

    Within it the plain spelling of every number is free of exponents.

    >>> multiplied("7.24", 10_000), multiplied("0.0000001", 1)
    (Decimal('72400'), None)
    """
    whole, _, decimals = text.replace(",", "").lstrip("+-").partition(".")
    if len(whole) > 15 or len(decimals) > 12:
        return None
    number = _EXACT.multiply(Decimal(text.replace(",", "")), Decimal(multiplier))
    number = canonical(number)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    fits = number.copy_abs() < Decimal(10**15) and exponent >= -6
    return number if fits else None


def normalise_unit(text: str) -> tuple[int, str | None]:
    r"""
    Return the multiplier in a printed unit, and the unit without it.

    Backslash, slash and 每 are all “per”. A 万 or 亿 alone leaves no unit, and before
    “per” it leaves what stands after: its reader knows what is missing.

    >>> normalise_unit("万元\\件"), normalise_unit("万人"), normalise_unit("百分比")
    ((10000, '元/件'), (10000, '人'), (1, '%'))
    >>> normalise_unit("元每人"), normalise_unit("万\\次")
    ((1, '元/人'), (10000, '/次'))
    """
    unit = text.replace("\\", "/").replace("每", "/")
    multiplier = 1
    while found := re.match(_MAGNITUDE, unit):
        multiplier *= _POWERS[found[0]]
        unit = unit[found.end() :]
    first, *per = unit.split("/")
    first = _LENGTHS.get(first, first)
    parts = [_spelt(first), *(_spelt(part) for part in per if part)]
    whole = "/".join(parts)
    return multiplier, _OF_MANY.get(whole, whole) or None


def is_rate(unit: str | None) -> bool:
    """Return whether it is a percentage."""
    return unit == "%"


def is_money(unit: str | None) -> bool:
    """Return whether it is money, or money per something."""
    return unit is not None and unit.split("/")[0] == "元"


def is_people(unit: str | None) -> bool:
    """Return whether it counts people, households or firms."""
    return _a_year(unit) in _PEOPLE


def is_duration(unit: str | None) -> bool:
    """Return whether it is a length of time."""
    return unit in _DURATIONS


def is_count(unit: str | None) -> bool:
    """Return whether it counts things or people."""
    return _a_year(unit) in _COUNTED


def is_done(unit: str | None) -> bool:
    """Return whether it counts things done, which add up over the year."""
    return _a_year(unit) in _DONE


def is_done_monthly(unit: str | None) -> bool:
    """
    Return whether it counts things done in each month.

    >>> is_done_monthly("次/月"), is_done_monthly("元/人/月")
    (True, False)
    """
    return is_monthly(unit) and is_done((unit or "").removesuffix(_A_MONTH))


def is_monthly(unit: str | None) -> bool:
    """Return whether it is per month."""
    return unit is not None and unit.endswith(_A_MONTH)


def is_known(unit: str) -> bool:
    """Return whether the unit, or what stands before “per” in it, is a known one."""
    first = unit.split("/", maxsplit=1)[0]
    known = is_count(first) or is_duration(first) or first in _OTHERS
    return known or is_of_many(unit)


def add_up(units: Iterable[str | None]) -> bool:
    """
    Return whether quantities in these units can be added; ``None`` goes with any.

    >>> add_up(["件", "起", None]), add_up(["人", "台"])
    (True, False)
    """
    kinds = {_ALIKE.get(unit, unit) for unit in map(_a_year, units) if unit}
    return len(kinds) < 2


def may_be_one(held: str | None, other: str | None) -> bool:
    """Return whether two quantities may be in one unit, where that of one is unsaid."""
    return held is None or other is None or add_up([held, other])


def is_of_many(unit: str | None) -> bool:
    """Return whether it says of how many a number is: 10/10万."""
    return unit in _OF_MANY.values()


def is_plausible(unit: str | None, multiplier: int, *, compared: bool) -> bool:
    """
    Return whether it can be a unit: a known one, or a short plain word.

    Args:
        compared: A comparator says that a quantity is meant.
    """
    if unit is None or is_of_many(unit):
        return True
    first, *per = unit.split("/")
    if not all(map(_is_word, per)):
        return False
    if not first:
        return multiplier > 1
    longest = 4 if compared else 2
    return is_known(first) or (len(first) <= longest and _is_word(first))


def per_each(label: str, unit: str | None) -> str | None:
    """
    Return *unit* per what *label* says; a share is per nothing.

    >>> per_each("每人", "元"), per_each("每年", "%")
    ('元/人', '%')
    """
    if not re.fullmatch(_EACH, label) or unit is None or is_rate(unit):
        return unit
    each = label[1:].split("每")
    if not all(is_count(one) or is_duration(one) or one in _EACH_ONE for one in each):
        return unit
    return "/".join([unit, *each])


def _is_word(text: str) -> bool:
    return (
        re.fullmatch(_LETTERS, text) is not None and re.search(_NO_UNIT, text) is None
    )


def _a_year(unit: str | None) -> str | None:
    """Return *unit* without “per year”: a target is for a year anyway."""
    return unit and unit.removesuffix(_A_YEAR)


def _spelt(part: str) -> str:
    """Return one part of a unit in its one spelling; 人数 names a count of 人."""
    part = _ALIASES.get(part.lower(), part)
    counted = part.removesuffix("数")
    return counted if counted in _COUNTED or counted in _DURATIONS else part

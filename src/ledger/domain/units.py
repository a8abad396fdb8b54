"""Units of measurement: their spellings made one, and what kind each is."""

from decimal import Decimal
from typing import Final

_ALIASES: Final = {
    "百分比": "%",
    "百分号": "%",
    "百分点": "个百分点",
    "人数": "人",
    "人民币": "元",
    "圆": "元",
    "工作日": "个工作日",
    "月": "个月",
    "小时": "小时",
    "平米": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "㎡": "平方米",
    "km": "公里",
    "千米": "公里",
}
_MULTIPLIERS: Final = {"万": 10_000, "亿": 100_000_000}

_DONE: Final = frozenset(
    "次 件 起 场 期 批 篇 份 宗 例 项 个 本 册 条 幅 人次 户次 家次 车次 场次 批次 "
    "件次 课时 学时 课 班 轮 吨 公里 米 亩 平方米".split()
)
_PEOPLE: Final = frozenset("人 名 位 人员 户 家".split())
_DURATIONS: Final = frozenset(
    "天 日 个工作日 周 星期 个月 季度 年 小时 分钟 秒".split()
)
_COUNTED: Final = (
    _DONE
    | _PEOPLE
    | frozenset(
        "台 套 辆 部 座 栋 处 所 间 只 头 株 棵 块 根 盏 架 艘 组 支 张 枚 "
        "箱 户数".split()
    )
)


def canonical(number: Decimal) -> Decimal:
    """
    Return *number* in its one plain spelling: no exponent, no trailing zeros.

    >>> canonical(Decimal("1E+2")), canonical(Decimal("1.10"))
    (Decimal('100'), Decimal('1.1'))
    """
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize()


def normalise_unit(text: str) -> tuple[int, str | None]:
    r"""
    Return the multiplier in a printed unit, and the unit without it.

    Backslash and slash are both “per”. A 万 or 亿 before “per” or alone leaves no unit.

    >>> normalise_unit("万元\\件"), normalise_unit("万人"), normalise_unit("百分比")
    ((10000, '元/件'), (10000, '人'), (1, '%'))
    """
    unit = text.replace("\\", "/").strip("/") if text else ""
    multiplier = 1
    while unit and unit[0] in _MULTIPLIERS:
        multiplier *= _MULTIPLIERS[unit[0]]
        unit = unit[1:]
    parts = [_ALIASES.get(part, part) for part in unit.split("/")]
    return multiplier, "/".join(parts) or None


def is_rate(unit: str | None) -> bool:
    """Say whether it is a percentage."""
    return unit == "%"


def is_money(unit: str | None) -> bool:
    """Say whether it is money, or money per something."""
    return unit is not None and unit.split("/")[0] == "元"


def is_people(unit: str | None) -> bool:
    """Say whether it counts people, households or firms."""
    return unit in _PEOPLE


def is_duration(unit: str | None) -> bool:
    """Say whether it is a length of time."""
    return unit in _DURATIONS


def is_count(unit: str | None) -> bool:
    """Say whether it counts things or people."""
    return unit in _COUNTED


def is_done(unit: str | None) -> bool:
    """Say whether it counts things done, which add up over the year."""
    return unit in _DONE


def is_known(unit: str) -> bool:
    """Say whether the unit, or what stands before “per” in it, is a known one."""
    first = unit.split("/", maxsplit=1)[0]
    return (
        is_count(first)
        or is_duration(first)
        or first in {"%", "元", "个百分点", "‰", "度", "级", "分", "倍", "美元"}
    )

"""Targets (指标值): what one that was printed means, and its one spelling."""

import datetime as dt
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import TargetKindWord
from ledger.domain.choices import one_of
from ledger.domain.english_targets import SHORTEST_WORD
from ledger.domain.money import Amount, exact
from ledger.domain.target_kind import COMPARATORS, TargetKind

_FIRST_MONTH: Final = 190001
"""The least number that is a month without any sign of it."""


def _value(value: Amount | None) -> Decimal | None:
    return None if value is None else exact(value, field="value")


def _upper(value: Amount | None) -> Decimal | None:
    return None if value is None else exact(value, field="upper")


def _kind(value: TargetKind | TargetKindWord) -> TargetKind:
    return one_of(TargetKind, "kind", value)


@all_checked
@frozen(kw_only=True)
class Target:
    """
    A target.

    Attributes:
        text: As printed; it never changes.

        value: In the base unit, after multipliers; the lower bound of ``between``; the
            day of ``day_of_month``. A percentage stays in percent.

        upper: The upper bound of ``between``.

        unit: Normalised: ``%``, ``元``, ``元/件``, ``人``.

        date: The last day that attains it, for ``by_date`` and ``within_period``;
            ``None`` where the printed day names no year that is known.

        since: The first day of ``within_period``.
    """

    text: str
    kind: TargetKind = field(converter=_kind)
    value: Decimal | None = field(default=None, converter=_value)
    upper: Decimal | None = field(default=None, converter=_upper)
    unit: str | None = None
    date: dt.date | None = None
    since: dt.date | None = None


def _is_month(value: Decimal | None) -> bool:
    return value is not None and value >= _FIRST_MONTH


def print_target(target: Target) -> str:
    """
    Return *target* in one plain spelling, which parses to the same meaning.

    >>> from ledger.domain.target_parser import parse_target
    >>> print_target(parse_target("不低于98百分比").target)
    '≥98%'
    """
    unit = target.unit or ""
    if len(unit) >= SHORTEST_WORD and unit.isascii():
        unit = f" {unit}"
    match target.kind:
        case TargetKind.BETWEEN:
            # 2023年-2024年 and 202301-202312 alone would be years and months.
            dated = unit == "年" or (not unit and _is_month(target.value))
            sign = "=" if dated else ""
            low_unit = "" if unit.startswith(" ") else unit
            return f"{sign}{target.value:f}{low_unit}-{target.upper:f}{unit}"
        case TargetKind.DAY_OF_MONTH:
            return f"每月{target.value}日前"
        case TargetKind.BY_DATE if target.date is not None:
            day = target.date
            return f"{day.year:04}年{day.month}月{day.day}日前"
        case TargetKind.WITHIN_PERIOD if target.date and target.since:
            return "-".join(
                f"{day.year:04}.{day.month:02}.{day.day:02}"
                for day in (target.since, target.date)
            )
        case TargetKind.NONE:
            return "—"
        case _ if target.value is None:
            return target.text
        case kind:
            return f"{COMPARATORS[kind].sign}{target.value:f}{unit}"

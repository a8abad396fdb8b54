"""What a careful reader of one indicator would notice; nothing is repaired."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from ledger.domain import units
from ledger.domain.finding import Finding, warning
from ledger.domain.indicator import Indicator, is_income, is_under_cost
from ledger.domain.target_kind import DATES, TargetKind

QUANTITY: Final = ("数量", "quantity")
_QUALITY: Final = ("质量", "quality")
_TIMELINESS: Final = ("时效", "timeliness")
BENEFIT: Final = ("效益", "benefit", "outcome")
SATISFACTION: Final = ("满意度", "satisfaction")

_RATE_WORDS: Final = re.compile(
    r"率|比例|比重|占|覆盖|满意|及时|按时|足额|完成|达标|程度|普及|%|rate|share|ratio",
    re.IGNORECASE,
)
_FUNDS_USED: Final = re.compile(r"资金(使用|支出|执行)率|预算执行率")
_PEOPLE: Final = re.compile(r"人数|户数|headcount", re.IGNORECASE)
_DEADLINE: Final = re.compile(r"(?<![0-9])[0-9]+\s*[日号]\s*(?:之?前|以前)")
_SURVEY: Final = re.compile(r"问卷|调查|测评|访谈|回访|survey|poll", re.IGNORECASE)


def check_indicator(indicator: Indicator) -> Iterator[Finding]:
    """Yield what looks wrong about an indicator, whatever else its form has."""
    for check in _CHECKS:
        yield from check(indicator)


def under(level: str, names: tuple[str, ...]) -> bool:
    """Return whether a level's name has one of some words in it."""
    return any(name in level.lower() for name in names)


def letters_and_digits(text: str) -> str:
    """Return a text without what is neither a letter nor a digit."""
    return "".join(c for c in text if c.isalnum())


def _repeats_name(row: Indicator) -> Iterator[Finding]:
    target = letters_and_digits(row.target.text)
    names = map(letters_and_digits, (row.name, row.description or row.name))
    if row.target.kind is TargetKind.QUALITATIVE and target in names:
        yield warning(
            "indicator.target_repeats_name",
            f"the target repeats the name: {row.target.text!r}",
            found=row.target.text,
            expected="what is to be reached",
        )


def _date_under_quality(row: Indicator) -> Iterator[Finding]:
    if under(row.level2, _QUALITY) and row.target.kind in DATES:
        yield warning(
            "indicator.date_under_quality",
            f"a date, {row.target.text!r}, under {row.level2}",
            found=row.target.text,
            expected="a date under 时效指标",
        )


def _misfits(row: Indicator) -> Iterator[Finding]:
    """Find figures under a level 2 that is about something else."""
    unit, name = row.target.unit, row.name
    misfit = None
    if is_under_cost(row.level1, row.level2) and is_income(row.name):
        misfit = "income under cost"
    elif is_under_cost("", row.level2):
        if units.is_people(unit):
            misfit = "a headcount under cost"
    elif under(row.level2, _TIMELINESS):
        if units.is_money(unit):
            misfit = "money under timeliness"
        elif _FUNDS_USED.search(name):
            misfit = "a rate of funds used under timeliness"
    if misfit:
        yield warning(
            "indicator.level2_misfit",
            f"{misfit}: {name} {row.target.text}",
            found=f"{row.level2}: {name} {row.target.text}",
            expected="a level 2 that says what is measured",
        )


def _no_rate(row: Indicator) -> Iterator[Finding]:
    words = f"{row.name} {row.description or ''}"
    benefit = under(row.level1, BENEFIT)
    if units.is_rate(row.target.unit) and benefit and not _RATE_WORDS.search(words):
        yield warning(
            "indicator.no_rate",
            f"{row.target.text} of {row.name!r}, which is no rate of anything",
            found=f"{row.name} {row.target.text}",
            expected="a part and a whole that can be counted, or a quality",
        )


def _people_as_rate(row: Indicator) -> Iterator[Finding]:
    if (
        units.is_rate(row.target.unit)
        and _PEOPLE.search(row.name)
        and "率" not in row.name
    ):
        yield warning(
            "indicator.people_as_rate",
            f"the name says people, the target is a rate: {row.name} {row.target.text}",
            found=f"{row.name} {row.target.text}",
            expected="a number of people, or a name that says rate",
        )


def _deadline_as_rate(row: Indicator) -> Iterator[Finding]:
    deadline = _DEADLINE.search(f"{row.name} {row.description or ''}")
    if units.is_rate(row.target.unit) and deadline:
        yield warning(
            "indicator.deadline_as_rate",
            f"the text names a deadline, {deadline[0]!r}, the target is a rate, "
            f"{row.target.text}",
            found=row.target.text,
            expected="a day, such as 每月15日前, or a rate of what is done by then",
        )


def _rate_as_days(row: Indicator) -> Iterator[Finding]:
    if units.is_duration(row.target.unit) and "率" in row.name:
        yield warning(
            "indicator.rate_as_days",
            f"the name says a rate, the target is a duration: {row.name} "
            f"{row.target.text}",
            found=f"{row.name} {row.target.text}",
            expected="a percentage, or a name that says duration",
        )


def _ceiling_on_deliverable(row: Indicator) -> Iterator[Finding]:
    if (
        under(row.level2, QUANTITY)
        and row.target.kind.row.is_ceiling
        and units.is_count(row.target.unit)
    ):
        yield warning(
            "indicator.ceiling_on_deliverable",
            f"a ceiling on what is to be delivered: {row.name} {row.target.text}",
            found=row.target.text,
            understood="at most",
            expected="≥, unless fewer is better",
        )


def _not_surveyed(row: Indicator) -> Iterator[Finding]:
    if under(row.level1, SATISFACTION) and not _SURVEY.search(row.basis or ""):
        yield warning(
            "indicator.satisfaction_not_surveyed",
            f"satisfaction whose basis is no survey: {row.basis or 'none'}",
            found=row.basis,
            expected="a survey, such as 调查问卷",
        )


_CHECKS: Final[tuple[Callable[[Indicator], Iterator[Finding]], ...]] = (
    _repeats_name,
    _date_under_quality,
    _misfits,
    _no_rate,
    _people_as_rate,
    _deadline_as_rate,
    _rate_as_days,
    _ceiling_on_deliverable,
    _not_surveyed,
)

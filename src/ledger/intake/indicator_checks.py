"""What a careful reader of one indicator would notice; nothing is repaired."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from ledger.domain import units
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import Indicator, is_income, is_under_cost
from ledger.domain.target_kind import DATES, TargetKind
from ledger.messages import message

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
        yield finding(
            "indicator.target_repeats_name",
            found=row.target.text,
            expected=message("expected.what_is_to_be_reached"),
        )


def _date_under_quality(row: Indicator) -> Iterator[Finding]:
    if under(row.level2, _QUALITY) and row.target.kind in DATES:
        yield finding(
            "indicator.date_under_quality",
            found=row.target.text,
            expected=message("expected.date_under_timeliness"),
            level2=row.level2,
        )


def _misfits(row: Indicator) -> Iterator[Finding]:
    """Find figures under a level 2 that is about something else."""
    unit, name = row.target.unit, row.name
    misfit = None
    if is_under_cost(row.level1, row.level2) and is_income(row.name):
        misfit = "found.income_under_cost"
    elif is_under_cost("", row.level2):
        if units.is_people(unit):
            misfit = "found.headcount_under_cost"
    elif under(row.level2, _TIMELINESS):
        if units.is_money(unit):
            misfit = "found.money_under_timeliness"
        elif _FUNDS_USED.search(name):
            misfit = "found.funds_used_under_timeliness"
    if misfit:
        yield finding(
            "indicator.level2_misfit",
            found=message(
                "line.placed", place=row.level2, what=f"{name} {row.target.text}"
            ),
            expected=message("expected.fitting_level2"),
            misfit=message(misfit),
            indicator=name,
            target=row.target.text,
        )


def _no_rate(row: Indicator) -> Iterator[Finding]:
    words = f"{row.name} {row.description or ''}"
    benefit = under(row.level1, BENEFIT)
    if units.is_rate(row.target.unit) and benefit and not _RATE_WORDS.search(words):
        yield finding(
            "indicator.no_rate",
            found=f"{row.name} {row.target.text}",
            expected=message("expected.part_and_whole"),
            target=row.target.text,
            indicator=row.name,
        )


def _people_as_rate(row: Indicator) -> Iterator[Finding]:
    if (
        units.is_rate(row.target.unit)
        and _PEOPLE.search(row.name)
        and "率" not in row.name
    ):
        yield finding(
            "indicator.people_as_rate",
            found=f"{row.name} {row.target.text}",
            expected=message("expected.people_or_rate"),
        )


def _deadline_as_rate(row: Indicator) -> Iterator[Finding]:
    deadline = _DEADLINE.search(f"{row.name} {row.description or ''}")
    if units.is_rate(row.target.unit) and deadline:
        yield finding(
            "indicator.deadline_as_rate",
            found=row.target.text,
            expected=message("expected.day_or_rate"),
            deadline=deadline[0],
        )


def _rate_as_days(row: Indicator) -> Iterator[Finding]:
    if units.is_duration(row.target.unit) and "率" in row.name:
        yield finding(
            "indicator.rate_as_days",
            found=f"{row.name} {row.target.text}",
            expected=message("expected.percentage_or_duration"),
        )


def _ceiling_on_deliverable(row: Indicator) -> Iterator[Finding]:
    if (
        under(row.level2, QUANTITY)
        and row.target.kind.row.is_ceiling
        and units.is_count(row.target.unit)
    ):
        yield finding(
            "indicator.ceiling_on_deliverable",
            found=row.target.text,
            understood=message("understood.at_most"),
            expected=message("expected.at_least"),
            indicator=row.name,
        )


def _not_surveyed(row: Indicator) -> Iterator[Finding]:
    if under(row.level1, SATISFACTION) and not _SURVEY.search(row.basis or ""):
        yield finding(
            "indicator.satisfaction_not_surveyed",
            found=row.basis,
            expected=message("expected.survey"),
            basis=row.basis or message("found.none"),
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

"""The days on which results are asked for, and which of them were answered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.calendar import FiscalYear
from ledger.domain.due_days import (
    GRACE,
    QUARTERLY,
    YEARLY,
    DueDays,
    DuePassed,
    all_passed,
    at_headings,
    month_ends,
    months_before,
    passed,
)
from ledger.domain.policy import DueEvery

YEAR = FiscalYear(2023)

HEADINGS = {
    ("产出指标", "数量指标", True): QUARTERLY,
    ("产出指标", "质量指标", False): QUARTERLY,
    ("成本指标", "经济成本指标", False): QUARTERLY,
    ("效益指标", "社会效益指标", True): YEARLY,
    ("效益指标", "经济成本指标", True): YEARLY,
    ("满意度指标", "服务对象满意度指标", False): YEARLY,
    ("影响力指标", "长效管理", False): YEARLY,
    ("Output", "Quality", False): QUARTERLY,
    ("Impact", "Quality", True): YEARLY,
    ("绩效指标", "时效", False): QUARTERLY,
    ("绩效指标", "工程进度", False): QUARTERLY,
    ("绩效指标", "社会效益", True): YEARLY,
    ("绩效指标", "其他", True): QUARTERLY,
    ("绩效指标", "其他", False): YEARLY,
    ("", "", False): YEARLY,
}


@pytest.mark.parametrize("headings", HEADINGS)
def test_headings_say_how_often_results_are_due(headings):
    """Level 1 first, then level 2, and else what is summed is due each quarter."""
    level1, level2, adds_up = headings
    assert at_headings(level1, level2, adds_up=adds_up) == HEADINGS[headings]


def days(*printed, year=2023):
    """Return ordinals of days given as month and day."""
    return tuple(date(year, *map(int, each.split("-"))).toordinal() for each in printed)


QUARTERS = {
    "a year from its first day": (
        (YEAR, date(2023, 1, 1), None),
        days("3-31", "6-30", "9-30", "12-31"),
    ),
    "approved before the year": (
        (YEAR, date(2022, 12, 20), None),
        days("3-31", "6-30", "9-30", "12-31"),
    ),
    "a quarter ends 30 days after": (
        (YEAR, date(2023, 3, 1), None),
        days("6-30", "9-30", "12-31"),
    ),
    "a quarter ends 31 days after": (
        (YEAR, date(2023, 2, 28), None),
        days("3-31", "6-30", "9-30", "12-31"),
    ),
    "approved in the last month": ((YEAR, date(2023, 12, 20), None), days("12-31")),
    "paid once, in October": ((YEAR, date(2023, 1, 1), date(2023, 10, 15)), days("12-31")),
    "paid once, as a quarter ends": (
        (YEAR, date(2023, 1, 1), date(2023, 6, 30)),
        days("6-30", "9-30", "12-31"),
    ),
    "a year from April": (
        (FiscalYear(2023, 4), date(2023, 4, 1), None),
        (*days("6-30", "9-30", "12-31"), *days("3-31", year=2024)),
    ),
}  # fmt: skip


def asked_by(day, year, since, paid_from=None):
    """Return what has passed by a day, as reports ask for it."""
    months = month_ends(year.start)
    first = months_before(months, since.toordinal())
    paid = 0 if paid_from is None else paid_from.toordinal()
    usual = DueEvery.QUARTER, DueEvery.YEAR
    return DuePassed.by(day.toordinal(), months, first, paid, usual)


@pytest.mark.parametrize("name", QUARTERS)
def test_quarters_end_when_results_are_due(name):
    """Not within a month of the approval, nor before what is paid once."""
    (year, since, paid_from), due = QUARTERS[name]
    for day in range(year.start.toordinal(), year.end.toordinal() + 1):
        there = [0, 0, *(each for each in due if each <= day)]
        asked = asked_by(date.fromordinal(day), year, since, paid_from)
        assert asked.outputs == DueDays(there[-2], there[-1])


def test_years_and_months_end_when_results_are_due():
    """At the end of the year in any case; of months, after the first 30 days."""
    asked = asked_by(date(2023, 12, 31), YEAR, date(2023, 12, 20), date(2023, 12, 31))
    assert asked.outcomes == asked.monthly == DueDays(0, *days("12-31"))
    since = date(2023, 2, 1)
    asked = asked_by(date(2023, 4, 29), YEAR, since)
    assert asked.outcomes == DueDays(0, 0)
    assert asked.monthly == DueDays(0, *days("3-31"))
    asked = asked_by(date(2023, 4, 30), YEAR, since)
    assert asked.monthly == DueDays(*days("3-31", "4-30"))


SOME = st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True).map(sorted)


@given(SOME, st.integers(0, 7), st.integers(1, 45))
def test_the_last_two_due_days_are_those_that_have_passed(due, before, through):
    """As a list of all of them says it; the last one is due in any case."""
    held = due[before:] or due[-1:]
    there = [0, 0, *(day for day in held if day <= through)]
    assert passed(tuple(due), before, through) == DueDays(there[-2], there[-1])
    assert list(all_passed(tuple(due), before, through)) == there[2:]


def test_the_grace_is_a_month():
    """What the docs say in words."""
    assert timedelta(days=30) == GRACE

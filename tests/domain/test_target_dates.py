"""Targets that are days and periods."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.domain.target_kind import TargetKind
from ledger.domain.target_parser import parse_target


def read(text, fiscal_year=2023):
    return parse_target(text, fiscal_year=fiscal_year).target


def codes(text, fiscal_year=2023):
    parsed = parse_target(text, fiscal_year=fiscal_year)
    return [finding.code.removeprefix("target.") for finding in parsed.findings]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25日", 25),
        ("每月25日", 25),
        ("每月15日前", 15),
        ("每个月5号之前发放", 5),
        ("当月25日前", 25),
    ],
)
def test_days_of_the_month(text, day):
    """A day without a month falls due in every month."""
    assert (read(text).kind, read(text).value) == (
        TargetKind.DAY_OF_MONTH,
        Decimal(day),
    )


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("9月前", date(2023, 8, 31)),
        ("1月前", date(2022, 12, 31)),
        ("9月底前", date(2023, 9, 30)),
        ("9月", date(2023, 9, 30)),
        ("11月底", date(2023, 11, 30)),
        ("2月末", date(2023, 2, 28)),
        ("12月底前", date(2023, 12, 31)),
        ("每年6月底前", date(2023, 6, 30)),
        ("6月30日前", date(2023, 6, 30)),
        ("≤12月31日", date(2023, 12, 31)),
        ("次年1月31日前", date(2024, 1, 31)),
        ("年底前", date(2023, 12, 31)),
        ("2023年", date(2023, 12, 31)),
        ("2023年前", date(2022, 12, 31)),
        ("2023年底前", date(2023, 12, 31)),
        ("2021年12月完成", date(2021, 12, 31)),
        ("2023年12月31日前", date(2023, 12, 31)),
        ("2023-12-31", date(2023, 12, 31)),
        ("2023.12.31", date(2023, 12, 31)),
        ("2023.12", date(2023, 12, 31)),
        ("２０２３年１２月３１日前", date(2023, 12, 31)),
    ],
)
def test_deadlines(text, until):
    """A month ends on its last day; before a month is before it begins."""
    assert (read(text).kind, read(text).date) == (TargetKind.BY_DATE, until)
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2023.07-2024.01", date(2023, 7, 1), date(2024, 1, 31)),
        ("2023. 07 - 2024. 01", date(2023, 7, 1), date(2024, 1, 31)),
        ("2023年7月-2024年1月", date(2023, 7, 1), date(2024, 1, 31)),
        ("2023年7月至12月", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023年7月15日-2024年1月20日", date(2023, 7, 15), date(2024, 1, 20)),
        ("2023.07.15-2024.01.20", date(2023, 7, 15), date(2024, 1, 20)),
        ("2023年-2024年", date(2023, 1, 1), date(2024, 12, 31)),
        ("1月-12月", date(2023, 1, 1), date(2023, 12, 31)),
        ("1-12月", date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_periods(text, since, until):
    """A period runs from the first day of its first month to the last of its last."""
    target = read(text)

    assert target.kind is TargetKind.WITHIN_PERIOD
    assert (target.since, target.date) == (since, until)


@pytest.mark.parametrize("text", ["9月前", "6月30日前", "年底前", "1-12月"])
def test_a_date_without_a_year_needs_the_fiscal_year(text):
    """Without it the kind is known, the date is not, and that is said."""
    assert read(text, fiscal_year=None).date is None
    assert codes(text, fiscal_year=None) == ["year_unknown"]


@pytest.mark.parametrize(
    "text",
    [
        "2月30日前",
        "2月29日前",
        "2023年13月1日",
        "2024.01-2023.07",
        "0001年1月前",
        "0000年5月底",
    ],
)
def test_impossible_dates_are_said(text):
    """A day that no calendar has stays a deadline without a date."""
    assert read(text).date is None
    assert codes(text) == ["date_impossible"]


@pytest.mark.parametrize("year", [-1, 0, 10_000, 10**20])
def test_an_impossible_fiscal_year_is_said(year):
    """A year that no calendar has makes no date, and raises nothing."""
    assert codes("9月底", fiscal_year=year) == ["date_impossible"]

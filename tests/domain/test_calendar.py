"""Fiscal years, month ends and the share of a year that has passed."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput
from ledger.domain.calendar import FiscalYear, month_end, parse_date, parse_month

YEARS = st.builds(FiscalYear, st.integers(1901, 2200), st.integers(1, 12))


def test_a_calendar_year_starts_in_january():
    """China's fiscal year is the calendar year."""
    year = FiscalYear(2024)
    assert (year.start, year.end, year.eve) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        date(2023, 12, 31),
    )


def test_a_year_may_start_in_april():
    """It is named for the calendar year in which it begins."""
    year = FiscalYear(2023, 4)
    assert (year.start, year.end) == (date(2023, 4, 1), date(2024, 3, 31))
    assert year.month_end(3) == date(2024, 3, 31)
    assert year.month_end(4) == date(2023, 4, 30)
    assert year.month_ends()[0] == date(2023, 4, 30)
    assert year.month_ends()[-1] == date(2024, 3, 31)


@given(YEARS)
def test_twelve_month_ends_share_the_year_evenly(year):
    """A month end is month ÷ 12, whatever the lengths of months."""
    ends = year.month_ends()
    assert len(ends) == 12
    for number, end in enumerate(ends, start=1):
        assert year.elapsed(end) == Fraction(number, 12)
        assert (end + timedelta(1)).day == 1


@given(YEARS, st.integers(-400, 800), st.integers(0, 400))
def test_progress_never_falls_and_stays_within_the_year(year, offset, more):
    """Before the year nothing has passed, after it all has."""
    one = year.start + timedelta(offset)
    two = one + timedelta(more)
    assert 0 <= year.progress(one) <= year.progress(two) <= 1
    assert (year.progress(one) == 0) == (one < year.start)
    assert (one in year) == (offset >= 0 and one <= year.end)


def test_days_within_a_month_count_evenly():
    """Half of June is five and a half months of twelve."""
    assert FiscalYear(2023).progress(date(2023, 6, 15)) == Decimal("0.458333")
    assert FiscalYear(2023).elapsed(date(2023, 6, 15)) == Fraction(11, 24)


@pytest.mark.parametrize(
    ("year", "first"), [(2023, 0), (2023, 13), (1899, 1), (9001, 1)]
)
def test_years_that_cannot_be_are_refused(year, first):
    """A month of 1 to 12, and a year that dates can hold."""
    with pytest.raises(InvalidInput):
        FiscalYear(year, first)


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2023, 2, 28), (2024, 2, 29), (2100, 2, 28)]
)
def test_month_ends_know_leap_years(year, month, day):
    """2100 is none."""
    assert month_end(year, month) == date(year, month, day)


@pytest.mark.parametrize(
    "text", ["2023-13", "2023-00", "23-01", "2023/01", "2023-1", ""]
)
def test_months_are_written_one_way(text):
    """``YYYY-MM``, and such a month exists."""
    with pytest.raises(InvalidInput, match="YYYY-MM"):
        parse_month(text)


@pytest.mark.parametrize(
    "given",
    ["2023-02-30", "2023-2-3", "20230203", "", None, 20230203, "２０２３-01-01"],
)
def test_dates_are_written_one_way(given):
    """``YYYY-MM-DD``, and such a day exists; the field is named."""
    with pytest.raises(InvalidInput, match="due"):
        parse_date(given, name="due")


def test_a_date_is_itself():
    """Scripts give dates, files give text."""
    assert parse_date(date(2023, 2, 3)) == parse_date("2023-02-03") == date(2023, 2, 3)
    assert parse_month("2023-02") == date(2023, 2, 28)

"""Fiscal years, month ends and the share of a year that has passed."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput, Settings
from ledger.domain.calendar import (
    FiscalYear,
    YearNaming,
    month_end,
    parse_date,
    parse_month,
    printed_date,
)

ANY_YEARS = st.builds(
    FiscalYear,
    st.integers(1901, 2200),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(YearNaming),
)
CALENDARS = st.builds(
    Settings,
    first_month=st.integers(1, 12),
    first_day=st.integers(1, 28),
    year_named_for=st.sampled_from(YearNaming),
)


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


@given(ANY_YEARS)
def test_twelve_month_ends_share_the_year_evenly(year):
    """A month end is month ÷ 12, whatever the lengths of months."""
    ends = year.month_ends()
    assert len(ends) == 12
    for number, end in enumerate(ends, start=1):
        assert year.elapsed(end) == Fraction(number, 12)
        assert (end + timedelta(1)).day == year.first_day


@given(ANY_YEARS, st.integers(-400, 800), st.integers(0, 400))
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


@pytest.mark.parametrize(
    "text", ["2024年1月5日", "2024年01月05日", "2024/1/5", "2024/01/05", "2024.1.5"]
)
def test_a_date_may_be_as_forms_print_it(text):
    """In a file; a script gives it one way."""
    assert printed_date(text) == date(2024, 1, 5)
    with pytest.raises(InvalidInput, match="due"):
        parse_date(text, name="due")


@pytest.mark.parametrize(
    "text", ["2024年2月30日", "2024/2/30", "5/1/2024", "2024/1.5", "24年1月5日", 5]
)
def test_a_date_that_no_form_prints_is_refused_as_it_stands(text):
    """It is named as it was typed."""
    with pytest.raises(InvalidInput, match="YYYY-MM-DD") as refused:
        printed_date(text, name="due")
    assert refused.value.found == text


def test_a_date_is_itself():
    """Scripts give dates, files give text."""
    assert parse_date(date(2023, 2, 3)) == parse_date("2023-02-03") == date(2023, 2, 3)
    assert parse_month("2023-02") == date(2023, 2, 28)


def test_a_year_may_start_on_the_sixth_of_april():
    """Its months begin on that day too, and are named by where they begin."""
    settings = Settings(first_month=4, first_day=6)
    year = settings.year(2023)
    assert (year.start, year.end) == (date(2023, 4, 6), date(2024, 4, 5))
    assert year.month_ends()[0] == date(2023, 5, 5) == settings.month_end(2023, 4)
    assert settings.month_of(date(2023, 5, 5)) == "2023-04"
    assert settings.month_of(date(2024, 1, 5)) == "2023-12"
    assert settings.month_start("2023-12") == date(2023, 12, 6)
    assert year.month_end(3) == date(2024, 3, 31)


def test_a_year_may_be_named_for_its_end():
    """The fiscal year 2021 of the United States began in October 2020."""
    settings = Settings(first_month=10, year_named_for="end")
    year = settings.year(2021)
    assert (year.start, year.end) == (date(2020, 10, 1), date(2021, 9, 30))
    assert settings.year_of(date(2020, 9, 30)).year == 2020
    assert settings.year_of(date(2020, 10, 1)).year == 2021
    same = Settings(year_named_for=YearNaming.END).year(2021)
    assert (same.start, same.end) == (date(2021, 1, 1), date(2021, 12, 31))


@given(CALENDARS, st.dates(date(1990, 1, 1), date(2050, 12, 31)))
def test_each_day_lies_in_the_year_and_the_month_that_it_is_said_to(settings, day):
    """Years of any calendar follow one another without a gap; so do their months."""
    year = settings.year_of(day)
    assert day in year
    assert settings.year(year.year - 1).end == year.eve
    assert settings.year(year.year + 1).eve == year.end
    month = settings.month_of(day)
    last = settings.month_end(*map(int, month.split("-")))
    assert settings.month_start(month) <= day <= last
    assert last in year.month_ends()


@pytest.mark.parametrize(
    ("given", "of_start", "of_end"),
    [
        (2023, 2023, 2023),
        ("2023", 2023, 2023),
        ("FY2023", 2023, 2023),
        ("2023年度", 2023, 2023),
        ("FY2023/24", 2023, 2024),
        (" fy2023/2024 ", 2023, 2024),
        ("２０２３－２４", 2023, 2024),
    ],
)
def test_names_of_fiscal_years(given, of_start, of_end):
    """A number follows the ledger's rule; both years say which one is meant."""
    for naming, year in (("start", of_start), ("end", of_end)):
        settings = Settings(first_month=4, year_named_for=naming)
        assert settings.year_named(given) == year


@pytest.mark.parametrize("given", ["FY23", "23", "2023/25", "2023/4", "", None, True])
def test_names_of_fiscal_years_that_say_too_little(given):
    """Two digits may be either year; no year ends two years later."""
    with pytest.raises(InvalidInput, match=r"fiscal_year.*2023/24"):
        Settings(first_month=4).year_named(given)


def test_a_calendar_year_has_one_number():
    """Where years lie in one calendar year, a name with two contradicts the rule."""
    for naming in YearNaming:
        with pytest.raises(InvalidInput, match=r"a year such as 2023$"):
            Settings(year_named_for=naming).year_named("FY2023/24")

"""Spending plans: how the printed row is read, and what is planned by a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Checkpoint, Reading, SpendingPlan
from ledger.domain.calendar import FiscalYear
from ledger.domain.plan import Convention, checkpoint_date, read_plan
from ledger.errors import InvalidPlan

YEAR = FiscalYear(2023)
DAYS = [YEAR.month_end(month) for month in (3, 6, 10, 12)]
WAN = 1_000_000
STEP, LINEAR = Convention.STEP, Convention.LINEAR


def read(numbers, budget, **more):
    """Read a row that is printed in 万元."""
    minor = [None if n is None else int(n * WAN) for n in numbers]
    return read_plan(minor, DAYS, int(budget * WAN), unit=WAN, **more)


def amounts(found):
    """Return the cumulative amounts of a plan in 万元."""
    return [checkpoint.amount / WAN for checkpoint in found.plan.checkpoints]


@pytest.mark.parametrize(
    ("numbers", "budget", "reading", "cumulative"),
    [
        ([5, 10, 15, 20], 20, Reading.CUMULATIVE, [5, 10, 15, 20]),
        ([2.25, 2.25, 2.25, 2.25], 9, Reading.INSTALMENTS, [2.25, 4.5, 6.75, 9]),
        ([25, 50, 75, 100], 20, Reading.PERCENT_CUMULATIVE, [5, 10, 15, 20]),
        ([25, 25, 25, 25], 20, Reading.PERCENT_INSTALMENTS, [5, 10, 15, 20]),
        ([0, 0, 0, 20], 20, Reading.CUMULATIVE, [0, 0, 0, 20]),
    ],
)
def test_a_row_is_read_as_what_fits_the_budget(numbers, budget, reading, cumulative):
    """Cumulative, instalments, or percents of either kind; the reading is kept."""
    found = read(numbers, budget)
    assert found.plan.reading is reading
    assert amounts(found) == cumulative
    assert not found.plan.stated


def test_a_single_number_is_due_by_the_last_column():
    """Which column it stood under is not known; that is said."""
    found = read([30], 30)
    assert found.plan.reading is Reading.SINGLE
    assert found.plan.checkpoints == (Checkpoint(DAYS[-1], 30 * WAN),)
    assert [f.code for f in found.findings] == ["plan.column_unknown"]


def test_a_single_number_in_its_column_is_due_by_then():
    """Its column is known, so nothing is said of it."""
    found = read([30, None, None, None], 30)
    assert found.plan.checkpoints[-1] == Checkpoint(DAYS[0], 30 * WAN)
    assert "plan.column_unknown" not in [f.code for f in found.findings]


def test_a_stated_reading_is_not_inferred():
    """What the caller knows is taken, and nothing is said."""
    found = read([20, 0, 0, 0], 20, reading=Reading.INSTALMENTS)
    assert amounts(found) == [20, 20, 20, 20]
    assert found.plan.stated
    assert found.findings == ()


@pytest.mark.parametrize(
    ("numbers", "budget", "more"),
    [
        ([5, 10, 15, 19], 20, {}),
        ([10, 5, 15, 20], 20, {}),
        ([5, 10], 20, {}),
        ([], 20, {}),
        ([19], 20, {}),
        ([5, 10, 15, 20], 20, {"reading": Reading.INSTALMENTS}),
        ([5, 10, 15, 20], 20, {"reading": Reading.PERCENT_CUMULATIVE}),
    ],
)
def test_a_row_that_fits_no_reading_is_refused(numbers, budget, more):
    """Nothing is guessed; the message has the sums."""
    with pytest.raises(InvalidPlan, match=r"20|4 columns"):
        read(numbers, budget, **more)


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("3月底", date(2023, 3, 31)),
        ("6月", date(2023, 6, 30)),
        ("10月末", date(2023, 10, 31)),
        ("12月份", date(2023, 12, 31)),
        ("2023-09-15", date(2023, 9, 15)),
    ],
)
def test_columns_name_month_ends_or_days(label, day):
    """As forms print them."""
    assert checkpoint_date(label, YEAR) == day


@pytest.mark.parametrize("label", ["13月底", "季度", "", "2024-01-31", "0月"])
def test_columns_that_name_no_day_of_the_year_are_refused(label):
    """The message names what a column looks like."""
    with pytest.raises(InvalidPlan, match="end of a month"):
        checkpoint_date(label, YEAR)


PLANS = st.lists(st.integers(0, 10**9), min_size=1, max_size=4).map(
    lambda steps: SpendingPlan(
        checkpoints=tuple(
            Checkpoint(day, sum(steps[: n + 1]))
            for n, day in enumerate(DAYS[-len(steps) :])
        )
    )
)


@given(PLANS, st.sampled_from(Convention))
def test_at_a_checkpoint_its_amount_is_planned(plan, convention):
    """Both conventions agree there."""
    for checkpoint in plan.checkpoints:
        assert plan.planned(checkpoint.on, YEAR, convention) == checkpoint.amount


@given(PLANS, st.integers(-1, 366), st.integers(0, 60))
def test_what_is_planned_never_falls(plan, offset, more):
    """Nor is it below what is due in steps, or above the plan's end."""
    one = YEAR.start + timedelta(offset)
    two = one + timedelta(more)
    for convention in Convention:
        assert plan.planned(one, YEAR, convention) <= plan.planned(
            two, YEAR, convention
        )
    assert plan.planned(one, YEAR, STEP) <= plan.planned(one, YEAR, LINEAR)
    assert plan.planned(one, YEAR, LINEAR) <= plan.checkpoints[-1].amount


def test_linear_counts_days_from_the_eve_of_the_year():
    """A whole year of 365 fen is one a day."""
    plan = SpendingPlan(checkpoints=(Checkpoint(date(2023, 12, 31), 365),))
    assert plan.planned(date(2023, 1, 1), YEAR, LINEAR) == 1
    assert plan.planned(date(2023, 7, 2), YEAR, LINEAR) == 183
    assert plan.planned(date(2023, 12, 30), YEAR, STEP) == 0

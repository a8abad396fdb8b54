"""The forecast goes on at the pace so far, within the budget."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import Funding, Ledger
from ledger.projections.forecast import forecast
from support import PROJECT, approval


@pytest.mark.parametrize(
    ("spent", "through", "expected"),
    [
        (None, date(2023, 6, 30), "0.00"),
        ("300.00", date(2023, 6, 30), "600.00"),
        ("300.00", date(2023, 3, 31), "1000.00"),
        ("300.00", date(2023, 12, 31), "300.00"),
    ],
)
def test_the_run_rate_is_capped_by_the_budget(spent, through, expected):
    """Half the year with 300 ends at 600; a quarter with 300 at the budget of 1,000."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(budget=100_000))
        if spent:
            ledger.disburse(PROJECT, spent, voucher="1", on=date(2023, 1, 9))
        assert forecast(ledger.view(through=through).project(PROJECT)) == Decimal(
            expected
        )


def test_money_of_one_source_is_not_spent_from_another():
    """Each is capped by its own budget: 100 of 100, and nothing of 900."""
    amounts = (
        Funding(source="fiscal", amount=10_000),
        Funding(source="other", amount=90_000),
    )
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(amounts=amounts))
        ledger.disburse(
            PROJECT, "80.00", voucher="1", on=date(2023, 1, 9), source="fiscal"
        )
        line = ledger.view(through=date(2023, 6, 30)).project(PROJECT)
    assert forecast(line) == Decimal("100.00")


@pytest.mark.parametrize(
    ("spent", "through", "ahead"),
    [
        ("1000000.00", date(2023, 10, 31), "1200000.00"),
        ("0.05", date(2023, 12, 30), "0.05"),
        ("1.25", date(2023, 10, 31), "1.50"),
        ("0.01", date(2023, 8, 31), "0.02"),
    ],
)
def test_the_share_of_the_year_is_exact(spent, through, ahead):
    """Ten of twelve months are five sixths; a half of a fen goes up."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(budget=200_000_000))
        ledger.disburse(PROJECT, spent, voucher="1", on=date(2023, 1, 9))
        line = ledger.view(through=through).project(PROJECT)
    assert str(forecast(line)) == ahead


def test_before_the_year_there_is_no_forecast():
    """No time has passed, so there is no pace."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(on=date(2022, 12, 1)))
        line = ledger.view(through=date(2022, 12, 15)).execution()
    assert [forecast(each) for each in line] in ([], [None])

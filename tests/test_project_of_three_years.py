"""A project of three years: what is left of each goes on into the next."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ledger import Ledger, Settings
from ledger.errors import BudgetExceeded, UnknownProject, UnknownSource
from support import Clock, approval

TODAY = datetime(2025, 6, 1, 9, tzinfo=UTC)
CARRIED = "carried_over/fiscal"
LAST = date(2024, 12, 31)


@pytest.fixture
def ledger():
    """Spend 900 of 1000 in 2023 and 1250 of 1300 in 2024; approve 800 for 2025."""
    settings = Settings(language="en", scale="1")
    with Ledger(":memory:", actor="t", settings=settings, clock=Clock(TODAY)) as ledger:
        for year, budget in ((2023, 1000), (2024, 1200), (2025, 800)):
            start = date(year, 1, 1)
            ledger.append(approval("P", budget * 100, on=start, fiscal_year=year))
        ledger.disburse("P", 900, voucher="1", on=date(2023, 6, 1))
        ledger.close_project("P", year=2023, carried_over={"fiscal": 100})
        ledger.carry_over("P", on=date(2024, 1, 10))
        on = date(2024, 6, 1)
        ledger.disburse("P", 100, voucher="1", on=on, source=CARRIED)
        ledger.disburse("P", 1150, voucher="2", on=on, source="fiscal")
        yield ledger


def test_the_year_has_its_own_figures(ledger):
    """What was carried in is budget of the year, and not original."""
    line = ledger.view(through=LAST).project("P")
    assert (line.original_budget, line.carried_in) == (1200, 100)
    assert (line.current_budget, line.disbursed) == (1300, 1250)
    assert line.execution_rate.quantize(Decimal("0.000001")) == Decimal("0.961538")


def test_the_years_together_count_new_money_once(ledger):
    """What was carried from one into the other is appropriated once."""
    view = ledger.view(through=LAST)
    lines = [view.project("P", year=year) for year in (2023, 2024)]
    assert sum(line.current_budget - line.carried_in for line in lines) == 2200
    assert sum(line.disbursed for line in lines) == 2150
    with pytest.raises(UnknownProject):
        view.project("P", year=2025)


def test_the_next_year_spends_what_is_left_only_once_it_is_carried(ledger):
    """Before, it has no such source; afterwards as much as came."""
    pay = {"on": date(2025, 2, 1), "source": CARRIED}
    with pytest.raises(UnknownSource):
        ledger.disburse("P", 1, voucher="1", **pay)
    with pytest.raises(BudgetExceeded, match=r"800\.00"):
        ledger.disburse("P", "800.01", voucher="1", on=pay["on"], source="fiscal")
    ledger.close_project("P", year=2024, carried_over={"fiscal": 50})
    ledger.carry_over("P", on=date(2025, 1, 10))
    ledger.disburse("P", 50, voucher="1", **pay)
    with pytest.raises(BudgetExceeded, match=r"0\.00"):
        ledger.disburse("P", "0.01", voucher="2", **pay)
    line = ledger.view(through=TODAY.date()).project("P")
    assert (line.current_budget, line.disbursed, line.available) == (850, 50, 800)
    assert ledger.verify().ok

"""Projects over their years: what each year had, and what they come to."""

from datetime import date

import pytest

from ledger import Ledger, Settings
from support import approval, day
from support_identities import check_identities

MARCH = date(2024, 3, 31)
TO_DATE = ("new_money_to_date", "disbursed_to_date", "lapsed_to_date")


@pytest.fixture
def ledger(path):
    """Keep a project over two years, which moves to another unit, and one of a year."""
    with Ledger(path, actor="t", settings=Settings(language="en")) as made:
        made.append(
            approval("P", 100_000, unit="U-1"), approval("Q", 5_000, unit="U-2")
        )
        made.disburse("P", 300, voucher="1", on=day(3))
        made.close_project("P", year=2023, carried_over={"fiscal": 200})
        later = approval("P", 70_000, unit="U-2", on=date(2024, 1, 1), fiscal_year=2024)
        made.append(later)
        made.carry_over("P", on="2024-02-01", amounts={"fiscal": 150})
        old = "carried_over/fiscal"
        made.disburse("P", 20, voucher="1", source=old, on="2024-03-01")
        made.disburse("P", 30, voucher="2", source="fiscal", on="2024-03-01")
        yield made


def test_what_was_carried_in_is_counted_once(ledger):
    """Given 1,700 over two years, of which 150 are in the budgets of both."""
    register = ledger.life_to_date(through=MARCH)
    one, two = (row for row in register.to_records("years") if row["project"] == "P")
    assert (one["fiscal_year"], two["fiscal_year"]) == (2023, 2024)
    assert (one["current_budget"], two["current_budget"]) == ("1000.00", "850.00")
    assert (two["original_budget"], two["opening"]) == ("700.00", "150.00")
    assert [one[key] for key in TO_DATE] == ["1000.00", "300.00", "500.00"]
    assert [two[key] for key in TO_DATE] == ["1700.00", "350.00", "500.00"]
    assert (two["disbursed"], two["unspent"]) == ("50.00", "800.00")
    row = next(row for row in register.to_records() if row["project"] == "P")
    assert (row["years"], row["unit"]) == (2, "U-2")
    assert (row["unspent"], row["in_passage"]) == ("800.00", "50.00")
    assert f"{register.totals['new_money_to_date']}" == "1750.00"
    check_identities(ledger, MARCH)


def test_no_year_is_added_to_another_in_a_column(ledger):
    """Years have no sums: what they come to stands in columns of its own."""
    years = ledger.life_to_date(through=MARCH).tables[-1]
    assert years.sums is None
    assert not any(group.sums for group in years.groups)


def test_a_year_and_a_day_cut_it(ledger):
    """Later years are not there yet, nor what came after the day."""
    before = ledger.life_to_date(through=MARCH, year=2023)
    assert {row["fiscal_year"] for row in before.to_records("years")} == {2023}
    early = ledger.life_to_date(through="2023-02-28").to_records()
    assert [row["disbursed_to_date"] for row in early] == ["0.00", "0.00"]

"""A page of many projects: folded by unit, with amounts that fit beside the axis."""

import re
from datetime import date
from decimal import Decimal

import pytest

from ledger import Ledger, Settings
from support import approval, day

BILLION = 100_000_000_000_00


def page(projects, units=2, budget=100_000, **settings):
    """Return the page of September of a ledger with so many projects."""
    chosen = Settings(language="en", **settings)
    with Ledger(":memory:", actor="t", settings=chosen) as ledger:
        for number in range(projects):
            unit = f"U-{number % units}"
            given = {"unit": unit, "name": f"project {number}", "plan": None}
            ledger.append(approval(f"P-{number}", budget, on=day(4), **given))
        return ledger.monthly_report(2023, 9).render("html")


@pytest.mark.parametrize(
    ("projects", "units", "folded"), [(40, 2, 0), (41, 2, 2), (41, 1, 0)]
)
def test_a_long_list_of_several_units_is_folded(projects, units, folded):
    """Each unit has a row with its name, how many it has, and its sums."""
    text = page(projects, units)
    assert text.count('<tr class="u">') == folded
    if folded:
        row = re.search(r'<tr class="u">.*?</tr>', text, re.DOTALL).group()
        assert "<bdi>U-0</bdi> (21)" in row
        assert "2.10" in row


def test_every_project_stands_in_one_unit():
    """None is lost, and none is there twice."""
    _, _, listed = page(45, 3).partition('<table id="list">')
    names = re.findall(r'<a href="#p\d+">', listed.partition("</table>")[0])
    assert len({*names}) == len(names) == 45


def test_large_amounts_have_no_decimals_and_room_beside_the_axis():
    """The plane moves to the right by what they need more."""
    text = page(1, budget=BILLION)
    labels = re.findall(r'class="e">([0-9,.]+)</text>', text)
    assert labels[-1] == "10,000,000"
    (left, *_) = re.findall(r'viewBox="(-?[0-9.]+) 0 [0-9.]+ 200"', text)
    assert float(left) < -15
    assert 'viewBox="0 0 640 200"' in page(1)


def test_months_are_named_in_the_order_of_the_fiscal_year():
    """A year that begins in April has June after its first quarter."""
    text = page(1, first_month=4)
    marks = re.findall(r'y="195">(\w+)</text>', text)
    assert marks[:4] == ["Jun", "Sep", "Dec", "Mar"]


def test_the_rate_stands_with_the_status_for_narrow_screens():
    """It is drawn there alone; wide tables say that they scroll."""
    text = page(1)
    assert re.search(r'<td class="s \w+" data-v="\d">[a-z ]+<span class="m"', text)
    assert text.count('<p class="note scrolls">Scroll sideways') >= 3


def test_wide_rows_of_registers_have_numbers_and_dates():
    """Others are as the JSON has them."""
    with Ledger(":memory:", actor="t") as ledger:
        ledger.append(approval())
        ledger.commit("P-1", "C-1", "12.50", on=day(3), due_on=day(5))
        register = ledger.contracts(through=day(6))
    (wide,) = register.to_records(wide=True)
    (same,) = register.to_records()
    assert (wide["amount"], wide["due_on"]) == (Decimal("12.50"), date(2023, 5, 1))
    assert (same["amount"], same["due_on"]) == ("12.50", "2023-05-01")

"""A virement conserves."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import BudgetExceeded
from properties.strategies import days, first


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 90_000), days), max_size=6))
def test_a_virement_conserves_the_sum_of_budgets(moves):
    """Budget moves between projects; the whole stays the same on every day."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first("A"), first("B"))
        for there, amount, on in moves:
            giver, taker = ("A", "B") if there else ("B", "A")
            try:
                ledger.transfer(giver, taker, f"{amount / 100:.2f}", on=on)
            except BudgetExceeded:
                continue
        for month in (3, 6, 9, 12):
            total = ledger.view(through=date(2023, month, 28)).total()
            assert ledger.minor(total.current_budget) == 200_000
        assert ledger.stale_snapshots() == []

"""A reversal undoes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger import Ledger
from ledger.errors import ReversalExceeded
from ledger.events import DisbursementReversed
from properties.strategies import amounts, days, first
from support import disbursement


@given(amounts, days, days)
def test_a_full_reversal_leaves_no_trace_in_the_sums(amount, paid_on, back_on):
    """After the money is back, disbursed and available are as before it left."""
    paid_on, back_on = sorted([paid_on, back_on])
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first())
        end = date(2023, 12, 31)
        before = ledger.view(through=end).project("P-1")
        ledger.append(disbursement(amount, on=paid_on))
        ledger.append(
            DisbursementReversed(
                project="P-1", on=back_on, voucher="R", of="V-1", amount=amount
            )
        )
        after = ledger.view(through=end).project("P-1")

        assert (after.disbursed, after.available) == (
            before.disbursed,
            before.available,
        )


@given(st.lists(amounts, min_size=1, max_size=5))
def test_parts_of_a_reversal_sum_to_at_most_the_disbursement(parts):
    """Reversals of one disbursement are taken until nothing is left of it."""
    whole = 100_000
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(first(), disbursement(whole))
        back = 0
        for number, amount in enumerate(parts):
            event = DisbursementReversed(
                project="P-1",
                on=date(2023, 5, 1),
                voucher=f"R-{number}",
                of="V-1",
                amount=amount,
            )
            try:
                ledger.append(event)
            except ReversalExceeded:
                assert back + amount > whole
            else:
                back += amount
        disbursed = ledger.view(through=date(2023, 12, 31)).project("P-1").disbursed
        assert ledger.minor(disbursed) == whole - back

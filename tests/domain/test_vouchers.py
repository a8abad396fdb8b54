"""Lines of one voucher, reversals of reversals, and vouchers that are booked again."""

from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, InvalidInput, Ledger
from ledger.errors import (
    AfterClosure,
    BudgetExceeded,
    CommitmentExceeded,
    ReversalExceeded,
    UnknownSource,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.events import Disbursed, DisbursementReversed
from support import PROJECT, Clock, approval, day

MARCH, APRIL, END = day(3), day(4), date(2023, 12, 31)
BOTH = (Funding(source="fiscal", amount=60_000), Funding(source="other", amount=40_000))


@pytest.fixture
def ledger():
    """Return a ledger with a budget of 600 fiscal and 400 other money."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as opened:
        opened.append(approval(amounts=BOTH))
        yield opened
        assert opened.verify().ok


def line(amount, source="fiscal", voucher="V-1", on=MARCH, payee="县中医院", **more):
    """Return a line of a voucher."""
    return Disbursed(
        project=PROJECT,
        on=on,
        voucher=voucher,
        amount=amount,
        source=source,
        payee=payee,
        **more,
    )


def back(amount, of="V-1", voucher="R-1", on=APRIL, **more):
    """Return a line of a reversal."""
    return DisbursementReversed(
        project=PROJECT, on=on, voucher=voucher, of=of, amount=amount, **more
    )


def spent(ledger):
    """Return what is disbursed in the end by source, in fen."""
    found = ledger.view(through=END).project(PROJECT).by_source
    return {source: int(part.disbursed * 100) for source, part in found.items()}


def test_a_voucher_has_lines_of_several_sources_in_one_append(ledger):
    """Each source has its line; another append cannot add one."""
    ledger.append(line(60_000), line(30_000, "other", voucher="ｖ—1"))
    assert spent(ledger) == {"fiscal": 60_000, "other": 30_000}
    with pytest.raises(VoucherUsed, match="V-1"):
        ledger.append(line(1_000, "other"))


def test_a_line_that_says_the_same_twice_is_refused(ledger):
    """Whoever enters a payment twice does not mean two lines of it."""
    with pytest.raises(VoucherUsed):
        ledger.append(line(100), line(100))
    ledger.append(line(100), line(100, description="second invoice"))
    assert spent(ledger)["fiscal"] == 200


@pytest.mark.parametrize(
    ("event", "apart"),
    [
        (line(1, "other"), True),
        (line(1, "other", on=APRIL), False),
        (back(1, of="V-2", voucher="V-1", on=MARCH), False),
        (line(1, "other", voucher="R-1", on=APRIL), False),
    ],
)
def test_only_another_line_of_its_day_could_have_been_of_one_payment(
    ledger, event, apart
):
    """One of another day, and what takes back or was taken back, could not."""
    ledger.append(line(600), line(100, voucher="V-2"))
    ledger.append(back(300))
    with pytest.raises(VoucherUsed) as refused:
        ledger.append(event)
    assert ("lines of one payment" in str(refused.value)) is apart


@pytest.mark.parametrize("payee", ["县医院", None])
def test_a_voucher_with_two_payees_is_refused_naming_both(ledger, payee):
    """And nothing of the append is recorded."""
    with pytest.raises(VoucherUsed, match=payee or "no payee") as refused:
        ledger.append(line(1), line(2, "other", payee=payee))
    assert "县中医院" in str(refused.value)
    assert spent(ledger) == {"fiscal": 0, "other": 0}


def test_lines_are_of_one_day_and_one_direction(ledger):
    """A reversal under the number of a payment is none of its lines."""
    with pytest.raises(VoucherUsed, match="2023-03-01"):
        ledger.append(line(1), line(2, "other", on=day(3, 2)))
    with pytest.raises(VoucherUsed):
        ledger.append(line(2), back(1, voucher="V-1", on=MARCH))


def test_the_lines_of_one_source_are_on_one_commitment(ledger):
    """A reversal names the source: it must know the contract by that."""
    ledger.commit(PROJECT, "C-1", 100, source="fiscal", on=day(2))
    with pytest.raises(InvalidInput, match="C-1"):
        ledger.append(line(100, commitment="C-1"), line(200))
    ledger.append(line(100, commitment="C-1"), line(200, "other"))
    ledger.append(back(50, source="fiscal"), back(70, source="other"))
    contract = ledger.contracts(through=END).contracts[0]
    assert contract.money.open == Decimal("99.50")


def test_a_reversal_of_several_sources_says_which(ledger):
    """Each source has what is left of its line."""
    ledger.append(line(600), line(300, "other"))
    with pytest.raises(InvalidInput, match="source"):
        ledger.append(back(1))
    with pytest.raises(UnknownSource):
        ledger.append(back(1, source="external"))
    with pytest.raises(ReversalExceeded, match=r"3\.00"):
        ledger.append(back(301, source="other"))
    ledger.append(back(600, source="财政资金"), back(300, source="other"))
    assert spent(ledger) == {"fiscal": 0, "other": 0}


def test_one_refund_returns_parts_of_several_payments(ledger):
    """In one append; a reversal of it says of which, and takes that alone."""
    ledger.append(line(600), line(500, voucher="V-2"))
    ledger.append(back(100), back(200, of="V-2"))
    with pytest.raises(InvalidInput, match=r"disbursement.*v-1, v-2"):
        ledger.append(back(50, of="R-1", voucher="RR"))
    with pytest.raises(UnknownVoucher):
        ledger.append(back(50, of="R-1", voucher="RR", disbursement="V-3"))
    with pytest.raises(ReversalExceeded, match=r"2\.00"):
        ledger.append(back(201, of="R-1", voucher="RR", disbursement="V-2"))
    ledger.append(back(200, of="R-1", voucher="RR", disbursement="Ｖ-2"))
    assert spent(ledger)["fiscal"] == 600 + 500 - 100
    ledger.append(back(500, of="V-2", voucher="R-2"))
    with pytest.raises(ReversalExceeded):
        ledger.append(back(501, of="V-1", voucher="R-3"))


@pytest.mark.parametrize("voucher", ["", " ", "9" * 10_001, "V\a1", "\u200b"])
def test_a_number_can_be_seen(ledger, voucher):
    """Of a payment and of what takes it back."""
    ledger.append(line(600))
    for event in (line(1, voucher=voucher), back(1, voucher=voucher)):
        with pytest.raises(InvalidInput, match="voucher"):
            ledger.append(event)


def test_a_number_is_used_by_a_payment_or_by_a_reversal(ledger):
    """Neither is booked again as the other, though nothing is left of either."""
    ledger.append(line(600), line(1, voucher="V-2"))
    ledger.append(back(600))
    for event in (line(1, voucher="R-1"), back(1, of="V-2", voucher="V-1")):
        with pytest.raises(VoucherUsed):
            ledger.append(attrs.evolve(event, on=day(6)))


def test_something_is_taken_back_while_the_year_is_open(ledger):
    """Of a fen as of any amount, from hand to hand."""
    ledger.append(line(1))
    with pytest.raises(InvalidInput, match="amount"):
        ledger.append(back(0))
    ledger.append(back(1))
    ledger.append(back(1, of="R-1", voucher="R-2"))
    ledger.append(back(1, of="R-2", voucher="R-3"))
    assert spent(ledger)["fiscal"] == 0
    ledger.append(line(2, voucher="V-2"))
    ledger.close_project(PROJECT, on=day(8))
    with pytest.raises(AfterClosure):
        ledger.append(back(1, of="V-2", voucher="R-4"))


def test_the_lines_of_a_refund_go_one_way(ledger):
    """What came back with one line, and left with another, nobody could reverse."""
    ledger.append(line(600), line(500, voucher="V-2"))
    ledger.append(back(300, voucher="R-1"))
    for lines in (
        [back(100, voucher="R-2"), back(50, of="R-1", voucher="R-2")],
        [back(50, of="R-1", voucher="R-2"), back(100, of="V-2", voucher="R-2")],
    ):
        with pytest.raises(InvalidInput, match="all come back, or all leave"):
            ledger.append(*lines)
    assert spent(ledger)["fiscal"] == 600 + 500 - 300


def test_a_reversal_is_reversed_up_to_what_is_left_of_it(ledger):
    """The money leaves again, if it is still there."""
    ledger.append(line(400), back(300))
    with pytest.raises(ReversalExceeded, match=r"3\.00"):
        ledger.append(back(301, of="R-1", voucher="RR"))
    with pytest.raises(InvalidInput, match="2023-04-01"):
        ledger.append(back(1, of="R-1", voucher="RR", on=day(3, 31)))
    ledger.append(back(100, of="R-1", voucher="RR", on=day(5)))
    assert spent(ledger)["fiscal"] == 200
    ledger.append(line(59_600, voucher="V-9"))
    ledger.append(line(200, voucher="V-10", on=day(5)))
    with pytest.raises(BudgetExceeded):
        ledger.append(back(1, of="R-1", voucher="RR-2", on=day(5)))
    ledger.append(back(100, of="RR", voucher="RRR", on=day(6)))
    recorded = [each.event for each in ledger.events(types=["DisbursementReversed"])]
    assert [each.taken_back for each in recorded] == [False, False, True]
    assert spent(ledger)["fiscal"] == 59_900


def test_a_reversed_reversal_is_paid_on_its_commitment_again(ledger):
    """What a contract had back it has no more; less than that is refused."""
    ledger.commit(PROJECT, "C-1", 10, source="fiscal", on=day(2))
    ledger.append(line(800, commitment="C-1"), back(800))
    ledger.append(line(300, voucher="V-2", commitment="C-1", on=day(5)))
    with pytest.raises(CommitmentExceeded):
        ledger.append(back(800, of="R-1", voucher="RR", on=day(6)))
    ledger.append(back(700, of="R-1", voucher="RR", on=day(6)))
    contract = ledger.contracts(through=END).contracts[0]
    assert (contract.money.disbursed, contract.money.open) == (10, 0)


def test_what_leaves_again_ends_no_contract_before_its_later_facts(ledger):
    """What came back had kept it open at its end; the day that needs it is named."""
    ledger.commit(PROJECT, "C-1", 13, source="fiscal", on=day(2))
    ledger.append(line(1000, commitment="C-1"))
    ledger.append(line(300, voucher="V-2", commitment="C-1", final=True, on=day(5)))
    ledger.append(back(1000))
    ledger.append(back(300, of="V-2", voucher="R-2", on=day(6)))
    with pytest.raises(InvalidInput, match="2023-06-01"):
        ledger.append(back(1000, of="R-1", voucher="R-3"))
    ledger.append(back(999, of="R-1", voucher="R-3"))


def test_a_wholly_reversed_voucher_is_booked_again_from_that_day(ledger):
    """Its reversal is then for good; the new booking is reversed as any other."""
    ledger.append(line(400), back(300))
    with pytest.raises(VoucherUsed):
        ledger.append(line(400, on=day(4)))
    ledger.append(back(100, voucher="R-2", on=day(5)))
    with pytest.raises(VoucherUsed):
        ledger.append(line(400, on=day(4, 30)))
    again = ledger.append(line(250, on=day(5)), line(70, "other", on=day(5)))
    assert [each.event.booked_again for each in again] == [True, False]
    with pytest.raises(ReversalExceeded, match="booked again on 2023-05-01") as over:
        ledger.append(back(1, of="R-1", voucher="RR", on=day(6)))
    assert (over.value.requested, over.value.left) == (1, 0)
    with pytest.raises(InvalidInput, match="source"):
        ledger.append(back(1, voucher="R-3", on=day(6)))
    ledger.append(back(250, voucher="R-3", on=day(6), source="fiscal"))
    assert spent(ledger) == {"fiscal": 0, "other": 70}


@pytest.mark.parametrize("field", ["booked_again", "taken_back"])
def test_what_is_computed_cannot_be_claimed(ledger, field):
    """A request may leave it out; one that says otherwise is refused."""
    ledger.append(line(400))
    event = line(1, voucher="V-2") if field == "booked_again" else back(1)
    with pytest.raises(InvalidInput) as refused:
        ledger.append(attrs.evolve(event, **{field: True}))
    assert refused.value.field == field


def test_the_lines_of_a_file_are_one_voucher(ledger, tmp_path):
    """As printed by a bank: the refund with two payments, in CSV."""
    file = tmp_path / "bank.csv"
    file.write_text(
        "type,project,on,voucher,amount,source,payee,of,disbursement\n"
        "Disbursed,P-1,2023-03-01,7,6.00,fiscal,Li,,\n"
        "Disbursed,P-1,2023-03-01,7,4.00,other,Li,,\n"
        "Disbursed,P-1,2023-03-02,8,5.00,fiscal,,,\n"
        "DisbursementReversed,P-1,2023-04-01,R,1.00,fiscal,,7,\n"
        "DisbursementReversed,P-1,2023-04-01,R,2.00,,,8,\n"
        "DisbursementReversed,P-1,2023-04-02,RR,2.00,,,R,8\n",
        "utf-8",
    )
    assert ledger.record(file).new == 6
    assert ledger.record(file).new == 0
    assert spent(ledger) == {"fiscal": 1000, "other": 400}
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(
        "type,project,on,voucher,amount,source,payee\n"
        "Disbursed,P-1,2023-03-01,9,6.00,fiscal,Li\n"
        "Disbursed,P-1,2023-03-01,9,4.00,other,Wu\n",
        "utf-8",
    )
    with pytest.raises(InvalidInput, match=r"(?s)line 3.*Li.*Wu"):
        ledger.record(wrong)


def test_what_takes_back_several_reversals_gives_none_more_than_it_had(ledger):
    """Taken back itself, it gives back its last line first, and to each its own."""
    ledger.append(line(400), back(100), back(200, voucher="R-2"))
    both = back(100, of="R-1", voucher="A"), back(150, of="R-2", voucher="A")
    ledger.append(*both)
    assert spent(ledger)["fiscal"] == 350
    ledger.append(back(200, of="A", voucher="B", on=day(5)))
    assert spent(ledger)["fiscal"] == 150
    for of, most in (("R-1", "0.50"), ("R-2", "2.00")):
        with pytest.raises(ReversalExceeded, match=most):
            ledger.append(back(201, of=of, voucher="C", on=day(6)))
    ledger.append(back(50, of="R-1", voucher="C", on=day(6)))
    ledger.append(back(200, of="R-2", voucher="D", on=day(6)))
    assert spent(ledger)["fiscal"] == 400


def test_what_left_again_comes_back_once(ledger):
    """With the disbursement, or with what let it leave again: not with both."""
    ledger.append(line(400), back(100), back(100, of="R-1", voucher="A"))
    ledger.append(back(370, voucher="R-2", on=day(5)))
    with pytest.raises(ReversalExceeded, match=r"0\.30"):
        ledger.append(back(31, of="A", voucher="B", on=day(6)))
    ledger.append(back(30, of="A", voucher="B", on=day(6)))
    assert spent(ledger)["fiscal"] == 0


def left(rows, name, on):
    """Return what is left of a voucher on a day: itself less what takes it back."""
    known = [row for row in rows if row[3] <= on]
    return sum(row[2] for row in known if row[0] == name) - taken(known, name)


def taken(rows, name):
    """Return what is taken back of a voucher; the last lines of what takes go first."""
    found = 0
    for place, (own, of, amount, _) in enumerate(rows):
        if of == name:
            behind = sum(row[2] for row in rows[place + 1 :] if row[0] == own)
            found += amount - min(max(taken(rows, own) - behind, 0), amount)
    return found


def fits(rows):
    """Return whether on every day something, or nothing, is left of each voucher."""
    return all(
        left(rows, row[0], on) >= 0 for row in rows for on in {r[3] for r in rows}
    )


PARTS = st.tuples(st.integers(0, 9), st.integers(1, 4))
STEPS = st.lists(
    st.tuples(st.lists(PARTS, min_size=1, max_size=2), st.integers(1, 5)), max_size=9
)


@given(STEPS)
def test_reversals_of_reversals_leave_what_a_tree_of_them_leaves(steps):
    """A step is taken where, on every day, each has something left; none else."""
    rows, leaves = [("V-0", None, 4, day(1))], {"V-0": True}
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), line(4, voucher="V-0", on=day(1)))
        for number, (parts, month) in enumerate(steps, start=1):
            name, on = f"V-{number}", day(month)
            chosen = [rows[-1 - of % len(rows)] for of, _ in parts]
            more = [
                (name, parent[0], amount, on)
                for parent, (_, amount) in zip(chosen, parts, strict=True)
            ]
            ways = {leaves[of] for _, of, _, _ in more}
            plain = len(set(more)) == len(more) and len(ways) == 1
            late = all(on >= parent[3] for parent in chosen)
            events = [back(amount, of, name, on) for _, of, amount, _ in more]
            if plain and late and fits([*rows, *more]):
                ledger.append(*events)
                rows += more
                leaves[name] = not ways.pop()
            else:
                with pytest.raises((ReversalExceeded, InvalidInput, VoucherUsed)):
                    ledger.append(*events)
        end = left(rows, "V-0", END)
        assert ledger.view(through=END).project(PROJECT).disbursed * 100 == end
        assert ledger.verify().ok

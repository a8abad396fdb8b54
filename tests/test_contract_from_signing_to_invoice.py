"""One contract from its signing to the final invoice, step by step."""

from datetime import date

import pytest

from ledger import Ledger, Settings
from ledger.errors import (
    BeforeCommitment,
    BudgetExceeded,
    CommitmentExceeded,
    KeyConflict,
)
from support import approval

# Day, what is done, then disbursed, open, available and unspent in whole units.
STEPS = (
    (
        (2, 10),
        lambda led, on: led.commit("P", "HT-14", 80_000, on=on, key="k"),
        (0, 80_000, 20_000, 100_000),
    ),
    (
        (3, 1),
        lambda led, on: led.disburse(
            "P", 30_000, voucher="V1", on=on, commitment="HT-14"
        ),
        (30_000, 50_000, 20_000, 70_000),
    ),
    (
        (4, 1),
        lambda led, on: led.disburse("P", 5_000, voucher="V2", on=on),
        (35_000, 50_000, 15_000, 65_000),
    ),
    (
        (4, 20),
        lambda led, on: led.reverse_disbursement(
            "P", 2_000, of="V1", voucher="R1", on=on
        ),
        (33_000, 52_000, 15_000, 67_000),
    ),
    (
        (6, 1),
        lambda led, on: led.adjust_commitment(
            "P", "HT-14", "increase", 5_000, on=on, reason="amendment"
        ),
        (33_000, 57_000, 10_000, 67_000),
    ),
    (
        (11, 30),
        lambda led, on: led.disburse(
            "P", 50_000, voucher="V3", on=on, commitment="HT-14", final=True
        ),
        (83_000, 0, 17_000, 17_000),
    ),
)

# After how many steps what is refused, as what, with which words.
REFUSED = (
    (
        4,
        lambda led: led.disburse("P", "15000.01", voucher="X", on=date(2023, 4, 2)),
        BudgetExceeded,
        r"available on 2023-04-02: CNY 15,000\.00|2023-04-02: 15,000\.00",
    ),
    (
        5,
        lambda led: led.disburse(
            "P",
            "57000.01",
            voucher="X",
            on=date(2023, 11, 30),
            commitment="HT-14",
            final=True,
        ),
        CommitmentExceeded,
        r"57,000\.00",
    ),
    (
        2,
        lambda led: led.disburse(
            "P", 1, voucher="X", on=date(2023, 2, 9), commitment="HT-14"
        ),
        BeforeCommitment,
        "2023-02-10",
    ),
    (
        1,
        lambda led: led.commit("P", "HT-14", 1, on=date(2023, 2, 10), key="k"),
        KeyConflict,
        "amounts|k",
    ),
    (
        4,
        lambda led: led.adjust_budget(
            "P", "reduction", "15000.01", on=date(2023, 6, 1)
        ),
        BudgetExceeded,
        r"15,000\.00",
    ),
)


@pytest.fixture
def ledger():
    """Approve 100,000.00 of fiscal money."""
    settings = Settings(language="en", scale="1")
    with Ledger(":memory:", actor="t", settings=settings) as made:
        made.append(approval("P", 10_000_000))
        yield made


def follow(ledger, count):
    """Take the first steps; return the day of the last."""
    day = date(2023, 1, 1)
    for (month, number), step, _ in STEPS[:count]:
        day = date(2023, month, number)
        step(ledger, day)
    return day


@pytest.mark.parametrize("count", range(1, len(STEPS) + 1))
def test_the_figures_after_each_step(ledger, count):
    """What is disbursed, open and available, and what is unspent."""
    line = ledger.view(through=follow(ledger, count)).project("P")
    unspent = line.current_budget - line.disbursed
    assert (line.disbursed, line.open, line.available, unspent) == STEPS[count - 1][2]


@pytest.mark.parametrize(("count", "step", "error", "words"), REFUSED)
def test_what_is_refused(ledger, count, step, error, words):
    """With what there is, and the day."""
    follow(ledger, count)
    with pytest.raises(error, match=words):
        step(ledger)
    assert ledger.verify().ok

"""Commitments as lines of one file, in whatever order they stand."""

import json
from datetime import date

import pytest

from ledger import Ledger, Settings
from ledger.errors import UnknownCommitment
from support import approval, day

END = date(2023, 12, 31)


@pytest.fixture
def ledger():
    """Approve a project of 1,000.00."""
    with Ledger(":memory:", actor="t", settings=Settings(language="en")) as made:
        made.append(approval("P"))
        yield made


def figures(ledger):
    """Return what is disbursed, contracted and available."""
    part = ledger.view(through=END).project("P")
    return int(part.disbursed), int(part.contracted), int(part.available)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_order_of_lines_in_a_file_does_not_matter(ledger, tmp_path, order):
    """A payment may stand above its contract, and that above its reservation."""
    lines = [
        {"type": "CommitmentEntered", "commitment": "R", "stage": "reserved"}
        | {"amount": {"fiscal": "300.00"}, "on": "2023-02-01"},
        {"type": "CommitmentEntered", "commitment": "C", "of": "R", "source": "fiscal"}
        | {"amount": "300.00", "on": "2023-03-01", "continues": "2022/C-0"},
        {"type": "Disbursed", "voucher": "1", "amount": "300.00", "commitment": "C"}
        | {"final": True, "on": "2023-04-01"},
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text(
        "".join(json.dumps(lines[n] | {"project": "P"}) + "\n" for n in order), "utf-8"
    )
    assert ledger.record(path).new == 3
    assert figures(ledger) == (300, 0, 700)
    assert ledger.record(path).new == 0
    assert ledger.verify().ok


def test_a_contract_waits_for_a_reservation_that_waits_for_money(ledger, tmp_path):
    """The lines stand in the wrong order, and each needs the one below."""
    lines = [
        {"type": "CommitmentEntered", "commitment": "C", "of": "R", "amount": "1200.00"}
        | {"source": "fiscal", "on": "2023-03-01"},
        {"type": "CommitmentEntered", "commitment": "R", "stage": "reserved"}
        | {"amount": {"fiscal": "1200.00"}, "on": "2023-03-01"},
        {"type": "BudgetAdjusted", "kind": "supplement", "source": "fiscal"}
        | {"amount": "200.00", "on": "2023-02-01"},
    ]
    path = tmp_path / "facts.jsonl"
    path.write_text(
        "".join(json.dumps(line | {"project": "P"}) + "\n" for line in lines), "utf-8"
    )
    assert ledger.record(path).new == 3
    assert figures(ledger) == (0, 1200, 0)
    assert ledger.verify().ok


def test_where_nothing_is_committed_that_is_said(ledger):
    """There is no number to take instead."""
    with pytest.raises(UnknownCommitment, match="it has none yet"):
        ledger.disburse("P", 1, voucher="1", commitment="C-9", on=day(5))

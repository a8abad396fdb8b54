"""What a fact stores of others is checked again: whoever changed it is named."""

import json

import pytest

from ledger import Ledger
from support import Clock, approval, day
from support_tampering import rewrite


@pytest.fixture
def path(tmp_path):
    """Keep a contract of a reservation, a reversal, and a final disbursement."""
    path = tmp_path / "contracts.ledger"
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval("P"))
        ledger.commit("P", "R", 300, stage="reserved", on=day(2))
        ledger.commit("P", "C", 200, of="R", on=day(3))
        ledger.disburse("P", 50, voucher="1", commitment="C", on=day(4))
        ledger.reverse_disbursement("P", 20, of="1", voucher="2", on=day(5))
        ledger.adjust_commitment("P", "C", "decrease", 10, on=day(5), reason="less")
        ledger.disburse("P", 70, voucher="3", commitment="C", final=True, on=day(6))
        ledger.release_commitment("P", "R", on=day(7), why="year_end")
        assert ledger.verify().ok
    return path


PAYLOAD = 12
"""The column of the payload."""

CHANGES = {
    "taken over": (3, {"taken_over": [{"amount": 100_00, "source": "fiscal"}]}),
    "nothing taken over": (3, {"taken_over": []}),
    "stage of a disbursement": (4, {"stage": "reserved"}),
    "restored": (5, {"restores": "R"}),
    "stage of an adjustment": (6, {"stage": "reserved"}),
    "released": (7, {"released": [{"amount": 1, "source": "fiscal"}]}),
    "released of all": (8, {"released": []}),
}


@pytest.mark.parametrize(("position", "fields"), CHANGES.values(), ids=CHANGES)
def test_a_computed_field_that_was_changed_is_found(path, position, fields):
    """Though all hashes agree: it is not what follows from the facts before."""

    def change(rows):
        row = rows[position - 1]
        payload = json.loads(row[PAYLOAD]) | fields
        row[PAYLOAD] = json.dumps(
            payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return rows

    rewrite(path, change)
    with Ledger.open(path, actor="a", read_only=True) as ledger:
        done = ledger.verify()
    assert not done.ok
    assert done.first_wrong == position
    assert "log.rules" in {finding.code for finding in done.findings}

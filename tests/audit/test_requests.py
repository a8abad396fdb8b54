"""What a verification holds of requests: their keys, digests and the ends of days."""

import pytest

from ledger import Ledger
from support import Clock, approval, day, disbursement
from support_tampering import rewrite


@pytest.fixture
def keyed(path):
    """Make a ledger of an approval and two payments with keys, close it."""
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval())
        ledger.append(disbursement(100, "1", day(3)), key="one")
        ledger.append(disbursement(100, "2", day(4)), key="two")
    return path


def found(path):
    """Return what a verification finds."""
    with Ledger.open(path, actor="a", read_only=True) as ledger:
        return [(each.code, each.message) for each in ledger.verify().findings]


def changed(place, value, at=2):
    """Return what sets a column of a row."""

    def change(rows):
        rows[at][place] = value
        return rows

    return change


FORGED = {
    "a key of two appends": (changed(9, "one"), "the key one is of another append"),
    "a key without a digest": (changed(11, None), "expected SHA-256 in hex"),
    "a digest that is none": (changed(11, "x" * 64), "expected SHA-256 in hex"),
}


def test_a_ledger_with_keys_is_sound(keyed):
    """Nothing is found in it."""
    assert found(keyed) == []


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_request_is_found(keyed, name):
    """Though leaves, tree and head agree with it."""
    change, words = FORGED[name]
    rewrite(keyed, change)
    assert any(words in message for _, message in found(keyed))


def test_money_that_a_day_does_not_have_is_found(keyed):
    """An append is judged by the ends of its days, and no less."""

    def change(rows):
        rows[2][12] = rows[2][12].replace('"amount":100', '"amount":99999999')
        return rows

    rewrite(keyed, change)
    assert any("available on" in message for _, message in found(keyed))

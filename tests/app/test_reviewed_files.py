"""What a bulk file would record is shown before it is: all of it, or why none."""

import json

import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from support import PROJECT, approval, day

HEADS = "type,project,on,amount,voucher"
PAID = f"Disbursed,{PROJECT},2023-03-01"


@pytest.fixture
def recorded(ledger):
    """Return a ledger with a project."""
    ledger.append(approval())
    return ledger


def saved(folder, *lines):
    """Save a bulk file."""
    path = folder / "events.csv"
    path.write_text("\n".join([HEADS, *lines]), "utf-8")
    return path


def test_what_would_be_recorded_is_what_is_recorded_then(recorded, tmp_path):
    """Each event as the rules complete it; lines that are there are counted."""
    recorded.disburse(PROJECT, 1, voucher="0", on=day(2, 1))
    before = recorded.position
    path = saved(tmp_path, f"{PAID},10,A", f"{PAID},20,B")
    review = recorded.review_record(path)
    assert recorded.position == before
    assert recorded.record(path).new == 2
    assert [each.event for each in recorded.events()][before:] == review.events
    again = recorded.review_record(saved(tmp_path, f"{PAID},10,A", f"{PAID},9,C"))
    assert [each.voucher for each in again.events] == ["C"]
    assert [(each.code, str(each)) for each in again.findings] == [
        ("lines.already", "note lines.already: 1 line recorded already: not again")
    ]


def test_every_bad_line_is_listed(recorded, tmp_path):
    """Lines that are no events, and those that the rules refuse."""
    path = saved(tmp_path, f"{PAID},ten,A", f"{PAID},20,B", "Paid,x,y,z,1")
    found = recorded.review_record(path).findings
    assert [each.place for each in found] == ["line 2", "line 4"]
    path = saved(tmp_path, f"{PAID},999999999,A", f"{PAID},20,B")
    (over,) = recorded.review_record(path).findings
    assert over.place == "line 2"


def test_the_command_exits_with_1_where_it_would_be_refused(recorded, tmp_path):
    """And the ledger is only read."""
    copy = tmp_path / "copy.ledger"
    recorded.backup(copy)
    path = saved(tmp_path, f"{PAID},10,A")
    args = ["--lang", "en", "record", str(copy), str(path), "--check"]
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0
    assert "1 event would be recorded" in done.output
    assert "voucher A; amount 10.00 CNY" in done.output
    done = CliRunner().invoke(main, [*args, "--format", "json"])
    shown = json.loads(done.output)
    assert [each["type"] for each in shown["would_record"]] == ["Disbursed"]
    saved(tmp_path, f"{PAID},ten,A")
    assert CliRunner().invoke(main, args).exit_code == 1
    with Ledger(copy, read_only=True) as kept:
        assert kept.position == recorded.position

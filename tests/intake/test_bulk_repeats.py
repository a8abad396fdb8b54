"""Bulk files that are recorded twice, and lines that belong together."""

import pytest

from ledger.errors import InvalidBatch
from support import approval, counts, day
from support_bulk import ADJUST, PAY


def table(*lines):
    """Return lines as CSV with every column that one of them has."""
    columns = list(dict.fromkeys(name for line in lines for name in line))
    rows = [",".join(str(line.get(name, "")) for name in columns) for line in lines]
    return "\n".join([",".join(columns), *rows, ""]).encode()


@pytest.mark.parametrize("csv", [False, True])
def test_a_file_without_keys_twice_records_once(approved, write, csv):
    """What is there is said, in either kind of file, also where one became the other."""
    lines = [ADJUST, PAY, ADJUST]
    files = [write(*lines), write(raw=table(*lines), name="events.csv")]
    first, second = files[::-1] if csv else files
    assert counts(approved.record(first)) == (3, 0)
    assert counts(approved.record(second)) == (0, 3)
    assert counts(approved.record(first)) == (0, 3)
    assert approved.view(through=day(6)).project("P-1").current_budget == 1400


def test_an_overlapping_file_records_what_is_new(approved, write):
    """Known lines are counted; of equal lines, as many as are more."""
    pays = [{**PAY, "voucher": str(n), "amount": "1.00"} for n in range(6)]
    approved.record(write(*pays[:4], ADJUST))
    done = approved.record(write(*pays[2:], ADJUST, ADJUST))
    assert counts(done) == (3, 3)
    view = approved.view(through=day(6)).project("P-1")
    assert (view.disbursed, view.current_budget) == (6, 1400)


def test_another_actor_or_note_is_no_other_line(approved, write):
    """They say who typed it, not what happened."""
    result = {
        "type": "ResultReported",
        "project": "P-1",
        "on": "2023-03-31",
        "indicator": "开展就业培训数",
        "value": "3",
    }
    approved.record(write({**result, "actor": "a", "note": "one"}))
    done = approved.record(write({**result, "actor": "b", "value": "3.0"}))
    assert counts(done) == (0, 1)


def test_what_was_undone_since_is_said_and_can_be_recorded_again(approved, write):
    """A file twice, of which a result was retracted in between."""
    result = {
        "type": "ResultReported",
        "project": "P-1",
        "on": "2023-03-31",
        "indicator": "开展就业培训数",
        "value": "3",
    }
    file = write(result)
    approved.record(file)
    name, of = "开展就业培训数", next(approved.events(after=1)).id
    approved.retract_result("P-1", name, of, on=day(4), reason="wrong")
    done = approved.record(file)
    assert counts(done) == (0, 1)
    assert "position 2, was retracted since at position 3" in str(done.undone[0])
    assert counts(approved.record(file, again=True)) == (1, 0)
    assert counts(approved.record(file)) == (0, 1)
    assert approved.view(through=day(6)).attainment("P-1")[0].result == 3


OUT = {**ADJUST, "kind": "virement_out", "amount": "5.00", "document": "X"}
IN = {**OUT, "project": "P-2", "kind": "virement_in"}
HALVES = {
    "another target": [{**OUT, "key": "v7"}, {**IN, "project": "P-3", "key": "v7"}],
    "the second key renumbered": [{**OUT, "key": "v7"}, {**IN, "key": "v8"}],
    "the first key renumbered": [{**OUT, "key": "v6"}, {**IN, "key": "v7"}],
    "only one leg": [{**OUT, "key": "v7"}],
    "a key on one leg only": [{**OUT, "key": "v7"}, IN],
    "one leg more": [
        {**OUT, "key": "v7"},
        {**IN, "key": "v7"},
        {**IN, "key": "v7", "amount": "1"},
    ],
}


@pytest.mark.parametrize("name", HALVES)
def test_half_a_virement_is_never_recorded(approved, write, name):
    """A leg that is there already does not balance a new one."""
    approved.append(approval("P-2"), approval("P-3"))
    approved.record(write({**OUT, "key": "v7"}, {**IN, "key": "v7"}))
    before = approved.root
    with pytest.raises(InvalidBatch):
        approved.record(write(*HALVES[name]))
    assert approved.root == before
    assert approved.view(through=day(6)).total().current_budget == 3000
    assert approved.verify().ok


def test_a_line_that_says_otherwise_is_refused_once(approved, write):
    """It stands in its own place of the request, of which nothing else is missing."""
    approved.append(approval("P-2"), approval("P-3"))
    approved.record(write({**OUT, "key": "v7"}, {**IN, "key": "v7"}))
    with pytest.raises(InvalidBatch, match=r"differs in 'project'$"):
        approved.record(
            write({**OUT, "key": "v7"}, {**IN, "key": "v7", "project": "P-3"})
        )


def test_a_line_that_stands_twice_under_one_key_is_recorded_once(approved, write):
    """It was copied; the second one is there already."""
    keyed = {**ADJUST, "key": "a"}
    assert counts(approved.record(write(keyed, PAY, keyed))) == (2, 1)
    assert counts(approved.record(write(keyed))) == (0, 1)
    assert approved.view(through=day(6)).project("P-1").current_budget == 1200


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_batches_part_nothing_that_belongs_together(approved, write, size):
    """Legs, a voucher with its reversal and lines of one key, however far apart."""
    approved.append(approval("P-2"))
    lines = [
        {**PAY, "type": "DisbursementReversed", "voucher": "R", "of": "1"},
        {**OUT, "key": "v7"},
        {**PAY, "voucher": "2", "amount": "1.00"},
        {**PAY, "voucher": "１"},
        {**IN, "key": "v7"},
        OUT,
        {**PAY, "voucher": "3", "amount": "1.00"},
        IN,
    ]
    file = write(*lines)
    assert counts(approved.record(file, batch=size)) == (8, 0)
    assert counts(approved.record(file, batch=size)) == (0, 8)
    assert counts(approved.record(file)) == (0, 8)
    assert approved.verify().ok

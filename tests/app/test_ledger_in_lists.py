"""A ledger is the same in a store of plain lists as in a file."""

import pytest

from ledger import Ledger, PrivateKey, Refused, keygen
from ledger.audit.protocol import Check
from ledger.errors import InvalidBatch, LogError
from ledger.store.sqlite.log import SqliteLog
from support import Clock, Entropy, approval, counts, day, disbursement, indicator
from support_list_store import store_in_lists

JUNE = day(6, 30)
RESULT = "开展就业培训数"


@pytest.fixture
def in_lists():
    """Return a ledger that is kept in lists."""
    return Ledger._kept_in(store_in_lists(Clock(), Entropy()), "tester")


@pytest.fixture
def in_file(path):
    """Open a ledger of the same instants and the same chance in a file."""
    store = SqliteLog.open(path, clock=Clock(), entropy=Entropy())
    with Ledger._kept_in(store, "tester") as ledger:
        yield ledger


def fill(ledger, folder):
    """Record some of everything, by calls and from a file; return the first end."""
    ledger.append(
        approval("P-1", indicators=(indicator(RESULT),), unit="U-1"),
        approval("P-2", unit="U-2"),
    )
    ledger.append(*[disbursement(i, f"V-{i}") for i in range(1, 20)], key="many")
    ledger.report_result("P-1", RESULT, 3, on=day(3))
    first = ledger.position
    ledger.seal()
    ledger.transfer("P-1", "P-2", 5, on=day(4), document="调剂 1")
    ledger.reverse_disbursement("P-1", "0.02", of="V-7", voucher="R-7", on=day(5))
    bulk = folder / "bulk.csv"
    bulk.write_text(
        "type,project,on,voucher,amount\n"
        "Disbursed,P-2,2023-03-01,B-1,9.00\n"
        "Disbursed,P-2,2023-03-02,B-2,1.25\n"
        "Disbursed,P-1,2023-03-02,B-3,1.25\n",
        "utf-8",
    )
    assert counts(ledger.record(bulk)) == (3, 0)
    assert counts(ledger.record(bulk)) == (0, 3)
    return first


@pytest.fixture
def both(in_lists, in_file, tmp_path):
    """Return both ledgers with the same recorded in them, and an earlier position."""
    first = fill(in_lists, tmp_path)
    assert fill(in_file, tmp_path) == first
    return in_lists, in_file, first


def test_lines_and_root_are_those_of_a_file(both):
    """The same requests, instants and chance give the same record."""
    in_lists, in_file, _ = both
    assert list(in_lists.lines()) == list(in_file.lines())
    assert in_lists.root == in_file.root
    assert list(in_lists.events()) == list(in_file.events())


def test_a_report_is_that_of_a_file(both):
    """As of today and of an earlier position, from snapshots and from the log."""
    in_lists, in_file, first = both
    for known_at in (None, first):
        one, other = (
            each.monthly_report(2023, 6, known_at=known_at).render("json")
            for each in (in_lists, in_file)
        )
        assert one == other
    assert in_lists.rebuild() == 2
    assert in_lists.stale_snapshots() == []
    assert in_lists.monthly_report(2023, 6).render("json") == in_file.monthly_report(
        2023, 6
    ).render("json")


@pytest.mark.parametrize(
    ("subject", "figure"),
    [
        ("P-1", "disbursed"),
        ("P-2", "current_budget"),
        ("P-1", f"indicators.{RESULT}.result"),
        ("totals", "disbursed"),
    ],
)
def test_a_figure_is_explained_as_in_a_file(both, subject, figure):
    """By the same events and the same sums."""
    one, other = (
        each.explain(subject, figure, through=JUNE).to_dict() for each in both[:2]
    )
    assert one == other


def test_differences_are_those_of_a_file(both):
    """Each figure with the events that changed it."""
    in_lists, in_file, first = both
    found = in_lists.differences(first, through=JUNE)
    assert found == in_file.differences(first, through=JUNE)
    assert "projects.P-2.disbursed" in {each.path for each in found}


def test_proofs_and_exported_lines_hold(both, tmp_path):
    """A file that is restored from the lines is the same log."""
    in_lists, in_file, _ = both
    lines = tmp_path / "lines.jsonl"
    public = keygen("auditor", tmp_path / "key")
    kept = in_lists.seal(PrivateKey.read(tmp_path / "key"))
    in_lists.export(lines)
    proof = in_lists.prove(3)
    proof.check(public)
    assert proof.line == list(in_file.lines())[2]
    done = Ledger.restore(tmp_path / "restored", lines, kept, key=public)
    assert done.ok
    assert done.root == in_lists.root == in_file.root


def test_what_is_beneath_lists_is_not_checked_and_all_else_is(both):
    """Lists have no file that could be damaged; of their layout they say themselves."""
    in_lists, in_file, _ = both
    done, other = in_lists.verify(), in_file.verify()
    assert done.ok, done.findings
    unlike = [
        one.check
        for one, two in zip(done.outcomes, other.outcomes, strict=True)
        if one != two
    ]
    assert unlike == [Check.FILE]
    assert [each.examined for each in done.outcomes][:2] == [0, 1]


def test_a_row_that_is_changed_in_lists_is_found(both):
    """An auditor reads the stored rows of any store."""
    in_lists = both[0]
    lists = in_lists._parts.log.lists
    lists.rows[4] = lists.rows[4]._replace(actor="somebody else", version=9)
    done = in_lists.verify()
    assert done.first_wrong == 5


def test_a_copy_of_lists_is_refused_in_words(in_lists, tmp_path):
    """There is no file to copy; the error says what to do instead."""
    with pytest.raises(LogError, match="export"):
        in_lists.backup(tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_is_refused_leaves_lists_as_they_were(in_lists, tmp_path):
    """A rule broken by one of many, or a bad line, undoes all of them."""
    in_lists.append(approval("P-1"))
    root = in_lists.root
    with pytest.raises(Refused):
        in_lists.append(disbursement(1, "1"), disbursement(10**9, "2"))
    bulk = tmp_path / "bulk.csv"
    bulk.write_text(
        "type,project,on,voucher,amount\n"
        "Disbursed,P-1,2023-03-01,B-1,9.00\n"
        "Disbursed,P-1,2023-03-01,B-2,99999999\n",
        "utf-8",
    )
    with pytest.raises(InvalidBatch):
        in_lists.record(bulk)
    assert in_lists.root == root

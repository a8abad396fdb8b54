"""Verification: each numbered check is made to fail alone, and says where."""

import sqlite3
from contextlib import closing

import attrs
import pytest

from ledger import Ledger
from ledger.audit import verify as verifying
from ledger.audit.protocol import Check
from ledger.events import ProjectClosed
from ledger.store.sqlite.log import SqliteLog
from support import PROJECT, Clock, approval, day, disbursement
from support_faults import verified
from support_tampering import attacking, rewrite
from support_verify import MIDDLE, SIZE, edit, holds_but, one, replaced, wrong


def test_a_sound_ledger_holds_in_every_check(sound, kept):
    """Each check has looked at something, and the root is the ledger's."""
    done = verified(sound, kept)
    assert done.ok
    assert (done.findings, done.first_wrong) == ((), None)
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        assert (done.events, done.root) == (SIZE, ledger.root)
    examined = {each.check.name: each.examined for each in done.outcomes}
    assert min(examined.values()) > 0
    per_event = {examined[name] for name in ("LINES", "ORDER", "EVENTS", "RULES")}
    assert per_event == {SIZE}
    assert (examined["VIREMENTS"], examined["CHECKPOINTS"]) == (2, 2)
    assert (examined["SNAPSHOTS"], examined["SEALED"]) == (12, 1)


def test_the_checks_are_those_that_are_promised():
    """The list in the documentation and the numbers of the findings are one."""
    listed = verifying.verify.__doc__.split("Only (12)")[0]
    assert [each.number for each in Check] == list(range(1, 13))
    assert [listed.count(f"({each.number})") for each in Check] == [1] * 12


# What makes exactly the check of this number fail, and the position that is named.
ALONE = {
    "2 a trigger more": (
        None,
        ["CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END"],
    ),
    "2 an index less": (None, ["DROP INDEX events_by_key"]),
    "2 a table more": (None, ["CREATE TABLE more (a)"]),
    "3 a setting": (
        None,
        ["UPDATE settings SET value = 'T' WHERE name = 'title'"],
    ),
    "3 their digest": (None, ["UPDATE head SET settings = zeroblob(32)"]),
    "4 an actor": (MIDDLE, [one(actor="'somebody'")]),
    "4 a cause": (MIDDLE, [one(cause="'somebody'")]),
    "4 a key": (MIDDLE, [one(key="key || 'x'")]),
    "9 a state": (None, ["UPDATE snapshots SET state = x'80' WHERE rowid = 1"]),
    "9 a count": (None, ["UPDATE snapshots SET events = 1 WHERE rowid = 2"]),
    "9 a position": (None, ["UPDATE snapshots SET position = 1 WHERE rowid = 1"]),
    "9 a position ahead": (
        None,
        ["UPDATE snapshots SET position = position + 1 WHERE rowid = 1"],
    ),
    "9 an earlier version": (
        None,
        ["UPDATE snapshots SET stream_version = 2 WHERE rowid = 1"],
    ),
    "9 a later version": (
        None,
        ["UPDATE snapshots SET stream_version = 999 WHERE rowid = 1"],
    ),
    "9 a snapshot of a stream is gone": (
        None,
        [
            "DELETE FROM snapshots WHERE projection = 'attainment' AND stream = 'project:2023:P-1'"
        ],
    ),
    "9 no stream": (
        None,
        [
            "INSERT INTO snapshots SELECT projection, 'X', 1, 1, 1, 1, state FROM snapshots LIMIT 1"
        ],
    ),
    "10 a subtree": (1, ["UPDATE subtrees SET root = zeroblob(32)"]),
    "10 no subtrees": (1, ["DELETE FROM subtrees"]),
    "10 a subtree more": (
        1 + (7 << 16),
        ["INSERT INTO subtrees VALUES (16, 7, zeroblob(32))"],
    ),
    "10 the frontier": (None, ["UPDATE head SET frontier = zeroblob(32)"]),
    "10 the size": (SIZE + 1, ["UPDATE head SET size = size + 1"]),
    "10 the counts": (None, ["UPDATE head SET counts = '{}'"]),
    "10 the last day": (None, ["UPDATE head SET last_on = '2023-01-01'"]),
    "10 no head": (None, ["DELETE FROM head", "DELETE FROM snapshots"]),
}
CHECKPOINTS = {
    "its root": "UPDATE checkpoints SET root = zeroblob(32)",
    "its size": "UPDATE checkpoints SET size = size - 1",
    "its number": "DELETE FROM checkpoints WHERE number = 1",
    "its note": "UPDATE checkpoints SET note = number || ' is no checkpoint'",
    "no UTF-8": "UPDATE checkpoints SET note = CAST(x'ff' AS TEXT) || note",
}
# The same where an attacker has made hashes and head agree, and there is no checkpoint.
AGREEING = {
    "5 an instant": (
        MIDDLE,
        one(recorded_at="(SELECT recorded_at FROM events WHERE position = 1)"),
    ),
    "5 a version": (MIDDLE, one(version="900")),
    "5 a position less": (MIDDLE, f"DELETE FROM events WHERE position = {MIDDLE}"),
    "5 a position far away": (
        MIDDLE,
        "UPDATE events SET position = 1 << 60 WHERE position = 100",
    ),
    "6 an unknown type": (MIDDLE, one(type="'Unknown'")),
    "6 a later schema": (MIDDLE, one(schema="2")),
    "6 no schema": (MIDDLE, one(schema="0")),
    "6 a payload without fields": (MIDDLE, one(payload="'{}'")),
    "6 a payload that is no JSON": (MIDDLE, one(payload="'{'")),
    "6 an amount that is text": (
        MIDDLE,
        one(payload=replaced('"amount":', '"amount":"x","b":')),
    ),
    "6 an approval": (1, one(1, payload="'{}'")),
    "6 no date": (MIDDLE, one(effective_on="'2023-02-30'")),
    "7 money that is not there": (
        MIDDLE,
        one(payload=replaced('"amount":', '"amount":99999')),
    ),
    "7 a negative amount": (
        MIDDLE,
        one(payload=replaced('"amount":', '"amount":-')),
    ),
    "6 a day outside the year": (MIDDLE, one(effective_on="'2024-01-01'")),
    "7 a result that is none": (151, one(151, payload=replaced('"of":"', '"of":"x'))),
    "7 an indicator of no name": (150, one(150, payload=replaced("开展", "别的"))),
    "8 a leg that gives less": (147, one(147, payload=replaced("5000", "4000"))),
    "8 a leg of another document": (147, one(147, payload=replaced("调剂 1", "2"))),
}


@pytest.mark.parametrize("name", ALONE)
def test_one_check_fails_and_no_other(copy, name):
    """What is damaged is said under its number; nothing else is blamed."""
    first, statements = ALONE[name]
    edit(copy, "DELETE FROM checkpoints", "UPDATE head SET sealed = 0", *statements)
    done = verified(copy)
    holds_but(int(name.split()[0]), done)
    assert done.first_wrong == first


def test_an_index_that_is_not_that_of_its_table_is_found(copy):
    """SQLite itself sees what is wrong beneath the rows."""
    sql = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = ?"
    right, other = '"key" IS NOT NULL', "\"key\" = 'none'"
    for change in [(right, other), None, (other, right)]:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            if change is None:
                connection.execute("REINDEX events_by_key")
            else:
                connection.execute("PRAGMA writable_schema = ON")
                connection.execute(sql, (*change, "events_by_key"))
    done = verified(copy)
    holds_but(1, done)
    assert "events_by_key" in done.findings[0].message


@pytest.mark.parametrize("name", CHECKPOINTS)
def test_a_stored_checkpoint_that_was_edited_is_found(copy, name):
    """Its columns, its number and its note are held to each other."""
    edit(copy, CHECKPOINTS[name])
    done = verified(copy)
    holds_but(11, done)
    assert "stored checkpoint" in done.findings[0].place


def test_a_stored_checkpoint_of_another_root_names_the_positions(copy, kept):
    """From the last checkpoint that holds on, up to it, one position is wrong."""
    other = attrs.evolve(kept, root=bytes(32))
    with attacking(copy) as connection:
        sql = "UPDATE checkpoints SET root = ?, note = ? WHERE number = 2"
        connection.execute(sql, (other.root, other.note))
    done = verified(copy)
    holds_but(11, done)
    assert done.findings[0].place.startswith(f"positions 147 to {kept.size}, ")
    assert done.first_wrong == 147


@pytest.mark.parametrize("name", AGREEING)
def test_what_breaks_the_rules_is_found_though_all_hashes_agree(copy, name):
    """Who writes the file anew must still write what the rules allow."""
    first, statement = AGREEING[name]
    edit(copy, statement, agreeing=True)
    done = verified(copy)
    holds_but(int(name.split()[0]), done)
    assert done.first_wrong == first


def test_versions_that_run_against_positions_are_found(copy):
    """Two events of one stream that changed versions are not in order any more."""
    sql = "UPDATE events SET version = {} WHERE stream = 'project:2023:P-3' AND version = {}"
    pairs = ((-1, 5), (5, 6), (6, -1))
    edit(copy, *[sql.format(*pair) for pair in pairs], agreeing=True)
    done = verified(copy)
    holds_but(5, done)
    assert len(done.findings) == 1


def test_a_snapshot_of_an_earlier_time_is_found(path):
    """It was right once; it is not that of the position that the head names."""
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), disbursement())
        ledger.rebuild()
        query = ledger._parts.log.file.query
        before = list(query("SELECT * FROM snapshots WHERE projection = 'execution'"))
        ledger.append(disbursement(5, "V-2"))
        ledger.rebuild()
        assert ledger.verify().ok
    with attacking(path) as connection:
        connection.execute("DELETE FROM snapshots WHERE projection = 'execution'")
        sql = "INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?)"
        connection.executemany(sql, before)
    done = verified(path)
    holds_but(9, done)
    assert "snapshots are not those of position 3" in done.findings[0].message


def test_a_snapshot_that_is_missing_is_named(copy):
    """Others have one, and a replay gives one: its stream and projection are said."""
    edit(copy, "DELETE FROM snapshots WHERE stream = 'project:2023:P-3'")
    done = verified(copy)
    holds_but(9, done)
    assert [finding.message for finding in done.findings] == [
        "the snapshot under execution is missing",
        "the snapshot under attainment is missing",
    ]
    assert "project:2023:P-3" in done.findings[0].place


def test_an_event_that_would_be_recorded_otherwise_is_found(path):
    """What lapses at a closure is computed; one without it was written by hand."""
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), ProjectClosed(project=PROJECT, on=day(12, 31)))
    left = '{"amount":100000,"source":"fiscal"}'
    edit(path, one(2, payload=replaced(left, "")), agreeing=True)
    done = verified(path)
    holds_but(7, done)
    assert done.first_wrong == 2
    assert done.findings[0].message == "would be recorded in other words"


def test_a_virement_of_one_leg_is_found(copy):
    """Money that goes nowhere is named with its amount."""
    rewrite(copy, lambda rows: [row for row in rows if "virement_in" not in row[12]])
    edit(copy, "DELETE FROM checkpoints", "UPDATE head SET sealed = 0")
    done = verified(copy)
    holds_but(8, done)
    assert done.first_wrong == 147
    assert "50.00" in done.findings[0].message
    assert "调剂 1" in done.findings[0].message


def test_all_that_is_wrong_is_collected(copy, kept):
    """Findings come by position, whatever check found them; the first one is named."""
    edit(
        copy,
        one(30, actor="'x'"),
        one(20, payload="'{}'"),
        "UPDATE subtrees SET root = zeroblob(32)",
        "UPDATE settings SET value = 'T' WHERE name = 'title'",
        "CREATE VIEW more AS SELECT 1",
        "UPDATE checkpoints SET note = 'x' || note",
        "DELETE FROM snapshots WHERE stream = 'project:2023:P-1'",
        "UPDATE snapshots SET events = events + 1 WHERE stream = 'project:2023:P-2'",
    )
    done = verified(copy, kept)
    assert wrong(done) == [2, 3, 4, 6, 9, 10, 11, 12]
    assert done.first_wrong == 20
    named = [f.place.split(",")[0] for f in done.findings if "position " in f.place]
    assert named == ["position 20", "position 20", "position 30"]


def test_after_a_payload_that_cannot_be_read_the_rest_is_checked(copy):
    """The lines of its stream, and every later stream, are held to what they must."""
    edit(copy, one(MIDDLE, payload="'{'"), agreeing=True)
    with closing(SqliteLog.open(copy)) as log:
        rows = list(log.file.query("SELECT position, stream FROM events"))
    [broken] = [stream for position, stream in rows if position == MIDDLE]
    same = next(p for p, stream in rows if stream == broken and p > MIDDLE)
    later = next(p for p, stream in rows if stream > broken and p > 10)
    more = replaced('"amount":', '"amount":99999')
    edit(copy, one(same, actor="'x'"), one(later, payload=more))
    done = verified(copy)
    places = {(f.code, f.place) for f in done.findings}
    assert ("log.events", f"position {MIDDLE}, {broken}") in places
    assert ("log.lines", f"position {same}, {broken}") in places
    rules = [finding.place for finding in done.findings if finding.code == "log.rules"]
    assert rules[0].startswith(f"position {later}, ")

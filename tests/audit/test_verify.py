"""Verification: each numbered check is made to fail alone, and says where."""

import json
import shutil
import sqlite3
from contextlib import closing

import attrs
import pytest

from ledger import Ledger
from ledger.audit import verify as verifying
from ledger.audit import verify_worker as working
from ledger.audit.verification import MOST_FINDINGS, Check, Protocol
from ledger.events import Disbursed, ProjectClosed
from ledger.parallel import helper_process as beside
from ledger.projections.projection import Projection
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.signing import PrivateKey
from ledger.store.sqlite.log import SqliteLog
from support import PROJECT, Clock, approval, day, disbursement
from support_faults import filled, verified
from support_helper_process import meeting, spied
from support_tampering import attacking, recompute, rewrite

SIZE = 292
MIDDLE = 100
"""The position of an ordinary payment."""

PAID = Projection(
    name="paid",
    version=1,
    state=int,
    initial=lambda _: 0,
    evolve=lambda total, recorded: total + recorded.event.amount,
    follows=frozenset({Disbursed}),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger with two checkpoints that is damaged in copies."""
    return filled(tmp_path_factory.mktemp("verify") / "sound.ledger", 280)


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture(scope="module")
def kept(sound):
    """Return the last checkpoint of the ledger, as its auditor keeps it."""
    with closing(SqliteLog.open(sound, read_only=True)) as log:
        notes = [note for *_, note in log.checkpoints()]
    return LogCheckpoint.parse(notes[-1])


def wrong(done):
    """Return the numbers of the checks that failed."""
    return [each.check.number for each in done.outcomes if each.wrong]


def edit(path, *statements, agreeing=False):
    """Change the file beneath its triggers; make hashes and head agree if asked to."""
    with attacking(path) as connection:
        for each in statements:
            connection.execute(each)
        if agreeing:
            connection.execute("DELETE FROM checkpoints")
            connection.execute("UPDATE head SET sealed = 0")
            recompute(connection)


def one(position=MIDDLE, **columns):
    """Return the statement that sets columns of an event to SQL expressions."""
    given = ", ".join(f"{name} = {value}" for name, value in columns.items())
    return f"UPDATE events SET {given} WHERE position = {position}"


def replaced(old, new):
    """Return the expression of a payload in which a text is another."""
    return f"replace(payload, '{old}', '{new}')"


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
    "9 no stream": (
        None,
        [
            "INSERT INTO snapshots SELECT projection, 'X', 1, 1, 1, 1, 2023, state FROM snapshots LIMIT 1"
        ],
    ),
    "10 a subtree": (1, ["UPDATE subtrees SET root = zeroblob(32)"]),
    "10 no subtrees": (1, ["DELETE FROM subtrees"]),
    "10 a subtree more": (
        1 + (7 << 16),
        ["INSERT INTO subtrees VALUES (16, 7, zeroblob(32))"],
    ),
    "10 the root": (None, ["UPDATE head SET root = zeroblob(32)"]),
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
    "7 a day outside the year": (MIDDLE, one(effective_on="'2024-01-01'")),
    "7 a result that is none": (151, one(151, payload=replaced('"of":"', '"of":"x'))),
    "7 an indicator of no name": (150, one(150, payload=replaced("开展", "别的"))),
    "8 a leg that gives less": (147, one(147, payload=replaced("5000", "4000"))),
    "8 a leg of another document": (147, one(147, payload=replaced("调剂 1", "2"))),
}


def holds_but(number, done):
    """Say that one check failed alone, and that what was found is under its number."""
    assert wrong(done) == [number], done.findings
    code = f"log.{list(Check)[number - 1].name.lower()}"
    assert {finding.code for finding in done.findings} == {code}


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
    sql = "UPDATE events SET version = {} WHERE stream = 'project:P-3' AND version = {}"
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
        sql = "INSERT INTO snapshots VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        connection.executemany(sql, before)
    done = verified(path)
    holds_but(9, done)
    assert "snapshots are not those of position 3" in done.findings[0].message


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
        "DELETE FROM snapshots WHERE stream = 'project:P-1'",
        "UPDATE snapshots SET events = events + 1 WHERE stream = 'project:P-2'",
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


def test_no_more_than_a_thousand_findings_are_kept():
    """All are counted, and the first position is named however late it is found."""
    protocol = Protocol()
    for position in range(MOST_FINDINGS + 50, 0, -1):
        protocol.fault(Check.LINES, "wrong", position=position)
    done = protocol.verification(0, b"")
    assert len(done.findings) == MOST_FINDINGS
    assert done.outcomes[Check.LINES.number - 1].wrong == MOST_FINDINGS + 50
    assert done.first_wrong == 1
    both = Protocol()
    both.fault(Check.RULES, "wrong", position=7)
    protocol.fault(Check.TREE, "wrong", position=0, until=0)
    both.add(protocol)
    done = both.verification(0, b"")
    assert len(done.findings) == MOST_FINDINGS
    assert sum(each.wrong for each in done.outcomes) == MOST_FINDINGS + 52
    assert done.first_wrong == 0


def test_the_first_wrong_position_prefers_one_that_is_named():
    """A range says less than a position within it; one before it comes first."""
    protocol = Protocol()
    protocol.fault(Check.CHECKPOINTS, "changed", position=10, until=90)
    assert protocol.verification(0, b"").first_wrong == 10
    protocol.fault(Check.LINES, "wrong", position=40)
    assert protocol.verification(0, b"").first_wrong == 40
    protocol.fault(Check.CHECKPOINTS, "changed", position=1, until=9)
    assert protocol.verification(0, b"").first_wrong == 1


def test_a_verification_is_json(copy, kept):
    """What is found can be handed to another program, whatever the file holds."""
    edit(copy, one(actor="CAST(x'ff' AS TEXT)"), "DROP INDEX events_by_key")
    done = verified(copy, kept)
    values = json.loads(json.dumps(done.to_dict()))
    assert list(values) == [
        "ok",
        "events",
        "root",
        "first_wrong",
        "checks",
        "findings",
    ]
    assert (values["ok"], values["first_wrong"]) == (False, MIDDLE)
    assert [each["number"] for each in values["checks"]] == list(range(1, 13))
    assert {each["code"] for each in values["findings"]} == {
        "log.layout",
        "log.lines",
        "log.events",
    }


def test_an_empty_ledger_is_sound(path):
    """There is nothing to check, and nothing is wrong."""
    with Ledger.open(path, actor="a") as ledger:
        done = ledger.verify(ledger.seal())
    assert done.ok
    assert (done.events, done.first_wrong) == (0, None)


def test_a_ledger_in_memory_is_verified():
    """It has no file that could be read a second time."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), disbursement())
        kept = ledger.seal()
        assert ledger.verify(kept).ok
        ledger._parts.log.file.connection.execute("UPDATE head SET root = zeroblob(32)")
        done = ledger.verify(kept)
        holds_but(10, done)


def test_snapshots_of_ones_own_projections_are_checked(path):
    """Whoever writes a projection gets its states held to a replay as well."""
    with Ledger.open(path, actor="a", clock=Clock(), projections=[PAID]) as ledger:
        ledger.append(approval(), disbursement(700))
        ledger.rebuild()
    with Ledger.open(path, read_only=True, actor="a", projections=[PAID]) as ledger:
        done = ledger.verify()
        assert done.ok
        assert done.outcomes[Check.SNAPSHOTS.number - 1].examined == 3
    edit(path, "UPDATE snapshots SET state = x'05' WHERE projection = 'paid'")
    assert verified(path).ok
    with Ledger.open(path, read_only=True, actor="a", projections=[PAID]) as ledger:
        done = ledger.verify()
    holds_but(9, done)
    assert "under paid" in done.findings[0].message


def test_a_projection_that_fails_ends_in_a_finding(path):
    """It is said at which event, and every other check is made."""
    broken = attrs.evolve(PAID, name="broken", evolve=lambda *_: 1 // 0)
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        ledger.append(approval(), disbursement())
    with Ledger.open(path, read_only=True, actor="a", projections=[broken]) as ledger:
        done = ledger.verify()
    holds_but(7, done)
    assert done.first_wrong == 2


# How a checkpoint that an auditor holds may differ, and what is said then.
GIVEN = {
    "another log": ({"origin": "ledger/other"}, "it is of ledger/other", None),
    "other settings": ({"conventions": "{}"}, "its settings are {}", None),
    "another root": ({"root": bytes(32)}, "a line was changed", 1),
    "a smaller size": ({"size": 200}, "a line was changed", 1),
    "no size": ({"size": 0}, "a line was changed", 1),
    "a larger size": ({"size": SIZE + 8}, f"has only {SIZE} events", SIZE + 1),
    "a size beyond all": ({"size": 10**18 - 1}, f"has only {SIZE} events", SIZE + 1),
}


@pytest.mark.parametrize("name", GIVEN)
def test_a_checkpoint_that_is_not_of_this_log_is_found(sound, kept, name):
    """Its name, settings, size and root are all held to the log."""
    fields, message, first = GIVEN[name]
    done = verified(sound, attrs.evolve(kept, **fields))
    holds_but(12, done)
    assert done.first_wrong == first
    assert any(message in finding.message for finding in done.findings)


def test_among_several_checkpoints_the_bad_one_is_named(sound, kept):
    """What holds narrows down where the change is."""
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        early, late = ledger._parts.log.checkpoint(40), ledger._parts.log.checkpoint(60)
    bad = attrs.evolve(late, root=bytes(32))
    done = verified(sound, kept, bad, early)
    holds_but(12, done)
    assert len(done.findings) == 1
    assert done.findings[0].place == "positions 41 to 60, checkpoint of 60 events"


def test_a_signature_is_asked_for_where_a_key_is_given(copy, kept):
    """Unsigned, or signed by another, a checkpoint is not believed."""
    pytest.importorskip("cryptography")
    clerk, other = PrivateKey("clerk", bytes(32)), PrivateKey("other", b"x" * 32)
    with Ledger.open(copy, actor="a") as ledger:
        key = clerk.public()
        assert ledger.verify(clerk.sign(kept), key=key).ok
        assert ledger.verify(other.sign(clerk.sign(kept)), key=key).ok
        for each in (kept, other.sign(kept)):
            done = ledger.verify(each, key=key)
            holds_but(12, done)
            assert "not signed by clerk" in done.findings[0].message
        holds_but(12, ledger.verify(clerk.sign(kept), kept, key=key))
        moved = attrs.evolve(clerk.sign(kept), size=kept.size - 1)
        assert wrong(ledger.verify(moved, key=key)) == [12]


def test_without_a_checkpoint_a_stored_one_must_be_signed(copy):
    """One of those in the file is enough; none is not."""
    pytest.importorskip("cryptography")
    clerk = PrivateKey("clerk", bytes(32))
    with Ledger.open(copy, actor="a") as ledger:
        done = ledger.verify(key=clerk.public())
        holds_but(12, done)
        assert "no stored checkpoint is signed by clerk" in done.findings[0].message
        ledger.seal(clerk)
        ledger.seal()
        assert ledger.verify(key=clerk.public()).ok


def test_a_stored_note_of_no_utf8_is_not_held_to_a_key(copy, kept):
    """A signature under bytes that are no text ends in a finding all the same."""
    pytest.importorskip("cryptography")
    clerk = PrivateKey("clerk", bytes(32))
    note = clerk.sign(kept).note.encode().replace(b"CNY", b"C\xffY")
    with attacking(copy) as connection:
        sql = "UPDATE checkpoints SET note = CAST(? AS TEXT) WHERE number = 2"
        connection.execute(sql, (note,))
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        done = ledger.verify(key=clerk.public())
    assert wrong(done) == [11, 12]


def test_progress_is_twice_the_events(sound):
    """Each event is counted where it is checked and where its leaf is read."""
    steps = []
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        assert ledger.verify(progress=steps.append).ok
    assert sum(steps) == 2 * SIZE


DAMAGES = {
    "nothing": [],
    "an early and a late stream": [
        "UPDATE events SET actor = 'x' WHERE stream IN ('project:P-0', 'project:P-5')"
    ],
    "a virement": [one(148, payload=replaced("5000", "4000"))],
    "types that cannot be read": [
        "UPDATE events SET type = 'X' WHERE version = 20",
        "UPDATE snapshots SET events = 1",
    ],
}


@pytest.fixture
def two(monkeypatch):
    """Have even a small ledger checked by two processes; return those started."""
    monkeypatch.setattr(verifying, "_PAYS", 1)
    return spied(monkeypatch)


@pytest.mark.parametrize("share", [0, 0.5, 1])
@pytest.mark.parametrize("name", DAMAGES)
def test_two_processes_say_what_one_says(copy, kept, name, share, monkeypatch, two):
    """Every count and every finding is the same, wherever the two meet."""
    edit(copy, *DAMAGES[name])
    joined = []
    meeting(monkeypatch, share)
    real = working.Worker.joins
    monkeypatch.setattr(
        working.Worker, "joins", lambda *words: joined.append(real(*words)) or True
    )
    steps = []
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        both = ledger.verify(kept, progress=steps.append)
    assert len(two) == 1
    assert all(joined)
    assert len(joined) == int(share * RANGES)
    assert sum(steps) == 2 * SIZE
    monkeypatch.setattr(verifying, "_PAYS", 10**9)
    assert both == verified(copy, kept)
    assert len(two) == 1
    assert both.ok == (not DAMAGES[name])


RANGES = 6
"""One for each stream of so small a ledger."""

DEAD = {
    "it ends": "raise SystemExit(3)",
    "it is killed": "import os; os.kill(os.getpid(), 9)",
    "it says nothing": "pass",
    "it says nonsense": "print('nonsense')",
    "it saw another log": (
        "import sys, msgspec\n"
        "part = {'place': 5, 'ranges': 6, 'size': 5, 'saved': 5, 'counts': {}, "
        "'legs': [], 'protocol': {'examined': {}, 'wrong': {}, 'found': [], "
        "'first_wrong': None, 'ranges': []}}\n"
        "raw = msgspec.msgpack.encode(part)\n"
        "sys.stdout.buffer.write((len(raw).to_bytes(4, 'big') + raw) * 6)"
    ),
}


@pytest.mark.parametrize("how", DEAD)
def test_where_the_second_process_dies_all_is_checked_here(copy, monkeypatch, two, how):
    """What it would have said is said all the same."""
    edit(copy, *DAMAGES["an early and a late stream"])
    monkeypatch.setattr(
        beside, "_START", DEAD[how].replace("{", "{{").replace("}", "}}")
    )
    meeting(monkeypatch)
    done = verified(copy)
    assert len(two) == 1
    monkeypatch.setattr(verifying, "_PAYS", 10**9)
    assert done == verified(copy)


@pytest.mark.parametrize("executable", ["/nowhere/python", ""])
def test_where_no_process_can_be_started_all_is_checked_here(
    sound, monkeypatch, two, executable
):
    """A machine without room for a second process still verifies."""
    monkeypatch.setattr(beside.sys, "executable", executable)
    assert verified(sound).ok
    assert two == []


@pytest.mark.parametrize("name", [b"X\0Y", b"X" * 200_000, b"\xff", b"", b"~"])
def test_a_stream_of_any_name_is_checked(path, two, name, monkeypatch):
    """By either process, and with what the other finds."""
    with Ledger.open(path, actor="a", clock=Clock()) as ledger:
        for project in ("A", "B", "C"):
            ledger.append(approval(project), disbursement(project=project))
    with attacking(path) as connection:
        sql = "UPDATE events SET stream = CAST(? AS TEXT) WHERE stream = 'project:B'"
        connection.execute(sql, (b"project:" + name,))
    meeting(monkeypatch, 0.7)
    done = verified(path)
    assert len(two) == 1
    assert done.events == 6
    assert done.first_wrong == 3
    assert Check.FILE.number not in wrong(done)
    monkeypatch.setattr(verifying, "_PAYS", 10**9)
    assert done == verified(path)

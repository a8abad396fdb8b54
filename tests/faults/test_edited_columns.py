"""Any column is edited by a raw client that takes the triggers away: it is found."""

import gc
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.audit import verify as verifying
from ledger.domain.errors import LedgerError, NotProven
from ledger.errors import LogCorrupted
from ledger.store.sqlite.log import SqliteLog
from support import day, disbursement
from support_faults import facts, filled, refused, verified
from support_tampering import attacking, loosened

EDITED = 100
"""The position of the event that is edited."""

EVENTS = {
    "position": "position = 90000",
    "stream": "stream = 'project:2023:P-9'",
    "version": "version = 900",
    "id": "id = 'fffffff' || substr(id, 8)",
    "type": "type = 'DisbursementReversed'",
    "schema": "schema = 2",
    "effective_on": "effective_on = '2023-01-03'",
    "recorded_at": "recorded_at = '2023-01-02T08:00:00.000000Z'",
    "actor": "actor = 'somebody else'",
    "key": "key = 'another'",
    "cause": "cause = 'another'",
    "request": "request = 'another'",
    "payload": "payload = replace(payload, '\"amount\":', '\"amount\":9')",
    "leaf": "leaf = zeroblob(32)",
}
OTHERS = {
    "head.size": "UPDATE head SET size = size + 1",
    "head.size by far": "UPDATE head SET size = 1000000",
    "head.frontier": "UPDATE head SET frontier = zeroblob(length(frontier))",
    "head.frontier cut": "UPDATE head SET frontier = x'00'",
    "head.frontier of no events": "UPDATE head SET frontier = x''",
    "head.saved": "UPDATE head SET saved = saved - 1",
    "head.saved by far": "UPDATE head SET saved = 100000",
    "head.counts": "UPDATE head SET counts = replace(counts, ':', ':1')",
    "head.counts as nonsense": "UPDATE head SET counts = '['",
    "head.last_on": "UPDATE head SET last_on = '2099-12-31'",
    "head.last_on as nonsense": "UPDATE head SET last_on = '['",
    "head.settings": "UPDATE head SET settings = zeroblob(32)",
    "head.sealed": "UPDATE head SET sealed = sealed - 1",
    "head": "DELETE FROM head",
    "settings.name": "UPDATE settings SET name = 'name' WHERE name = 'title'",
    "settings.value": "UPDATE settings SET value = 'USD' WHERE name = 'currency'",
    "settings.convention": "UPDATE settings SET value = 'step' WHERE value = 'linear'",
    "settings.origin": "UPDATE settings SET value = 'x' WHERE name = 'origin'",
    "settings": "DELETE FROM settings",
    "snapshots.stream": "UPDATE snapshots SET stream = 'project:' || rowid || 'X'",
    "snapshots.stream_version": (
        "UPDATE snapshots SET stream_version = stream_version - 1"
    ),
    "snapshots.events": "UPDATE snapshots SET events = events + 1",
    "snapshots.position": "UPDATE snapshots SET position = position + 100000",
    "snapshots.state": "UPDATE snapshots SET state = CAST(x'80' AS BLOB)",
    "subtrees.level": "UPDATE subtrees SET level = 16",
    "subtrees.number": "UPDATE subtrees SET number = number + 1",
    "subtrees.root": "UPDATE subtrees SET root = zeroblob(32)",
    "subtrees": "DELETE FROM subtrees",
    "checkpoints.number": "UPDATE checkpoints SET number = number + 7",
    "checkpoints.size": "UPDATE checkpoints SET size = size - 1",
    "checkpoints.root": "UPDATE checkpoints SET root = zeroblob(32)",
    "checkpoints.note": "UPDATE checkpoints SET note = number || note",
    "checkpoints.note as a large number": (
        "UPDATE checkpoints SET note = replace(note, char(10) || size || char(10), "
        "char(10) || printf('%05000d', 1) || char(10))"
    ),
}
HARMLESS = {
    "snapshots.projection": "UPDATE snapshots SET projection = projection || 'x'",
    "snapshots.version": "UPDATE snapshots SET version = version + 1",
    "snapshots": "DELETE FROM snapshots",
}
NO_TEXT = {"position", "version", "schema", "leaf"}
NO_UTF8 = "CAST(x'50ff' AS TEXT)"


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is edited in copies."""
    return filled(tmp_path_factory.mktemp("columns") / "sound.ledger")


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


def edit(path, *statements):
    """Run statements where no trigger fires; one at least changes a row."""
    with attacking(path) as connection:
        changed = [connection.execute(sql).rowcount for sql in statements]
    assert max(changed) > 0


def append(path):
    """Record one more event in every stream."""
    with Ledger.open(path, create=False, actor="next") as ledger:
        ledger.append(
            *[
                disbursement(1, f"N-{i}", project=f"P-{i % 6}", on=day(6))
                for i in range(12)
            ]
        )


def look(path):
    """Prove an event, and look at all there is."""
    with Ledger.open(path, create=False, read_only=True, actor="a") as ledger:
        ledger.view().execution()
        ledger.prove(EDITED).render("json")


def found_in(path):
    """Return the verification; ``None`` where opening or reading is refused."""
    try:
        return verified(path)
    except LedgerError:
        return None


def test_every_column_is_edited(sound):
    """No column of any table is left out here."""
    with closing(SqliteLog.open(sound, read_only=True)) as log:
        every = {
            f"{table}.{column}"
            for (table,) in log.file.connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' "
                "AND name NOT LIKE '%sqlite%'"
            ).fetchall()
            for _, column, *_ in log.file.connection.execute(
                f"PRAGMA table_info({table})"
            ).fetchall()
        }
    # A second value in head.one is no ledger at all.
    edited = {f"events.{name}" for name in EVENTS} | OTHERS.keys() | HARMLESS.keys()
    assert every - edited == {"head.one"}


@pytest.mark.parametrize("column", EVENTS)
def test_an_edited_event_is_found_and_named(copy, column):
    """Each of the thirteen columns counts, and its position is said first."""
    edit(copy, f"UPDATE events SET {EVENTS[column]} WHERE position = {EDITED}")
    done = found_in(copy)
    assert not done.ok
    assert done.first_wrong == EDITED


@pytest.mark.parametrize("column", sorted(EVENTS.keys() - NO_TEXT))
def test_an_event_with_text_that_is_no_text_is_found_and_named(copy, column):
    """Bytes that are no UTF-8 in any column of an event end in a finding."""
    edit(copy, f"UPDATE events SET {column} = {NO_UTF8} WHERE position = {EDITED}")
    done = found_in(copy)
    assert not done.ok
    assert done.first_wrong == EDITED
    assert "\udcff" not in str(done.to_dict())


@pytest.mark.parametrize("what", OTHERS)
def test_an_edited_row_beside_the_events_is_found(copy, what):
    """What is kept to be quick is held to the events."""
    edit(copy, OTHERS[what])
    done = found_in(copy)
    assert done is None or not done.ok


@pytest.mark.parametrize("what", HARMLESS)
def test_snapshots_that_nobody_reads_change_nothing(sound, copy, what):
    """Without snapshots that it knows, a ledger says the same."""
    edit(copy, HARMLESS[what])
    assert found_in(copy).ok
    assert facts(copy) == facts(sound)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER _sqlite_x AFTER INSERT ON events BEGIN SELECT 1; END",
        "CREATE TRIGGER x AFTER INSERT ON events BEGIN SELECT 1; END",
        "CREATE VIEW x AS SELECT 1",
        "CREATE TABLE x (y)",
        "DROP INDEX events_by_key",
    ],
)
def test_a_changed_layout_is_found(copy, statement):
    """Nothing is added to the file that would act in a writer's name."""
    with attacking(copy) as connection:
        connection.execute(statement)
    assert not found_in(copy).ok


def test_a_trigger_that_is_gone_is_found(copy):
    """Without its triggers a file is no longer held to being append-only."""
    with attacking(copy):
        pass
    assert found_in(copy).ok
    with closing(SqliteLog.open(copy)) as log:
        log.file.connection.execute("DROP TRIGGER events_refuse_update")
    assert [f.code for f in found_in(copy).findings] == ["log.layout"]


STATES = {"an empty map": "80", "no MessagePack": "c1", "no UTF-8": "81a1ffa1ff"}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_snapshot_that_cannot_be_read_is_as_good_as_none(sound, copy, state):
    """It is found, and every figure is the log's all the same."""
    edit(copy, f"UPDATE snapshots SET state = x'{state}'")
    assert "log.snapshots" in {f.code for f in found_in(copy).findings}
    assert facts(copy) == facts(sound)
    append(copy)


@pytest.mark.parametrize("what", [what for what in OTHERS if what.startswith("head.")])
def test_nothing_is_added_where_the_end_of_the_log_is_wrong(sound, copy, what):
    """Who would write on from a wrong head is stopped before it."""
    edit(copy, OTHERS[what])
    if refused(append, copy) is None:
        beside = {"head.settings", "head.counts", "head.last_on", "head.sealed"}
        assert what.removesuffix(" as nonsense") in beside or "saved" in what
    else:
        with closing(SqliteLog.open(copy, read_only=True)) as log:
            assert list(log.lines()) == facts(sound).lines


@pytest.mark.parametrize("what", ["subtrees", "subtrees.number"])
def test_a_proof_without_its_hashes_is_refused(copy, what):
    """Where a stored hash is missing, no proof is made up."""
    edit(copy, OTHERS[what])
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        with pytest.raises(LogCorrupted, match="has no subtree"):
            ledger.prove(299)
        with pytest.raises(LogCorrupted, match="has no subtree"):
            ledger.monthly_report(2023, 6, known_at=311)
        ledger.monthly_report(2023, 6)


@pytest.mark.parametrize("column", ["actor", "payload", "leaf"])
def test_no_proof_is_handed_out_that_does_not_hold(copy, column):
    """A line that was changed is not proved to be the one that was recorded."""
    edit(copy, f"UPDATE events SET {EVENTS[column]} WHERE position = {EDITED}")
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        # A leaf is what proves the line beside it; its own line proves itself.
        beside = EDITED - 1 if column == "leaf" else EDITED
        with pytest.raises(NotProven, match=f"position {beside}"):
            ledger.prove(beside)


VALUES = {"no value": "NULL", "a number": "700", "bytes": "x'00ff'", "a text": "'ü'"}
TYPED = [f"events.{name}" for name in EVENTS if name != "position"] + [
    "head.size",
    "head.frontier",
    "head.saved",
    "head.counts",
    "head.last_on",
    "head.settings",
    "head.sealed",
    "settings.name",
    "settings.value",
    "snapshots.stream_version",
    "snapshots.events",
    "snapshots.position",
    "snapshots.state",
    "subtrees.root",
    "checkpoints.size",
    "checkpoints.root",
    "checkpoints.note",
]


@pytest.mark.parametrize(
    "value",
    [
        "no value",
        "bytes",
        *[pytest.param(one, marks=pytest.mark.long) for one in ("a number", "a text")],
    ],
)
@pytest.mark.parametrize("column", TYPED)
def test_a_value_of_another_type_is_found(copy, column, value):
    """Whatever stands in a column, looking at it ends in a finding, or in our words."""
    table, name = column.split(".")
    where = {"events": f"position = {EDITED}", "settings": "name = 'origin'"}
    where |= {"checkpoints": "number = 1", "snapshots": "stream = 'project:2023:P-2'"}
    with loosened(copy) as connection:
        connection.execute(
            f'UPDATE {table} SET "{name}" = {VALUES[value]} '
            f"WHERE {where.get(table, '1')}"
        )
    done = found_in(copy)
    is_as_before = column == "events.cause" and value == "no value"
    assert done is None or done.ok == is_as_before
    for use in (facts, append, look):
        refused(use, copy)


BESIDE = {"before": "project:2023:P-0", "after": "project:2023:P-5"}


@pytest.mark.parametrize("stream", BESIDE.values(), ids=BESIDE)
def test_what_a_second_process_finds_is_said_as_well(copy, stream, monkeypatch):
    """Where two processes check a log, each half is held to all that must hold."""
    monkeypatch.setattr(verifying, "_PAYS", 0)
    assert found_in(copy).ok
    with attacking(copy) as connection:
        sql = "SELECT position FROM events WHERE stream = ? AND version = 9"
        ((position,),) = connection.execute(sql, (stream,)).fetchall()
    edit(copy, f"UPDATE events SET actor = {NO_UTF8} WHERE position = {position}")
    done = found_in(copy)
    assert done.first_wrong == position
    assert codes_at(done, position) >= {"log.lines"}


def codes_at(done, position):
    """Return what was found at a position, by code."""
    place = f"position {position}"
    return {f.code for f in done.findings if f.place.split(",")[0] == place}


@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_second_process_is_not_left_behind(copy, part, monkeypatch):
    """Where reading ends early, so does the process beside."""
    monkeypatch.setattr(verifying, "_PAYS", 0)
    size = Path(copy).stat().st_size
    with Path(copy).open("r+b") as file:
        file.seek(int(size * part) // 4096 * 4096)
        file.write(b"\xff" * int(size * 0.1))
    done = found_in(copy)
    assert done is None or not done.ok
    gc.collect()


def test_a_head_that_speaks_of_many_events_is_found(copy, monkeypatch):
    """A number of events that is not there is no reason to look for them."""
    monkeypatch.setattr(verifying, "_PAYS", 0)
    edit(copy, "UPDATE head SET size = 1000000")
    assert not found_in(copy).ok

"""Somebody who knows how the file is made rewrites it, and makes all else agree."""

import shutil
from contextlib import closing

import pytest

from ledger import Ledger
from ledger.errors import LogCorrupted
from ledger.store.checkpoint import LogCheckpoint
from ledger.store.line import parsed
from ledger.store.signing import PrivateKey
from ledger.store.sqlite.log import SqliteLog
from support import approval, disbursement
from support_faults import INDICATOR, facts, filled, payments, settled, verified
from support_tampering import EVENTS, attacking, places, recompute, reseal, rewrite

VICTIM = 200
"""The position of an ordinary payment, after the first checkpoint."""

EARLY = 100
"""The position of one before it."""

PAYLOAD = 12


def edited(rows, position=VICTIM):
    """Add one yuan and more to a payment."""
    row = rows[position - 1]
    assert row[4] == "Disbursed"
    row[PAYLOAD] = row[PAYLOAD].replace('"amount":', '"amount":1')
    return rows


def cut(rows):
    """Forget everything from a payment on."""
    return rows[: VICTIM - 1]


def removed(rows):
    """Leave out one payment."""
    return rows[: VICTIM - 1] + rows[VICTIM:]


def swapped(rows):
    """Swap two payments of different projects, but for their ids and instants."""
    first, second = rows[VICTIM - 1], rows[VICTIM]
    assert first[1] != second[1]
    first[3], second[3] = second[3], first[3]
    first[7], second[7] = second[7], first[7]
    rows[VICTIM - 1 : VICTIM + 1] = second, first
    return rows


def inserted(rows):
    """Put in a payment that nobody recorded, and that resembles none."""
    rows = copied(rows)
    row = rows[VICTIM]
    row[PAYLOAD] = row[PAYLOAD].replace('"payee":"', '"payee":"X')
    return rows


def copied(rows):
    """Put in a payment that nobody recorded, and number those after it anew."""
    row = list(rows[VICTIM - 1])
    row[9] = row[11] = None
    row[PAYLOAD] = row[PAYLOAD].replace('"voucher":"', '"voucher":"X')
    later = [row, *map(list, rows[VICTIM:])]
    start = row[3][:24]
    for each in later:
        if each[3].startswith(start):
            each[3] = f"{start}{int(each[3][24:], 16) + 1:012x}"
    return [*rows[:VICTIM], *later]


ATTACKS = {f.__name__: f for f in (edited, cut, removed, swapped, inserted)}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is rewritten in copies."""
    return filled(tmp_path_factory.mktemp("tampering") / "sound.ledger")


@pytest.fixture(scope="module")
def kept(sound):
    """Return the checkpoints that the auditor took home: a first one, and the last."""
    with closing(SqliteLog.open(sound, read_only=True)) as log:
        notes = [note for *_, note in log.checkpoints()]
    return [LogCheckpoint.parse(note) for note in notes]


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


def codes(done):
    """Return what was found, by code."""
    return {finding.code for finding in done.findings}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_log_rewritten_beneath_its_checkpoints_is_found(copy, kept, name):
    """The file's own checkpoints suffice while they are left alone."""
    rewrite(copy, ATTACKS[name])
    done = verified(copy)
    first, last = kept
    assert codes(done) == {"log.checkpoints"}
    assert done.first_wrong == (VICTIM if name == "cut" else first.size + 1)
    assert f"checkpoint of {last.size} events" in done.findings[0].place


@pytest.mark.parametrize("name", ATTACKS)
def test_a_perfect_forgery_is_found_by_the_auditors_checkpoint(copy, kept, name):
    """Only what somebody else keeps can tell, and it tells where the change begins."""
    rewrite(copy, ATTACKS[name])
    reseal(copy)
    assert verified(copy).ok, verified(copy).findings
    done = verified(copy, *kept)
    first, last = kept
    assert codes(done) == {"log.sealed"}
    assert len(done.findings) == 1
    if name == "cut":
        assert done.first_wrong == VICTIM
    else:
        assert done.first_wrong == first.size + 1
        assert f"positions {first.size + 1} to {last.size}" in done.findings[0].place


def test_a_change_before_the_first_checkpoint_is_found_by_each(copy, kept):
    """One checkpoint that is no prefix any more makes those after it none."""
    rewrite(copy, lambda rows: edited(rows, EARLY))
    reseal(copy)
    for one in kept:
        done = verified(copy, one)
        assert done.first_wrong == 1
        assert f"positions 1 to {one.size}" in done.findings[0].place


def test_what_came_after_the_last_checkpoint_is_not_vouched_for(copy, kept):
    """A checkpoint says nothing of later events: seal often."""
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        assert ledger.position == kept[-1].size + 1
    rewrite(copy, lambda rows: rows[:-1])
    assert verified(copy, *kept).ok


NAIVE = {
    "edited": f"UPDATE events SET payload = replace(payload, '\"amount\":', '\"amount\":1') WHERE position = {VICTIM}",
    "cut": f"DELETE FROM events WHERE position >= {VICTIM}",
    "removed": f"DELETE FROM events WHERE position = {VICTIM}",
}


@pytest.mark.parametrize("name", NAIVE)
def test_a_change_that_is_not_made_to_agree_is_found_and_named(copy, name):
    """Without any checkpoint, the first position that is wrong is said."""
    with attacking(copy) as connection:
        connection.execute("DELETE FROM checkpoints")
        connection.execute("UPDATE head SET sealed = 0")
        connection.execute(NAIVE[name])
    assert verified(copy).first_wrong == VICTIM


def test_rows_that_changed_places_are_found_and_named(copy):
    """Two rows that are swapped as they are no longer hash to their leaves."""
    with attacking(copy) as connection:
        connection.execute("DELETE FROM checkpoints")
        connection.execute("UPDATE head SET sealed = 0")
        for old, new in ((VICTIM, -1), (VICTIM + 1, VICTIM), (-1, VICTIM + 1)):
            sql = "UPDATE events SET position = ? WHERE position = ?"
            connection.execute(sql, (new, old))
    assert verified(copy).first_wrong == VICTIM


def test_a_row_that_was_put_in_is_found_and_named(copy):
    """A row at the end, with its leaf, is not one that was appended."""
    with attacking(copy) as connection:
        row = list(inserted(connection.execute(EVENTS).fetchall())[VICTIM])
        (size,) = connection.execute("SELECT size FROM head").fetchone()
        sql = "SELECT MAX(version) FROM events WHERE stream = ?"
        (version,) = connection.execute(sql, (row[1],)).fetchone()
        row[0], row[2] = size + 1, version + 1
        connection.execute(f"INSERT INTO events VALUES ({places(row)})", row)
    done = verified(copy)
    assert not done.ok
    assert done.first_wrong == size + 1


def test_leaves_computed_anew_for_an_edited_amount_are_found(copy):
    """A leaf that fits its line does not fit the tree."""
    with attacking(copy) as connection:
        before = connection.execute("SELECT * FROM head").fetchone()
        subtrees = connection.execute("SELECT * FROM subtrees").fetchall()
        connection.execute(NAIVE["edited"])
        recompute(connection)
        connection.execute("DELETE FROM subtrees")
        connection.executemany("INSERT INTO subtrees VALUES (?, ?, ?)", subtrees)
        connection.execute("DELETE FROM head")
        connection.execute(f"INSERT INTO head VALUES ({places(before)})", before)
    done = verified(copy)
    assert {"log.tree", "log.checkpoints"} <= codes(done)
    assert "log.lines" not in codes(done)


def test_a_replaced_checkpoint_is_found(copy, kept):
    """One of another log is no prefix; one that the key did not sign is worth nothing."""
    pytest.importorskip("cryptography")
    key = PrivateKey("clerk", bytes(range(32)))
    public = key.public()
    with Ledger.open(copy, actor="a") as ledger:
        ledger.seal(key)
        assert ledger.verify(key=public).ok
    reseal(copy)
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        assert ledger.verify().ok
        assert codes(ledger.verify(key=public)) == {"log.sealed"}
        assert codes(ledger.verify(*kept, key=public)) == {"log.sealed"}
    with attacking(copy) as connection:
        connection.execute("UPDATE checkpoints SET root = zeroblob(32)")
    assert codes(verified(copy)) == {"log.checkpoints"}


def test_a_log_written_anew_with_one_other_event_is_found(sound, path, kept):
    """A whole new ledger of the same name and settings is not the one that was sealed."""
    with closing(SqliteLog.open(sound, read_only=True)) as log:
        SqliteLog.open(path, settings=log.settings, origin=log.origin).close()
        rows = [parsed(raw) for raw in log.lines()]
    row = rows[VICTIM - 1]
    payload = row.payload.replace(b'"amount":', b'"amount":1')
    rows[VICTIM - 1] = row._replace(payload=payload)
    with closing(SqliteLog.open(path)) as log, log.writing() as writer:
        for each in rows:
            writer.restore(each)
    assert verified(path).ok
    done = verified(path, *kept)
    assert codes(done) == {"log.sealed"}
    assert done.first_wrong == kept[0].size + 1
    assert facts(path).report != facts(sound).report


def test_a_ledger_of_another_name_is_not_the_one_that_was_sealed(path, kept):
    """Somebody hands out another ledger altogether."""
    with Ledger.open(path, actor="a"):
        pass
    done = verified(path, *kept)
    assert any("it is of" in finding.message for finding in done.findings)


def overspent(rows):
    """Pay more than the project has."""
    row = rows[VICTIM - 1]
    row[PAYLOAD] = row[PAYLOAD].replace('"amount":', '"amount":99999')
    return rows


def doubled(rows):
    """Use one voucher number twice."""
    numbers = [i for i, row in enumerate(rows) if row[1] == rows[VICTIM - 1][1]]
    first, second = (rows[i] for i in numbers[1:3])
    second[PAYLOAD] = first[PAYLOAD]
    return rows


def unbalanced(rows):
    """Let one leg of a virement give less than the other takes."""
    row = next(row for row in rows if row[4] == "BudgetAdjusted")
    row[PAYLOAD] = row[PAYLOAD].replace("5000", "4000")
    return rows


def back_in_time(rows):
    """Have a payment recorded before those that stand above it."""
    rows[VICTIM - 1][7] = rows[0][7]
    return rows


@pytest.mark.parametrize(
    ("attack", "code"),
    [
        (overspent, "log.rules"),
        (doubled, "log.rules"),
        (copied, "log.rules"),
        (unbalanced, "log.virements"),
        (back_in_time, "log.order"),
    ],
)
def test_a_forgery_that_breaks_the_rules_is_found_without_a_checkpoint(
    copy, attack, code
):
    """Who rewrites a log must keep every rule of money as well."""
    rewrite(copy, attack)
    reseal(copy)
    done = verified(copy)
    assert code in codes(done)
    assert done.first_wrong is not None


def unapproved(rows):
    """Leave out the approval of the project that all later events are of."""
    return rows[1:]


def without_what_was_reversed(rows):
    """Leave out a payment of which a part came back."""
    return [row for row in rows if '"voucher":"V-1"' not in row[PAYLOAD]]


def of_no_indicator(rows):
    """Report a result of an indicator that nobody has."""
    row = next(row for row in rows if row[4] == "ResultReported")
    row[PAYLOAD] = row[PAYLOAD].replace(INDICATOR, "别的")
    return rows


USES = {
    "report": lambda ledger: ledger.monthly_report(2023, 6),
    "record": lambda ledger: ledger.append(
        *[disbursement(1, f"N-{i}", project=f"P-{i}") for i in range(2)]
    ),
    "rebuild": lambda ledger: ledger.rebuild(),
}


@pytest.mark.parametrize(
    "attack", [unapproved, without_what_was_reversed, of_no_indicator]
)
@pytest.mark.parametrize("use", USES)
def test_a_log_that_does_not_follow_is_not_reported_on(copy, attack, use):
    """Whoever uses such a ledger is told at which position to look."""
    rewrite(copy, attack, snapshots=False)
    with (
        Ledger.open(copy, actor="a") as ledger,
        pytest.raises(LogCorrupted, match=r"position \d+: .* run `verify`"),
    ):
        USES[use](ledger)
    assert "log.rules" in codes(verified(copy))


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Make a ledger that is large enough for two processes to share the work."""
    path = tmp_path_factory.mktemp("large") / "large.ledger"
    with Ledger.open(path, actor="tester") as ledger:
        ledger.append(*[approval(f"P-{i}", 10_000_000) for i in range(300)])
        ledger.append(*payments(21_000, projects=300))
        ledger.seal()
    settled(path)
    return path


@pytest.mark.long
@pytest.mark.parametrize("position", [1, 9_000, 19_000, 21_300])
def test_in_a_large_log_the_first_wrong_position_is_named(large, path, position):
    """So it is where two processes share the work."""
    shutil.copy(large, path)
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        kept = ledger.checkpoint()
        assert ledger.verify(kept).ok
    with attacking(path) as connection:
        sql = "UPDATE events SET actor = 'x' WHERE position = ?"
        connection.execute(sql, (position,))
    assert verified(path, kept).first_wrong == position
    with attacking(path) as connection:
        recompute(connection)
    assert codes(verified(path, kept)) == {"log.checkpoints", "log.sealed"}

"""A ledger file as a whole: what is changed in it, and what is damaged."""

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from ledger.errors import LogCorrupted
from ledger.messages import message
from ledger.store.sqlite.log import SqliteLog
from support_faults import filled


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is read, and damaged in copies."""
    return filled(tmp_path_factory.mktemp("layout") / "sound.ledger", 280)


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


@pytest.fixture
def maintenance():
    """Return a function that opens a file for maintenance; it is closed at the end."""
    opened = []

    def opening(path):
        opened.append(SqliteLog.open(path, read_only=True))
        return opened[-1].maintenance()

    yield opening
    for log in opened:
        log.close()


def missing(names):
    """Return what is said of tables, indexes and triggers that are not as made."""
    split = (name.split() for name in names)
    made = (message(f"found.made_{kind}", name=name) for kind, name in split)
    return [message("fault.layout", what=what) for what in made]


def test_a_file_that_is_not_as_made_is_refused_in_words(copy):
    """A Chinese reader meets no English word for what is missing."""
    with closing(SqliteLog.open(copy)) as log:
        log.file.connection.execute("DROP TRIGGER events_refuse_update")
    with pytest.raises(LogCorrupted) as refused, closing(SqliteLog.open(copy)) as log:
        log.file.check_schema()
    assert "触发器 events_refuse_update 缺失" in refused.value.text("zh")


CHANGED = {
    "DROP TRIGGER events_refuse_update": ["trigger events_refuse_update"],
    "DROP INDEX events_by_key": ["index events_by_key"],
    "DROP TABLE snapshots": [
        "index snapshots_counted",
        "index sqlite_autoindex_snapshots_1",
        "table snapshots",
    ],
    "CREATE TABLE more (a)": ["table more"],
    "CREATE VIEW more AS SELECT 1": ["view more"],
    "CREATE INDEX more ON events (actor)": ["index more"],
    "ALTER TABLE head ADD COLUMN more TEXT": ["table head"],
}


def test_a_new_file_is_as_it_was_made(sound, maintenance):
    """Nothing in it is missing, added or changed."""
    assert maintenance(sound).faults() == []


@pytest.mark.parametrize("statement", CHANGED)
def test_what_is_changed_in_the_layout_is_named(copy, maintenance, statement):
    """By its kind and its name."""
    with closing(SqliteLog.open(copy)) as log:
        log.file.connection.execute(statement)
    assert maintenance(copy).faults() == missing(CHANGED[statement])


def test_a_trigger_that_does_nothing_is_a_changed_one(copy, maintenance):
    """Its name alone does not make it the one that was made."""
    with closing(SqliteLog.open(copy)) as log:
        log.file.connection.execute("DROP TRIGGER events_refuse_delete")
        log.file.connection.execute(
            "CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events "
            "BEGIN SELECT 1; END"
        )
    assert maintenance(copy).faults() == missing(["trigger events_refuse_delete"])


def test_a_sound_file_is_not_damaged(sound, maintenance):
    """SQLite's own check runs beside, and finds nothing."""
    assert maintenance(sound).damage().found() == []


def test_pages_that_were_overwritten_are_damage(copy, maintenance):
    """What SQLite finds is said in its words; a file that it cannot read, in ours."""
    file = maintenance(copy)
    with Path(copy).open("r+b") as raw:
        raw.seek(4096 * 20)
        raw.write(b"\xff" * 4096 * 3)
    assert file.damage().found() != []


def test_a_ledger_in_memory_is_checked_by_the_caller():
    """There is no file that a thread could open."""
    with closing(SqliteLog.open(":memory:")) as log:
        assert log.maintenance().damage().found() == []

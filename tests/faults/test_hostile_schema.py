"""Whoever writes the file changes its schema: nothing holds, and nothing is recorded."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.store.sqlite.connection import LogFile
from support import day, disbursement
from support_faults import facts, filled, refused, verified
from support_tampering import attacking

IGNORED = "BEGIN SELECT RAISE(IGNORE); END"

TRIGGERS = {
    "that loses events": f"sqliteXlose BEFORE INSERT ON events {IGNORED}",
    "that loses some events": (
        f"x BEFORE INSERT ON events WHEN NEW.stream = 'project:2023:P-1' {IGNORED}"
    ),
    "that changes what was written": (
        "x AFTER INSERT ON events BEGIN UPDATE events SET payload = "
        "replace(payload, '1', '2') WHERE position = NEW.position; END"
    ),
    "that adds to what was written": (
        "x AFTER INSERT ON subtrees BEGIN DELETE FROM subtrees; END"
    ),
    "that loses heads": f"x BEFORE UPDATE ON head {IGNORED}",
    "that turns heads back": (
        "x AFTER UPDATE ON head BEGIN UPDATE head SET size = OLD.size; END"
    ),
    "that loses checkpoints": f"sqlitex BEFORE INSERT ON checkpoints {IGNORED}",
    "that loses snapshots": f"x BEFORE INSERT ON snapshots {IGNORED}",
    "named as one of ours": (
        "events_refuse_delete BEFORE DELETE ON events BEGIN SELECT 1; END"
    ),
}
STATEMENTS = {
    **{
        f"a trigger {name}": [
            "DROP TRIGGER IF EXISTS events_refuse_delete",
            f"CREATE TRIGGER {sql}",
        ]
        for name, sql in TRIGGERS.items()
    },
    "a view in place of a table": [
        "ALTER TABLE events RENAME TO sqliteXevents",
        "CREATE VIEW events AS SELECT * FROM sqliteXevents",
    ],
    "a view that takes what is written": [
        "ALTER TABLE checkpoints RENAME TO kept",
        "CREATE VIEW checkpoints AS SELECT * FROM kept",
        f"CREATE TRIGGER sqliteXkept INSTEAD OF INSERT ON checkpoints {IGNORED}",
    ],
    "a table": ["CREATE TABLE sqliteXmore (a)"],
    "an index on an expression": ["CREATE INDEX sqliteXi ON events (lower(actor))"],
    "an index on a part": ["CREATE INDEX i ON events (actor) WHERE actor <> ''"],
    "no unique index": ["DROP INDEX events_by_key"],
    "another index of that name": [
        "DROP INDEX events_by_key",
        'CREATE INDEX events_by_key ON events ("key")',
    ],
    "a generated column": [
        "ALTER TABLE events ADD COLUMN more TEXT AS (actor || 'x') VIRTUAL"
    ],
    "a column": ["ALTER TABLE snapshots ADD COLUMN more TEXT"],
    "a column under another name": [
        "ALTER TABLE settings RENAME COLUMN value TO values_"
    ],
    "statistics that steer SQLite": ["ANALYZE"],
    "shadow tables": ["CREATE VIRTUAL TABLE sqliteXv USING fts5(a)"],
    "no table of migrations": ["DROP TABLE _sqlite_migrations"],
    "no index of migrations": ["DROP INDEX idx__sqlite_migrations_migration_set_name"],
    "an index of migrations": ["CREATE INDEX idx__x ON _sqlite_migrations (name)"],
}
SPELLED = {
    "a table that is not strict": ("events", "STRICT", ""),
    "a table that takes nothing as a value": ("head", " NOT NULL", ""),
    "columns in another order": (
        "events",
        "actor TEXT NOT NULL,",
        "cause_ TEXT NOT NULL,",
    ),
    "a column of another type": ("events", "schema INTEGER", "schema ANY"),
    "an index of another order": (
        "snapshots_counted",
        "version, events",
        "events, version",
    ),
    "a trigger that does nothing": ("events_refuse_update", "RAISE(ABORT,", "max(1,"),
    "a trigger under SQLite's own name": (
        "events_refuse_delete",
        "events_refuse_delete",
        "sqlite_x",
    ),
    "the same in other words": (
        "settings_refuse_update",
        "SELECT RAISE",
        "SELECT  RAISE",
    ),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger that is changed in copies."""
    return filled(tmp_path_factory.mktemp("schema") / "sound.ledger")


@pytest.fixture
def copy(sound, path):
    """Copy the ledger."""
    return shutil.copy(sound, path)


def record(path):
    """Record a payment in each project."""
    with Ledger.open(path, create=False, actor="next") as ledger:
        for i in range(6):
            ledger.append(disbursement(1, f"N-{i}", project=f"P-{i}", on=day(6)))


def seal(path):
    """Keep one more checkpoint."""
    with Ledger.open(path, create=False, actor="next") as ledger:
        ledger.seal()


def prove(path):
    """Prove an event, from its own checkpoint."""
    with Ledger.open(path, create=False, read_only=True, actor="a") as ledger:
        return ledger.prove(100).check()


def respell(path, name, old, new):
    """Change the SQL of something in the file, and its name where that is changed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        changed = connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ?, ?), "
            "name = replace(name, ?, ?) WHERE name = ?",
            (old, new, old, new, name),
        )
        assert changed.rowcount == 1
        found = "SELECT COUNT(*) FROM sqlite_schema WHERE instr(sql, ?) OR name = ?"
        assert not new or connection.execute(found, (new, new)).fetchone() != (0,)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def holds_not(path, lines):
    """Hold all that is said of a file to not saying that it is sound."""
    refusal = refused(verified, path)
    assert refusal is not None or not verified(path).ok
    for use in (record, seal):
        assert refused(use, path) is not None
    proved = refused(prove, path) is None
    assert not proved or prove(path).position == 100
    stored = refused(facts, path) or facts(path).lines
    assert isinstance(stored, LedgerError) or stored == lines


@pytest.mark.parametrize("what", STATEMENTS)
def test_what_is_added_to_a_schema_or_taken_from_it_ends_every_use(sound, copy, what):
    """Whatever it is called, and whatever it does."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for statement in STATEMENTS[what]:
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    holds_not(copy, facts(sound).lines)


@pytest.mark.parametrize("what", SPELLED)
def test_what_is_respelled_in_a_schema_ends_every_use(sound, copy, what):
    """Where the text of the schema itself is written, it is compared letter by letter."""
    respell(copy, *SPELLED[what])
    holds_not(copy, facts(sound).lines)


NUMBERS = {
    "no layout": "PRAGMA user_version = 0",
    "an older layout": "PRAGMA user_version = -1",
    "a later layout": "PRAGMA user_version = 99",
    "no kind of file": "PRAGMA application_id = 0",
    "another kind of file": "PRAGMA application_id = 7",
}


@pytest.mark.parametrize("what", NUMBERS)
def test_a_header_that_says_something_else_is_refused(copy, what):
    """A file of a layout that there is not is not read as if it were one."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute(NUMBERS[what])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for use in (verified, record, seal, prove, facts):
        assert refused(use, copy) is not None


ROWS = {
    "no migration": "DELETE FROM _sqlite_migrations",
    "another migration": "UPDATE _sqlite_migrations SET name = 'x'",
    "a migration of others": "UPDATE _sqlite_migrations SET migration_set = 'x'",
    "one more migration": (
        "INSERT INTO _sqlite_migrations SELECT 9, 'ledger', 'more', '' "
    ),
    "a checkpoint less": "DELETE FROM checkpoints WHERE number = 2",
    "no checkpoints": "DELETE FROM checkpoints",
    "no first checkpoint": "DELETE FROM checkpoints WHERE number = 1",
}


@pytest.mark.parametrize("what", ROWS)
def test_rows_that_are_not_of_the_record_are_looked_at_too(copy, what):
    """What laid the file out, and what was sealed and is gone."""
    with attacking(copy) as connection:
        assert connection.execute(ROWS[what]).rowcount > 0
    done = verified(copy)
    codes = {finding.code for finding in done.findings}
    assert codes == {"log.layout" if "migration" in what else "log.checkpoints"}


def test_a_schema_changed_while_a_ledger_is_open_is_noticed(copy):
    """A writer looks again whenever somebody else has written."""
    with Ledger.open(copy, actor="a") as ledger:
        ledger.append(disbursement(1, "N-1", project="P-1", on=day(6)))
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            trigger = TRIGGERS["that loses events"]
            connection.execute(f"CREATE TRIGGER {trigger}")
        with pytest.raises(LedgerError, match="trigger sqliteXlose"):
            ledger.append(disbursement(1, "N-2", project="P-1", on=day(6)))


LOSING = [
    "that loses events",
    "that loses some events",
    "that changes what was written",
    "that loses heads",
    "that loses checkpoints",
]


@pytest.mark.parametrize("what", LOSING)
def test_a_file_that_does_not_keep_what_is_written_is_noticed(copy, what, monkeypatch):
    """Even where the schema is not looked at, nothing is said to be recorded."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER events_refuse_update")
        connection.execute(f"CREATE TRIGGER {TRIGGERS[what]}")
    monkeypatch.setattr(LogFile, "check_schema", lambda _: None)
    use = seal if "checkpoints" in what else record
    assert "did not keep" in str(refused(use, copy))

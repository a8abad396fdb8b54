"""What somebody can do who can write the file and knows how it is made."""

import json
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager, suppress
from datetime import date
from enum import Enum

import attrs

from ledger import Ledger, LedgerError
from ledger.store.line import line
from ledger.store.merkle import Frontier, leaf_hash
from ledger.store.sqlite.connection import COLUMNS
from ledger.store.sqlite.file_format import conventions_of, read_settings
from ledger.store.sqlite.log import SqliteLog

EVENTS = "SELECT * FROM events ORDER BY position"


@contextmanager
def attacking(path):
    """
    Hand out a connection on which no trigger fires; put the triggers back as they were.

    What was done is moved into the file.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        triggers = connection.execute(found).fetchall()
        connection.execute("BEGIN")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def loosened(path):
    """
    Hand out a connection on which any column takes any value; put the tables back.

    The file then says that it is strict, and holds what a strict table never takes.
    """
    schema = "SELECT rowid, sql FROM sqlite_schema WHERE type = 'table'"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        right = connection.execute(schema).fetchall()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(replace(sql, 'STRICT', ''), "
            "'NOT NULL', '') WHERE type = 'table'"
        )
    with attacking(path) as connection:
        yield connection
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        put_back = "UPDATE sqlite_schema SET sql = ? WHERE rowid = ?"
        connection.execute("BEGIN")
        connection.executemany(put_back, [(sql, rowid) for rowid, sql in right])
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def rewrite(path, change, *, snapshots=True):
    """
    Change the events as *change* does with the rows, and make all else agree.

    Positions, versions, leaves, subtrees, the head, its counts and the *snapshots* are
    those of the changed events. What was sealed stays.
    """
    with attacking(path) as connection:
        rows = change([list(row) for row in connection.execute(EVENTS)])
        connection.execute("DELETE FROM events")
        versions = Counter()
        for position, row in enumerate(rows, 1):
            versions[row[1]] += 1
            row[0], row[2] = position, versions[row[1]]
            connection.execute(f"INSERT INTO events VALUES ({places(row)})", row)
        recompute(connection)
    if snapshots:
        with Ledger.open(path, actor="attacker") as ledger:
            ledger.rebuild()


def recompute(connection):
    """Make leaves, subtrees and head those of the events as they are stored."""
    rows = connection.execute(f"SELECT {COLUMNS} FROM events ORDER BY position")
    leaves = {row[0]: leaf_hash(line(row)) for row in rows.fetchall()}
    connection.executemany(
        "UPDATE events SET leaf = ? WHERE position = ?",
        [(leaf, position) for position, leaf in leaves.items()],
    )
    frontier = Frontier()
    subtrees = frontier.extend(leaves.values())
    connection.execute("DELETE FROM subtrees")
    connection.executemany("INSERT INTO subtrees VALUES (?, ?, ?)", subtrees)
    counted = "SELECT type, COUNT(*) FROM events GROUP BY type"
    counts = json.dumps(dict(connection.execute(counted).fetchall()))
    connection.execute("DELETE FROM snapshots")
    connection.execute(
        "UPDATE head SET size = ?, frontier = ?, saved = 0, counts = ?, "
        "last_on = (SELECT COALESCE(MAX(effective_on), '') FROM events)",
        (frontier.size, frontier.to_bytes(), counts),
    )


def reseal(path):
    """Replace every stored checkpoint by one of the log as it is, signed by nobody."""
    with closing(SqliteLog.open(path)) as log:
        size = log.head().size
        one = log.checkpoint(size)
        assert one.conventions == conventions_of(read_settings(log.file.connection))
    with attacking(path) as connection:
        connection.execute("DELETE FROM checkpoints")
        row = (1, one.size, one.root, one.note)
        connection.execute(f"INSERT INTO checkpoints VALUES ({places(row)})", row)
        connection.execute("UPDATE head SET sealed = 1")


def places(row):
    """Return a place in a statement for each value of a row."""
    return ", ".join("?" * len(row))


def others(value, samples):
    """Yield values that are not this one: none, fewer, others, those of other facts."""
    match value:
        case bool():
            yield not value
        case Enum():
            yield from (each for each in type(value) if each is not value)
        case int():
            yield value + 1
        case str():
            yield f"{value}x"
        case date():
            yield value.replace(day=value.day - 1 or 2)
        case tuple() if value:
            yield ()
            yield (*value, *value)
            for fewer in others(value[0], ()):
                yield (fewer, *value[1:])
        case _ if attrs.has(type(value)):
            for each in attrs.fields(type(value)):
                for other in others(getattr(value, each.name), ()):
                    with suppress(LedgerError):
                        yield attrs.evolve(value, **{each.name: other})
    yield from (each for each in samples if each != value)

"""The tables, indexes and triggers of a ledger file, as SQL."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import cache
from typing import Any, Final

from ledger.messages import Message, message

OLDEST_SQLITE: Final = "3.37"
"""The first that has tables with strict types."""

MIGRATIONS: Final = """
CREATE TABLE "_sqlite_migrations" (
  "id" INTEGER PRIMARY KEY,
  "migration_set" TEXT,
  "name" TEXT,
  "applied_at" TEXT
) STRICT;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
  ON "_sqlite_migrations" ("migration_set", "name");
"""
"""Where sqlite-utils notes what it laid out; spelled here, so that it is always equal.
"""

TABLES: Final = """
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  schema INTEGER NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  actor TEXT NOT NULL,
  "key" TEXT,
  cause TEXT,
  request TEXT,
  payload TEXT NOT NULL,
  leaf BLOB NOT NULL,
  UNIQUE (stream, version)
) STRICT;
CREATE INDEX events_by_key ON events ("key") WHERE "key" IS NOT NULL;
CREATE TABLE head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  size INTEGER NOT NULL,
  frontier BLOB NOT NULL,
  saved INTEGER NOT NULL,
  counts TEXT NOT NULL,
  last_on TEXT NOT NULL,
  settings BLOB NOT NULL,
  sealed INTEGER NOT NULL
) STRICT;
CREATE TABLE subtrees (
  level INTEGER NOT NULL,
  number INTEGER NOT NULL,
  root BLOB NOT NULL,
  PRIMARY KEY (level, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
  projection TEXT NOT NULL,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  stream_version INTEGER NOT NULL,
  events INTEGER NOT NULL,
  position INTEGER NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (stream, projection)
) STRICT;
CREATE INDEX snapshots_counted ON snapshots (projection, version, events);
CREATE TABLE checkpoints (
  number INTEGER PRIMARY KEY,
  size INTEGER NOT NULL,
  root BLOB NOT NULL,
  note TEXT NOT NULL UNIQUE
) STRICT;
CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
-- REPLACE deletes without firing delete triggers unless recursive_triggers is on,
-- so an insert must land exactly one past the end of the log and of its stream.
-- Ids rise along positions: so none is used twice, and they need no index.
-- A key names one request, whose events have one instant: that of their append.
CREATE TRIGGER events_refuse_insert BEFORE INSERT ON events
WHEN (
    (NEW.position, TRUE) IS NOT (
      SELECT position + 1, NEW.id > id FROM events ORDER BY position DESC LIMIT 1
    )
    AND (NEW.position <> 1 OR EXISTS (SELECT 1 FROM events))
  )
  OR NEW.version - 1 IS NOT COALESCE((
    SELECT version FROM events WHERE stream = NEW.stream ORDER BY version DESC LIMIT 1
  ), 0)
  OR (NEW."key" IS NOT NULL AND EXISTS (
    SELECT 1 FROM events
    WHERE "key" = NEW."key" AND recorded_at <> NEW.recorded_at
  ))
BEGIN SELECT RAISE(ROLLBACK, 'the event log is append-only'); END;
CREATE TRIGGER settings_refuse_update BEFORE UPDATE ON settings
BEGIN SELECT RAISE(ABORT, 'settings are fixed at creation'); END;
CREATE TRIGGER settings_refuse_delete BEFORE DELETE ON settings
BEGIN SELECT RAISE(ABORT, 'settings are fixed at creation'); END;
CREATE TRIGGER settings_refuse_insert BEFORE INSERT ON settings
WHEN EXISTS (SELECT 1 FROM head)
BEGIN SELECT RAISE(ABORT, 'settings are fixed at creation'); END;
CREATE TRIGGER checkpoints_refuse_update BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_refuse_delete BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
CREATE TRIGGER checkpoints_refuse_insert BEFORE INSERT ON checkpoints
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM checkpoints)
  OR EXISTS (SELECT 1 FROM checkpoints WHERE note = NEW.note)
BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
"""


LAID_OUT: Final = ("ledger", "create_tables")
"""The one step that sqlite-utils notes."""

Made = tuple[str, str, str, str | None]
"""The type, name, table and SQL of a table, index or trigger."""

SCHEMA_ROWS: Final = "SELECT type, name, tbl_name, sql FROM sqlite_schema"


def statements(text: str = TABLES) -> Iterator[str]:
    """Yield the statements of a text one by one, in order."""
    statement = ""
    for part in text.splitlines(keepends=True):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


_KINDS: Final = frozenset({"index", "table", "trigger", "view"})
"""What SQLite makes, each with its word."""


def changed(found: Iterable[Made]) -> list[Message | str]:
    """
    Return what of a file's schema is not as it was made, by type and name.

    Every row counts, whatever it is called: what SQLite makes by itself, and what
    somebody named so that it looks like that.

    Args:
        found: The rows of the file, as :data:`SCHEMA_ROWS` gives them.
    """
    there, right = Counter(found), _as_made()
    wrong = (there - right) + (right - there)
    names = sorted({(kind, name) for kind, name, *_ in wrong})
    return [
        message(f"found.made_{kind}", name=name) if kind in _KINDS else f"{kind} {name}"
        for kind, name in names
    ]


@cache
def _as_made() -> Counter[Made]:
    """Return the rows of the schema of a file that was just laid out."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for statement in (*statements(MIGRATIONS), *statements()):
            connection.execute(statement)
        rows: Iterable[Any] = connection.execute(SCHEMA_ROWS)
        return Counter(rows)

"""The tables and triggers of a ledger in PostgreSQL, as SQL."""

from typing import Any, Final

FORMAT: Final = 1
"""The layout that this version reads and writes."""

_TABLES: Final = """
CREATE SCHEMA ledger;
CREATE TABLE ledger.layout (number bigint NOT NULL);
CREATE TABLE ledger.settings (
  name text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);
CREATE TABLE ledger.events (
  position bigint PRIMARY KEY,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  schema bigint NOT NULL,
  effective_on text COLLATE "C" NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  "key" text COLLATE "C",
  cause text,
  request text,
  payload text NOT NULL,
  leaf bytea NOT NULL,
  UNIQUE (stream, version)
);
CREATE INDEX events_by_key ON ledger.events ("key") WHERE "key" IS NOT NULL;
CREATE TABLE ledger.head (
  one bigint PRIMARY KEY CHECK (one = 1),
  size bigint NOT NULL,
  frontier bytea NOT NULL,
  saved bigint NOT NULL,
  counts text NOT NULL,
  last_on text NOT NULL,
  settings bytea NOT NULL,
  sealed bigint NOT NULL
);
CREATE TABLE ledger.subtrees (
  level bigint NOT NULL,
  number bigint NOT NULL,
  root bytea NOT NULL,
  PRIMARY KEY (level, number)
);
CREATE TABLE ledger.snapshots (
  projection text COLLATE "C" NOT NULL,
  stream text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  stream_version bigint NOT NULL,
  events bigint NOT NULL,
  position bigint NOT NULL,
  state bytea NOT NULL,
  PRIMARY KEY (stream, projection)
);
CREATE TABLE ledger.checkpoints (
  number bigint PRIMARY KEY,
  size bigint NOT NULL,
  root bytea NOT NULL,
  note text NOT NULL UNIQUE
);
"""

_REFUSE: Final = """
BEGIN
  RAISE EXCEPTION 'the ledger is append-only: % of %', TG_OP, TG_TABLE_NAME;
END
"""

# An event must land exactly one past the end of the log and of its stream, its id must
# rise, and a key names one request, whose events have one instant.
_NEXT_EVENT: Final = """
DECLARE
  last record;
BEGIN
  SELECT position, id INTO last FROM ledger.events ORDER BY position DESC LIMIT 1;
  IF NEW.position IS DISTINCT FROM COALESCE(last.position, 0) + 1
    OR NEW.id <= COALESCE(last.id, '')
    OR NEW.version IS DISTINCT FROM 1 + COALESCE((
      SELECT version FROM ledger.events WHERE stream = NEW.stream
      ORDER BY version DESC LIMIT 1
    ), 0)
    OR (NEW."key" IS NOT NULL AND EXISTS (
      SELECT 1 FROM ledger.events
      WHERE "key" = NEW."key" AND recorded_at <> NEW.recorded_at
    ))
  THEN
    RAISE EXCEPTION 'the ledger is append-only: not the next event';
  END IF;
  RETURN NEW;
END
"""

_NEXT_CHECKPOINT: Final = """
BEGIN
  IF NEW.number IS DISTINCT FROM
    (SELECT COALESCE(MAX(number), 0) + 1 FROM ledger.checkpoints)
  THEN
    RAISE EXCEPTION 'the ledger is append-only: not the next checkpoint';
  END IF;
  RETURN NEW;
END
"""

_ONCE: Final = """
BEGIN
  IF EXISTS (SELECT 1 FROM ledger.head) THEN
    RAISE EXCEPTION 'settings are fixed at creation';
  END IF;
  RETURN NEW;
END
"""

_FUNCTIONS: Final = {
    "refuse": _REFUSE,
    "next_event": _NEXT_EVENT,
    "next_checkpoint": _NEXT_CHECKPOINT,
    "once": _ONCE,
}

_ROW, _BEFORE, _INSERT, _DELETE, _UPDATE, _TRUNCATE = 1, 2, 4, 8, 16, 32
"""The bits of ``pg_trigger.tgtype``."""

_CHANGE: Final = (
    "BEFORE UPDATE OR DELETE OR TRUNCATE",
    "STATEMENT",
    _BEFORE | _UPDATE | _DELETE | _TRUNCATE,
)
_EACH: Final = ("BEFORE INSERT", "ROW", _BEFORE | _INSERT | _ROW)
_LOSE: Final = (
    "BEFORE DELETE OR TRUNCATE",
    "STATEMENT",
    _BEFORE | _DELETE | _TRUNCATE,
)

_TRIGGERS: Final = (
    ("events", "events_refuse_change", _CHANGE, "refuse"),
    ("events", "events_refuse_insert", _EACH, "next_event"),
    ("checkpoints", "checkpoints_refuse_change", _CHANGE, "refuse"),
    ("checkpoints", "checkpoints_refuse_insert", _EACH, "next_checkpoint"),
    ("settings", "settings_refuse_change", _CHANGE, "refuse"),
    ("settings", "settings_refuse_insert", _EACH, "once"),
    ("subtrees", "subtrees_refuse_change", _CHANGE, "refuse"),
    ("layout", "layout_refuse_change", _CHANGE, "refuse"),
    ("layout", "layout_refuse_insert", _EACH, "once"),
    ("head", "head_refuse_loss", _LOSE, "refuse"),
)

TRIGGERS_THERE: Final = """
SELECT c.relname, t.tgname, t.tgenabled, t.tgtype, f.prosrc
FROM pg_catalog.pg_trigger t
JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
WHERE n.nspname = 'ledger' AND NOT t.tgisinternal
"""


def laid_out() -> str:
    """Return the SQL that makes the tables and triggers of a new ledger."""
    functions = [
        f"CREATE FUNCTION ledger.{name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path = pg_catalog, pg_temp AS $${body}$$;"
        for name, body in _FUNCTIONS.items()
    ]
    triggers = [
        f"CREATE TRIGGER {name} {events} ON ledger.{table} "
        f"FOR EACH {scope} EXECUTE FUNCTION ledger.{function}();"
        for table, name, (events, scope, _), function in _TRIGGERS
    ]
    return "\n".join([_TABLES, *functions, *triggers])


def changed(there: set[Any]) -> list[str]:
    """
    Return the triggers that are missing, added, disabled or changed, by name.

    Args:
        there: The rows of :data:`TRIGGERS_THERE`.
    """
    expected = {
        (table, name, "O", bits, _FUNCTIONS[function])
        for table, name, (_, _, bits), function in _TRIGGERS
    }
    return sorted({f"{row[0]}.{row[1]}" for row in there ^ expected})

"""The straightforward script: a table of JSON in SQLite, folded in Python."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import DDL, raw
from peers.folding import fold
from workload import SINCE, THROUGH, Answer, Workload

NAME = "script: sqlite3 + json"
STORE = "script.db"


def append(path: Path, facts: Sequence[dict[str, Any]], batch: int) -> None:
    """Store facts in a fresh file, *batch* in a transaction."""
    path.unlink(missing_ok=True)
    connection = raw(path)
    connection.executescript(DDL)
    for start in range(0, len(facts), batch):
        connection.execute("BEGIN")
        for fact in facts[start : start + batch]:
            connection.execute(
                "INSERT INTO events(project, type, date, payload) VALUES (?,?,?,?)",
                (
                    fact["project"],
                    fact["type"],
                    fact["on"],
                    json.dumps(fact, ensure_ascii=False),
                ),
            )
        connection.execute("COMMIT")
    connection.close()


def replay(work: Workload) -> Answer:
    """Fold every event."""
    return fold(map(_fact, _rows(work, "")), monthly=True)


def report(work: Workload) -> Answer:
    """Fold the events of every project to date."""
    rows = _rows(work, "WHERE date BETWEEN ? AND ?", str(SINCE), str(THROUGH))
    return fold(map(_fact, rows), monthly=False)


def project(work: Workload) -> Answer:
    """Fold the events of one project to date."""
    where = "WHERE project = ? AND date <= ?"
    rows = _rows(work, where, work.one, THROUGH.isoformat())
    return fold(map(_fact, rows), monthly=False)


def _rows(work: Workload, where: str, *values: object) -> sqlite3.Cursor:
    sql = f"SELECT payload FROM events {where} ORDER BY seq"
    return raw(work.folder / STORE).execute(sql, values)


def _fact(row: tuple[str]) -> dict[str, Any]:
    fact: dict[str, Any] = json.loads(row[0])
    return fact

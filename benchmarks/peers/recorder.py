"""The recorder of ``eventsourcing`` alone, with JSON and a fold of one's own."""

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from peers.folding import fold
from workload import Answer, Workload, is_reported

persistence = import_module("eventsourcing.persistence")
sqlite = import_module("eventsourcing.sqlite")

NAME = "eventsourcing, recorder only"
STORE = "recorder.db"
SECTION = 1_000
"""How many notifications are read at a time, as its documentation does."""


def append(path: Path, facts: Sequence[dict[str, Any]], batch: int) -> None:
    """Store facts in a fresh file, *batch* in a transaction."""
    for each in path.parent.glob(path.name + "*"):
        each.unlink()
    recorder = _recorder(path)
    recorder.create_table()
    versions: dict[str, int] = {}
    for start in range(0, len(facts), batch):
        stored = []
        for fact in facts[start : start + batch]:
            project = fact["project"]
            version = versions[project] = versions.get(project, 0) + 1
            state = json.dumps(fact, ensure_ascii=False).encode()
            stored.append(
                persistence.StoredEvent(_id(project), version, fact["type"], state)
            )
        recorder.insert_events(stored)
    recorder.datastore.close()


def replay(work: Workload) -> Answer:
    """Fold every event."""
    return fold(_all(work), monthly=True)


def report(work: Workload) -> Answer:
    """Fold the events of every project to date; its query knows no dates."""
    return fold(_to_date(_all(work)), monthly=False)


def project(work: Workload) -> Answer:
    """Fold the events of one project to date."""
    events = _recorder(work.folder / STORE).select_events(_id(work.one))
    return fold(_to_date(map(_fact, events)), monthly=False)


def _recorder(path: Path) -> Any:
    return sqlite.SQLiteApplicationRecorder(sqlite.SQLiteDatastore(str(path)))


def _id(code: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"/projects/{code}")


def _all(work: Workload) -> Iterator[dict[str, Any]]:
    recorder, start = _recorder(work.folder / STORE), 1
    while section := recorder.select_notifications(start, SECTION):
        yield from map(_fact, section)
        start = section[-1].id + 1


def _fact(stored: Any) -> dict[str, Any]:
    fact: dict[str, Any] = json.loads(stored.state)
    return fact


def _to_date(facts: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return filter(is_reported, facts)

"""Our jobs, and a raw SQLite floor for each on the same events."""

import gc
import resource
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import portfolio
from ledger import ATTAINMENT, EXECUTION, Ledger, Projection
from ledger.events import Event
from ledger.projections import AttainmentLine, ExecutionLine
from ledger.reports import MonthlyReport
from workload import FEW, THROUGH, Job

DDL = """
CREATE TABLE events(seq INTEGER PRIMARY KEY, project TEXT NOT NULL, type TEXT NOT NULL,
  date TEXT NOT NULL, payload TEXT NOT NULL);
CREATE INDEX by_project ON events(project, seq);
"""


def timed(job: Callable[[], object], *, warm: bool = True) -> float:
    """
    Return the seconds until *job* has its result.

    A warm job runs once before, so that what ran last has not emptied its caches.
    """
    if warm:
        job()
    gc.collect()
    gc.freeze()  # The collector need not walk what the benchmark itself holds.
    start = time.perf_counter()
    result = job()
    elapsed = time.perf_counter() - start
    del result
    gc.unfreeze()
    return elapsed


def raw(path: Path) -> sqlite3.Connection:
    """Open the floor's database."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def raw_append(
    path: Path, rows: list[tuple[object, ...]], places: Iterable[slice]
) -> None:
    """Append encoded rows, those of each of *places* in a transaction."""
    path.unlink(missing_ok=True)
    connection = raw(path)
    connection.executescript(DDL)
    for some in places:
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO events VALUES (?,?,?,?,?)", rows[some])
        connection.execute("COMMIT")
    connection.close()


def append(path: Path, events: list[Event], batch: int) -> None:
    """Append events to a fresh ledger, *batch* in a transaction."""
    for each in path.parent.glob(path.name + "*"):
        each.unlink()
    with Ledger.open(path, actor="bench") as ledger:
        for some in portfolio.batches(events, batch):
            ledger.append(*events[some])


def replay(path: Path) -> None:
    """Fold both projections from nothing, and every month of each project."""
    with Ledger.open(path, read_only=True) as ledger:
        both = Projection.together((EXECUTION, ATTAINMENT))
        deque(ledger.replay(both), maxlen=0)


def report(path: Path) -> MonthlyReport:
    """Make the monthly report of the portfolio."""
    with Ledger.open(path, read_only=True) as ledger:
        return ledger.monthly_report(THROUGH.year, THROUGH.month)


def project(path: Path, code: str) -> tuple[ExecutionLine, list[AttainmentLine]]:
    """Look at one project."""
    with Ledger.open(path, read_only=True) as ledger:
        view = ledger.view(through=THROUGH)
        return view.project(code), view.attainment(code)


def verify(path: Path) -> None:
    """Check the whole log."""
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.verify().ok


def prove(path: Path) -> None:
    """Prove one event, an old one."""
    with Ledger.open(path, read_only=True) as ledger:
        ledger.prove(ledger.position // 3)


def peak(job: Callable[[Path], object], path: Path) -> float:
    """Return the peak memory in MB of a fresh process that does *job*."""
    return fresh(job, path)[1]


def fresh(job: Callable[..., object], *given: object) -> tuple[float, float]:
    """
    Return the seconds and the peak memory in MB of a fresh process that does *job*.

    Memory is that of the process and of the largest that it started, summed.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_fresh, job, given).result()


def _fresh(
    job: Callable[..., object], given: tuple[object, ...]
) -> tuple[float, float]:
    start = time.perf_counter()
    kept = job(*given)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    del kept
    own = int(status.partition("VmHWM:")[2].split()[0])
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return seconds, (own + started) / 1024


class Contest(NamedTuple):
    """
    A size, ready to be measured.

    Attributes:
        jobs: The floor and ours, both to be called.
    """

    events: list[Event]
    ours: Path
    jobs: Mapping[Job, tuple[Callable[[], object], Callable[[], object]]]


def contest(projects: int, folder: Path) -> Contest:
    """Store the same events here and in the floor's database; return the jobs."""
    events = list(portfolio.events(projects))
    ours, floor = folder / "ours.ledger", folder / "raw.db"
    append(ours, events, 1000)
    with Ledger.open(ours, read_only=True) as ledger:
        recorded = ledger.events()
        rows: list[tuple[object, ...]] = [
            (e.position, e.stream, e.type, e.on.isoformat(), line.decode())
            for e, line in zip(recorded, ledger.lines(), strict=True)
        ]
    one = portfolio.current(projects)[0]

    def scan(where: str = "", *values: object) -> Callable[[], object]:
        sql = f"SELECT seq, project, type, date, payload FROM events {where}"
        return lambda: deque(raw(floor).execute(sql, values), maxlen=0)

    few = events[:FEW]
    single = list(portfolio.batches(few, 1))
    many = list(portfolio.batches(events, 1000))
    raw_append(floor, rows, many)
    jobs: Mapping[Job, tuple[Callable[[], object], Callable[[], object]]] = {
        Job.APPEND_ONE: (
            lambda: raw_append(folder / "r1.db", rows, single),
            lambda: append(folder / "o1.ledger", few, 1),
        ),
        Job.APPEND_MANY: (
            lambda: raw_append(folder / "r2.db", rows, many),
            lambda: append(folder / "o2.ledger", events, 1000),
        ),
        Job.REPLAY: (scan("ORDER BY seq"), lambda: replay(ours)),
        Job.REPORT: (
            scan("WHERE date <= ? ORDER BY seq", str(THROUGH)),
            lambda: report(ours),
        ),
        Job.PROJECT: (
            scan("WHERE project = ? ORDER BY seq", f"project:2023:{one}"),
            lambda: project(ours, one),
        ),
        Job.VERIFY: (scan("ORDER BY seq"), lambda: verify(ours)),
    }
    return Contest(events, ours, jobs)

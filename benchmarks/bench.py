"""Ratios of our jobs to a raw SQLite floor, measured in the same rounds."""

import argparse
import gc
import sqlite3
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import portfolio
from ledger import ATTAINMENT, EXECUTION, Event, Ledger, MonthlyReport, Projection
from ledger.domain.events import stream_of
from ledger.log.merkle import Frontier, leaf_hash
from ledger.log.record import Row, line, parsed

MONTH = (2023, 9)
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
    return elapsed


def raw(path: Path) -> sqlite3.Connection:
    """Open the floor's database."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def raw_append(path: Path, rows: list[tuple[object, ...]], batch: int) -> None:
    """Append encoded rows, *batch* in a transaction."""
    path.unlink(missing_ok=True)
    connection = raw(path)
    connection.executescript(DDL)
    for start in range(0, len(rows), batch):
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO events VALUES (?,?,?,?,?)", rows[start : start + batch]
        )
        connection.execute("COMMIT")
    connection.close()


def append(path: Path, events: list[Event], batch: int) -> None:
    """Append events to a fresh ledger, *batch* in a transaction."""
    for each in path.parent.glob(path.name + "*"):
        each.unlink()
    with Ledger.open(path, actor="bench") as ledger:
        for start in range(0, len(events), batch):
            ledger.append(*events[start : start + batch])


def replay(path: Path) -> None:
    """Fold both projections from nothing, and every month of each project."""
    with Ledger.open(path, read_only=True) as ledger:
        both = Projection.together((EXECUTION, ATTAINMENT))
        deque(ledger.replay(both), maxlen=0)


def report(path: Path) -> MonthlyReport:
    """Make the monthly report of the portfolio."""
    with Ledger.open(path, read_only=True) as ledger:
        return ledger.monthly_report(*MONTH)


def verify(path: Path) -> None:
    """Check the whole log."""
    with Ledger.open(path, read_only=True) as ledger:
        assert ledger.verify().ok


def prove(path: Path) -> None:
    """Prove one event, an old one."""
    with Ledger.open(path, read_only=True) as ledger:
        ledger.prove(ledger.position // 3)


def tree_only(rows: list[Row]) -> None:
    """Do what an append does for the tree: lines, leaves and subtrees."""
    Frontier().extend(leaf_hash(line(row)) for row in rows)


def peak(job: Callable[[Path], object], path: Path) -> float:
    """Return the peak memory in MB of a fresh process that does *job*."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_peak, job, path).result()


def _peak(job: Callable[[Path], object], path: Path) -> float:
    kept = job(path)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    del kept
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    """Print the median ratios of a size, and the memory of its jobs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", default="M", choices=portfolio.SIZES)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="ledger-bench-"))
    events = list(portfolio.events(portfolio.SIZES[options.size]))
    ours, floor = folder / "ours.ledger", folder / "raw.db"
    print(f"size {options.size}: {len(events)} events")
    start = time.perf_counter()
    append(ours, events, 1000)
    print(f"first append {time.perf_counter() - start:.1f} s")
    with Ledger.open(ours, read_only=True) as ledger:
        recorded = ledger.events()
        rows: list[tuple[object, ...]] = [
            (e.position, e.stream, e.type, e.on.isoformat(), line.decode())
            for e, line in zip(recorded, ledger.lines(), strict=True)
        ]
        one = str(stream_of(events[0]).partition(":")[2])

    def scan(where: str = "", *values: object) -> Callable[[], object]:
        sql = f"SELECT seq, project, type, date, payload FROM events {where}"
        return lambda: deque(raw(floor).execute(sql, values), maxlen=0)

    def project() -> tuple[object, object]:
        with Ledger.open(ours, read_only=True) as ledger:
            view = ledger.view(through=date(2023, 9, 30))
            return view.project(one), view.attainment(one)

    few = events[:1500]
    raw_append(floor, rows, 1000)
    jobs = {
        "append, one event a transaction": (
            lambda: raw_append(folder / "r1.db", rows[: len(few)], 1),
            lambda: append(folder / "o1.ledger", few, 1),
        ),
        "append, batches of 1 000": (
            lambda: raw_append(folder / "r2.db", rows, 1000),
            lambda: append(folder / "o2.ledger", events, 1000),
        ),
        "full replay": (scan("ORDER BY seq"), lambda: replay(ours)),
        "monthly report": (
            scan("WHERE date <= ? ORDER BY seq", "2023-09-30"),
            lambda: report(ours),
        ),
        "one project": (
            scan("WHERE project = ? ORDER BY seq", f"project:{one}"),
            project,
        ),
        "verify the whole log": (scan("ORDER BY seq"), lambda: verify(ours)),
    }
    for name, (base, job) in jobs.items():
        warm = not name.startswith("append")
        pairs = [
            (timed(base, warm=warm), timed(job, warm=warm))
            for _ in range(options.rounds)
        ]
        ratio = statistics.median(job / base for base, job in pairs)
        seconds = statistics.median(job for _, job in pairs)
        print(f"{name:<34} {ratio:8.2f} x floor  {seconds * 1000:10.1f} ms")
    with Ledger.open(ours, read_only=True) as ledger:
        stored = [parsed(each) for each in ledger.lines()]
    shares = [
        timed(lambda: tree_only(stored)) / timed(jobs["append, batches of 1 000"][1])
        for _ in range(3)
    ]
    print(f"keeping the tree: {statistics.median(shares):.0%} of batch append")
    proofs = [timed(lambda: prove(ours)) for _ in range(options.rounds)]
    print(
        f"{'inclusion proof':<34} {'':>16}  {statistics.median(proofs) * 1000:10.1f} ms"
    )
    for each in (_nothing, replay, report, verify):
        print(f"memory of {each.__name__:<24} {peak(each, ours):8.0f} MB")


def _nothing(_: Path) -> None:
    """Do nothing: what importing everything takes."""


if __name__ == "__main__":
    main()

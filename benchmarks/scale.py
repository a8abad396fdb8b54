"""A ledger as it grows: jobs in fresh processes, and ratios to floors as large."""

import argparse
import statistics
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from attrs import evolve as replace
from attrs import frozen

import portfolio
import portfolio_files
from bench import DDL, fresh, project, prove, raw, replay, report, timed, verify
from ledger import Checkpoint, Ledger, SpendingPlan
from ledger.events import BudgetApproved, Disbursed, Event, PeriodClosed
from workload import SINCE, THROUGH

ROUNDS = 5
SLOW = 3.0
"""Seconds beyond which a job has one round."""

MORE = 500
"""How many events are appended one by one to what is there."""

SPREADS = (14, MORE)
"""To how many projects they go: as many as the smallest size has, or one each."""

YEARS = range(2014, 2024)
PER_YEAR = 200


@frozen
class Growth:
    """
    One job at one size.

    Attributes:
        seconds, megabytes: Of a fresh process that does it.

        ratio: To the floor, the median of rounds in one process.
    """

    job: str
    seconds: float
    megabytes: float
    ratio: float | None = None


def make(ledger: Path, bulk: Path, projects: int) -> None:
    """Record the approvals; write all else as a bulk file, but no closings."""
    approvals = []
    with bulk.open("w", encoding="utf-8") as lines:
        for event in portfolio.events(projects):
            if isinstance(event, BudgetApproved):
                approvals.append(event)
            elif not isinstance(event, PeriodClosed):
                lines.write(portfolio_files.bulk(portfolio_files.fact(event)))
    with Ledger.open(ledger, actor="bench") as opened:
        opened.append(*approvals)


def take_in(ledger: Path, bulk: Path) -> None:
    """Record a bulk file, all or none."""
    with Ledger.open(ledger, actor="bench") as opened:
        opened.record(bulk)


def close(ledger: Path) -> None:
    """Close all months but the last."""
    with Ledger.open(ledger, actor="bench") as opened:
        for each in portfolio.closings():
            opened.append(each)


def export(ledger: Path) -> None:
    """Write every line to a file."""
    with Ledger.open(ledger, read_only=True) as opened:
        opened.export(ledger.with_suffix(".jsonl"))


def more(ledger: Path, projects: int, run: int) -> None:
    """Append a few more events, one a transaction, to some of the projects."""
    codes = portfolio.current(2 * projects)
    with Ledger.open(ledger, actor="bench") as opened:
        for i in range(MORE):
            paid = Disbursed(
                project=codes[i % projects],
                on=portfolio.YEAR.end,
                voucher=f"MORE-{projects}-{run}-{i}",
                amount=1,
            )
            opened.append(paid)


def raw_more(floor: Path, rows: Iterable[tuple[object, ...]]) -> None:
    """Append a few more rows, one a transaction, to what is there."""
    connection = raw(floor)
    for row in rows:
        connection.execute("INSERT INTO events VALUES (?,?,?,?,?)", row)
    connection.close()


def raw_take_in(floor: Path, rows: Iterator[tuple[object, ...]]) -> float:
    """Insert rows, 1 000 in a transaction; return the seconds of the inserts alone."""
    connection = raw(floor)
    connection.executescript(DDL)
    seconds = 0.0
    while batch := list(islice(rows, 1000)):
        start = time.perf_counter()
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO events VALUES (?,?,?,?,?)", batch)
        connection.execute("COMMIT")
        seconds += time.perf_counter() - start
    connection.close()
    return seconds


def rows_of(ledger: Path) -> Iterator[tuple[object, ...]]:
    """Yield what the floor stores of each event."""
    with Ledger.open(ledger, read_only=True) as opened:
        for each, line in zip(opened.events(), opened.lines(), strict=True):
            on = each.on.isoformat()
            yield each.position, each.stream, each.type, on, line.decode()


def measure(size: str) -> tuple[int, list[Growth]]:
    """Return how many events a size has, and its jobs; print each as it is done."""
    projects = portfolio.SIZES[size]
    print(f"size {size}: {projects} projects, each job in a fresh process", flush=True)
    with tempfile.TemporaryDirectory(prefix="ledger-scale-") as name:
        ours, floor = Path(name, "ours.ledger"), Path(name, "raw.db")
        bulk = Path(name, "bulk.jsonl")
        fresh(make, ours, bulk, projects)
        taken = fresh(take_in, ours, bulk)
        inserts = raw_take_in(floor, rows_of(ours))
        close(ours)
        found = [_said(Growth("import in bulk", *taken, taken[0] / inserts))]
        whole = _scan(floor, "ORDER BY seq")
        between = f"WHERE date BETWEEN '{SINCE}' AND '{THROUGH}' ORDER BY seq"
        to_date = _scan(floor, between)
        for job, base in ((replay, whole), (report, to_date), (verify, whole)):
            ratio = _ratio(base, partial(job, ours))
            found.append(_said(Growth(job.__name__, *fresh(job, ours), ratio)))
        found.append(_said(Growth("export", *fresh(export, ours))))
        found.append(_said(Growth("inclusion proof", *fresh(prove, ours))))
        codes = portfolio.current(projects)
        own = _scan(floor, f"WHERE project = 'project:2023:{codes[0]}' ORDER BY seq")
        ratio = _ratio(own, lambda: project(ours, codes[0]))
        taken = fresh(project, ours, codes[0])
        found.append(_said(Growth("one project", *taken, ratio)))
        count = sum(1 for _ in raw(floor).execute("SELECT seq FROM events"))
        spreads = (spread for spread in SPREADS if spread <= len(codes))
        found += [_said(_appended(ours, floor, spread)) for spread in spreads]
    print(f"  {count} events", flush=True)
    return count, found


def _said(done: Growth) -> Growth:
    ratio = "" if done.ratio is None else f"  {done.ratio:.2f} x floor"
    print(
        f"  {done.job:<34} {done.seconds * 1000:10.1f} ms"
        f" {done.megabytes:6.0f} MB{ratio}",
        flush=True,
    )
    return done


def _appended(ours: Path, floor: Path, projects: int) -> Growth:
    last = raw(floor).execute("SELECT * FROM events ORDER BY seq DESC LIMIT 1")
    seq, _, *cells = last.fetchone()
    ratios = []
    for run in range(ROUNDS):
        first = seq + 1 + run * MORE
        codes = portfolio.current(2 * projects)
        streams = (f"project:2023:{codes[i % projects]}" for i in range(MORE))
        rows = [(first + i, stream, *cells) for i, stream in enumerate(streams)]
        base = timed(partial(raw_more, floor, rows), warm=False)
        ratios.append(timed(partial(more, ours, projects, run), warm=False) / base)
    taken = fresh(more, ours, projects, ROUNDS)
    name = f"append {MORE} more, one a transaction, to {projects} projects"
    return Growth(name, *taken, statistics.median(ratios))


def _scan(floor: Path, rest: str) -> Callable[[], object]:
    sql = f"SELECT seq, project, type, date, payload FROM events {rest}"
    return lambda: deque(raw(floor).execute(sql), maxlen=0)


def _ratio(base: Callable[[], object], job: Callable[[], object]) -> float:
    ratios: list[float] = []
    while len(ratios) < ROUNDS:
        floor = timed(base)
        seconds = timed(job, warm=bool(ratios))
        ratios.append(seconds / floor)
        if seconds > SLOW:
            break
    return statistics.median(ratios)


@frozen
class Years:
    """
    The monthly report of the last of many years.

    Attributes:
        seconds: The median.

        ratio: To the same report of a ledger that holds no other year.
    """

    years: int
    events: int
    seconds: float
    ratio: float


@frozen
class Scaled:
    """All of it: how many events each size has with its jobs, and many years."""

    sizes: dict[str, tuple[int, list[Growth]]]
    years: Years


def years() -> Years:
    """Compare a ledger of many years with one that holds the last of them alone."""
    with tempfile.TemporaryDirectory(prefix="ledger-years-") as name:
        many, one = Path(name, "many.ledger"), Path(name, "one.ledger")
        fresh(_fill, many, list(YEARS))
        fresh(_fill, one, [YEARS[-1]])
        pairs = [
            (timed(lambda: report(one)), timed(lambda: report(many)))
            for _ in range(ROUNDS)
        ]
        with Ledger.open(many, read_only=True) as ledger:
            events = ledger.position
    return Years(
        len(YEARS),
        events,
        statistics.median(long for _, long in pairs),
        statistics.median(long / short for short, long in pairs),
    )


def _fill(path: Path, fiscal_years: Iterable[int]) -> None:
    with Ledger.open(path, actor="bench") as ledger:
        for year in fiscal_years:
            events = (_in_year(*each, year) for each in _of_projects())
            while batch := list(islice(events, 1000)):
                ledger.append(*batch)


def _of_projects() -> Iterator[tuple[int, Event]]:
    """Yield the events of projects in order of recording, each with its number."""
    dated = [
        (recorded_on - portfolio.year_of(number).start, number, i, event)
        for number in range(PER_YEAR)
        for i, (recorded_on, event) in enumerate(portfolio.project(number))
    ]
    dated.sort(key=lambda each: each[:3])
    return ((number, event) for _, number, _, event in dated)


def _in_year(number: int, event: Any, year: int) -> Event:
    """Return an event as if it were of another year, in a project of its own."""

    def then(on: date) -> date:
        return on.replace(year=year)

    code = f"{year}-P{number:05}"
    moved: Any = replace(event, project=code, on=then(event.on))
    if isinstance(moved, BudgetApproved):
        assert moved.plan is not None  # The generated forms have one.
        plan = SpendingPlan(
            checkpoints=tuple(
                Checkpoint(then(each.on), each.amount)
                for each in moved.plan.checkpoints
            ),
            reading=moved.plan.reading,
        )
        moved = replace(moved, fiscal_year=year, plan=plan)
    shown: Event = moved
    return shown


def main() -> None:
    """Print the jobs of each size, and the report after many years."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=["S", "M"])
    parser.add_argument("--out", type=Path, help="a file for the figures, in JSON")
    options = parser.parse_args()
    sizes = {size: measure(size) for size in options.sizes}
    long = years()
    print(
        f"monthly report after {long.years} years ({long.events} events): "
        f"{long.seconds * 1000:.1f} ms, {long.ratio:.2f} x one year's ledger"
    )
    if options.out is not None:
        options.out.write_bytes(msgspec.json.encode(Scaled(sizes, long)))


if __name__ == "__main__":
    main()

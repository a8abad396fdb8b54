"""Everything that is measured, written down in ``RESULTS.md``."""

import argparse
import os
import platform
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

import compare
import portfolio
from compare import FLOOR, ONCE, OURS, ROUNDS, SLOW, Timing
from scale import Growth, Scaled
from workload import Job

FILE = Path(__file__).with_name("RESULTS.md")
JULU = Path(__file__).parents[1] / "examples" / "julu_2023"

BOUNDS = {
    Job.APPEND_ONE: (2.0, 1.25),
    Job.APPEND_MANY: (4.0, 2.2),
    Job.REPLAY: (3.0, 1.9),
    Job.REPORT: (0.5, 0.2),
    Job.PROJECT: (2.0, 0.5),
    Job.VERIFY: (8.0, 4.0),
}
"""What we must reach at size M, and aim at, as ratios to the floor."""

MEMORY = 120
"""Megabytes that a job may take, at any size."""

LIBRARIES = (
    "attrs msgspec sqlite-utils eventsourcing pandas polars duckdb beancount".split()
)
PROGRAMS = ("hledger", "ledger")


def machine() -> Iterator[tuple[str, str]]:
    """Yield what this ran on."""
    yield "date", f"{datetime.now(UTC):%Y-%m-%d}"
    yield "processor", f"{os.cpu_count()} × {_processor()}"
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    yield "memory", f"{pages / 2**30:.0f} GiB"
    yield "system", f"{platform.system()} {platform.release()}"
    yield "Python, SQLite", f"{platform.python_version()}, {sqlite3.sqlite_version}"
    yield "libraries", ", ".join(map(_library, LIBRARIES))
    yield "programs", ", ".join(map(_program, PROGRAMS))


def _processor() -> str:
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    return text.partition("model name\t: ")[2].partition("\n")[0] or "unknown"


def _library(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} not installed"


def _program(name: str) -> str:
    try:
        done = subprocess.run([name, "--version"], check=True, capture_output=True)
    except FileNotFoundError:
        return f"{name} not installed"
    return done.stdout.decode().splitlines()[0].partition(", the")[0]


def scaled(python: str, sizes: Sequence[str]) -> Scaled:
    """Let a Python without the peers measure growth: pandas would be loaded there."""
    script = str(Path(__file__).with_name("scale.py"))
    with tempfile.TemporaryDirectory(prefix="ledger-scaled-") as name:
        out = Path(name, "scaled.json")
        subprocess.run([python, script, *sizes, "--out", str(out)], check=True)
        return msgspec.json.decode(out.read_bytes(), type=Scaled)


def starts(python: str) -> Iterator[tuple[str, float, float]]:
    """Yield what starting takes: the job, its median in seconds, what it must take."""
    lines = "import time", "t = time.perf_counter()", "import ledger"
    imported = "; ".join([*lines, "print(time.perf_counter() - t)"])
    taken = [float(_run(python, "-c", imported)) for _ in range(15)]
    yield "import ledger", statistics.median(taken), 0.15
    sys.path.insert(0, str(JULU))
    with tempfile.TemporaryDirectory(prefix="ledger-start-") as name:
        julu = Path(name, "julu.ledger")
        import_module("illustrate").create(julu)
        taken = []
        for _ in range(9):
            start = time.perf_counter()
            month = ("--month", "2023-06")
            _run(python, "-m", "ledger", "report", str(julu), *month)
            taken.append(time.perf_counter() - start)
    yield "budget-ledger report, Julu 2023", statistics.median(taken), 0.35


def _run(*command: str) -> str:
    done = subprocess.run(command, check=True, capture_output=True)
    return done.stdout.decode()


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table; all but the first column are numbers."""
    yield "| " + " | ".join(heads) + " |"
    yield "| --- |" + " ---: |" * (len(heads) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def contest(timings: Sequence[Timing], *, bounded: bool) -> Iterator[str]:
    """Yield the table of every contestant's ratios to the floor."""
    found = {(each.job, each.who): each for each in timings}
    jobs = list(dict.fromkeys(each.job for each in timings))
    whos = list(dict.fromkeys(each.who for each in timings))
    bounds = ("must", "aim") if bounded else ()

    def cell(job: Job, who: str) -> str:
        timing = found.get((job, who))
        if timing is None:
            return ""
        return f"{timing.ratio:.2f}{'*' if timing.rounds < ROUNDS else ''}"

    def row(job: Job) -> list[str]:
        floor = found[job, FLOOR].seconds * 1000
        limits = [f"{bound:g}" for bound in BOUNDS[job]] if bounded else []
        rest = [who for who in whos if who not in {FLOOR, OURS}]
        return [
            f"{job}",
            f"{floor:.1f} ms",
            f"**{cell(job, OURS)}**",
            *limits,
            *(cell(job, who) for who in rest),
        ]

    rest = [who for who in whos if who not in {FLOOR, OURS}]
    yield from table(["job", FLOOR, OURS, *bounds, *rest], map(row, jobs))


def missed(timings: Iterable[Timing]) -> str:
    """Return the sentence that names what is slower than it must be."""
    over = [
        f"{each.job} ({each.ratio:.2f}, must {BOUNDS[each.job][0]:g})"
        for each in timings
        if each.who == OURS and each.ratio > BOUNDS[each.job][0]
    ]
    return f"Not met: {', '.join(over)}." if over else "Every bound is met."


def grown(found: dict[str, tuple[int, list[Growth]]]) -> Iterator[str]:
    """Yield the table of jobs from size to size."""
    heads = ["job, in a fresh process"]
    for size, (count, _) in found.items():
        heads += [f"{size}, {count:,} events", "MB", "x floor"]
    jobs = dict.fromkeys(each.job for _, done in found.values() for each in done)

    def row(job: str) -> Iterator[str]:
        yield job
        for _, done in found.values():
            one = next((each for each in done if each.job == job), None)
            if one is None:
                yield from ("", "", "")
                continue
            yield f"{one.seconds * 1000:,.1f} ms"
            yield f"{one.megabytes:.0f}"
            yield "" if one.ratio is None else f"{one.ratio:.2f}"

    yield from table(heads, (list(row(job)) for job in jobs))


def written(
    python: str, sizes: Sequence[str], contests: Sequence[str]
) -> Iterator[str]:
    """
    Measure everything, and yield the page line by line.

    Args:
        contests: The sizes at which peers are measured as well.
    """
    peers, _ = compare.installed()
    chosen = f'BENCH="{" ".join(sizes)}" CONTESTS="{" ".join(contests)}"'
    yield from (
        "# Results",
        "",
        "Medians of ratios to a raw SQLite floor of the same round: less is faster.",
        f"{ROUNDS} rounds; * a peer has fewer beyond {SLOW:.0f} s, and one beyond",
        f"{ONCE:.0f} s; every peer's figures are held to ours first.",
        "`peers/` says what each does;",
        f"`make bench-results {chosen}` repeats all of it;",
        "`make bench BENCH=L` has the peers at a million events.",
        "",
        "The events are two years': every fourth project is the year before of the",
        "next one. One payment in five is on a contract, and each month but the last",
        "is closed 25 days after its end. Reports are of the last year to date, and",
        "so is their floor.",
        "",
        "Only `ledger` checks rules, hashes lines and keeps snapshots as it appends.",
        "Peers keep contracts and closed months, which change no figure of theirs.",
        "hledger, ledger-cli and beancount are given the money alone, and start anew",
        "each time; duckdb appends to a file of its own, and reads Parquet.",
        "",
    )
    yield from table(["", ""], machine())
    for size in contests:
        yield f"## {size}: {portfolio.SIZES[size]} projects"
        yield ""
        timings = compare.measure(size, peers)
        yield from contest(timings, bounded=size == "M")
        if size == "M":
            yield missed(timings)
            yield ""
    yield "## Growth"
    yield ""
    yield f"Memory is the peak, that of a second process included; must: {MEMORY} MB."
    yield ""
    found = scaled(python, sizes)
    yield from grown(found.sizes)
    long = found.years
    yield f"After {long.years} years and {long.events:,} events the monthly report"
    yield f"takes {long.seconds * 1000:.1f} ms, {long.ratio:.2f} × that of one year's."
    yield ""
    yield "## Starting"
    yield ""
    rows = ((job, f"{s:.2f} s", f"{must:g} s") for job, s, must in starts(python))
    yield from table(["", "median", "must"], rows)


def main() -> None:
    """Measure at each size, and write the page when all is done."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=["S", "M"])
    parser.add_argument(
        "--contests", nargs="*", help="sizes with peers; by default all"
    )
    parser.add_argument("--python", required=True, help="one without the peers")
    options = parser.parse_args()
    contests = options.sizes if options.contests is None else options.contests
    page = written(options.python, options.sizes, contests)
    text = "\n".join(page).rstrip() + "\n"
    FILE.write_text(text, encoding="utf-8")
    print(f"written to {FILE}")


if __name__ == "__main__":
    main()

"""Counts of instructions, held to a baseline: a guard against growing slower."""

import argparse
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import portfolio
from bench import replay, report, verify
from ledger import Ledger
from ledger.events import Event

BASELINE = Path(__file__).with_name("instructions.json")
TOLERANCE = 0.10
_COUNTED = re.compile(r"I\s+refs:\s+([0-9,]+)")


def append(folder: Path, events: list[Event]) -> None:
    """Append events to a new ledger, a hundred in a transaction."""
    numbers = count()

    def entropy(size: int) -> bytes:
        return next(numbers).to_bytes(size, "little")

    with Ledger.open(
        folder / f"{os.getpid()}.ledger",
        actor="bench",
        clock=lambda: datetime(2024, 1, 1, tzinfo=UTC),
        entropy=entropy,
    ) as ledger:
        for some in portfolio.batches(events, 100):
            ledger.append(*events[some])


JOBS: dict[str, Callable[[Path, list[Event]], object]] = {
    "append": append,
    "append without": lambda folder, events: append(folder, events[:1]),
    "replay": lambda folder, _: replay(folder / "made.ledger"),
    "replay without": lambda folder, _: replay(folder / "empty.ledger"),
    "report": lambda folder, _: report(folder / "made.ledger"),
    "report without": lambda folder, _: report(folder / "empty.ledger"),
    "verify": lambda folder, _: verify(folder / "made.ledger"),
    "verify without": lambda folder, _: verify(folder / "empty.ledger"),
}
"""
Each job, and the same with next to nothing to do: starting, and loading what it needs.
"""


def counted(job: str, folder: Path) -> int:
    """Return how many instructions a fresh process takes for a job, start included."""
    done = subprocess.run(
        [
            *("valgrind", "--tool=cachegrind", "--cache-sim=no"),
            "--cachegrind-out-file=/dev/null",
            *(sys.executable, __file__, "--job", job, "--folder", str(folder)),
        ],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
    )
    found = _COUNTED.search(done.stderr)
    assert found is not None, done.stderr
    return int(found[1].replace(",", ""))


def measured() -> dict[str, int]:
    """Return the instructions of each job, without what it takes to get there."""
    with tempfile.TemporaryDirectory(prefix="ledger-instructions-") as name:
        folder = Path(name)
        append(folder, list(portfolio.events(portfolio.SIZES["S"])))
        (folder / f"{os.getpid()}.ledger").rename(folder / "made.ledger")
        append(folder, [])
        (folder / f"{os.getpid()}.ledger").rename(folder / "empty.ledger")
        counts = {job: counted(job, folder) for job in JOBS}
    return {
        job: number - counts[f"{job} without"]
        for job, number in counts.items()
        if f"{job} without" in counts
    }


def held(found: dict[str, int], known: dict[str, int]) -> bool:
    """Print each count beside its baseline; return whether none is far above it."""
    sound = True
    for job, number in found.items():
        change = number / known[job] - 1
        print(f"{job:<8} {number / 1e6:10.1f} million  {change:+.1%}")
        sound = sound and change <= TOLERANCE
    return sound


def main() -> None:
    """Count, and hold to the baseline or record it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--job", choices=JOBS)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.job is not None:
        events = list(portfolio.events(portfolio.SIZES["S"]))
        JOBS[options.job](options.folder, events)
        return
    here = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "machine": platform.machine(),
    }
    if options.record:
        kept = {**here, "counts": measured()}
        BASELINE.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        print(f"recorded in {BASELINE}")
        return
    kept = json.loads(BASELINE.read_text("utf-8"))
    if kept | here != kept:
        made = ", ".join(f"{name} {kept[name]}" for name in here)
        found = ", ".join(here.values())
        print(f"not counted: the baseline was made with {made}; here are {found}")
        return
    if not held(measured(), kept["counts"]):
        sys.exit(f"more than {TOLERANCE:.0%} above the baseline; see CONTRIBUTING.md")


if __name__ == "__main__":
    main()

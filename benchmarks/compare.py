"""Every job against its floor, and peers beside us once their figures are ours."""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import frozen

import portfolio
import portfolio_files
from answers import of_one, replayed, reported
from bench import contest, timed
from workload import FEW, Answer, Job, Workload, agree

PEERS = (
    "script",
    "aggregates",
    "recorder",
    "pandas_csv",
    "polars_parquet",
    "duckdb_parquet",
    "hledger",
    "ledger_cli",
    "beancount_api",
)
FLOOR, OURS = "floor", "ledger"
ROUNDS = 5
FEWER = 3
SLOW = 1.0
"""Seconds beyond which a peer has fewer rounds, and no run before each to warm up."""
ONCE = 10.0
"""Seconds beyond which a peer has one round: where figures are held to ours, that."""

_APPENDED = {Job.APPEND_ONE: 1, Job.APPEND_MANY: 1000}
_READ = {Job.REPLAY: "replay", Job.REPORT: "report", Job.PROJECT: "project"}


@frozen
class Timing:
    """
    How long a contestant takes for a job.

    Attributes:
        ratio: The median of ratios to the floor of the same round.

        seconds: The median.
    """

    job: Job
    who: str
    ratio: float
    seconds: float
    rounds: int


def installed() -> tuple[list[Any], list[str]]:
    """Return the peers that can run here, and the names of those that cannot."""
    there, missing = [], []
    for name in PEERS:
        try:
            peer = import_module(f"peers.{name}")
        except ImportError:
            missing.append(name)
            continue
        program = getattr(peer, "PROGRAM", None)
        if program is None or shutil.which(program):
            there.append(peer)
        else:
            missing.append(name)
    return there, missing


def measure(size: str, peers: list[Any]) -> list[Timing]:
    """Time every job of every contestant at a size, once all figures agree."""
    with tempfile.TemporaryDirectory(prefix="ledger-peers-") as name:
        folder = Path(name)
        ready = contest(portfolio.SIZES[size], folder)
        work = Workload.of([portfolio_files.fact(e) for e in ready.events], folder)
        portfolio_files.write(folder, work.facts)
        stored: dict[str, float] = {}
        for peer in peers:
            if hasattr(peer, "STORE"):
                start = time.perf_counter()
                peer.append(folder / peer.STORE, work.facts, 1000)
                stored[peer.NAME] = time.perf_counter() - start
        ours = {
            Job.REPLAY: partial(replayed, ready.ours),
            Job.REPORT: partial(reported, ready.ours),
            Job.PROJECT: partial(of_one, ready.ours, work.one),
        }
        timings = []
        for job, (floor, mine) in ready.jobs.items():
            contestants = {FLOOR: floor, OURS: mine}
            seen = stored if job is Job.APPEND_MANY else {}
            expected = ours[job]() if job in ours else None
            if job is Job.REPLAY:
                contestants[OURS] = ours[job]  # With the figures, as peers have them.
            for peer in peers:
                theirs = _job(peer, job, work)
                if theirs is not None:
                    contestants[peer.NAME] = theirs
                    if expected is not None:
                        start = time.perf_counter()
                        found = theirs()
                        seen[peer.NAME] = time.perf_counter() - start
                        agree(expected, _answer(peer, job, work, found))
            timings += _timings(job, contestants, seen)
            _say(timings[-len(contestants) :])
    return timings


def _job(peer: Any, job: Job, work: Workload) -> Callable[[], object] | None:
    """Return what a peer does for a job; ``None`` where it does not do that."""
    if job in _READ:
        return partial(getattr(peer, _READ[job]), work)
    if job not in _APPENDED or not hasattr(peer, "append"):
        return None
    batch = _APPENDED[job]
    facts = work.facts[:FEW] if batch == 1 else work.facts
    return partial(peer.append, work.folder / f"appended-{batch}.db", facts, batch)


def _answer(peer: Any, job: Job, work: Workload, found: Any) -> Answer:
    """Return what a peer found as figures."""
    if hasattr(peer, "answer"):
        found = peer.answer(work, found, monthly=job is Job.REPLAY)
    answer: Answer = found
    return answer


def _timings(
    job: Job,
    contestants: Mapping[str, Callable[[], object]],
    seen: Mapping[str, float],
) -> list[Timing]:
    """
    Time contestants one after the other in each round, the floor first.

    Args:
        seen: What some took when their events were stored, or their figures were held
            to ours.
    """
    taken: dict[str, list[float]] = {
        who: [seen[who]] if seen.get(who, 0) > ONCE else [] for who in contestants
    }
    for number in range(ROUNDS):
        for who, call in contestants.items():
            least = min(taken[who], default=0.0)
            theirs = who not in {FLOOR, OURS}
            slow, endless = theirs and least > SLOW, least > ONCE
            if number >= (1 if theirs and endless else FEWER if slow else ROUNDS):
                continue
            if len(taken[who]) == number:
                warm = not (job in _APPENDED or slow or endless)
                taken[who].append(timed(call, warm=warm))
    return [
        Timing(
            job,
            who,
            statistics.median(map(float.__truediv__, seconds, taken[FLOOR])),
            statistics.median(seconds),
            len(seconds),
        )
        for who, seconds in taken.items()
    ]


def _say(timings: list[Timing]) -> None:
    print(timings[0].job)
    for each in timings:
        rounds = f"  ({each.rounds} rounds)" if each.rounds < ROUNDS else ""
        print(
            f"  {each.who:<28} {each.ratio:10.2f} x floor"
            f"  {each.seconds * 1000:10.1f} ms{rounds}",
            flush=True,
        )


def main() -> None:
    """Print the ratios of every contestant that is installed, size by size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", default=["S", "M"])
    sizes = parser.parse_args().sizes
    peers, missing = installed()
    for name in missing:
        print(f"{name}: not installed")
    for size in sizes:
        start = time.perf_counter()
        print(f"\nsize {size}: {portfolio.SIZES[size]} projects")
        measure(size, peers)
        print(f"in {time.perf_counter() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()

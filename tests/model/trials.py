"""Many histories: in processes, counted, and a difference cut down to few steps."""

import math
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from typing import NamedTuple

from .compare import run
from .histories import History, draw
from .tally import Differs, Tally


class Outcome(NamedTuple):
    """What the comparison of one history said."""

    seed: int
    counts: dict[str, int]
    difference: str | None


class Sum(NamedTuple):
    """What the comparison of many histories said."""

    histories: int
    counts: Counter[str]
    seconds: float
    differences: list[str]

    @property
    def figures(self) -> int:
        """How many figures were compared."""
        return sum(self.counts.values())

    def text(self) -> str:
        """Say it in a few lines."""
        rate = self.figures / max(self.seconds, 0.001)
        parts = ", ".join(f"{name} {n:,}" for name, n in sorted(self.counts.items()))
        said = (
            f"{self.histories:,} histories, {self.figures:,} figures"
            f" in {self.seconds:.0f} s ({rate:,.0f} a second)\n{parts}"
        )
        return "\n".join([*self.differences, said])


def trial(seed: int, *, length: int | None = None, cuts: int = 3) -> Outcome:
    """
    Compare the history of a seed; a difference is told with a short history.

    Args:
        length: Of the history, in steps; by default as drawn.

        cuts: At how many pairs of dates everything is read.
    """
    tally = Tally()
    history = draw(seed, length)
    try:
        run(history, tally, cuts=cuts)
    except Differs as difference:
        return Outcome(seed, tally.counts, told(history, difference))
    except Exception as problem:
        problem.add_note(f"seed {seed}")
        raise
    return Outcome(seed, tally.counts, None)


def told(history: History, difference: Differs) -> str:
    """Say a difference, with the fewest steps that still show one."""
    short, last = shrunk(history, difference)
    steps = "\n".join(f"  {step.now:%Y-%m-%d} {step}" for step in short.steps)
    return (
        f"seed {history.seed}, {history.terms}:\n{difference}\n"
        f"as short as it gets, {len(short.steps)} of {len(history.steps)} steps:\n"
        f"{steps}\n{last}\n"
    )


def shrunk(history: History, difference: Differs) -> tuple[History, Differs]:
    """Leave out steps as long as some figure differs."""
    steps, begun = list(history.steps), time.perf_counter()
    size = max(len(steps) // 2, 1)
    while size and time.perf_counter() - begun < 20:
        start = 0
        while start < len(steps) and len(steps) > 1:
            fewer = steps[:start] + steps[start + size :]
            found = fails(history._replace(steps=fewer)) if fewer else None
            if found is None or place(found) != place(difference):
                start += size
            else:
                steps, difference = fewer, found
        size //= 2
    return history._replace(steps=steps), difference


def place(difference: Differs) -> str:
    """Return where a difference was read."""
    return difference.figure.split(":")[0]


def fails(history: History) -> Differs | None:
    """Return the difference that a history shows."""
    try:
        run(history, Tally(), cuts=6)
    except Differs as difference:
        return difference
    return None


def many(
    seeds: Iterable[int], *, processes: int | None = None, length: int | None = None
) -> Iterator[Outcome]:
    """Compare histories side by side, each of *length* steps or as drawn."""
    waiting = iter(seeds)
    with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
        for several in iter(lambda: list(islice(waiting, 16)), []):
            yield from pool.map(partial(trial, length=length), several)


def summed(
    outcomes: Iterable[Outcome], *, most: int = 3, enough: float = math.inf
) -> Sum:
    """Count figures until there are *enough*, or *most* histories differ."""
    begun, counts, done = time.perf_counter(), Counter[str](), 0
    differences: list[str] = []
    for outcome in outcomes:
        done += 1
        counts.update(outcome.counts)
        if outcome.difference is not None:
            differences.append(outcome.difference)
        if len(differences) >= most or counts.total() >= enough:
            break
    return Sum(done, counts, time.perf_counter() - begun, differences)

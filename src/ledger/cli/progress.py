"""Progress bars for long work; they show on a terminal only."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from ledger.domain.progress import Tick

T = TypeVar("T")


@contextmanager
def ticking(label: str, total: int | None) -> Iterator[Tick]:
    """
    Show how far work is; the function given takes how much more is done.

    Args:
        total: How much there is to do; ``None`` where that is not known before.
    """
    if not sys.stderr.isatty():
        yield bool
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda more: bar.advance(task, more)


def tracked(label: str) -> Callable[[Sequence[T]], Iterator[T]]:
    """Return what shows how far a walk through a sequence is."""

    def walk(items: Sequence[T]) -> Iterator[T]:
        with ticking(label, len(items)) as tick:
            for item in items:
                yield item
                tick(1)

    return walk

"""How long work tells how far it is."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

T = TypeVar("T")

Tick = Callable[[int], object]
"""Takes how many more things are done; ``bool`` makes nothing of it."""

TOGETHER: Final = 1_000
"""How many things are told of at a time: showing takes longer than most of them."""


def told(items: Iterable[T], tick: Tick) -> Iterator[T]:
    """Yield *items*, and tell *tick* of them once they are done with."""
    done = 0
    for item in items:
        yield item
        done += 1
        if done % TOGETHER == 0:
            tick(TOGETHER)
    tick(done % TOGETHER)

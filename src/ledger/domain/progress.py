"""How far long work is: one protocol, for all that may show it."""

from collections.abc import Iterable, Iterator
from typing import Final, Protocol, TypeVar

T = TypeVar("T")

TOGETHER: Final = 1_000
"""How many items are reported at a time: showing takes longer than most of them."""

_STEPS: Final = 100
"""How many times at least progress is reported where the number of items is known."""


class Progress(Protocol):
    """Follows long work, and may show how far it is."""

    def __call__(self, more: int, total: int | None = None, /) -> object:
        """
        Hear that work went on.

        Args:
            more: How many more things are done.

            total: Given where a part of the work begins whose length is known: how
                many things it has.
        """


def silent(_more: int, _total: int | None = None, /) -> None:
    """Show nothing: the progress of work that is not watched."""


def watched(
    items: Iterable[T], progress: Progress, total: int | None = None
) -> Iterator[T]:
    """
    Yield *items*, and tell *progress* of them once they are done with.

    Args:
        total: How many they are, where they are a part of the work by themselves.
    """
    every = TOGETHER
    if total is not None:
        every = max(1, min(TOGETHER, total // _STEPS))
        progress(0, total)
    done = 0
    for item in items:
        yield item
        done += 1
        if done % every == 0:
            progress(every)
    if done % every:
        progress(done % every)

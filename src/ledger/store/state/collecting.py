"""The collector of cycles, while many states are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class CollectorPaused:
    """
    Looks for no cycles of garbage meanwhile: states have none.

    Python looks for them each time that some hundreds of lists were made, and now and
    then goes through all that the program holds; states of a county are thousands of
    lists. Where the caller paused it, it stays so.
    """

    __slots__ = ("_was_on",)

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()


@contextmanager
def collector_spared() -> Iterator[None]:
    """Pause it as well; what was made by then stays, and it never goes through that."""
    with CollectorPaused():
        yield
        gc.freeze()

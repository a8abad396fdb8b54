"""The collector of cycles, while many states are made at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """
    Look for no cycles of garbage meanwhile: states have none.

    Python looks for them each time that some hundreds of lists were made, and now and
    then goes through all that the program holds; states of a county are thousands of
    lists. Where the caller paused it, it stays so.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def collector_spared() -> Iterator[None]:
    """Pause it as well; what was made by then stays, and it never goes through that."""
    with collector_paused():
        yield
        gc.freeze()

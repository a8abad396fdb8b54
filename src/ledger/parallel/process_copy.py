"""A copy of this process, which works for it and has nothing to load."""

import gc
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Self

_THREADS: Final = Path("/proc/self/task")
_OPEN: Final = Path("/proc/self/fd")


def can_read_in_copy(file: Path) -> bool:
    """
    Return whether a copy of this process can safely read a ledger file.

    A copy has one thread, and what other threads held would stay held in it for ever.
    SQLite in a copy believes that it holds what connections of this process hold:
    that is right for a connection which keeps its view until the copy has ended, and
    may be wrong for any other, so that at most one may be open.
    Only Linux says how many there are.
    """
    try:
        there = file.stat()
        alone = sum(1 for _ in _THREADS.iterdir()) == 1
        return alone and sum(_is(each, there) for each in _OPEN.iterdir()) <= 1
    except OSError:
        return False


def _is(opened: Path, file: os.stat_result) -> bool:
    # What listed them was open itself, and is closed by now.
    with suppress(OSError):
        return os.path.samestat(opened.stat(), file)
    return False


class ProcessCopy:
    """A copy of this process, as far as it must be known to whoever waits for it."""

    def __init__(self, work: Callable[[], None], output: int) -> None:
        """
        Start a copy.

        Args:
            work: What it does; then it ends, whatever came of it.

            output: The file that its standard output is.
        """
        self._has_ended = False
        self._pid = os.fork()
        if self._pid == 0:
            try:
                _take_over(output)
                work()
            finally:
                # Nothing that this process would do when it ends is done by the copy.
                os._exit(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.wait()

    def kill(self) -> None:
        """End it, whether it is done or not."""
        if not self._has_ended:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def wait(self) -> None:
        """Return once it has ended."""
        if not self._has_ended:
            # Where the caller's program waits for all that it started, that did it.
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)
            self._has_ended = True


def _take_over(output: int) -> None:
    """Make this copy one that is ended by signals, and speaks to its file alone."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for file, number in ((nothing, 0), (output, 1), (nothing, 2)):
        os.dup2(file, number)
    # What is there is no garbage, and looking through it would copy it all.
    gc.freeze()

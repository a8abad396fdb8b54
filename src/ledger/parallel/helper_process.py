"""A second process of this package, which works for the one that starts it."""

import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from ledger.parallel.process_copy import ProcessCopy, can_read_in_copy
from ledger.parallel.saying import SIZE

_START: Final = """
import gc, sys
gc.disable()
sys.path += {folders!r}
from {module} import main
gc.freeze()
gc.enable()
main(sys.argv[1:])
"""
"""Loads one module and what it needs, which is no garbage now nor later."""

_BESIDE: Final = ("msgspec", "attrs", "attr")
"""Modules that this process has loaded and the other one needs."""

_OURS: Final = Path(__file__).absolute().parents[2]
"""The folder that this package is in."""


def isolated(module: str, arguments: Sequence[str]) -> list[str]:
    """
    Return the command that runs ``main`` of a module of this package, and only that.

    Whatever lies in the current folder, is named by ``PYTHONPATH`` or hooks itself into
    every start of Python, it is not run: modules come from the standard library, this
    package, and the folders of the libraries that this process has loaded already.

    Args:
        module: Its full name, such as ``ledger.app.replaying``.

        arguments: What ``main`` takes, as one list.
    """
    files = (getattr(sys.modules.get(name), "__file__", None) for name in _BESIDE)
    libraries = (Path(file).absolute().parents[1] for file in files if file)
    folders = dict.fromkeys(map(str, (_OURS, *libraries)))
    start = _START.format(module=module, folders=list(folders))
    # -I: neither the current folder nor variables; -S: no hooks of installed packages.
    return [sys.executable, "-I", "-S", "-c", start, *arguments]


class HelperProcess:
    """
    The ``main`` of a module of this package, at work in a process of its own.

    It says messages, which go to a file without a name: so it never waits for whoever
    hears them, and they are heard while it goes on.
    """

    def __init__(
        self, module: str, arguments: Sequence[str], *, is_copy: bool = False
    ) -> None:
        self._starts: list[int] = []
        self._end = 0
        self._said: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by close()
        self._process: ProcessCopy | subprocess.Popen[bytes]
        try:
            if is_copy:
                work = partial(sys.modules[module].main, arguments)
                self._process = ProcessCopy(work, self._said.fileno())
                return
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                isolated(module, arguments),
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=subprocess.DEVNULL,
            )
        except BaseException:
            self._said.close()
            raise

    @classmethod
    def start(
        cls, module: str, arguments: Sequence[str], *, reads: Path | None = None
    ) -> "HelperProcess | None":
        """
        Return one at work; ``None`` where it would be of no use, or cannot be started.

        Args:
            reads: The ledger file that it reads, where this process holds one view of
                it until the other has ended, or none yet. It may be a copy of this
                one then, which has loaded *module* already.
        """
        # Where Python is part of another program, that program would be started.
        python = Path(sys.executable or "").stem.lower().startswith(("python", "pypy"))
        if (os.cpu_count() or 1) < 2 or not python or not hasattr(os, "pread"):
            return None
        is_copy = reads is not None and can_read_in_copy(reads)
        try:
            return cls(module, arguments, is_copy=is_copy)
        except (OSError, ValueError):
            return None

    def heard(self) -> int:
        """Return how many messages are complete."""
        # What both processes share, the place in the file, must not be moved.
        file = self._said.fileno()
        there = os.fstat(file).st_size
        while there > self._end + SIZE:
            size = int.from_bytes(os.pread(file, SIZE, self._end), "big")
            if not 0 < size <= there - self._end - SIZE:
                break
            self._starts.append(self._end + SIZE)
            self._end += SIZE + size
        return len(self._starts)

    def message(self, number: int) -> bytes:
        """Return a message that was heard; the first is number 0."""
        start = self._starts[number]
        following = self._starts[number + 1 : number + 2]
        end = following[0] - SIZE if following else self._end
        return os.pread(self._said.fileno(), end - start, start)

    def close(self) -> None:
        """End it, whether it is done or not."""
        with self._said, self._process:
            self._process.kill()

"""A second process of this package, beside the one that asks for it."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

_START: Final = """
import sys
from types import ModuleType
package = ModuleType("ledger")
package.__path__ = [{place!r}]
sys.modules["ledger"] = package
from {module} import main
main(sys.argv[1:])
"""
"""Loads one module and what it needs: all that the package offers takes as long again.
"""


class Beside:
    """
    The ``main`` of a module of this package, at work in a process of its own.

    What it writes to standard output goes to a file without a name, so that it never
    waits for whoever reads it.
    """

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        import subprocess
        from tempfile import TemporaryFile

        start = _START.format(module=module, place=str(Path(__file__).parent))
        command = [sys.executable, "-c", start, *arguments]
        places = os.pathsep.join(filter(None, sys.path))
        self._written: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed by close()
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command,
                stdin=subprocess.DEVNULL,
                stdout=self._written,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": places},
            )
        except BaseException:
            self._written.close()
            raise

    @classmethod
    def start(cls, module: str, arguments: Sequence[str]) -> "Beside | None":
        """
        Return one at work; ``None`` where it would be of no use, or cannot be started.
        """
        # Where Python is part of another program, that program would be started.
        python = Path(sys.executable or "").stem.lower().startswith(("python", "pypy"))
        if (os.cpu_count() or 1) < 2 or not python:
            return None
        try:
            return cls(module, arguments)
        except (OSError, ValueError):
            return None

    def written(self) -> IO[bytes] | None:
        """Wait, and return what it wrote, at the start; ``None`` where it failed."""
        if self._process.wait():
            return None
        self._written.seek(0)
        return self._written

    def size(self, start: int, width: int) -> int | None:
        """
        Return how long a message of what it writes is, once all of it is there.

        It may still be at work: nothing that both of them share is moved.

        Args:
            start: Where the message begins.

            width: How many bytes before it say how long it is.
        """
        file = self._written.fileno()
        there = os.fstat(file).st_size - start - width
        size = int.from_bytes(os.pread(file, width, start), "big") if there > 0 else 0
        return size if 0 < size <= there else None

    def message(self, start: int, width: int) -> bytes | None:
        """Return such a message, or ``None``."""
        size = self.size(start, width)
        if size is None:
            return None
        return os.pread(self._written.fileno(), size, start + width)

    def close(self) -> None:
        """End it, whether it is done or not."""
        with self._written, self._process:
            self._process.kill()

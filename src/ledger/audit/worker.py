"""Some streams of a verification, checked in a process of its own."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from ledger.audit.streams import StreamChecks, Virement
from ledger.audit.verification import Protocol
from ledger.log.inspection import Inspection
from ledger.log.sqlite import SqliteLog
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.projections.projection import Projection

PROJECTIONS: tuple[Projection[Any], ...] = (EXECUTION, ATTAINMENT)
"""What a worker folds; those of a caller cannot be handed to a process."""


_START: Final = f"import sys; from {__name__} import main; main(sys.argv[1:])"


class Part(msgspec.Struct):
    """
    What a worker found.

    Attributes:
        size, saved: Of the head that it saw.
    """

    size: int
    saved: int
    protocol: Protocol
    counts: dict[str, int]
    legs: list[tuple[Virement, tuple[int, int]]]


class Worker:
    """A process that checks the streams of a file that come after *after*."""

    def __init__(self, path: Path, after: str) -> None:
        command = [sys.executable, "-c", _START, str(path), after]
        places = os.pathsep.join(filter(None, sys.path))
        environment = {**os.environ, "PYTHONPATH": places}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )

    @classmethod
    def start(cls, path: Path, after: str) -> "Worker | None":
        """Return a worker; ``None`` where no process can be started with this."""
        try:
            return cls(path, after)
        except (OSError, ValueError):
            return None

    def close(self) -> None:
        """End it, whether it is done or not."""
        with self._process:
            self._process.kill()

    def joins(self, checks: StreamChecks, size: int) -> bool:
        """Add what it found to *checks*; say whether it did and saw the same log."""
        out, _ = self._process.communicate()
        try:
            part = msgspec.msgpack.decode(out, type=Part)
        except msgspec.MsgspecError:
            return False
        if (part.size, part.saved) != (size, checks.saved):
            return False
        checks.protocol.add(part.protocol)
        checks.counts += Counter(part.counts)
        for which, (amount, position) in part.legs:
            checks.add_leg(which, amount, position)
        checks.tick(sum(part.counts.values()))
        return True


def main(arguments: Sequence[str]) -> None:
    """Check the streams of a file, and write what was found to standard output."""
    path, after = arguments
    log = SqliteLog.open(path, create=False, read_only=True)
    inspection = Inspection(log)
    with inspection.reading():
        head = log.head()
        checks = StreamChecks(inspection, log.settings, PROJECTIONS, head.saved)
        checks.run(after)
    part = Part(
        head.size,
        head.saved,
        checks.protocol,
        checks.counts,
        list(checks.legs.items()),
    )
    sys.stdout.buffer.write(msgspec.msgpack.encode(part))

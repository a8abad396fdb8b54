"""Some streams of a verification, checked in a process of its own."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from ledger.audit.streams import StreamChecks, Virement
from ledger.audit.verification import Protocol
from ledger.beside import Beside
from ledger.log.inspection import Inspection
from ledger.log.sqlite import SqliteLog
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.execution import EXECUTION
from ledger.projections.projection import Projection

PROJECTIONS: tuple[Projection[Any], ...] = (EXECUTION, ATTAINMENT)
"""What a worker folds; those of a caller cannot be handed to a process."""


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
    """A process that checks the streams of a file that come after one."""

    def __init__(self, beside: Beside) -> None:
        self._beside = beside

    @classmethod
    def start(cls, path: Path, after: str) -> "Worker | None":
        """Return a worker; ``None`` where no process can be started with this."""
        beside = Beside.start(__name__, [str(path), after])
        return None if beside is None else cls(beside)

    def close(self) -> None:
        """End it, whether it is done or not."""
        self._beside.close()

    def joins(self, checks: StreamChecks, size: int) -> bool:
        """Add what it found to *checks*; say whether it did and saw the same log."""
        written = self._beside.written()
        try:
            part = msgspec.msgpack.decode(written.read() if written else b"", type=Part)
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

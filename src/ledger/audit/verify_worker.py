"""A second process for a verification, and what is taken over from it."""

from collections import Counter
from pathlib import Path

import msgspec

from ledger.audit import checked_ranges
from ledger.audit.checked_ranges import RangeResult
from ledger.audit.stream_checks import StreamChecks
from ledger.domain.virements import Virements
from ledger.parallel.helper_process import HelperProcess


class Worker:
    """A process that checks the streams of a file, the last range of them first."""

    def __init__(self, beside: HelperProcess) -> None:
        self._beside = beside

    @classmethod
    def start(cls, path: Path) -> "Worker | None":
        """
        Return a worker; ``None`` where no process can be started with this.

        The caller reads the file in one view until it has closed the worker.
        """
        module = checked_ranges.__name__
        beside = HelperProcess.start(module, [str(path)], reads=path)
        return None if beside is None else cls(beside)

    def close(self) -> None:
        """End it, whether it is done or not."""
        self._beside.close()

    def has(self, place: int, ranges: int) -> bool:
        """
        Return whether it checked the range at a place and all that come after it.

        Args:
            ranges: How many there are.
        """
        return place + self._beside.heard() >= ranges

    def joins(self, checks: StreamChecks, size: int, place: int, ranges: int) -> bool:
        """Add what it found to *checks*; return whether it saw the same log."""
        raw = self._beside.message(ranges - 1 - place)
        try:
            part = msgspec.msgpack.decode(raw, type=RangeResult)
        except msgspec.MsgspecError:
            return False
        same = size, checks.saved, place, ranges
        if (part.size, part.saved, part.place, part.ranges) != same:
            return False
        checks.protocol.add(part.protocol)
        checks.counts += Counter(part.counts)
        checks.last_on = max(checks.last_on, part.last_on)
        checks.virements.join(Virements(dict(part.virements)))
        checks.refunds += part.refunds
        checks.carries += part.carries
        checks.progress(sum(part.counts.values()))
        return True

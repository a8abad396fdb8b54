"""Some parts of a verification, checked in a process of its own."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from ledger.audit.carry_facts import CollectedCarry
from ledger.audit.period_checks import PeriodChecks
from ledger.audit.protocol import Protocol
from ledger.audit.refund_checks import CollectedRefund
from ledger.audit.stream_checks import StreamChecks
from ledger.domain.virements import Legs, VirementKey, Virements
from ledger.parallel.helper_process import HelperProcess, say
from ledger.projections.projection import Projection
from ledger.store.opening import open_store
from ledger.store.state.collecting import collector_paused
from ledger.store.state.packed import ATTAINMENT, EXECUTION

PROJECTIONS: tuple[Projection[Any], ...] = (EXECUTION, ATTAINMENT)
"""What a worker folds; those of a caller cannot be handed to a process."""


class RangeResult(msgspec.Struct):
    """
    The findings of a worker in a range of streams.

    Attributes:
        place: Of their range, of so many *ranges*.

        size, saved: Of the head that it saw.
    """

    place: int
    ranges: int
    size: int
    saved: int
    protocol: Protocol
    counts: dict[str, int]
    last_on: str
    virements: list[tuple[VirementKey, Legs]]
    refunds: list[CollectedRefund]
    carries: list[CollectedCarry]


class Worker:
    """A process that checks the streams of a file, the last range of them first."""

    def __init__(self, beside: HelperProcess, ranges: int) -> None:
        self._beside = beside
        self._ranges = ranges

    @classmethod
    def start(cls, path: Path, ranges: int) -> "Worker | None":
        """
        Return a worker; ``None`` where no process can be started with this.

        Args:
            ranges: How many there are.
        """
        beside = HelperProcess.start(__name__, [str(path)])
        return None if beside is None else cls(beside, ranges)

    def close(self) -> None:
        """End it, whether it is done or not."""
        self._beside.close()

    def has(self, place: int) -> bool:
        """Return whether it checked the range at a place and all that come after it."""
        return place + self._beside.heard() >= self._ranges

    def joins(self, checks: StreamChecks, size: int, place: int) -> bool:
        """Add what it found to *checks*; return whether it saw the same log."""
        raw = self._beside.message(self._ranges - 1 - place)
        try:
            part = msgspec.msgpack.decode(raw, type=RangeResult)
        except msgspec.MsgspecError:
            return False
        same = size, checks.saved, place, self._ranges
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


def main(arguments: Sequence[str]) -> None:
    """Check the streams of a file, the last range first, and say what was found."""
    (path,) = arguments
    log = open_store(path, create=False, read_only=True)
    inspection = log.forensics()
    with inspection.reading(), collector_paused():
        head, ranges = log.head(), inspection.ranges()
        known = PeriodChecks(inspection, log.settings)
        for place in reversed(range(len(ranges))):
            checks = StreamChecks(
                inspection, log.settings, PROJECTIONS, head.saved, periods=known
            )
            checks.run(*ranges[place])
            part = RangeResult(
                place,
                len(ranges),
                head.size,
                head.saved,
                checks.protocol,
                checks.counts,
                checks.last_on,
                list(checks.virements.groups.items()),
                checks.refunds,
                checks.carries,
            )
            say(msgspec.msgpack.encode(part))

"""
Ranges of streams, checked in a process of their own.

It loads nothing that starts processes: that costs a twentieth of its start.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from ledger.audit.carry_facts import CollectedCarry
from ledger.audit.period_checks import PeriodChecks
from ledger.audit.protocol import Protocol
from ledger.audit.refund_checks import CollectedRefund
from ledger.audit.stream_checks import StreamChecks
from ledger.domain.virements import Legs, VirementKey
from ledger.parallel.saying import say
from ledger.projections.projection import Projection
from ledger.store.opening import open_store
from ledger.store.state.collecting import CollectorPaused
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


def main(arguments: Sequence[str]) -> None:
    """Check the streams of a file, the last range first, and say what was found."""
    (path,) = arguments
    log = open_store(path, create=False, read_only=True)
    inspection = log.forensics()
    with inspection.reading(), CollectorPaused():
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

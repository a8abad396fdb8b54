"""What facts that are effective later leave of the money of a day."""

from collections.abc import Sequence
from datetime import date

from ledger.domain.balances import balances, left_of, with_effects
from ledger.domain.envelope import RecordedEvent
from ledger.projections.execution import ExecutionLine

Later = Sequence[tuple[RecordedEvent, int]]
"""Events with what each adds to what is available, in minor units."""


def moved_later(known: Sequence[RecordedEvent], through: date) -> Later:
    """Return the events that are effective after a day and move money."""
    return [
        (each, sum(effect.flow.sign * effect.amount for effect in effects))
        for each, effects in with_effects(known)
        if effects and each.on > through
    ]


def least(known: Sequence[RecordedEvent], later: Later, line: ExecutionLine) -> int:
    """Return the sum of the least available of each source, from its day on."""
    days = {line.through, *(each.on for each, _ in later)}
    sums = [balances(known, day) for day in days]
    return sum(
        min(left_of(by_source.get(source, {})) for by_source in sums)
        for source in line.by_source
    )

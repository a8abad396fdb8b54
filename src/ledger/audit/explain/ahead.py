"""What facts that are effective later leave of the money of a day."""

from collections.abc import Mapping, Sequence
from datetime import date

from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.balances import balances, left_of, with_effects
from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Flow

Later = Sequence[tuple[RecordedEvent, int]]
"""Events with what each adds to what is available, in minor units."""


def moved_later(
    known: Sequence[RecordedEvent], through: date, sources: Sequence[str]
) -> Later:
    """Return the events that are effective after a day and move money of sources."""
    without = {flow for flow in Flow if not flow.sign}
    if _is_closed(known):
        without.add(Flow.HANDED_ON)
    return [
        (each, sum(effect.flow.sign * effect.amount for effect in counted))
        for each, effects in with_effects(known)
        if each.on > through
        and (
            counted := [
                effect
                for effect in effects
                if effect.flow not in without and effect.source in sources
            ]
        )
    ]


def least(
    known: Sequence[RecordedEvent], later: Later, sources: Sequence[str], through: date
) -> int:
    """
    Return the sum of the least available of each of some sources, from a day on.

    What was handed on is taken at the end: it is in the year after. Of a closed year
    it is not: what that carries over is more.
    """
    days = {through, *(each.on for each, _ in later)}
    sums = [balances(known, day) for day in sorted(days)]
    closed = _is_closed(known)

    def of_source(source: str) -> int:
        flows: list[Mapping[Flow, int]] = [each.get(source, {}) for each in sums]
        end = 0 if closed else flows[-1].get(Flow.HANDED_ON, 0)
        spendable = [left_of(_spendable(each)) for each in flows]
        return min(*spendable, spendable[-1] - end)

    return sum(map(of_source, sources))


def under_approval(known: Sequence[RecordedEvent]) -> list[RecordedEvent]:
    """Return events without the withdrawal that ends what they are under."""
    return [each for each in known if type(each.event) is not ApprovalWithdrawn]


def _spendable(flows: Mapping[Flow, int]) -> Mapping[Flow, int]:
    return {flow: each for flow, each in flows.items() if flow is not Flow.HANDED_ON}


def _is_closed(known: Sequence[RecordedEvent]) -> bool:
    """Return whether the last closing was not lifted."""
    kinds = [type(each.event) for each in known]
    turns = [kind for kind in kinds if kind in {ProjectClosed, ProjectReopened}]
    return bool(turns) and turns[-1] is ProjectClosed

"""Legs of carry-overs in the year after, as those of the year before call for them."""

from collections.abc import Iterable

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.closing_events import CarryEvent, CarryReturned, other_project
from ledger.domain.events import BudgetAdjusted
from ledger.domain.funding import Funding, carried_source


def in_next_year(parts: Iterable[Funding]) -> tuple[Funding, ...]:
    """Return amounts by source as the year after has them: of two, one may come."""
    sums: dict[str, int] = {}
    for part in parts:
        source = carried_source(part.source)
        sums[source] = sums.get(source, 0) + part.amount
    return tuple(Funding(source=s, amount=a) for s, a in sorted(sums.items()))


def other_leg(leg: CarryEvent) -> BudgetAdjusted:
    """Return the leg of the year after that goes with one of the year before."""
    back = isinstance(leg, CarryReturned)
    return BudgetAdjusted(
        project=other_project(leg),
        on=leg.on,
        kind=AdjustmentKind.CARRY_RETURNED if back else AdjustmentKind.CARRIED_IN,
        amounts=in_next_year(leg.amounts),
        document=leg.document,
        reason=leg.reason,
        since=leg.since,
    )

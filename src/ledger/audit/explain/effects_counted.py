"""What of the effects of events counts in the sum that a figure is."""

from collections.abc import Mapping
from typing import Final

from ledger.domain.budget import adjustment_kind
from ledger.domain.budget_parts import part_of
from ledger.domain.event_type import Effect, Flow
from ledger.domain.events import Event
from ledger.figures.figure import Figure

SUMS: Final[Mapping[Flow, str]] = {
    Flow.BUDGET: "formula.budget",
    Flow.DISBURSED: "formula.disbursed",
    Flow.RESERVED: "formula.reserved",
    Flow.CONTRACTED: "formula.contracted",
    Flow.CARRIED_OVER: "formula.carried_over",
    Flow.LAPSED: "formula.lapsed",
    Flow.HANDED_ON: "formula.handed_on",
    Flow.REFUNDED: "formula.refunded",
}
"""What the sum of a flow is, as the code of its text."""


def counts(row: Figure, event: Event, effect: Effect) -> bool:
    """Return whether an effect on the budget is of the part that a figure is."""
    if not row.founding and row.budget_part is None:
        return True
    return part_of(event, effect.source or "", effect.amount) is row.budget_part


def gross(row: Figure, event: Event, effect: Effect) -> int:
    """Return what an effect adds to a figure: parts of a budget are not signed."""
    if row.budget_part is None:
        return effect.amount
    return adjustment_kind(event, effect.amount).sign * effect.amount

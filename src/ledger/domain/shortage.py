"""Money that is short for the time being, until the whole of an append is there."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any, Final

from attrs import frozen

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.budget import Adjustment, Budget
from ledger.domain.catalogue import effects_of
from ledger.domain.events import Disbursed, Event

_ENOUGH: Final = 2**62


class UnlimitedBudget:
    """
    A budget that has enough of everything; all else is as it is.

    The rules are asked with it when money alone was short: an append is judged by the
    ends of its days when all of it is there, whatever the order of its events.
    """

    __slots__ = ("_budget",)

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    @classmethod
    def with_(cls, budget: Budget) -> Any:
        """Return what the rules take for a budget."""
        return cls(budget)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._budget, name)

    def free(self, _source: str, on: date) -> tuple[int, date]:
        """Return more than anybody asks for."""
        return _ENOUGH, on


@frozen
class Shortage:
    """Money taken before it was there, by funding source, and the day."""

    on: date
    sources: tuple[str, ...]

    @classmethod
    def of(cls, event: Event) -> "Shortage":
        """Return what *event* takes."""
        return cls(
            event.on,
            tuple(
                effect.source
                for effect in effects_of(event)
                if effect.source is not None and effect.flow.sign * effect.amount < 0
            ),
        )

    def stands(self, budget: Budget, written: Iterable[Event]) -> bool:
        """
        Return whether some day from then on is overdrawn.

        Args:
            written: What the append has written of the stream: an exception lifts what
                is available by its amount for its own append, from its day on.
        """
        lifted = [
            Adjustment(event.on, event.source, event.amount, AdjustmentKind.SUPPLEMENT)
            for event in written
            if isinstance(event, Disbursed) and event.exception is not None
        ]
        if lifted:
            budget = copy(budget)
            budget.adjustments = (*budget.adjustments, *lifted)
        return any(budget.free(each, self.on)[0] < 0 for each in self.sources)

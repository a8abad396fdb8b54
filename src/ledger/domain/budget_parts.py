"""How the budget of a day came about: the original one, and its other parts."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from ledger.domain.adjustment_kind import (
    AdjustmentKind,
    BudgetOrigin,
    BudgetPart,
    BudgetParts,
)
from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.budget import (
    Adjustment,
    Budget,
    adjustment_kind,
    approved_by,
)
from ledger.domain.events import BudgetApproved, Event
from ledger.domain.funding import is_carried_over

_ANNUAL: Final = BudgetOrigin.ANNUAL


def part_of(event: Event, source: str, amount: int) -> BudgetPart | None:
    """
    Return the part of a budget that an effect of *event* counts as.

    ``None`` stands for the original budget.
    """
    if isinstance(event, BudgetApproved | ApprovalWithdrawn):
        return approved_as(event.origin or _ANNUAL, source)
    return adjustment_kind(event, amount)


def approved_as(origin: BudgetOrigin, source: str) -> BudgetPart | None:
    """
    Return the part that an approved amount counts as; ``None``: the original budget.

    Money of the year before is never part of it, and never approved in-year.
    """
    if is_carried_over(source):
        return AdjustmentKind.CARRIED_IN
    return None if origin is _ANNUAL else origin


def is_plain(budget: Budget) -> bool:
    """Return whether all of a budget is its original one, as most of them are."""
    if budget.adjustments or budget.origin is not _ANNUAL:
        return False
    return not any(map(is_carried_over, budget.original))


def original_by_source(budget: Budget, through: date) -> Mapping[str, int]:
    """Return what was approved with the year's budget, without carried-over money."""
    approved, origin = approved_by(budget, through), budget.origin
    return {s: a for s, a in approved.items() if approved_as(origin, s) is None}


def parts_by_source(budget: Budget, through: date) -> Mapping[str, BudgetParts]:
    """Return what the other parts effective by *through* come to, by source."""
    found: dict[str, dict[str, int]] = {}

    def add(source: str, part: BudgetPart, amount: int) -> None:
        own = found.setdefault(source, {})
        own[part.value] = own.get(part.value, 0) + amount

    for source, amount in approved_by(budget, through).items():
        part = approved_as(budget.origin, source)
        if part is not None:
            add(source, part, amount)
    for on, source, amount, kind, _ in budget.adjustments:
        if on <= through:
            add(source, kind, kind.sign * amount)
    return found


def standing_adjustments(budget: Budget, through: date) -> list[Adjustment]:
    """Return the adjustments effective by a day, without those corrected by then."""
    known = [each for each in budget.adjustments if each.on <= through]
    for each in [one for one in known if one.corrects is not None]:
        known.remove(each)
        known.remove(
            Adjustment(each.corrects or each.on, each.source, -each.amount, each.kind)
        )
    return known

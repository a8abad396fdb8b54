"""Legs that belong together: what one gives the other takes."""

from typing import Any

from ledger.events import AdjustmentCorrected, BudgetAdjusted

from . import carries, corrections, money


def unbalanced(request: list[Any]) -> set[str]:
    """Sum virement legs by day, document and source; no project on both sides."""
    sums: dict[Any, int] = {}
    sides: dict[Any, set[str]] = {}
    for event in request:
        if isinstance(event, carries.LEGS):
            for key, amount in carries.sums(event):
                sums[key] = sums.get(key, 0) + amount
        if isinstance(event, BudgetAdjusted) and event.kind.startswith("virement"):
            group = (event.on, event.document)
            for a in event.amounts:
                key = (*group, a.source)
                sums[key] = sums.get(key, 0) + money.ADDS[event.kind] * a.amount
            sides.setdefault((*group, event.project), set()).add(event.kind)
        if isinstance(event, AdjustmentCorrected):
            for key, amount in corrections.sums(event):
                sums[key] = sums.get(key, 0) + amount
                sides.setdefault((*key[:3], event.project), set()).add(event.kind)
    bad = any(sums.values()) or any(len(kinds) > 1 for kinds in sides.values())
    return {"VirementUnbalanced", "BudgetExceeded"} if bad else set()

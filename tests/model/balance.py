"""What a request comes to as a whole: legs that balance, sources that suffice."""

from datetime import date
from typing import Any

from ledger.events import AdjustmentCorrected, BudgetAdjusted

from . import carries, corrections, money
from .book import Book, Fact, under_approval


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


def overdrawn(
    book: Book, facts: list[Fact], written: list[Fact], request: list[Any]
) -> set[str]:
    """
    Say whether some day's end is negative and lower than it was.

    What the request pays as exceptions takes nothing that it could have too little of.
    """
    asked = [e for e in request if isinstance(e, money.MONEY)]
    for project, year in {(e.project, book.year_about(e)) for e in asked}:
        old = money.of_project(under_approval(facts, date.max), project, year)
        new = money.of_project(under_approval(written, date.max), project, year)
        lifted = [f for f in new if f in old or getattr(f, "exception", None) is None]
        for day in sorted({f.on for f in new}):
            for source in money.sources(new):
                after = money.least(lifted, source, day)
                if after < 0 and after < money.least(old, source, day):
                    return {"BudgetExceeded"}
    return set()

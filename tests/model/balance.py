"""What a request comes to as a whole: legs that balance, sources that suffice."""

from collections import Counter
from datetime import date
from typing import Any

from ledger.events import (
    AdjustmentCorrected,
    BudgetAdjusted,
    CommitmentEntered,
    Disbursed,
)

from . import carries, corrections, money
from .book import Book, Fact, under_approval
from .spelling import Exact


def unbalanced(request: list[Any]) -> set[str]:
    """Sum virement legs by day, document and source; no project on both sides."""
    sums: dict[Any, int] = {}
    givers: dict[Any, set[bool]] = {}
    sides: dict[Any, set[str]] = {}
    for event in request:
        if isinstance(event, carries.LEGS):
            for key, amount in carries.sums(event):
                sums[key] = sums.get(key, 0) + amount
                gives = not isinstance(event, BudgetAdjusted)
                givers.setdefault(key[:-1], set()).add(gives)
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
    bad = bad or {False} in givers.values()  # A leg of nothing is alone as well.
    return {"VirementUnbalanced", "BudgetExceeded"} if bad else set()


def overdrawn(
    book: Book, facts: list[Fact], written: list[Fact], request: list[Any]
) -> set[str]:
    """
    Say whether some day's end is negative and lower than it was, or taken of at all.

    What the request pays as exceptions takes nothing that it could have too little of.
    Of a source that is overspent nothing else is taken, even where more comes back.
    """
    asked = [e for e in request if isinstance(e, money.MONEY)]
    for project, year in {(e.project, book.year_about(e)) for e in asked}:
        old = money.of_project(under_approval(facts, date.max), project, year)
        new = money.of_project(under_approval(written, date.max), project, year)
        lifted = [f for f in new if f in old or getattr(f, "exception", None) is None]
        own = [e for e in asked if (e.project, book.year_about(e)) == (project, year)]
        if any(
            money.least(lifted, Exact(s), e.on) < 0 for e in own for s in taken_of(e)
        ):
            return {"BudgetExceeded"}
        for day in sorted({f.on for f in new}):
            for source in map(Exact, money.sources(new)):
                after = money.least(lifted, source, day)
                if after < 0 and after < money.least(old, source, day):
                    return {"BudgetExceeded"}
    return set()


def paired(taken: list[Fact], facts: list[Fact]) -> list[Fact]:
    """Return what a request takes without legs of which the other one is refused."""
    sums = Counter[Any]()
    legs = [f for f in taken if f not in facts and isinstance(f.event, carries.LEGS)]
    for fact in legs:
        for key, amount in carries.sums(fact.event):
            sums[key] += amount
    alone = [f for f in legs if any(sums[key] for key, _ in carries.sums(f.event))]
    return [fact for fact in taken if fact not in alone]


def taken_of(event: Any) -> set[str]:
    """Return the sources that a fact certainly takes of what is available."""
    match event:
        case Disbursed(commitment=None, exception=None):
            return {event.source}
        case BudgetAdjusted() if money.ADDS[event.kind] < 0:
            return {part.source for part in event.amounts}
        case CommitmentEntered(of=None):
            return {part.source for part in event.amounts}
    return set()

"""Approvals that are withdrawn while nothing rests on them."""

from datetime import date
from typing import Any

import attrs

from ledger.events import (
    ApprovalWithdrawn,
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    Disbursed,
    PriorYearRefund,
    ResultReported,
    ResultRetracted,
)

from . import commitments, money
from .book import Book, Fact, stream_of
from .calendar import Year

RESTING = (
    Disbursed,
    BudgetAdjusted,
    CarriedOver,
    CarryReturned,
    PriorYearRefund,
    *commitments.OF_COMMITMENTS,
)


def refused(
    facts: list[Fact], own: list[Any], event: ApprovalWithdrawn, year: Year
) -> set[str]:
    """
    Return the errors that a withdrawal may end in.

    Args:
        facts: Those under the approval.

        own: Of these, the money facts of the project-year.
    """
    found: set[str] = set()
    if not event.reason.strip():
        found.add("InvalidInput")
    if event.on > year.last:
        found |= {"OutsideFiscalYear", "UnknownProject"}
    stream = f"project:{year.name}:{event.project}"
    known = [f for f in facts if f.stream == stream]
    retracted = {f.event.of for f in known if isinstance(f.event, ResultRetracted)}
    told = any(
        isinstance(f.event, ResultReported) and f.id not in retracted for f in known
    )
    if told or any(isinstance(f, RESTING) for f in own):
        found.add("ApprovalInUse")
    return found


def completed(own: list[Any], event: ApprovalWithdrawn, book: Book) -> Any:
    """Return a withdrawal as it is recorded: with what had been approved."""
    approved = money.approval(own)
    if approved is None:
        return event
    year = book.year(approved.fiscal_year)
    return attrs.evolve(
        event,
        year=None if event.on in year else year.name,
        amounts=tuple(a for a in money.given(approved) if a.amount),
        origin=approved.origin,
    )


def is_bare(own: list[Any]) -> bool:
    """Return whether no money rests on an approval."""
    return not any(isinstance(f, RESTING) for f in own)


def last(book: Book, facts: list[Fact], event: Any) -> date:
    """Return the day from which the approval of a project-year was withdrawn last."""
    year = book.year_about(event)
    days = [
        f.event.on
        for f in facts
        if isinstance(f.event, ApprovalWithdrawn) and f.stream == stream_of(event, year)
    ]
    return days[-1] if days else date.min

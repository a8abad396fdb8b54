"""In which order the facts of one request take effect, whatever theirs."""

from typing import Any

from ledger.events import (
    CarriedOver,
    CarryReturned,
    CommitmentEntered,
    CommitmentReleased,
    Disbursed,
    ProjectClosed,
    SpendingPlanRevised,
)

from .book import Fact


def in_turn(facts: list[Fact]) -> list[Fact]:
    """Return them with those that end others, or take what is left, after those."""
    return sorted(facts, key=_turn)


def _turn(fact: Fact) -> tuple[int, int, int]:
    event: Any = fact.event
    day = event.on.toordinal()
    match event:
        case CommitmentEntered() if event.of or event.continues:
            return 0, 1, day
        case Disbursed(final=True) | CommitmentReleased():
            return 0, 2, day
        case SpendingPlanRevised() if event.form is None:
            return 0, 3, 0
        case ProjectClosed():
            return fact.year, 4, day
        case CarriedOver(amounts=()) | CarryReturned(amounts=()):
            return fact.year, 5, day
    return 0, 0, 0

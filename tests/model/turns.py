"""In which order the facts of one request take effect, whatever theirs."""

from typing import Any

from ledger.events import (
    CarriedOver,
    CarryReturned,
    CommitmentEntered,
    CommitmentReleased,
    Disbursed,
    ProjectClosed,
    ProjectReopened,
    SpendingPlanRevised,
)

from .book import Fact


def in_turn(facts: list[Fact]) -> list[Fact]:
    """
    Return them with those that end others, or take what is left, after those.

    Closings and reopenings of a project-year keep their order.
    """
    turns, last = list[tuple[int, int, int]](), dict[str, tuple[int, int, int]]()
    for fact in facts:
        turn = _turn(fact)
        if isinstance(fact.event, ProjectClosed | ProjectReopened):
            turn = last[fact.stream] = max(turn, last.get(fact.stream, turn))
        turns.append(turn)
    return [facts[i] for i in sorted(range(len(facts)), key=turns.__getitem__)]


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

"""In which order the facts of one request take effect, whatever theirs."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ledger.events import (
    CarriedOver,
    CarryReturned,
    CommitmentEntered,
    CommitmentReleased,
    ConclusionStated,
    Disbursed,
    FormRevised,
    GoalAssessed,
    OutlookStated,
    ProjectClosed,
    ProjectReopened,
    RectificationClosed,
    ResultReported,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)

from .book import Book, Fact
from .carries import OF_YEARS

LAST_HOLDS = (
    ConclusionStated,
    FormRevised,
    GoalAssessed,
    OutlookStated,
    ResultReported,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
"""Of two of these about one thing and day the later holds."""

Refused = Callable[[Book, list[Fact], Any, date], set[str]]
"""Returns the errors that one more fact may end in."""

Completed = Callable[[Book, list[Fact], Any], Any]
"""Returns a fact as it is recorded."""


def in_turn(facts: list[Fact]) -> list[Fact]:
    """
    Return them with those that end others, or take what is left, after those.

    Closings and reopenings of a project-year keep their order, and what is refused of a
    closed year waits for its reopening.
    """
    rows, last = list[Any](), dict[str, tuple[int, int, int]]()
    lifted: dict[str, int] = {}
    for place, fact in enumerate(facts):
        if isinstance(fact.event, ProjectReopened) and fact.stream not in last:
            lifted[fact.stream] = place
        turn = _turn(fact)
        if isinstance(fact.event, ProjectClosed | ProjectReopened):
            turn = last[fact.stream] = max(turn, last.get(fact.stream, turn))
        rows.append((turn, place, 0, fact))
    for place, (turn, _, _, fact) in enumerate(rows):
        waits = not isinstance(fact.event, OF_YEARS)
        if waits and place < lifted.get(fact.stream, 0):
            rows[place] = turn, lifted[fact.stream], 1, fact
    return [row[-1] for row in sorted(rows, key=lambda row: row[:3])]


def as_taken(
    book: Book,
    facts: list[Fact],
    request: list[Fact],
    today: date,
    refused: Refused,
    completed: Completed,
) -> list[Fact]:
    """Return those of a request in turn, what waits for others of it after these."""
    order, known, pending = list[Fact](), list(facts), in_turn(request)
    while len(request) > 1 and pending:
        left, behind = list[Fact](), set[Any]()
        for fact in pending:
            row = _row(fact)
            late = row is not None and row in behind
            if late or refused(book, known, fact.event, today):
                left.append(fact)
                behind.add(row)
            else:
                whole = completed(book, known, fact.event)
                known.append(fact._replace(event=whole))
                order.append(fact)
        if len(left) == len(pending):
            break
        pending = left
    return [*order, *pending]


def _row(fact: Fact) -> Any:
    """Return what none of passes another; ``None`` where the order is free."""
    if isinstance(fact.event, ProjectClosed | ProjectReopened):
        return fact.stream
    return (
        (type(fact.event), fact.stream) if isinstance(fact.event, LAST_HOLDS) else None
    )


def _turn(fact: Fact) -> tuple[int, int, int]:
    event: Any = fact.event
    day = event.on.toordinal()
    match event:
        case CommitmentEntered() if event.of or event.continues:
            return 0, 1, day
        case Disbursed(final=True) | CommitmentReleased():
            return 0, 2, day
        case SpendingPlanRevised() if event.form is None:
            return fact.year, 3, 0
        case ProjectClosed():
            return fact.year, 4, day
        case CarriedOver(amounts=()) | CarryReturned(amounts=()):
            return fact.year, 5, day
        case RectificationClosed():
            return 0, 9, day
        case OutlookStated(indicator=None):  # All that is spent, and the budget of all.
            return fact.year, 6, day
    return 0, 0, 0

"""Units that compute indicators of their own from those of a project."""

from datetime import date
from typing import Any

from ledger.events import (
    ApprovalWithdrawn,
    BudgetApproved,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)

from . import judged
from .book import Fact, under_approval


def computing(
    facts: list[Fact], event: Any, year: int, day: date
) -> list[tuple[str, date]]:
    """Return units that compute from what a fact changes, and from which day on."""
    project = getattr(event, "project", None)
    of_all = isinstance(event, BudgetApproved | ApprovalWithdrawn)
    if not of_all and not isinstance(
        event, ResultReported | ResultRetracted | TargetRevised
    ):
        return []
    own = [f for f in under_approval(facts, event.on) if f.year == year]
    rows: tuple[Any, ...] = next(
        (
            f.event.indicators
            for f in own
            if isinstance(f.event, BudgetApproved) and f.event.project == project
        ),
        (),
    )
    names: set[str] = set()
    for row in rows if not of_all else ():
        label = judged.label_of(row, rows)
        if label == event.indicator and not _read_alike(own, event, year, label, row):
            names |= {row.name, f"{row.level2}/{row.name}", label}
    return [
        (f.event.unit, max(day, f.event.on))
        for f in facts
        if isinstance(f.event, ObjectivesSet) and f.year == year
        for goal in f.event.objectives
        for row in goal.indicators
        for part in row.computed_from
        if part.project == project and (of_all or part.indicator in names)
    ]


def _read_alike(facts: list[Fact], event: Any, year: int, label: str, row: Any) -> bool:
    """Return whether another target leaves what its results come to."""
    if not isinstance(event, TargetRevised):
        return False
    stream = f"project:{year}:{event.project}"
    before = judged.target_at(facts, stream, label, row, event.on)
    measures = [judged.under(row, one).measure for one in (before, event.target)]
    return (before.kind, before.unit, measures[0]) == (
        event.target.kind,
        event.target.unit,
        measures[1],
    )

"""Units that compute indicators of their own from those of a project."""

from datetime import date
from typing import Any

from ledger.events import (
    ApprovalWithdrawn,
    BudgetApproved,
    FormRevised,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)

from . import judged, revised, told
from .book import Fact, under_approval


def computing(
    facts: list[Fact], event: Any, year: int, day: date
) -> list[tuple[str, date]]:
    """Return units that compute from what a fact changes, and from which day on."""
    project = getattr(event, "project", None)
    of_all = isinstance(event, BudgetApproved | ApprovalWithdrawn)
    of_one = ResultReported | ResultRetracted | TargetRevised | FormRevised
    if not of_all and not isinstance(event, of_one):
        return []
    own = [f for f in under_approval(facts, event.on) if f.year == year]
    stream = f"project:{year}:{project}"
    if not of_all and _read_alike(own, event, stream):
        return []
    return [
        (f.event.unit, max(day, f.event.on))
        for f in facts
        if isinstance(f.event, ObjectivesSet) and f.year == year
        for goal in f.event.objectives
        for row in goal.indicators
        for part in row.computed_from
        if part.project == project
        and (of_all or _is_of(own, stream, event, part.indicator))
    ]


def _is_of(facts: list[Fact], stream: str, event: Any, name: str) -> bool:
    """Return whether a fact is of the indicator that a name means."""
    added = getattr(event, "added", None)
    if added is not None and name in {added.name, f"{added.level2}/{added.name}"}:
        return True
    if event.indicator is None:
        return False
    if name in {event.indicator, getattr(event, "renamed", None)}:
        return True
    ones = [revised.ever(facts, stream, one) for one in (name, event.indicator)]
    return ones[0] is not None and ones[0] == ones[1]


def _read_alike(facts: list[Fact], event: Any, stream: str) -> bool:
    """Return whether another target, or form, leaves what results come to."""
    if isinstance(event, FormRevised):
        return not (event.removed or event.added or event.renamed or event.measure)
    if not isinstance(event, TargetRevised):
        return False
    row = revised.named(facts, stream, event.indicator, event.on)
    if row is None:
        return False
    before = told.target_at(facts, stream, event.indicator, row.indicator, event.on)
    ones = [
        judged.under(row._replace(measured=None), one) for one in (before, event.target)
    ]
    return (before.kind, before.unit, ones[0].measure) == (
        event.target.kind,
        event.target.unit,
        ones[1].measure,
    )

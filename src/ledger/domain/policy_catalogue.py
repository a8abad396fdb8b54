"""The row of the event catalogue for what is set of how figures are judged."""

from typing import Final

from ledger.domain.event_type import Column, ColumnKind, EventType, Shown
from ledger.domain.policy_events import PolicySet
from ledger.domain.subject import SubjectKind

POLICY_EVENTS: Final[tuple[EventType, ...]] = (
    EventType(
        event=PolicySet,
        subjects=(SubjectKind.LEDGER,),
        follows=frozenset(),
        happened=True,
        columns=(
            Column("policy", ColumnKind.POLICY, optional=True, shown=Shown.LINE),
            Column("scoring", ColumnKind.SCORING, optional=True, shown=Shown.LINE),
        ),
    ),
)
"""What is set of how figures are judged."""

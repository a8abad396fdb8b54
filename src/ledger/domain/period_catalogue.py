"""The rows of the event catalogue for facts about the ledger itself."""

from typing import Final

from ledger.domain.event_type import Column, ColumnKind, EventType, Shown
from ledger.domain.period_events import PeriodClosed, PeriodReopened
from ledger.domain.subject import SubjectKind

_LEDGER: Final = (SubjectKind.LEDGER,)
_UNIT: Final = Column("unit", optional=True, shown=Shown.LINE)

PERIOD_EVENTS: Final[tuple[EventType, ...]] = (
    EventType(
        event=PeriodClosed,
        subjects=_LEDGER,
        follows=frozenset(),
        happened=True,
        columns=(
            _UNIT,
            Column("year_end", ColumnKind.YES_NO, optional=True, shown=Shown.LINE),
        ),
    ),
    EventType(
        event=PeriodReopened,
        subjects=_LEDGER,
        follows=frozenset(),
        columns=(
            Column("since", ColumnKind.DATE, shown=Shown.LINE),
            _UNIT,
            Column("for_actor", optional=True, shown=Shown.LINE),
            Column("until", ColumnKind.DATE, shown=Shown.LINE),
            Column("reason"),
        ),
    ),
)
"""What is decided about periods."""

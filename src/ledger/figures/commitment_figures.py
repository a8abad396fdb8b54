"""Figures of commitments: what is open of them, and what of that is overdue."""

from typing import Final

from ledger.domain.event_type import Flow
from ledger.figures.figure import Figure, FigureKind, Scope, Width, amount

_BOTH: Final = (Flow.RESERVED, Flow.CONTRACTED)

RESERVED: Final = amount(
    "reserved", word="reservations_open", flows=(Flow.RESERVED,), of_commitments=True
)
CONTRACTED: Final = amount(
    "contracted", word="contracts_open", flows=(Flow.CONTRACTED,), of_commitments=True
)
OPEN: Final = amount("open", parts=(+RESERVED, +CONTRACTED), of_commitments=True)
OVERDUE_OPEN: Final = amount("overdue_open", flows=_BOTH, is_rare=True)
OVERDUE_COMMITMENTS: Final = Figure(
    "overdue_commitments",
    FigureKind.COUNT,
    narrowest=Width.PAGE,
    flows=_BOTH,
    shown_with=OVERDUE_OPEN,
)
DAYS_OVERDUE: Final = Figure(
    "days_overdue",
    FigureKind.COUNT,
    scope=Scope.LINE,
    narrowest=Width.PAGE,
    flows=_BOTH,
    shown_with=OVERDUE_OPEN,
)
OVERDUE: Final = (OVERDUE_OPEN, OVERDUE_COMMITMENTS, DAYS_OVERDUE)
"""What is open and was due before the day: how much, of how many, since when."""

"""Figures of commitments: what is open of them, and what of that is overdue."""

from typing import Final

from ledger.domain.event_type import Flow
from ledger.figures.figure import Figure, FigureKind, Scope, Width

_BOTH: Final = (Flow.RESERVED, Flow.CONTRACTED)

RESERVED: Final = Figure(
    "reserved",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.PAGE,
    word="reservations_open",
    flows=(Flow.RESERVED,),
    of_commitments=True,
)
CONTRACTED: Final = Figure(
    "contracted",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.PAGE,
    word="contracts_open",
    flows=(Flow.CONTRACTED,),
    of_commitments=True,
)
OPEN: Final = Figure(
    "open",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.PAGE,
    parts=(+RESERVED, +CONTRACTED),
    of_commitments=True,
)
OVERDUE_OPEN: Final = Figure(
    "overdue_open",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.PAGE,
    flows=_BOTH,
    is_rare=True,
)
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

"""
Read models: pure folds over events, and the figures that follow from a state.

Public here is what a view returns, and the states that a projection folds.
"""

from typing import TYPE_CHECKING, Final

from ledger.loading import lazy

if TYPE_CHECKING:
    from ledger.domain.budget import Budget as Budget
    from ledger.domain.results import Indicators as Indicators
    from ledger.projections.attainment import AttainmentLine as AttainmentLine
    from ledger.projections.execution import (
        ExecutionLine as ExecutionLine,
        ReportedAdjustment as ReportedAdjustment,
    )
    from ledger.projections.amounts import Money as Money
    from ledger.projections.execution_total import ExecutionTotal as ExecutionTotal
    from ledger.projections.months import Month as Month

MODULES: Final = {
    "AttainmentLine": "ledger.projections.attainment",
    "Budget": "ledger.domain.budget",
    "ExecutionLine": "ledger.projections.execution",
    "ExecutionTotal": "ledger.projections.execution_total",
    "Indicators": "ledger.domain.results",
    "Money": "ledger.projections.amounts",
    "Month": "ledger.projections.months",
    "ReportedAdjustment": "ledger.projections.execution",
}
"""The module of each public name: it loads when the name is asked for."""

if not TYPE_CHECKING:
    __all__ = list(MODULES)
    __getattr__, __dir__ = lazy(__name__, MODULES)

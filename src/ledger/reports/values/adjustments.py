"""The register of adjustments: what changed each budget, by kind, with documents."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.events import BudgetAdjusted
from ledger.domain.funding import FundingSource
from ledger.domain.money import Currency
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Width
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.register import (
    PROJECT_COLUMNS,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    RowOfProject,
    by_unit,
    money_column,
    plain_table,
)

_TEXT: Final = FigureKind.TEXT
_LIST: Final = Width.LIST


@frozen(kw_only=True)
class AdjustedSource(RowOfProject):
    """
    What an adjustment changed of one funding source.

    Attributes:
        amount: Signed, in the main unit.
    """

    line: ExecutionLine = field(repr=False)
    event: BudgetAdjusted
    source: FundingSource
    amount: Decimal

    @property
    def kind(self) -> AdjustmentKind:
        """How it changed the budget."""
        return self.event.kind

    @property
    def on(self) -> date:
        """Its day."""
        return self.event.on


_PARTS: Final = ("original_budget", *(part.key for part in registry.budget_parts()))
_COLUMNS: Final = (
    RegisterColumn("unit", _TEXT),
    RegisterColumn("project", _TEXT),
    RegisterColumn("project_name", _TEXT, path="name", narrowest=_LIST),
    *(money_column(key, path=key) for key in (*_PARTS, "current_budget")),
)
_ADJUSTMENTS: Final = (
    *PROJECT_COLUMNS,
    RegisterColumn("on", FigureKind.DATE, narrowest=_LIST),
    RegisterColumn("kind", FigureKind.CHOICE, narrowest=_LIST),
    RegisterColumn("source", _TEXT, narrowest=_LIST),
    RegisterColumn("document", _TEXT, path="event.document", narrowest=_LIST),
    RegisterColumn("reason", _TEXT, path="event.reason"),
    money_column("amount", path="amount"),
)


@frozen(kw_only=True)
class AdjustmentRegisterValues(RegisterValues):
    """
    How the budgets of a fiscal year came about: by kind of change, and one by one.

    Attributes:
        lines: By unit and code.

        adjustments: By unit and code, in order of day.
    """

    word: ClassVar[str] = "adjustment_register"

    lines: Sequence[ExecutionLine] = field(repr=False)
    adjustments: Sequence[AdjustedSource] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``projects`` and ``units``, by kind; ``adjustments``, one by one."""
        listed = plain_table("adjustments", _ADJUSTMENTS, self.adjustments)
        return [*by_unit("projects", _COLUMNS, self.lines), listed]


def adjusted_sources(
    lines: Sequence[ExecutionLine], events: Iterable[BudgetAdjusted], currency: Currency
) -> list[AdjustedSource]:
    """
    Return what adjustments changed of the projects with these lines.

    Args:
        lines: In the order of the list.

        events: Those effective by the day, of these projects.
    """
    own: dict[str, list[BudgetAdjusted]] = {}
    for event in sorted(events, key=lambda event: event.on):
        own.setdefault(event.project, []).append(event)
    return [
        AdjustedSource(
            line=line,
            event=event,
            source=FundingSource(part.source),
            amount=currency.major(event.kind.sign * part.amount),
        )
        for line in lines
        for event in own.get(line.project, ())
        for part in event.amounts
    ]

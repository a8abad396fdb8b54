"""The register of refunds: what came back of payments of earlier years."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.funding import FundingSource
from ledger.domain.refunds import Refund
from ledger.figures.figure import FigureKind, Width
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.register import (
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    RowOfProject,
    by_unit,
    in_order,
)

_TEXT: Final = FigureKind.TEXT
_LIST: Final = Width.LIST


@frozen(kw_only=True)
class RefundLine(RowOfProject):
    """
    A refund, with the money of the project-year in which it came.

    Attributes:
        amount: In the main unit; negative where it did not come after all.
    """

    line: ExecutionLine = field(repr=False)
    refund: Refund
    source: FundingSource
    amount: Decimal

    @property
    def on(self) -> date:
        """When it came."""
        return self.refund.on


_COLUMNS: Final = (
    RegisterColumn("unit", _TEXT),
    RegisterColumn("project", _TEXT, path="line.project"),
    RegisterColumn("project_name", _TEXT, path="line.name", narrowest=_LIST),
    RegisterColumn("on", FigureKind.DATE, narrowest=_LIST),
    RegisterColumn("voucher", _TEXT, path="refund.voucher", narrowest=_LIST),
    RegisterColumn("of_year", FigureKind.COUNT, path="refund.of_year", narrowest=_LIST),
    RegisterColumn(
        "of", _TEXT, path="refund.of", word="of_disbursement", narrowest=_LIST
    ),
    RegisterColumn("takes_back", _TEXT, path="refund.takes_back"),
    RegisterColumn("payee", _TEXT, path="refund.payee", narrowest=_LIST),
    RegisterColumn("source", _TEXT, narrowest=_LIST),
    RegisterColumn(
        "refunded",
        FigureKind.MONEY,
        path="amount",
        word="amount",
        narrowest=_LIST,
        summed=True,
    ),
)


@frozen(kw_only=True)
class RefundRegisterValues(RegisterValues):
    """
    What came back of payments of earlier years in a fiscal year (收回以前年度支出).

    Attributes:
        refunds: By unit and code, in order of day.
    """

    word: ClassVar[str] = "refund_register"

    refunds: Sequence[RefundLine] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``refunds``, by unit; ``units``, their sums."""
        return refund_tables(self.refunds)


def refund_tables(refunds: Iterable[RefundLine]) -> list[RegisterTable]:
    """Return the table of refunds, and that of the sums of units."""
    return by_unit("refunds", _COLUMNS, refunds)


def refund_lines(lines: Iterable[ExecutionLine]) -> list[RefundLine]:
    """Return the refunds of project-years by the day of their lines."""
    return [
        RefundLine(
            line=line,
            refund=refund,
            source=FundingSource(refund.source),
            amount=line.currency.major(refund.amount),
        )
        for line in in_order(lines)
        for refund in sorted(line.refunds, key=attrgetter("on"))
    ]

"""The carry-over table (结转结余表): what came in, what was spent, what went on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.domain.carried_money import OfYear
from ledger.domain.carry_ages import is_older
from ledger.domain.funding import FundingSource
from ledger.figures.figure import FigureKind, Width
from ledger.projections.amounts import Money, no_money
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.reports.values.register import (
    PROJECT_COLUMNS,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
    RowOfProject,
    by_unit,
    in_order,
    money_column,
    plain_table,
)

_LIST: Final = Width.LIST


@frozen(kw_only=True)
class CarriedSource(RowOfProject):
    """The money of one funding source of a project-year."""

    line: ExecutionLine = field(repr=False)
    source: FundingSource
    money: Money = field(repr=False)

    @property
    def announced(self) -> Decimal:
        """What the form prints of the year before and did not come yet."""
        nothing = self.line.currency.major(0)
        return self.line.announced.get(self.source.path, nothing)

    @property
    def since(self) -> int | None:
        """The oldest fiscal year of which something is left."""
        return min((part.since for part in self._left), default=None)

    @property
    def older(self) -> Decimal:
        """What is left and saw more than two year-ends before the year."""
        return self.line.currency.major(
            sum(
                part.amount
                for part in self._left
                if is_older(part, self.line.fiscal_year)
            )
        )

    @property
    def _left(self) -> list[OfYear]:
        return self.line.left_of_years(self.source.path)

    @property
    def closed_on(self) -> date | None:
        """Where the project-year was closed by the date."""
        return self.line.closed_on


@frozen(kw_only=True)
class SourceTotal:
    """The money of a funding source, and of what stands below it, of all projects."""

    source: FundingSource
    money: Money = field(repr=False)


_AMOUNTS: Final = (
    money_column("opening"),
    money_column("new_money"),
    money_column("disbursed"),
    money_column("open", narrowest=Width.SHEET),
    money_column("carried_over", "carried_forward"),
    money_column("handed_on"),
    money_column("lapsed"),
    money_column("unspent"),
)
_SOURCE: Final = RegisterColumn("source", FigureKind.TEXT, narrowest=_LIST)
_COLUMNS: Final = (
    *PROJECT_COLUMNS,
    _SOURCE,
    RegisterColumn("closed_on", FigureKind.DATE),
    _AMOUNTS[0],
    money_column("announced", path="announced"),
    *_AMOUNTS[1:],
    RegisterColumn("since", FigureKind.COUNT),
    money_column("older", path="older"),
    money_column("free", narrowest=Width.SHEET),
)


@frozen(kw_only=True)
class CarryOverValues(RegisterValues):
    """
    What each project-year had from the year before, and what it left to the next.

    Opening + new money − disbursed − carried over − lapsed is what is unspent: nothing
    once a year is closed.

    Attributes:
        sources: Of each project, by unit and code.

        by_source: Of all projects together.
    """

    word: ClassVar[str] = "carry_over_register"

    sources: Sequence[CarriedSource] = field(repr=False)
    by_source: Sequence[SourceTotal] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``balances``, ``units`` and ``sources``, whose sums are those of roots."""
        below = plain_table("sources", (_SOURCE, *_AMOUNTS), self.by_source)
        return [*_balances(self.sources), below.without_sums()]


def balances(lines: Iterable[ExecutionLine]) -> list[RegisterTable]:
    """Return the table of the sources of projects, and that of sums of units."""
    return _balances(carried_sources(lines))


def _balances(sources: Iterable[CarriedSource]) -> list[RegisterTable]:
    return by_unit("balances", _COLUMNS, sources)


def carried_sources(lines: Iterable[ExecutionLine]) -> list[CarriedSource]:
    """Return the money of each source of the projects with these lines."""
    return [
        CarriedSource(line=line, source=FundingSource(source), money=money)
        for line in in_order(lines)
        for source, money in _with_announced(line).items()
        if money.minor_current or money.minor_disbursed or not money.minor_refunded
    ]


def _with_announced(line: ExecutionLine) -> Mapping[str, Money]:
    """Return the money of each source, nothing of one that is only announced."""
    if not line.announced:
        return line.by_path
    nothing = no_money(line.currency)
    return {**dict.fromkeys(line.announced, nothing), **line.by_path}


def source_totals(whole: ExecutionTotal) -> list[SourceTotal]:
    """Return the money of each source of all projects."""
    return [
        SourceTotal(source=FundingSource(source), money=money)
        for source, money in whole.by_source.items()
    ]

"""Projects over their years: each year's money, and what all years come to by then."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar, Final

from attrs import field, frozen

from ledger.figures.figure import FigureKind, Width
from ledger.projections.amounts import Money, no_money
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

_LIST: Final = Width.LIST


@frozen(kw_only=True)
class YearOfProject(RowOfProject):
    """
    A fiscal year of a project, and its years up to that one together.

    Attributes:
        to_date: The sums of these years. Of them only what is of one year alone is a
            figure: new money, what was disbursed and what lapsed; a budget has what the
            year before handed on once more.

        years: How many years these are.
    """

    line: ExecutionLine = field(repr=False)
    to_date: Money = field(repr=False)
    years: int

    @property
    def in_passage(self) -> Decimal:
        """What its years carried over and did not hand on yet."""
        whole = self.to_date
        left = whole.minor_carried_over - whole.minor_handed_on
        return self.line.currency.major(left)


def _of_line(key: str, word: str = "", *, wide: bool = False) -> RegisterColumn:
    """Return the column of an amount of the year, whose rows are not to be added."""
    return RegisterColumn(
        key,
        FigureKind.MONEY,
        path=f"line.{key}",
        word=word,
        narrowest=Width.SHEET if wide else _LIST,
    )


def _to_date(key: str, *, summed: bool) -> RegisterColumn:
    """Return the column of what the years come to."""
    return RegisterColumn(
        f"{key}_to_date",
        FigureKind.MONEY,
        path=f"to_date.{key}",
        narrowest=_LIST,
        summed=summed,
    )


_TO_DATE: Final = ("new_money", "disbursed", "lapsed")
_PROJECTS: Final = (
    *PROJECT_COLUMNS,
    RegisterColumn("years", FigureKind.COUNT, narrowest=_LIST),
    *(_to_date(key, summed=True) for key in _TO_DATE),
    money_column("unspent", path="to_date.unspent"),
    money_column("in_passage", path="in_passage"),
)
_YEARS: Final = (
    RegisterColumn("project", FigureKind.TEXT, path="line.project", narrowest=_LIST),
    RegisterColumn("project_name", FigureKind.TEXT, path="line.name"),
    RegisterColumn("unit", FigureKind.TEXT),
    RegisterColumn(
        "fiscal_year", FigureKind.COUNT, path="line.fiscal_year", narrowest=_LIST
    ),
    _of_line("original_budget", wide=True),
    _of_line("opening"),
    _of_line("new_money"),
    _of_line("current_budget", wide=True),
    _of_line("disbursed"),
    _of_line("carried_over", "carried_forward"),
    _of_line("lapsed"),
    _of_line("unspent", wide=True),
    *(_to_date(key, summed=False) for key in _TO_DATE),
)


@frozen(kw_only=True)
class LifeToDateValues(RegisterValues):
    """
    Each year of each project up to a fiscal year, as it stands at a day.

    What the year before handed on is part of a year's budget, and no new money: so new
    money to date is what the project was given over all years. That less what was
    disbursed and what lapsed is what is unspent or between two years, but for money
    that passed to or from other projects or was taken alone.

    Attributes:
        years: By unit and code, in order of year.
    """

    word: ClassVar[str] = "life_to_date"

    years: Sequence[YearOfProject] = field(repr=False)

    @property
    def tables(self) -> Sequence[RegisterTable]:
        """``projects`` and ``units``, to date; ``years``, one by one."""
        last = {year.line.project: year for year in self.years}
        listed = plain_table("years", _YEARS, self.years)
        return [*by_unit("projects", _PROJECTS, last.values()), listed]


def over_years(lines: Iterable[ExecutionLine]) -> list[YearOfProject]:
    """
    Return the years of projects, by unit and code; the unit is that of the last year.

    Args:
        lines: In order of year.
    """
    own: dict[str, list[YearOfProject]] = {}
    for line in lines:
        years = own.setdefault(line.project, [])
        before = years[-1].to_date if years else no_money(line.currency)
        to_date = before.plus(line, ())
        years.append(YearOfProject(line=line, to_date=to_date, years=len(years) + 1))
    ordered = sorted(
        own.values(), key=lambda years: (years[-1].unit, years[-1].line.project)
    )
    return [year for years in ordered for year in years]

"""Reports as rows for data frames, one for each figure or one for all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import chain
from typing import Any, Final, TypeVar

from ledger.domain.choices import not_among
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope, Width
from ledger.projections.attainment import AttainmentLine
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.monthly import MonthlyValues, UnitReport
from ledger.reports.values.portfolio import PortfolioValues

T = TypeVar("T")
TidyRow = Mapping[str, Any]

_NUMBERS: Final = {
    FigureKind.RESULT,
    FigureKind.NUMBER,
    FigureKind.RATE,
    FigureKind.POINTS,
}


def months(monthly: MonthlyValues) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each project, month and figure of its money.

    Each month has what was planned and disbursed in it and up to it; the month of the
    report also has the figures to date. Amounts are in the main unit, rates are shares.
    """
    of_month = registry.months()
    keys = {row.key for row in of_month}
    to_date = [row for row in _of_totals() if row.key not in keys]
    for project in monthly.projects:
        line = project.execution
        for month in line.months:
            head = {**_head(line), "month": month.month}
            yield from figures_of(head, of_month, month)
            if month.month == monthly.month:
                yield from figures_of(head, to_date, line)


def indicators(monthly: MonthlyValues) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each indicator and figure, in the month of the report.

    Those of units come last, without a project. A result that is no number, such as a
    date, has no value here.
    """
    of_projects = (
        (_head(project.execution), project.indicators) for project in monthly.projects
    )
    of_units = ((_unit_head(unit, monthly), unit.indicators) for unit in monthly.units)
    for head, lines in chain(of_projects, of_units):
        for line in lines:
            yield from numbers_of({**head, "month": monthly.month}, line)


def head_of(head: TidyRow, line: AttainmentLine) -> dict[str, Any]:
    """Return what the rows of an indicator have alike, after those of its owner."""
    levels = {"level1": line.level1, "level2": line.level2}
    return {**head, **levels, "indicator": line.indicator}


def numbers_of(head: TidyRow, line: AttainmentLine) -> Iterator[dict[str, Any]]:
    """Yield a row for each figure of an indicator that can be a number."""
    named = head_of(head, line)
    for row in registry.indicators():
        if row.kind in _NUMBERS:
            value = row.of(line)
            number = value if isinstance(value, Decimal) else None
            yield {**named, "figure": row.key, "value": number}
    for part in line.parts:
        names = filter(None, ["parts", part.dimension, part.value])
        yield {**named, "figure": ".".join(names), "value": part.number}


def _head(line: ExecutionLine) -> dict[str, Any]:
    return {
        "project": line.project,
        "name": line.name,
        "unit": line.unit,
        "fiscal_year": line.fiscal_year,
    }


def _unit_head(unit: UnitReport, monthly: MonthlyValues) -> dict[str, Any]:
    return {
        "project": None,
        "name": unit.name,
        "unit": unit.unit,
        "fiscal_year": monthly.settings.year_of(monthly.through).year,
    }


def figures_of(
    head: TidyRow, rows: Iterable[Figure], line: object
) -> Iterator[dict[str, Any]]:
    """Yield a row for each figure of *line*: what it is about, and the figure."""
    for row in rows:
        yield {**head, "figure": row.key, "value": row.of(line)}


def rows_of(
    tables: Mapping[str, Callable[[T], Iterable[TidyRow]]],
    document: T,
    table: str,
    *,
    wide: bool,
) -> list[dict[str, Any]]:
    """
    Return the rows of the table called *table*.

    Args:
        wide: One row for all figures of the same thing, each under its own key;
            ``None`` stands where it has no such figure.

    Raises:
        InvalidInput: There is no such table.
    """
    if table not in tables:
        raise not_among(list(tables), "table", table)
    rows = tables[table](document)
    return _widened(rows) if wide else [dict(row) for row in rows]


def whole_rows(
    tables: Mapping[str, Callable[[], Iterable[TidyRow]]], table: str, *, wide: bool
) -> list[dict[str, Any]]:
    """
    Return the rows of the table called *table*, wide or not: each is whole.

    Raises:
        InvalidInput: There is no such table.
    """
    del wide
    if table not in tables:
        raise not_among(list(tables), "table", table)
    return [dict(row) for row in tables[table]()]


def _widened(rows: Iterable[TidyRow]) -> list[dict[str, Any]]:
    keys: dict[str, None] = {}
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        head = {k: v for k, v in row.items() if k not in ("figure", "value")}
        keys[row["figure"]] = None
        one = found.setdefault(tuple(head.values()), head)
        one[row["figure"]] = row["value"]
    return [{**dict.fromkeys(keys), **one} for one in found.values()]


def _of_totals() -> list[Figure]:
    """Return the figures of sums of money that are no texts."""
    rows = registry.listed(width=Width.SHEET)
    return [row for row in rows if row.kind is not FigureKind.REASON]


def _units(made: PortfolioValues) -> Iterator[dict[str, Any]]:
    for each in made.by_unit:
        head = {"unit": each.unit, "unit_name": each.unit_name}
        yield from figures_of(head, _of_totals(), each.money)


def _sources(made: PortfolioValues) -> Iterator[dict[str, Any]]:
    for source, money in made.by_source.items():
        yield from figures_of({"source": source}, registry.listed(Scope.SOURCE), money)


def _groups(made: PortfolioValues) -> Iterator[dict[str, Any]]:
    for each in made.by_level1:
        yield from figures_of({"group": str(each.group)}, registry.groups(), each)


def _months(made: PortfolioValues) -> Iterator[dict[str, Any]]:
    for each in made.months:
        yield from figures_of({"month": each.month}, registry.months(), each)


_OF_REPORT: Final[Mapping[str, Callable[[MonthlyValues], Iterable[TidyRow]]]] = {
    "months": months,
    "indicators": indicators,
}
_OF_PORTFOLIO: Final[Mapping[str, Callable[[PortfolioValues], Iterable[TidyRow]]]] = {
    "units": _units,
    "sources": _sources,
    "groups": _groups,
    "months": _months,
}
"""What yields the rows of each table, by its name."""


def of_report(report: MonthlyValues, table: str, *, wide: bool) -> list[dict[str, Any]]:
    """Return the rows of a table of a monthly report, as :func:`rows_of`."""
    return rows_of(_OF_REPORT, report, table, wide=wide)


def of_portfolio(
    made: PortfolioValues, table: str, *, wide: bool
) -> list[dict[str, Any]]:
    """Return the rows of a table of a portfolio, as :func:`rows_of`."""
    return rows_of(_OF_PORTFOLIO, made, table, wide=wide)

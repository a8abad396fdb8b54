"""The monthly report as tidy rows, one for each figure, for data frames."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from ledger.figures import registry
from ledger.figures.figure import FigureKind, Width
from ledger.projections.execution import ExecutionLine
from ledger.reports.values.monthly import MonthlyValues

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
    to_date = [row for row in registry.listed(width=Width.SHEET) if row.key not in keys]
    for project in monthly.projects:
        line = project.execution
        for month in line.months:
            head = {**_head(line), "month": month.month}
            for row in of_month:
                yield {**head, "figure": row.key, "value": row.of(month)}
            if month.month == monthly.month:
                for row in to_date:
                    yield {**head, "figure": row.key, "value": row.of(line)}


def indicators(monthly: MonthlyValues) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each project, indicator and figure, in the month of the report.

    A result that is no number, such as a date, has no value here.
    """
    figures = [row for row in registry.indicators() if row.kind in _NUMBERS]
    for project in monthly.projects:
        for line in project.indicators:
            head = {
                **_head(project.execution),
                "month": monthly.month,
                "level1": line.level1,
                "level2": line.level2,
                "indicator": line.indicator,
            }
            for row in figures:
                value = row.of(line)
                number = value if isinstance(value, Decimal) else None
                yield {**head, "figure": row.key, "value": number}


def _head(line: ExecutionLine) -> dict[str, Any]:
    return {
        "project": line.project,
        "name": line.name,
        "unit": line.unit,
        "fiscal_year": line.fiscal_year,
    }


RECORDS: Final[Mapping[str, Callable[[MonthlyValues], Iterator[dict[str, Any]]]]] = {
    "months": months,
    "indicators": indicators,
}
"""What yields the rows of each table, by its name."""

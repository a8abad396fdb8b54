"""The monthly report as tidy rows, one for each figure, for data frames."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from ledger.projections.execution import ExecutionLine
from ledger.reports.values.monthly import MonthlyValues

_MONTH: Final = ("planned", "disbursed", "cumulative_planned", "cumulative_disbursed")
_TO_DATE: Final = (
    *("original_budget", "current_budget", "available"),
    *("carried_over", "lapsed", "execution_rate"),
    *("plan_rate", "variance", "time_progress"),
)
_INDICATOR: Final = (
    *("result", "expected", "attainment", "capped_attainment"),
    *("weight", "score", "reported_score"),
)


def months(monthly: MonthlyValues) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each project, month and figure of its money.

    Each month has what was planned and disbursed in it and up to it; the month of the
    report also has the figures to date. Amounts are in the main unit, rates are shares.
    """
    for project in monthly.projects:
        line = project.execution
        for month in line.months:
            head = {**_head(line), "month": month.month}
            for figure in _MONTH:
                yield {**head, "figure": figure, "value": getattr(month, figure)}
            if month.month == monthly.month:
                for figure in _TO_DATE:
                    yield {**head, "figure": figure, "value": getattr(line, figure)}


def indicators(monthly: MonthlyValues) -> Iterator[dict[str, Any]]:
    """
    Yield a row for each project, indicator and figure, in the month of the report.

    A result that is no number, such as a date, has no value here.
    """
    for project in monthly.projects:
        for line in project.indicators:
            head = {
                **_head(project.execution),
                "month": monthly.month,
                "level1": line.level1,
                "level2": line.level2,
                "indicator": line.indicator,
            }
            for figure in _INDICATOR:
                value = getattr(line, figure)
                number = value if isinstance(value, Decimal) else None
                yield {**head, "figure": figure, "value": number}


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

"""Our own figures as an answer: from replayed states, a report, or one project."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from pathlib import Path

from bench import project, report
from ledger import ATTAINMENT, EXECUTION, Ledger, Measure, Projection
from ledger.projections import AttainmentLine, Budget, ExecutionLine, Indicators
from ledger.projections.result_figure import figure
from workload import Answer, Figures


def replayed(path: Path) -> Answer:
    """Fold both projections from nothing; read off every month and every result."""
    both = Projection.together((EXECUTION, ATTAINMENT))
    with Ledger.open(path, read_only=True) as ledger:
        return {
            f"{money.project}-{money.fiscal_year}": Figures(
                sum(money.original.values()), _months(money), _to_date(indicators)
            )
            for _, (money, indicators) in ledger.replay(both)
            if money.approved_on is not None
        }


def reported(path: Path) -> Answer:
    """Return what the monthly report says."""
    return {
        _name(each.execution): _figures(each.execution, each.indicators)
        for each in report(path).projects
    }


def of_one(path: Path, account: str) -> Answer:
    """Return what the look at one project, as others call it, says."""
    line, indicators = project(path, account.partition("-")[0])
    return {_name(line): _figures(line, indicators)}


def _name(line: ExecutionLine) -> str:
    return f"{line.project}-{line.fiscal_year}"


def _figures(money: ExecutionLine, lines: Iterable[AttainmentLine]) -> Figures:
    results = tuple(_plain(line.measure, line.result) for line in lines)
    return Figures(money.minor_current, (money.minor_disbursed,), results)


def _months(money: Budget) -> tuple[int, ...]:
    months = [0] * 12
    for disbursements in money.disbursements.values():
        start, days, amounts = disbursements.timeline()
        for day, amount in zip(days, amounts, strict=True):
            months[date.fromordinal(start + day).month - 1] += amount
    return tuple(months)


def _to_date(indicators: Indicators) -> tuple[int | str | None, ...]:
    return tuple(
        _plain(
            one.original.measure,
            figure(one.original, one.results, len(one.results)).value,
        )
        for one in indicators.tracked.values()
    )


def _plain(measure: Measure, result: object) -> int | str | None:
    """Return a result as :class:`Figures` has it; a rate is a percentage here."""
    if isinstance(result, int | Decimal | Fraction):
        parts = 1_000_000 if measure is Measure.RATIO else 100
        return floor(Fraction(result) * parts + Fraction(1, 2))
    return None if result is None else str(result)

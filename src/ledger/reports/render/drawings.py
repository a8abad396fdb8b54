"""What the page draws: the bar of a sum of money, and the curve of a project."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from ledger.domain.exact_numbers import EXACTLY, Exact, percent, quotient, rounded
from ledger.domain.settings import Settings
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal
from ledger.projections.months import Month
from ledger.reports.values.monthly import MonthlyValues

_WIDTH, _LEFT, _TOP, _BOTTOM = 590, 40, 10, 180
"""The width and the edges of the curve's plane, in its own units."""

_NOTHING: Final = Decimal(0)


def percent_or_dash(rate: Decimal | Exact | None) -> str:
    """Return a share as a percentage, and a dash where there is none."""
    return "–" if rate is None else percent(rate)


def hundredths(share: Exact) -> str:
    """Return how much of its track a bar fills, in hundredths, never beyond it."""
    return f"{rounded(max(0, min(1, share)) * 100, 1):f}"


def bar(line: ExecutionTotal, label: str) -> dict[str, Any]:
    """
    Return where a bar ends and its marks stand, in hundredths of the budget.

    Args:
        label: What it says in words, with places for *done*, *plan* and *time*.

    Returns:
        ``plan`` is ``None`` where a plan is lacking.
    """
    whole = line.minor_current
    done, plan = (
        max(0, min(1, quotient(part, whole))) if whole else 0
        for part in (line.minor_disbursed, line.minor_plans)
    )
    planned = None if line.unplanned else plan
    return {
        "done": hundredths(done),
        "plan": None if planned is None else hundredths(planned),
        "time": hundredths(line.elapsed),
        "label": label.format(
            done=percent_or_dash(line.exact_rate),
            plan=percent_or_dash(planned),
            time=percent_or_dash(line.elapsed),
        ),
    }


def curve(
    line: ExecutionLine, ahead: Decimal | None, settings: Settings
) -> dict[str, Any]:
    """
    Return the lines of a project's cumulative spending against the plan.

    Args:
        ahead: The forecast, to which a line is drawn where the year goes on.

    Returns:
        Paths and points in the plane; the grid has a height and the amount there.
    """
    drawn = _plane(line, line.months, line.fiscal_year, settings, ahead)
    at = drawn.pop("at")
    return {**drawn, "checkpoints": [at(day, each) for day, each in line.checkpoints]}


def curve_of_all(monthly: MonthlyValues) -> dict[str, Any]:
    """
    Return the lines of the spending of all projects, which are labelled.

    Returns:
        As :func:`curve`, with where lines end, and how far across the day is.
    """
    settings, totals = monthly.settings, monthly.totals
    year = settings.year_of(monthly.through)
    drawn = _plane(totals, monthly.months, year.year, settings, None)
    at, through = drawn.pop("at"), monthly.through
    ends = {"disbursed": (*at(through, totals.disbursed), totals.disbursed)}
    if totals.committed != totals.disbursed:
        committed = totals.committed
        ends["committed"] = (*at(through, committed), committed)
    if drawn["plan"]:
        last = next(m.cumulative_planned for m in reversed(monthly.months))
        ends["planned"] = (*at(year.end, last or _NOTHING), last or _NOTHING)
    return {**drawn, "ends": ends, "today": at(through, _NOTHING)[0]}


def _plane(
    line: ExecutionTotal,
    months: Sequence[Month],
    fiscal_year: int,
    settings: Settings,
    ahead: Decimal | None,
) -> dict[str, Any]:
    """Return what any curve has, and what finds the place of a day and an amount."""
    amounts = [
        month.cumulative_planned
        for month in months
        if month.cumulative_planned is not None
    ]
    spent = [
        month.cumulative_disbursed
        for month in months
        if month.cumulative_disbursed is not None
    ]
    year = settings.year(fiscal_year)
    top = max([line.current_budget, line.committed, *amounts, *spent, Decimal(1)])

    def at(month: float, amount: Decimal) -> tuple[float, float]:
        high = float(Fraction(max(_NOTHING, amount)) / Fraction(top))
        across = _LEFT + _WIDTH * month / 12
        return round(across, 1), round(_BOTTOM - (_BOTTOM - _TOP) * high, 1)

    plan = [at(0, _NOTHING), *(at(n, a) for n, a in enumerate(amounts, 1))]
    done = [at(0, _NOTHING), *(at(n, a) for n, a in enumerate(spent, 1))]
    rest = len(spent) < 12 and ahead is not None
    quarters = [_quarters(top, n) for n in (1, 2, 3, 4)]
    return {
        "at": lambda day, amount: at(float(year.elapsed(day) * 12), amount),
        "grid": [(at(0, amount)[1], amount) for amount in quarters],
        "months": [
            (at(n, _NOTHING)[0], (settings.first_month + n - 2) % 12 + 1)
            for n in (3, 6, 9, 12)
        ],
        "plan": _path(plan) if amounts else "",
        "spent": _path(done),
        "forecast": _path([done[-1], at(12, ahead)]) if rest and ahead else "",
    }


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _quarters(whole: Decimal, count: int) -> Decimal:
    return EXACTLY.divide(EXACTLY.multiply(whole, count), 4)

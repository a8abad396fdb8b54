"""What the page draws: the bar of a sum of money, and the curve of a project."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from ledger.domain.exact_numbers import EXACTLY, Exact, percent, quotient, rounded
from ledger.domain.settings import Settings
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal

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
    Return the lines of cumulative spending against the plan.

    Args:
        ahead: The forecast, to which a line is drawn where the year goes on.

    Returns:
        Paths and points in the plane; the grid has a height and the amount there.
    """
    months, year = line.months, settings.year(line.fiscal_year)
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
    top = max([line.current_budget, *amounts, *spent, Decimal(1)])

    def at(month: float, amount: Decimal) -> tuple[float, float]:
        high = float(Fraction(max(_NOTHING, amount)) / Fraction(top))
        across = _LEFT + _WIDTH * month / 12
        return round(across, 1), round(_BOTTOM - (_BOTTOM - _TOP) * high, 1)

    plan = [at(0, _NOTHING), *(at(n, a) for n, a in enumerate(amounts, 1))]
    done = [at(0, _NOTHING), *(at(n, a) for n, a in enumerate(spent, 1))]
    rest = len(spent) < 12 and ahead is not None
    quarters = [_quarters(top, n) for n in (1, 2, 3, 4)]
    return {
        "grid": [(at(0, amount)[1], amount) for amount in quarters],
        "months": [
            (at(n, _NOTHING)[0], (settings.first_month + n - 2) % 12 + 1)
            for n in (3, 6, 9, 12)
        ],
        "plan": _path(plan) if amounts else "",
        "checkpoints": [
            at(float(year.elapsed(day) * 12), amount)
            for day, amount in line.checkpoints
        ],
        "spent": _path(done),
        "forecast": _path([done[-1], at(12, ahead)]) if rest and ahead else "",
    }


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _quarters(whole: Decimal, count: int) -> Decimal:
    return EXACTLY.divide(EXACTLY.multiply(whole, count), 4)

"""What will be disbursed by the end of the year: at the pace so far, or at plan."""

from decimal import Decimal
from fractions import Fraction

from ledger.domain.budget import plan_at
from ledger.domain.exact_numbers import rounded, summed
from ledger.projections.amounts import Money
from ledger.projections.execution import ExecutionLine
from ledger.projections.execution_total import ExecutionTotal


def forecast(line: ExecutionTotal) -> Decimal | None:
    """
    Return what will be disbursed by the year's end at the pace so far.

    Run rate, source by source: disbursed ÷ exact share of the year, at most the
    source's current budget, at least what was spent, to the minor unit, half up; what
    closed projects spent is final. It uses neither plan nor commitments; ``None``
    before the year begins.
    """
    parts = [at_pace(part, line.elapsed) for part in line.by_path.values()]
    known = [part for part in parts if part is not None]
    return None if not line.elapsed else summed([line.currency.major(0), *known])


def at_plan(line: ExecutionLine) -> Decimal | None:
    """Return what the plan in force ends at; ``None`` without a plan."""
    plan = plan_at(line.budget.plans, line.through)
    return None if plan is None else line.currency.major(plan.end)


def at_pace(part: Money, elapsed: Fraction) -> Decimal | None:
    """Return what one source's money comes to by the year's end at the pace so far."""
    if not elapsed:
        return None
    final = part.minor_final
    settled = final + part.minor_carried_over + part.minor_lapsed
    spent = part.minor_disbursed - final
    pace = int(rounded(spent / elapsed, 0))
    most = max(spent, part.minor_current - settled)
    return part.currency.major(final + min(pace, most))

"""What will be disbursed by the end of the year, if it goes on as it did."""

from decimal import Decimal
from fractions import Fraction

from ledger.projections.execution import ExecutionTotal


def forecast(line: ExecutionTotal) -> Decimal | None:
    """
    Return what will be disbursed by the year's end at the pace so far.

    Run rate: disbursed ÷ time progress, at most the current budget, to the minor unit.
    It knows nothing of what is planned or owed; ``None`` before the year begins.
    """
    if not line.time_progress:
        return None
    pace = Fraction(line.minor_disbursed) / Fraction(line.time_progress)
    return line.currency.major(min(round(pace), max(0, line.minor_current)))

"""What nothing that is still to come can undo of an indicator."""

from datetime import date
from fractions import Fraction

from ledger.domain.exact_numbers import exactly
from ledger.domain.measure import Measure
from ledger.domain.results import Standard
from ledger.domain.status import Status
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.domain.variance import Likelihood
from ledger.projections.result_figure import ResultValue


def settled(
    standard: Standard, figure: ResultValue, measure: Measure, status: Status
) -> Likelihood | None:
    """
    Return whether a target is reached for good, or is out of reach.

    A sum past its floor and a date that was reached stay so; a sum past its ceiling and
    a date that was missed as well. All else may still change: ``None``.
    """
    if standard.kind is TargetKind.DAY_OF_MONTH:
        return None  # Another month may be in time.
    if standard.kind in DATES:
        if isinstance(figure, date) and status.row.is_met:
            return Likelihood.CERTAIN
        return Likelihood.IMPOSSIBLE if status is Status.MISSED else None
    if (
        measure is not Measure.SUM
        or standard.kind not in QUANTITIES
        or standard.value is None
        or not isinstance(figure, int | Fraction)
    ):
        return None
    wanted, upper = exactly(standard.value), standard.upper
    if upper is not None:
        return Likelihood.IMPOSSIBLE if figure > exactly(upper) else None
    ceiling = standard.ceiling
    attained = standard.kind.row.is_attained(figure, wanted, None, ceiling)
    if ceiling:
        return None if attained else Likelihood.IMPOSSIBLE
    return Likelihood.CERTAIN if attained else None

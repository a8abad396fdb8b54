"""What a target asks of each month, judged by the worst of the whole months."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, NamedTuple

from dateutil.relativedelta import relativedelta

from ledger.domain.due_days import GRACE
from ledger.domain.exact_numbers import total
from ledger.domain.measure import Measure
from ledger.domain.results import Standard, Tracked
from ledger.domain.status import Status
from ledger.domain.target_kind import QUANTITIES, TargetKind
from ledger.domain.units import is_monthly
from ledger.messages import message
from ledger.projections.assessment import Judged, Moment, judge
from ledger.projections.result_figure import ResultFigure, ResultValue

_NO_MONTH: Final = message("reason.no_whole_month")
_NO_RESULT: Final = message("reason.no_result")


class _WholeMonth(NamedTuple):
    """A whole month, and what was reported for it; ``None`` stands for nothing."""

    value: ResultValue
    judged: Judged

    @property
    def share(self) -> Fraction:
        """What of the target was attained; where there is no share, all or nothing."""
        exact = self.judged.attainment
        return Fraction(self.judged.status.row.is_met if exact is None else exact)


def is_by_month(one: Tracked, standard: Standard) -> bool:
    """Return whether each month is judged by itself: of a quantity, or of a day."""
    monthly = standard.kind in QUANTITIES or standard.kind is TargetKind.DAY_OF_MONTH
    return standard.measure is Measure.WORST_MONTH and monthly and not one.computed_from


def worst_month(
    one: Tracked, standard: Standard, since: date | None, moment: Moment
) -> tuple[ResultFigure, Judged, bool]:
    """
    Judge an indicator by the whole months since *since*, its approval.

    Each is judged by the target in force at its end. The attainment is that of the
    worst; one without a result is due and missing. Behind is where the last one was
    late or short, at risk where an earlier one was.

    Returns:
        What the worst month came to, how it is judged, and whether a result is due.
    """
    moment = moment.ended or moment
    months = _months_of(one, since, moment)
    expected = judge(one, standard, ResultFigure(), moment, 0).due
    if not months:
        return (
            ResultFigure(),
            Judged(None, expected, Status.NOT_DUE, _NO_MONTH),
            False,
        )
    reported = [month for month in months if month.value is not None]
    if not reported:
        judged = Judged(None, expected, Status.OVERDUE, _NO_RESULT)
        return ResultFigure(), judged, True
    worst = min(reported, key=lambda month: month.share)
    status = _status(months, worst, over=moment.over)
    judged = Judged(worst.judged.share, expected, status, worst.judged.reason)
    return ResultFigure(worst.value), judged, True


def _status(months: Sequence[_WholeMonth], worst: _WholeMonth, *, over: bool) -> Status:
    """Return what follows from the last month, from earlier ones and missing ones."""
    short = not worst.judged.status.row.is_met
    if over and short:
        return Status.MISSED
    last = months[-1]
    if last.value is not None and not last.judged.status.row.is_met:
        return Status.BEHIND
    if any(month.value is None for month in months):
        return Status.OVERDUE
    if short:
        return Status.AT_RISK
    return worst.judged.status if over else Status.ON_TRACK


def _months_of(one: Tracked, since: date | None, moment: Moment) -> list[_WholeMonth]:
    """Return the months that began on or after a day and ended by the date."""
    months = []
    for _, held, value in asked_months(one, since, moment.months(), moment.through):
        judged = judge(one, held, ResultFigure(value), moment, 0)
        months.append(_WholeMonth(value, judged))
    return months


def asked_months(
    one: Tracked, since: date | None, ends: Iterable[date], through: date
) -> Iterator[tuple[date, Standard, ResultValue]]:
    """
    Yield the last day of each month that is asked about, its target, and its result.

    ``None`` stands for nothing reported.

    Args:
        since: The day of the approval.

        ends: The last days of the months.
    """
    results = [row for row in one.results if row.on <= through]
    for end in ends:
        start = end + timedelta(days=1) - relativedelta(months=1)
        held = one.standard(end)
        if end > through or since is None or start < since:
            continue
        if held.measure is not Measure.WORST_MONTH:
            continue
        own = [row for row in results if start <= (row.reached_on or row.on) <= end]
        value: ResultValue = None
        if held.kind is TargetKind.DAY_OF_MONTH:
            days = [row.reached_on for row in own if row.reached_on is not None]
            value = max(days, default=None)
        elif held.kind in QUANTITIES:
            numbers = [r.value for r in own if r.value is not None and r.rating is None]
            counted = numbers if is_monthly(held.unit) else numbers[-1:]
            value = total(counted) if counted else None
        if value is not None or end > since + GRACE:
            yield end, held, value

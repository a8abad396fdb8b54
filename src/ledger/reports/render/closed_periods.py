"""What a report says of the periods that are closed, in words."""

from collections.abc import Iterable, Iterator, Mapping

from ledger.figures.figure import Figure, Ground
from ledger.reports.values.monthly import MonthlyValues


def closed_periods(
    monthly: MonthlyValues, say: Mapping[str, str], told: Iterable[Figure] = ()
) -> Iterator[str]:
    """
    Yield a line for each closing, and for each reopening of its scope.

    Where the day of the report is closed, one says which of the figures that are
    *told* next to these lines follows later facts.
    """
    for each in monthly.closed:
        lock = each.lock
        unit = lock.closed.unit or say["all_units"]
        closed = "year_closed" if lock.closed.year_end else "period_closed"
        yield say[closed].format(
            unit=unit, on=lock.closed.on, at=lock.recorded_at[:10], who=lock.actor
        )
        for reopened in each.reopened:
            whose = "_for" if reopened.for_actor else ""
            yield say[f"period_reopened{whose}"].format(
                unit=unit,
                who=reopened.for_actor,
                since=reopened.since,
                on=reopened.on,
                until=reopened.until,
                reason=reopened.reason,
            )
    ahead = any(Ground.AHEAD in figure.grounds for figure in told)
    if ahead and any(each.lock.closed.on >= monthly.through for each in monthly.closed):
        yield say["free_looks_ahead"]

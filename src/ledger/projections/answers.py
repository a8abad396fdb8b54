"""Which due days of an indicator were answered by a result, and which were not."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from ledger.domain.results import Tracked
from ledger.domain.status import Status
from ledger.projections.assessment import Judged
from ledger.projections.attainment import AttainmentLine
from ledger.projections.due_results import needs_none
from ledger.projections.monthly_duty import asked_months
from ledger.projections.result_figure import ResultFigure


class Answers(NamedTuple):
    """
    How many due days of an indicator passed, and how many results came that answer.

    Attributes:
        missing_since: The first of those that nothing answers.
    """

    due: int
    answered: int
    missing_since: date | None


def by_due_day(
    one: Tracked,
    days: Sequence[int],
    through: date,
    line_on: Callable[[date], AttainmentLine | None],
) -> Answers:
    """
    Return which due days were answered.

    One is by a result after the due day before it, until the next one is asked for. It
    does not count where nothing came and none was needed.

    Args:
        days: The ordinals of the due days that passed by *through*, in order.

        line_on: Returns the indicator as it is judged on a day, if it is there.
    """
    due, missing = 0, list[date]()
    if one.computed_from:
        return Answers(0, 0, None)  # Its parts are asked for where they are.
    for place, day in enumerate(days):
        last = place == len(days) - 1
        until = through if last else date.fromordinal(days[place + 1] - 1)
        count = one.results.count_by(until.toordinal())
        came = one.results.days[count - 1] + one.results.start if count else 0
        line = line_on(until)
        answered = came > (days[place - 1] if place else 0)
        if line is None:  # The form did not have it until later.
            continue
        if answered:
            answered = line.status is not Status.OVERDUE  # Else it is no figure.
        elif _needs_none(one, line, until):
            continue
        due += 1
        if not answered:
            missing.append(date.fromordinal(day))
    return Answers(due, due - len(missing), missing[0] if missing else None)


def _needs_none(one: Tracked, line: AttainmentLine, through: date) -> bool:
    judged = Judged(line.exact_attainment, line.exact_expected, line.status)
    made = ResultFigure(line.figure)
    return needs_none(one, one.standard(through), made, judged)


def by_month(
    one: Tracked, since: date | None, ends: Iterable[date], through: date
) -> Answers:
    """Return which of the months that an indicator is asked about were reported."""
    months = list(asked_months(one, since, ends, through))
    missing = [end for end, _, value in months if value is None]
    return Answers(
        len(months), len(months) - len(missing), missing[0] if missing else None
    )

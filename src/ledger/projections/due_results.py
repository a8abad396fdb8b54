"""Results that are due: what is overdue, and what needs no further result."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from ledger.domain.due_days import (
    GRACE,
    DueDays,
    all_passed,
    asked_of_closed,
    passed,
)
from ledger.domain.exact_numbers import divided
from ledger.domain.pacing import is_paced
from ledger.domain.results import Standard, Tracked
from ledger.domain.status import Status, badness
from ledger.domain.target_kind import TargetKind
from ledger.projections.assessment import Judged, Moment
from ledger.projections.result_figure import ResultFigure

_AT_RISK: Final = Status.AT_RISK
_BEHIND: Final = Status.BEHIND
_OVERDUE: Final = Status.OVERDUE
_NO_TARGET: Final = TargetKind.NONE


def own_days(standard: Standard, since: date | None, moment: Moment) -> DueDays:
    """Return the last milestones that passed, or the day of a target that is a date."""
    now = _own_days(standard, since, moment.day)
    if not moment.closed:
        return now
    return asked_of_closed(_own_days(standard, since, moment.closed), now)


def every_own_day(standard: Standard, since: date | None, day: int) -> Sequence[int]:
    """Return the milestones that passed by a day, or the day of a target in time."""
    course = standard.course
    if course is None or not course.milestones:
        last = _own_days(standard, since, day).last
        return (last,) if last else ()
    days = [milestone.on.toordinal() for milestone in course.milestones]
    return all_passed(days, bisect_left(days, _asked_from(since)), day)


def _asked_from(since: date | None) -> int:
    return 0 if since is None else (since + GRACE).toordinal() + 1


def _own_days(standard: Standard, since: date | None, day: int) -> DueDays:
    course = standard.course
    if course is not None and course.milestones:
        days = [milestone.on.toordinal() for milestone in course.milestones]
        return passed(days, bisect_left(days, _asked_from(since)), day)
    assert standard.date is not None  # What is due on days of its own has some.
    by = standard.date.toordinal()
    return DueDays(0, by if by <= day else 0)


def has_pace(standard: Standard) -> bool:
    """Return whether a day says what is expected: of a sum, or by milestones."""
    return is_paced(standard) or standard.course is not None


def as_asked(
    one: Tracked,
    standard: Standard,
    outcome: ResultFigure,
    judged: Judged,
    *,
    due: bool,
) -> Status:
    """
    Return the status where nothing is asked for yet, or nothing to judge came since.

    A level that is short may still come up to what nobody asked for yet.
    """
    status = judged.status
    if not due:
        paced = judged.due is not None and has_pace(standard)
        early = status is _BEHIND and not paced
        return _AT_RISK if early else status
    if badness(status) > badness(_OVERDUE):
        return status
    return status if needs_none(one, standard, outcome, judged) else _OVERDUE


def needs_none(
    one: Tracked, standard: Standard, outcome: ResultFigure, judged: Judged
) -> bool:
    """
    Return whether no result is asked for on a due day, whatever came.

    A sum of which nothing is expected yet, or all that is, needs none, nor does what
    nothing can undo, what has no target, and what is computed from others.
    """
    if one.computed_from or standard.kind is _NO_TARGET:
        return True
    if standard.date is not None:
        return judged.share is not None
    counts = standard.measure.row.adds_up and has_pace(standard)
    if judged.due is None or not counts:
        return False
    actual = outcome.value
    reached = actual if type(actual) is int or type(actual) is Fraction else 0
    return reached >= divided(judged.due)

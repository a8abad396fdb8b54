"""Figures compared with their targets at a date, and what follows."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import msgspec
from attrs import evolve, field, frozen

from ledger.domain.about import AskedPeriod
from ledger.domain.derived_fields import derive
from ledger.domain.exact_numbers import (
    Exact,
    Share,
    divided,
    exactly,
    in_integers,
    quotient,
)
from ledger.domain.indicator import Rating
from ledger.domain.measure import Measure
from ledger.domain.pacing import counts_whole, is_paced
from ledger.domain.plan import Convention
from ledger.domain.policy import CeilingFormula, Policy, Threshold, status_below
from ledger.domain.results import Standard, Tracked
from ledger.domain.status import Status
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.messages import Language, Message, message
from ledger.projections.expectations import expected_by, keeping_pace
from ledger.projections.result_figure import ResultFigure

# Looking a member up on its class costs more than comparing with it.
_RATIO = Measure.RATIO
_AT_RISK = Status.AT_RISK
_ATTAINED = Status.ATTAINED
_BEHIND = Status.BEHIND
_EXCEEDED = Status.EXCEEDED
_MISSED = Status.MISSED
_ON_TRACK = Status.ON_TRACK
_NO_TARGET = TargetKind.NONE
_NOT_DUE = Status.NOT_DUE

# Made once: a report of a province asks for them many times.
_AT_BASELINE = message("reason.target_at_baseline")
_EQUALLED = message("reason.target_equalled")
_NO_DATE = message("reason.no_date")
_NO_FIGURE = message("reason.no_figure")
_NO_SHARE = message("reason.no_share")
_NO_YEAR = message("reason.no_year")


class Judged(msgspec.Struct, frozen=True, gc=False):
    """
    A figure compared with its standard, exact.

    Attributes:
        share: Of the target, not capped; ``None`` with a *reason*.

        due: What a number should have reached by the date.
    """

    share: Share | None
    due: Share | None
    status: Status
    reason: Message | None = None

    @property
    def attainment(self) -> Exact | None:
        """The share attained, divided."""
        return None if self.share is None else divided(self.share)

    @property
    def expected(self) -> Exact | None:
        """The expected figure, as one number."""
        return None if self.due is None else divided(self.due)


@frozen(kw_only=True)
class Moment:
    """
    The date that figures are judged at, and the policy they are judged by.

    Attributes:
        progress: Exact share of the fiscal year elapsed; at 1 the year is *over*.

        pace: Returns of the ordinal of a day which part of a sum's target is expected
            by then, and the whole of it.

        level: The share of its target under which a level is behind.

        convention: How it goes from one milestone to the next, where none says.

        asked: Returns what people answer for at the date, the first choice first; few
            reports have what anybody stated.

        months: Returns the last days of the months of the fiscal year.

        month_ends: Their ordinals.

        day: The ordinal of the date.

        language: Of the findings about figures.

        closed: The ordinal of the day on which the project was closed; 0 for none.

        ended: Of a closed project: the same at the end of its year, to judge by what
            was due.
    """

    through: date
    progress: Fraction | Decimal
    pace: Callable[[int], tuple[int, int]]
    policy: Policy
    language: Language | None = None
    convention: Convention = Convention.LINEAR
    asked: Callable[[], tuple[AskedPeriod, ...]] = tuple
    months: Callable[[], Sequence[date]] = tuple
    month_ends: Sequence[int] = ()
    closed: int = 0
    ended: "Moment | None" = None
    over: bool = field(init=False)
    day: int = field(init=False)
    thresholds: tuple[Threshold, ...] = field(init=False)
    exceeded: tuple[int, int] = field(init=False)
    level: tuple[int, int] = field(init=False)

    def __attrs_post_init__(self) -> None:
        policy = self.policy
        given = {
            "day": self.through.toordinal(),
            "over": self.progress == 1,
            "thresholds": policy.result_thresholds,
            "exceeded": policy.exceeded_from.as_integer_ratio(),
            "level": policy.level_behind_below.as_integer_ratio(),
        }
        derive(self, **given)

    def closed_on(self, day: date) -> "Moment":
        """Return the same of a project that was closed on a day."""
        months = [end for end in self.months() if end <= day]
        ended = evolve(self, progress=Fraction(1), months=lambda: months)
        return evolve(self, closed=day.toordinal(), ended=ended)


def judge(
    one: Tracked,
    standard: Standard,
    found: ResultFigure,
    moment: Moment,
    paced_on: int,
) -> Judged:
    """
    Compare *found* with *standard*, and conclude where it stands (design 3.6).

    Args:
        paced_on: The ordinal of the day by which a sum is paced: the last due day that
            has passed, or the last result if that is later; 0 before both.
    """
    actual, packed = found.value, standard.value
    if packed is not None and standard.kind in QUANTITIES:
        expected: Share | None
        expected = wanted = packed if type(packed) is int else exactly(packed)
        if standard.eased or (standard.upper is not None and is_paced(standard)):
            # A rate is not 58 % in July.
            part, of = moment.pace(paced_on)
            if counts_whole(standard):  # Nobody does a part of one.
                expected = wanted * part // of
            else:
                expected = wanted * part, of
        elif standard.course is not None:
            expected = _expected(one, standard, wanted, moment, paced_on)
        if (type(actual) is int or type(actual) is Fraction) and (
            not found.partial or _decided(standard, found.measure, actual, wanted)
        ):
            return _judge_number(one, standard, actual, wanted, expected, moment)
        return Judged(None, expected, _NOT_DUE)
    if standard.kind is _NO_TARGET:  # The result is shown, and nothing judged.
        return Judged(None, None, Status.NO_TARGET)
    if actual is None:
        return Judged(None, None, _NOT_DUE)
    if standard.kind in DATES:
        return _judge_date(standard, actual)
    if isinstance(actual, Rating):
        return _judge_rating(actual, found.share, moment)
    return Judged(None, None, _NOT_DUE, _NO_FIGURE)


def _expected(
    one: Tracked, standard: Standard, wanted: Exact, moment: Moment, paced_on: int
) -> Exact | None:
    """Return what milestones expect by a day, or of what builds up from a baseline."""
    elapsed, usual = Fraction(*moment.pace(paced_on)), moment.convention
    day = date.fromordinal(paced_on) if paced_on else date.min
    expected = expected_by(one, standard, wanted, day, usual, elapsed)
    if expected is None or not counts_whole(standard):
        return expected
    return expected // 1


def _decided(
    standard: Standard, made_as: Measure | None, actual: Exact, wanted: Exact
) -> bool:
    """
    Return whether nothing that is still to come can undo what a sum has passed.

    A rate is no sum: more of the whole may bring it back.
    """
    if made_as is _RATIO:
        return False
    if standard.upper is not None:
        return actual > exactly(standard.upper)
    ceiling = standard.ceiling
    attained = standard.kind.row.is_attained(actual, wanted, None, ceiling)
    return not attained if ceiling else standard.measure.row.adds_up and attained


def _judge_number(
    one: Tracked,
    standard: Standard,
    actual: Exact,
    wanted: Exact,
    expected: Share | None,
    moment: Moment,
) -> Judged:
    row, ceiling, upper = standard.kind.row, standard.ceiling, standard.upper
    if type(actual) is int and type(wanted) is int:
        part, whole = actual, wanted
    else:
        part, whole = in_integers(actual, wanted)
    attained = (
        row.is_attained(part, whole, None, ceiling)
        if upper is None
        else row.is_attained(actual, wanted, exactly(upper), ceiling)
    )
    floor = upper is None and one.baseline is None and not ceiling
    share: Share | None
    if floor and whole > 0:
        share = made, due = part, whole
    elif attained and upper is None and one.baseline is None:
        share = made = due = 1
    else:
        policy = moment.policy
        share, own = _shares(one, standard, actual, wanted, policy, attained=attained)
        made, due = own.as_integer_ratio()
    reason = _EQUALLED if row.is_strict and part == whole else None
    reason = _AT_BASELINE if share is None else reason
    if attained and (floor or moment.over or not standard.measure.row.adds_up):
        above, under = moment.exceeded
        exceeded = floor and made * under >= above * due
        return Judged(share, expected, _EXCEEDED if exceeded else _ATTAINED, reason)
    if moment.over:
        return Judged(share, expected, _MISSED, reason)
    if standard.eased:
        status = _of_sum(standard, actual, wanted, expected, moment)
    elif standard.course is not None:
        status = _along(one, standard, actual, expected, moment)
    elif attained:
        status = _ON_TRACK  # More may pass it.
    elif standard.measure.row.adds_up:
        status = _of_sum(standard, actual, wanted, expected, moment)
    else:
        above, under = moment.level
        status = _BEHIND if made * under < above * due else _AT_RISK
    return Judged(share, expected, status, reason)


def _along(
    one: Tracked,
    standard: Standard,
    result: Exact,
    expected: Share | None,
    moment: Moment,
) -> Status:
    """Return the status by what milestones expect, or what builds up from a start."""
    by_now = None if expected is None else divided(expected)
    done, due = keeping_pace(one, standard, result, by_now)
    if done == due:
        return _ON_TRACK
    best = _AT_RISK if standard.ceiling else _ON_TRACK
    one_left = by_now is not None and counts_whole(standard) and by_now - result <= 1
    return _short(done, due, moment, best, one_left=one_left)


def _short(
    done: int, due: int, moment: Moment, best: Status, *, one_left: bool
) -> Status:
    """Return the status of what is short of its pace; one thing alone is no trend."""
    status = status_below(done, due, moment.thresholds, best)
    return _AT_RISK if one_left and status is _BEHIND else status


def _of_sum(
    standard: Standard,
    actual: Exact,
    wanted: Exact,
    expected: Share | None,
    moment: Moment,
) -> Status:
    """Return the status of a sum that is short of its floor or past its ceiling."""
    if standard.ceiling or (standard.upper is not None and actual > wanted):
        return _BEHIND  # Nothing takes back what has passed.
    if expected is None:
        return _ON_TRACK
    if isinstance(expected, tuple):
        part, whole = expected
        done, due = in_integers(actual * whole, part)
        return status_below(done, due, moment.thresholds, _ON_TRACK)
    if actual >= expected:
        return _ON_TRACK
    done, due = in_integers(actual, expected)
    return _short(done, due, moment, _ON_TRACK, one_left=expected - actual <= 1)


def _shares(
    one: Tracked,
    standard: Standard,
    actual: Exact,
    wanted: Exact,
    policy: Policy,
    *,
    attained: bool,
) -> tuple[Exact | None, Exact]:
    """
    Return the share attained where it is not result ÷ target, and what paces it.

    The first is ``None`` where the target is the baseline.
    """
    formula = _ceiling if standard.ceiling else _floor
    own = formula(actual, wanted, policy, attained=attained)
    if one.baseline is None and standard.upper is None:
        return own, own
    share = _from_baseline(one, standard, actual, wanted, policy)
    return share, own if share is None else share


def _judge_date(standard: Standard, reached: object) -> Judged:
    if not isinstance(reached, date):
        return Judged(None, None, _NOT_DUE, _NO_DATE)
    if standard.kind is TargetKind.DAY_OF_MONTH:
        attained = reached.day <= exactly(standard.value or 0)
    elif standard.date is None:
        return Judged(None, None, Status.NO_TARGET, _NO_YEAR)
    else:
        attained = reached <= standard.date
    if attained:
        return Judged(1, None, _ATTAINED)
    return Judged(0, None, _MISSED)


def _judge_rating(rating: Rating, share: Exact | None, moment: Moment) -> Judged:
    """Judge a quality by what is claimed; how much of it only earns points."""
    status = _ATTAINED
    if rating is not Rating.ATTAINED:
        status = _AT_RISK if rating is Rating.PARTLY else _BEHIND
        status = _MISSED if moment.over else status
    return Judged(share, None, status, _NO_SHARE if share is None else None)


def _from_baseline(
    one: Tracked, standard: Standard, actual: Exact, wanted: Exact, policy: Policy
) -> Exact | None:
    """
    Return the share attained of a way from a baseline, or of a range.

    The way leads from the baseline to the bound of the range that is nearer; from
    inside it there is none. ``None`` where the target is the baseline.
    """
    start = None if one.baseline is None else exactly(one.baseline)
    upper = None if standard.upper is None else exactly(standard.upper)
    if upper is not None:
        if wanted <= actual <= upper:
            return 1
        falls_short = actual < wanted
        nearer = wanted if falls_short else upper
        if start is None or (start >= wanted if falls_short else start <= upper):
            formula = _floor if falls_short else _ceiling
            return formula(actual, nearer, policy, attained=False)
        return quotient(actual - start, nearer - start)
    assert start is not None
    return quotient(actual - start, wanted - start) if wanted != start else None


def _floor(actual: Exact, wanted: Exact, _: Policy, *, attained: bool) -> Exact:
    """Return result ÷ target; all or nothing where the target is 0 or less."""
    return quotient(actual, wanted) if wanted > 0 else int(attained)


def _ceiling(actual: Exact, wanted: Exact, policy: Policy, *, attained: bool) -> Exact:
    """Return 1 up to the target; all or nothing where the target is 0 or less."""
    if wanted <= 0:
        return int(attained)
    if actual <= wanted:
        return 1
    if policy.ceiling is CeilingFormula.RATIO:
        return quotient(wanted, actual)
    return max(0, 1 - quotient(actual - wanted, wanted))

"""
Due days: the days on which a result of an indicator is asked for.

What sets them, the first that applies: the days of milestones, or that of a target
that is a date; the ends of months, for what is asked of each month; then the headings.
Output and cost are asked for at each quarter's end; benefit, satisfaction and impact at
the end of the year. Where level 1 says neither, level 2 does; and else a sum is asked
for at each quarter's end, a level at the end of the year (docs/rules.md). A policy may
say another period than the quarter and than the year.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from ledger.domain.calendar import month_ends_from
from ledger.domain.indicator import Indicator
from ledger.domain.measure import Measure
from ledger.domain.policy import DueEvery
from ledger.domain.scoring_rule import WeightGroup
from ledger.domain.target import Target
from ledger.domain.target_kind import TargetKind
from ledger.domain.weight_groups import GROUP_WORDS

QUARTERLY: Final = 0
YEARLY: Final = 1
MONTHLY: Final = 2
OWN_DAY: Final = 3
"""When results are asked for: places in :class:`DuePassed`, or on a day of its own."""

GRACE: Final = timedelta(days=30)
"""So long after its approval, no project is asked for results."""

_QUARTERLY: Final = (
    *GROUP_WORDS[WeightGroup.OUTPUT],
    *GROUP_WORDS[WeightGroup.COST],
)
_YEARLY: Final = (
    *GROUP_WORDS[WeightGroup.BENEFIT],
    *GROUP_WORDS[WeightGroup.SATISFACTION],
    *("影响", "impact"),
)
_QUARTERLY_AT_LEVEL2: Final = (
    *GROUP_WORDS[WeightGroup.COST],
    *("数量", "质量", "时效", "进度"),
    *("quantity", "quality", "timeliness", "progress"),
)


class DueDays(NamedTuple):
    """
    The due days that have passed last, as ordinals.

    Attributes:
        before: The one before the last; 0 where there is none.

        last: 0 where none has passed.
    """

    before: int
    last: int

    @property
    def on(self) -> date | None:
        """The day of the last; ``None`` where none has passed."""
        return date.fromordinal(self.last) if self.last else None

    @property
    def after(self) -> date | None:
        """The day of the one before: a result after it answers the last."""
        return date.fromordinal(self.before) if self.before else None


class DueSeries(NamedTuple):
    """
    When a project or unit is asked for results.

    Attributes:
        months: The ordinals of the ends of the twelve months of the year.

        first: How many of them came before results are asked for.

        once: The ordinal of the day on which all is planned at once, before which there
            is nothing to measure at a quarter's end; 0 for none.

        due: When the policy asks for outputs, and for outcomes.
    """

    months: Sequence[int]
    first: int
    once: int
    due: tuple[DueEvery, DueEvery]

    def passed(self, at: int, day: int) -> Sequence[int]:
        """
        Return the due days that have passed by a day, in order.

        Args:
            at: When results are asked for: on no day of its own.
        """
        if at == MONTHLY:
            return all_passed(self.months, self.first, day)
        return all_passed(*self.of(self.due[at]), day)

    def of(self, every: DueEvery) -> tuple[Sequence[int], int]:
        """Return the ends of periods, and how many come before the first due one."""
        if every is DueEvery.MONTH:
            before = max(self.first, bisect_left(self.months, self.once))
            return self.months, before
        quarters = self.months[2::3]
        if every is DueEvery.YEAR:
            return quarters, len(quarters) - 1
        return quarters, max(self.first // 3, bisect_left(quarters, self.once))


class DuePassed(NamedTuple):
    """
    The due days of a project or unit that have passed last.

    Attributes:
        outputs: Of indicators that headings ask for at each quarter's end, unless the
            policy says another period.

        outcomes: Of those that they ask for at the end of the year, likewise.

        monthly: Of those that are asked about each month.
    """

    outputs: DueDays
    outcomes: DueDays
    monthly: DueDays

    @classmethod
    def by(
        cls,
        day: int,
        months: Sequence[int],
        first: int,
        once: int,
        due: tuple[DueEvery, DueEvery],
    ) -> "DuePassed":
        """
        Return what has passed by a day.

        Args:
            day: Its ordinal.

            months: The ordinals of the ends of the twelve months of the year.

            first: How many of them came before results are asked for.

            once: The ordinal of the day on which all is planned at once, before which
                there is nothing to measure at a quarter's end; 0 for none.

            due: When the policy asks for outputs, and for outcomes.
        """
        series = DueSeries(months, first, once, due)
        outputs, outcomes = (passed(*series.of(each), day) for each in due)
        return cls(outputs, outcomes, passed(months, first, day))


def at_headings(level1: str, level2: str, *, adds_up: bool) -> int:
    """
    Return when headings ask for a result: at each quarter's end, or at year end.

    Args:
        adds_up: Whether results are summed.

    >>> at_headings("产出指标", "质量指标", adds_up=False) == QUARTERLY
    True
    >>> at_headings("效益指标", "经济效益指标", adds_up=True) == YEARLY
    True
    """
    for level, quarterly in ((level1, _QUARTERLY), (level2, _QUARTERLY_AT_LEVEL2)):
        name = level.lower()
        if any(word in name for word in _YEARLY):
            return YEARLY
        if any(word in name for word in quarterly):
            return QUARTERLY
    return QUARTERLY if adds_up else YEARLY


def months_before(months: Sequence[int], since: int) -> int:
    """
    Return how many ends of months came before results are asked for.

    Args:
        since: The ordinal of the day of the approval.
    """
    return bisect_left(months, since + GRACE.days + 1)


@lru_cache(maxsize=64)
def month_ends(start: date) -> tuple[int, ...]:
    """Return the ordinals of the ends of the months of a year that starts on a day."""
    return tuple(end.toordinal() for end in month_ends_from(start))


def all_passed(days: Sequence[int], before: int, through: int) -> Sequence[int]:
    """
    Return the due days that have passed, in order: the last two are :func:`passed`.

    >>> all_passed((10, 20, 30), 1, 30), all_passed((10, 20, 30), 3, 30)
    ((20, 30), (30,))
    """
    return days[min(before, len(days) - 1) : bisect_right(days, through)]


def passed(days: Sequence[int], before: int, through: int) -> DueDays:
    """
    Return the last two of the due days that have passed.

    Args:
        days: Ordinals in order, of which the last is due in any case.

        before: How many of them come before the first that is due.

        through: The ordinal of a day; what is due on that day has passed.

    >>> passed((10, 20, 30), 1, 20), passed((10, 20, 30), 3, 30)
    (DueDays(before=0, last=20), DueDays(before=0, last=30))
    """
    first = min(before, len(days) - 1)
    last = bisect_right(days, through) - 1
    return DueDays(
        days[last - 1] if last > first else 0,
        days[last] if last >= first else 0,
    )


def until_closing(then: DuePassed, now: DuePassed) -> DuePassed:
    """
    Return the due days of a closed project that have passed.

    Args:
        then: By the day of the closing.

        now: By the day that is asked about.
    """
    return DuePassed(
        asked_of_closed(then.outputs, now.outputs),
        asked_of_closed(then.outcomes, now.outcomes),
        then.monthly,
    )


def asked_of_closed(then: DueDays, now: DueDays) -> DueDays:
    """
    Return the due days of an indicator of a closed project that have passed.

    What was asked for by its closing is asked for no more; else one result is, whenever
    it comes.
    """
    return then if then.last else DueDays(0, now.last)


def due_at(indicator: Indicator, target: Target) -> int:
    """Return when *target* asks for results of *indicator*."""
    course = indicator.course
    if target.date is not None or (course is not None and course.milestones):
        return OWN_DAY
    monthly = indicator.measure is Measure.WORST_MONTH
    if monthly or target.kind is TargetKind.DAY_OF_MONTH:
        return MONTHLY
    adds_up = indicator.measure.row.adds_up
    return at_headings(indicator.level1, indicator.level2, adds_up=adds_up)

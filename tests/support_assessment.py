"""Numbers held against printed targets."""

from decimal import Decimal

from ledger.domain.due_days import DueDays, DuePassed
from ledger.domain.exact_numbers import exactly, rounded
from ledger.domain.plain_results import PlainTracked
from ledger.domain.policy import Policy
from ledger.projections.assessment import Moment, judge
from ledger.projections.result_figure import ResultFigure
from support import day, indicator

NOTHING_DUE = DuePassed(DueDays(0, 0), DueDays(0, 0), DueDays(0, 0))


def moment(through, progress, *, eased=None, policy=None, **given):
    """Return a day when *progress* of the year has passed, and *eased* of each sum."""
    share = progress if eased is None else Decimal(eased)
    return Moment(
        through=through,
        progress=progress,
        pace=lambda _: share.as_integer_ratio(),
        policy=policy or Policy(),
        **given,
    )


def at(progress):
    """Return a moment when *progress* of the year has passed."""
    return moment(day(6, 30), Decimal(progress))


def judged(target, actual, progress="0.5", **given):
    """Hold the number *actual* against a printed target."""
    one = PlainTracked(indicator(target=target, **given))
    return judge(one, one.original, ResultFigure(exactly(actual)), at(progress), 0)


def shown_share(found):
    """Return the attainment as reports show it."""
    return rounded(found.attainment, 6, (1,))

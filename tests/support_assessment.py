"""Numbers held against printed targets."""

from decimal import Decimal

from ledger.domain.exact_numbers import exactly, rounded
from ledger.domain.plain_results import PlainTracked
from ledger.domain.policy import Policy
from ledger.projections.assessment import Moment, judge
from ledger.projections.result_figure import ResultFigure
from support import day, indicator


def at(progress):
    """Return a moment when *progress* of the year has passed."""
    share = Decimal(progress)
    return Moment(through=day(6, 30), progress=share, eased=share, policy=Policy())


def judged(target, actual, progress="0.5", **given):
    """Hold the number *actual* against a printed target."""
    one = PlainTracked(indicator(target=target, **given))
    return judge(one, one.original, ResultFigure(exactly(actual)), at(progress))


def shown_share(found):
    """Return the attainment as reports show it."""
    return rounded(found.attainment, 6, (1,))

"""What is judged at its edges: what a sum has passed, what is due, and ranges."""

from decimal import Decimal

import pytest

from ledger import Measure, Status
from ledger.domain.exact_numbers import exactly
from ledger.domain.plain_results import PlainTracked
from ledger.projections.assessment import judge
from ledger.projections.result_figure import ResultFigure
from support import indicator
from support_assessment import at, judged, shown_share


@pytest.mark.parametrize(
    ("target", "measure", "passed", "open_yet"),
    [
        ("10-20台", Measure.SUM, "21", "20"),
        ("≥10台", Measure.SUM, "10", "9"),
        ("≥90%", Measure.RATIO, None, "95"),
        ("≤10%", Measure.RATIO, None, "95"),
    ],
)
def test_a_part_of_a_sum_is_judged_once_nothing_can_undo_it(
    target, measure, passed, open_yet
):
    """A rate can be brought back by more of the whole."""
    one = PlainTracked(indicator(target=target, measure=measure))

    def status(actual):
        figure = ResultFigure(exactly(actual), measure=measure, partial=True)
        return judge(one, one.original, figure, at("0.5"), 0).status

    assert status(open_yet) is Status.NOT_DUE
    if passed is not None:
        assert status(passed) is not Status.NOT_DUE


@pytest.mark.parametrize(
    ("actual", "status"),
    [
        ("44", Status.BEHIND),
        ("45", Status.AT_RISK),
        ("59", Status.AT_RISK),
        ("60", Status.ON_TRACK),
    ],
)
def test_a_sum_is_held_against_what_is_due_of_it(actual, status):
    """Three quarters of the target when three quarters of the year have passed."""
    found = judged("≥100次", actual, "0.75")
    assert (found.expected, found.status) == (75, status)


def test_a_strict_target_that_is_equalled_says_so():
    """And nothing of one that is missed by more, or met."""
    assert (
        str(judged("＞98%", "98", "1").reason)
        == "the target is equalled, and not passed"
    )
    assert judged("＞98%", "97", "1").reason is None
    assert judged("＞98%", "99", "1").reason is None


@pytest.mark.parametrize(
    ("baseline", "actual", "share"),
    [
        (100, "90", "1"),
        (100, "95", "1"),
        (90, "80", "0.888889"),
        (95, "99", "0.957895"),
        (100, "99", "0.2"),
    ],
)
def test_a_way_to_a_range_ends_at_its_nearer_bound(baseline, actual, share):
    """From a bound itself, or from inside, there is none."""
    found = judged("90%-95%", actual, baseline=Decimal(baseline))
    assert shown_share(found) == Decimal(share)


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [
        ("0-0起", "0", "1"),
        ("0-0起", "1", "0"),
        ("1-2件", "0.5", "0.5"),
        ("≤1件", "1.5", "0.5"),
    ],
)
def test_small_targets_are_divided_and_nothing_is_not(target, actual, share):
    """All or nothing where the target is 0; a share of 1 and of less."""
    assert shown_share(judged(target, actual)) == Decimal(share)


def test_a_range_of_nothing_is_missed_by_one():
    """Its upper bound is 0, and not left out."""
    assert judged("0-0起", "1", "1").status is Status.MISSED


@pytest.mark.parametrize(("target", "actual"), [("≥1%", "0"), ("≤5天", "10")])
def test_nothing_of_a_target_is_behind(target, actual):
    """A share of 0 is below every threshold, of a floor of 1 as of a ceiling."""
    assert judged(target, actual).status is Status.BEHIND

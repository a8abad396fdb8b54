from decimal import Decimal

import pytest

from ledger import (
    CeilingFormula,
    Checkpoint,
    Ledger,
    Measure,
    Policy,
    Proration,
    SpendingPlan,
    Status,
)
from ledger.domain.exact_numbers import exactly
from ledger.domain.plain_results import PlainTracked
from ledger.domain.status import badness, badness_at_end
from ledger.projections.assessment import judge
from ledger.projections.result_figure import ResultFigure
from support import PROJECT, approval, day, indicator
from support_assessment import moment


def judged(target, actual, *, eased="0.5", policy=None, **given):
    """Hold *actual* against a printed target in mid-year."""
    one = PlainTracked(indicator(target=target, **given))
    then = moment(day(6, 30), Decimal("0.5"), eased=eased, policy=policy)
    return judge(one, one.original, ResultFigure(exactly(actual)), then, 0)


def test_the_default_thresholds_are_those_of_the_rules():
    """60 % and 80 % of counts and money, 90 % of levels, exceeded from 130 %."""
    policy = Policy()

    assert (policy.behind_below, policy.at_risk_below) == (
        Decimal("0.6"),
        Decimal("0.8"),
    )
    assert policy.level_behind_below == Decimal("0.9")
    assert policy.money_behind_below == Decimal("0.6")
    assert policy.money_at_risk_below == Decimal("0.8")
    assert policy.exceeded_from == Decimal("1.3")
    assert policy.ceiling is CeilingFormula.DEVIATION
    assert policy.proration is Proration.TIME


def test_every_status_has_its_place_from_best_to_worst():
    """A year that is over puts what never came before what is behind."""
    assert sorted(Status, key=badness_at_end)[-3:] == [
        Status.BEHIND,
        Status.OVERDUE,
        Status.MISSED,
    ]
    assert sorted(Status, key=badness) == [
        Status.NO_TARGET,
        Status.NOT_DUE,
        Status.CLOSED,
        Status.ATTAINED,
        Status.ON_TRACK,
        Status.EXCEEDED,
        Status.AT_RISK,
        Status.OVERDUE,
        Status.BEHIND,
        Status.MISSED,
    ]


@pytest.mark.parametrize(
    ("target", "actual", "status"),
    [
        ("≥100%", "89.999", Status.BEHIND),
        ("≥100%", "90", Status.AT_RISK),
        ("≥100%", "99.999", Status.AT_RISK),
        ("≥100%", "100", Status.ATTAINED),
        ("≥100%", "129.999", Status.ATTAINED),
        ("≥100%", "130", Status.EXCEEDED),
        ("100台", "130", Status.EXCEEDED),
        ("≥100次", "29.999", Status.BEHIND),
        ("≥100次", "30", Status.AT_RISK),
        ("≥100次", "39.999", Status.AT_RISK),
        ("≥100次", "40", Status.ON_TRACK),
        ("≥100次", "99", Status.ON_TRACK),
        ("≥100次", "100", Status.ATTAINED),
        ("≥100次", "130", Status.EXCEEDED),
        ("≤100天", "110.001", Status.BEHIND),
        ("≤100天", "110", Status.AT_RISK),
        ("≤100天", "100.001", Status.AT_RISK),
        ("≤100天", "0", Status.ATTAINED),
        ("≤100次", "100", Status.ON_TRACK),
        ("≤100次", "100.001", Status.BEHIND),
        ("10%-20%", "8.999", Status.BEHIND),
        ("10%-20%", "9", Status.AT_RISK),
        ("10%-20%", "20", Status.ATTAINED),
        ("10%-20%", "22", Status.AT_RISK),
        ("10%-20%", "22.001", Status.BEHIND),
        ("100-200次", "29.999", Status.BEHIND),
        ("100-200次", "30", Status.AT_RISK),
        ("100-200次", "40", Status.ON_TRACK),
        ("100-200次", "200", Status.ON_TRACK),
        ("100-200次", "200.001", Status.BEHIND),
        ("＞98%", "98", Status.AT_RISK),
        ("＞98%", "98.001", Status.ATTAINED),
    ],
)
def test_status_changes_exactly_at_its_threshold(target, actual, status):
    """A level as it stands; a sum against the half of its floor expected by June."""
    assert judged(target, actual).status is status


def test_only_a_floor_can_be_exceeded():
    """From 40 days down to 10 is 150 % of the way to 20, and simply attained."""
    found = judged("≤20天", "10", baseline=Decimal(40))

    assert (found.attainment, found.status) == (Decimal("1.5"), Status.ATTAINED)


@pytest.mark.parametrize(
    ("threshold", "actual", "status"),
    [
        ({"level_behind_below": Decimal("0.5")}, "50", Status.AT_RISK),
        ({"level_behind_below": Decimal("0.5")}, "49.999", Status.BEHIND),
        ({"behind_below": Decimal("0.5")}, "89.999", Status.BEHIND),
        ({"at_risk_below": Decimal("0.95")}, "95", Status.AT_RISK),
        ({"exceeded_from": Decimal("1.5")}, "149.999", Status.ATTAINED),
        ({"exceeded_from": Decimal("1.5")}, "150", Status.EXCEEDED),
    ],
)
def test_another_policy_judges_otherwise(threshold, actual, status):
    """A threshold is a value of the policy, never a constant."""
    assert judged("≥100%", actual, policy=Policy(**threshold)).status is status


@pytest.mark.parametrize(
    ("threshold", "actual", "status"),
    [
        ({"behind_below": Decimal("0.5")}, "25", Status.AT_RISK),
        ({"behind_below": Decimal("0.5")}, "24.999", Status.BEHIND),
        ({"at_risk_below": Decimal("0.95")}, "47.499", Status.AT_RISK),
        ({"at_risk_below": Decimal("0.95")}, "47.5", Status.ON_TRACK),
        ({"level_behind_below": Decimal(1)}, "40", Status.ON_TRACK),
    ],
)
def test_another_policy_judges_counts_otherwise(threshold, actual, status):
    """Against the half that is expected by June; the threshold of levels is none."""
    assert judged("≥100次", actual, policy=Policy(**threshold)).status is status


@pytest.mark.parametrize(
    ("target", "actual", "attainment"),
    [
        ("≤90天", "45", "1"),
        ("≤90天", "90", "1"),
        ("≤90天", "100", "0.9"),
        ("≤90天", "180", "0.5"),
        ("≤0起", "1", "0"),
        ("90%-95%", "190", "0.5"),
        ("90%-95%", "45", "0.5"),
        ("≥98%", "147", "1.5"),
    ],
)
def test_a_ceiling_may_be_judged_by_ratio(target, actual, attainment):
    """Above a ceiling t ÷ a, as Hubei does; floors stay as they are."""
    policy = Policy(ceiling=CeilingFormula.RATIO)

    assert judged(target, actual, policy=policy).attainment == Decimal(attainment)


@pytest.mark.parametrize(
    ("target", "given", "expected"),
    [
        ("≥100次", {}, "25"),
        ("＞100次", {}, "25"),
        ("100次", {}, "25"),
        ("≥100人", {"measure": Measure.SUM}, "25"),
        ("≤100次", {}, "100"),
        ("100次", {"level2": "成本指标"}, "100"),
        ("100次-200次", {}, "25"),
        ("100%-200%", {}, "100"),
        ("≥100%", {}, "100"),
        ("≥100次", {"measure": Measure.LATEST}, "100"),
        ("≥100次", {"measure": Measure.MEAN}, "100"),
        ("≥100次", {"measure": Measure.RATIO}, "100"),
    ],
)
def test_only_a_sum_up_to_a_floor_is_eased(target, given, expected):
    """With a quarter expected by now, a rate is due in full all the same."""
    found = judged(target, "0", eased="0.25", **given)

    assert found.expected == Decimal(expected)


@pytest.mark.parametrize(
    ("proration", "expected", "status"),
    [(Proration.TIME, 5, Status.ON_TRACK), (Proration.PLAN, 8, Status.BEHIND)],
)
def test_a_sum_is_eased_by_time_or_by_the_plan(path, proration, expected, status):
    """By June half of the year has passed, and 80 % of the money is planned."""
    plan = SpendingPlan(
        checkpoints=(Checkpoint(day(6, 30), 80_000), Checkpoint(day(12, 31), 100_000))
    )
    policy = Policy(proration=proration)
    with Ledger.open(path, actor="tester", policy=policy) as ledger:
        ledger.append(approval(plan=plan))
        ledger.report_result(PROJECT, indicator().name, 4, on=day(6))
        line = ledger.view(through=day(6, 30)).attainment(PROJECT)[0]

    assert (line.expected, line.status) == (expected, status)

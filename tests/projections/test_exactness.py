"""Figures are judged before they are rounded, and rates are pooled, never added."""

from decimal import Decimal

import pytest

from ledger import IndicatorReference, Measure, Objective, Policy, Status
from ledger.domain.events import ScoreReported
from support import approval, day, indicator


@pytest.fixture
def two(ledger):
    """Approve two projects with a rate each, and a unit's rate computed of both."""
    rate = indicator("结案率", "≥90%")
    for code in ("A", "B"):
        ledger.append(approval(code, 100_000, indicators=(rate,)))
    whole = indicator(
        "结案率",
        "≥90%",
        measure=Measure.LATEST,
        computed_from=tuple(
            IndicatorReference(project=code, indicator="结案率") for code in ("A", "B")
        ),
    )
    ledger.set_objectives(
        "323",
        "人社局",
        [Objective(title="仲裁", objective=None, indicators=(whole,))],
        fiscal_year=2023,
        on=day(1),
    )
    return ledger


def unit_line(ledger, month):
    """Return the unit's indicator at a month's end."""
    (unit,) = ledger.monthly_report(2023, month).units
    return unit.indicators[0]


def test_rates_of_projects_are_pooled_whatever_the_unit_s_measure(two):
    """90/100 and 10/1000 make 9.09 %, not their mean and not their sum."""
    two.report_result("A", "结案率", numerator=90, denominator=100, on=day(5))
    two.report_result("B", "结案率", numerator=10, denominator=1000, on=day(5))
    line = unit_line(two, 6)
    assert (f"{line.result}", line.results) == ("9.090909", 2)


def test_while_a_part_is_missing_its_rate_stands_and_is_not_judged(two):
    """One of two projects has reported: 97 is not the unit's rate yet."""
    two.report_result("A", "结案率", value=97, on=day(2))
    line = unit_line(two, 3)
    assert (line.result, line.attainment, line.status) == (97, None, Status.NOT_DUE)
    assert str(line.reason) == "1 of 2 reported"


def test_rates_without_parts_do_not_pool(two):
    """A rate whose parts are not known cannot be weighed; that is said."""
    two.report_result("A", "结案率", numerator=90, denominator=100, on=day(5))
    two.report_result("B", "结案率", value=50, on=day(5))
    line = unit_line(two, 6)
    assert line.result is None
    assert "do not pool" in str(line.reason)


@pytest.mark.parametrize(
    ("measure", "expected"), [(Measure.MIN, 97), (Measure.MAX, 98)]
)
def test_pairs_are_compared_by_their_rate(ledger, measure, expected):
    """Of 49/50 and 97/100 the numerator 49 is the least, and plays no part."""
    ledger.append(approval(indicators=(indicator("率", "≥90%", measure=measure),)))
    ledger.report_result("P-1", "率", numerator=49, denominator=50, on=day(2))
    ledger.report_result("P-1", "率", numerator=97, denominator=100, on=day(3))
    (line,) = ledger.view(through=day(6)).attainment("P-1")
    assert line.result == expected


@pytest.mark.parametrize(
    ("done", "status"), [(6, Status.AT_RISK), ("5.999999", Status.BEHIND)]
)
def test_a_sixth_of_the_year_is_exactly_a_sixth(ledger, done, status):
    """At the end of February 10 of 60 are expected, and 6 are exactly 60 % of them."""
    ledger.append(approval(indicators=(indicator("次数", "≥60次"),)))
    ledger.report_result("P-1", "次数", value=done, on=day(2, 28))
    (line,) = ledger.view(through=day(2, 28)).attainment("P-1")
    assert (line.expected, line.status) == (10, status)


def test_money_is_judged_by_the_exact_share_of_the_year(ledger):
    """0.40 spent at two thirds of the year is 60 % of the time: at risk, not behind."""
    ledger.append(approval(budget=60_000, indicators=(indicator(),)))
    ledger.policy = Policy(money_against="time")
    ledger.disburse("P-1", 240, voucher="1", on=day(2))
    assert ledger.view(through=day(8, 31)).project("P-1").status is Status.AT_RISK


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("8999996", Status.BEHIND),
        ("9000000", Status.AT_RISK),
        ("12999996", Status.ATTAINED),
        ("13000000", Status.EXCEEDED),
    ],
)
def test_attainment_meets_its_thresholds_before_it_is_rounded(ledger, value, status):
    """89.99996 % rounds to 90 %, and is less than it."""
    level = indicator("水平", "≥10000000人", measure=Measure.LATEST)
    ledger.append(approval(indicators=(level,)))
    ledger.report_result("P-1", "水平", value=value, on=day(2))
    (line,) = ledger.view(through=day(6)).attainment("P-1")
    assert line.status is status


def test_of_two_scores_on_one_day_the_later_recorded_holds(ledger):
    """As for results: what was said last replaces what was said before."""
    ledger.append(approval(indicators=(indicator(),)))
    for score in ("7", "8"):
        ledger.append(
            ScoreReported(
                project="P-1",
                indicator="开展就业培训数",
                on=day(2),
                score=Decimal(score),
            )
        )
    (line,) = ledger.view(through=day(2, 28)).attainment("P-1")
    assert line.reported_score == 8


@pytest.mark.parametrize(
    ("target", "pair", "status", "result"),
    [
        ("≥66.666667%", (2, 3), Status.MISSED, "66.666666"),
        ("≥66.666666%", (2, 3), Status.ATTAINED, "66.666667"),
        ("≤0.333333元/人", (1, 3), Status.MISSED, "0.333334"),
        ("≤0.333334元/人", (1, 3), Status.ATTAINED, "0.333333"),
    ],
)
def test_pooled_rates_meet_their_target_before_they_are_rounded(
    ledger, target, pair, status, result
):
    """Two of three are less than 66.666667 %, and are not printed as that."""
    rate = indicator("率", target, level2="质量指标")
    ledger.append(approval(indicators=(rate,)))
    ledger.report_result(
        "P-1", "率", numerator=pair[0], denominator=pair[1], on=day(12)
    )
    (line,) = ledger.view(through=day(12, 31)).attainment("P-1")
    assert (line.status, str(line.result)) == (status, result)
    assert (line.attainment >= 1) == (status is Status.ATTAINED)


def test_a_share_just_below_a_threshold_is_below_it(ledger):
    """0.59999997 rounds to 0.6, and is behind."""
    level = indicator("水平", "≥100人", measure=Measure.MEAN)
    ledger.append(approval(indicators=(level,)))
    ledger.report_result("P-1", "水平", "59.999997", on=day(3))
    (line,) = ledger.view(through=day(6)).attainment("P-1")
    assert line.status is Status.BEHIND


def test_points_are_the_weight_times_the_exact_share(ledger):
    """15.05 × 9/14 is 9.675, which is 9.68."""
    rows = (
        indicator("a", "≥14件", weight=Decimal("15.05")),
        indicator("b", "≥1件", weight=Decimal("74.95")),
    )
    ledger.append(approval(indicators=rows))
    ledger.report_result("P-1", "a", 9, on=day(3))
    line, _ = ledger.view(through=day(12, 31)).attainment("P-1")
    assert str(line.score) == "9.68"


@pytest.mark.parametrize(
    ("unit_targets", "results", "status", "reason"),
    [
        (("≥20人", "≥10人", "≥10名"), (8, None), Status.NOT_DUE, "1 of 2 reported"),
        (("≥20人", "≥10人", "≥10人"), (8, 3), Status.MISSED, None),
        (
            ("≥10人", "≥10人", "≥5台"),
            (8, 3),
            Status.NOT_DUE,
            "cannot be computed: 人 and 台 do not add up",
        ),
        (("≥5次", "≥10次", "≥10次"), (8, None), Status.EXCEEDED, "1 of 2 reported"),
        (("≤5次", "≥10次", "≥10次"), (8, None), Status.MISSED, "1 of 2 reported"),
        (("≤9次", "≥10次", "≥10次"), (8, None), Status.NOT_DUE, "1 of 2 reported"),
    ],
)
def test_a_part_is_not_called_the_whole(ledger, unit_targets, results, status, reason):
    """Units are compared, and what has reported is counted, before a sum is judged."""
    own, *targets = unit_targets
    refs = tuple(IndicatorReference(project=code, indicator="甲") for code in "AB")
    for code, target, result in zip("AB", targets, results, strict=True):
        ledger.append(approval(code, indicators=(indicator("甲", target),)))
        if result is not None:
            ledger.report_result(code, "甲", result, on=day(3))
    whole = indicator("合计", own, measure=Measure.SUM, computed_from=refs)
    goal = Objective(title="g", objective=None, indicators=(whole,))
    ledger.set_objectives("U", "某局", [goal], fiscal_year=2023, on=day(1))
    (line,) = ledger.view(through=day(12, 31)).unit_attainment("U")
    assert (line.status, line.reason and str(line.reason)) == (status, reason)

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import (
    InvalidInput,
    Ledger,
    LedgerError,
    Rating,
    ScoringRule,
    VarianceCategory,
)
from ledger.domain.indicator import EXECUTION_POINTS
from ledger.domain.scoring_rule import WeightGroup
from ledger.domain.weights import group_of, in_steps, weights
from ledger.events import ScoreReported
from ledger.projections.scoring import (
    capped_total,
    grade,
    indicator_score,
)
from support import PROJECT, approval, day, indicator

NAME = indicator().name
OUTPUT, BENEFIT, SATISFACTION, COST = "产出指标", "效益指标", "满意度指标", "成本指标"


def shared(levels, **rule):
    """Share the points among indicators under these level-1 names."""
    return weights([indicator(level1=level) for level in levels], ScoringRule(**rule))


@pytest.mark.parametrize(
    ("levels", "points"),
    [
        ([OUTPUT, BENEFIT, SATISFACTION], "50 30 10"),
        ([SATISFACTION, OUTPUT, BENEFIT], "10 50 30"),
        ([OUTPUT, OUTPUT, BENEFIT, BENEFIT, SATISFACTION], "25 25 15 15 10"),
        ([OUTPUT, BENEFIT], "50 40"),
        ([OUTPUT, BENEFIT, BENEFIT], "50 20 20"),
        ([COST, OUTPUT, BENEFIT, SATISFACTION], "20 40 20 10"),
        ([COST, OUTPUT, BENEFIT], "20 40 30"),
        ([COST, COST, OUTPUT, BENEFIT, SATISFACTION], "10 10 40 20 10"),
        ([OUTPUT] * 3 + [BENEFIT], "17 16.5 16.5 40"),
        ([OUTPUT] * 7 + [BENEFIT], "7.5 7.5 7 7 7 7 7 40"),
        ([OUTPUT, BENEFIT, OUTPUT, OUTPUT], "17 40 16.5 16.5"),
        ([OUTPUT], "90"),
        ([OUTPUT] * 4, "22.5 22.5 22.5 22.5"),
        ([BENEFIT], "90"),
        ([OUTPUT, SATISFACTION], "75 15"),
        ([BENEFIT, SATISFACTION], "67.5 22.5"),
        ([COST, OUTPUT], "30 60"),
        ([COST, BENEFIT], "36 54"),
        ([COST, OUTPUT, SATISFACTION], "25.5 51.5 13"),
        ([COST, OUTPUT, OUTPUT, SATISFACTION], "25.5 26 25.5 13"),
        ([COST, SATISFACTION], "60 30"),
        ([OUTPUT, "管理指标", BENEFIT, SATISFACTION], "50 - 30 10"),
        ([OUTPUT, "管理指标"], "90 -"),
        (["管理指标"], "-"),
    ],
)
def test_points_are_shared_equally_within_a_group(levels, points):
    """In halves, a missing group's by the others; with the 10 of execution 100."""
    found = shared(levels)

    assert found == [None if p == "-" else Decimal(p) for p in points.split()]
    if any(found):
        assert sum(filter(None, found)) + 10 == 100


@pytest.mark.parametrize(
    ("unit", "points"),
    [
        ("0.5", "17 16.5 16.5"),
        ("1", "17 17 16"),
        ("0.01", "16.67 16.67 16.66"),
        ("5", "20 15 15"),
    ],
)
def test_weights_are_rounded_to_the_unit_of_the_rule(unit, points):
    """By largest remainder; the first in the form gets what is left."""
    found = shared([OUTPUT] * 3 + [BENEFIT], weight_unit=Decimal(unit))

    assert found == [*map(Decimal, points.split()), 40]


@pytest.mark.parametrize("unit", [0, "-0.5", "0.005", 20, "0.3", "x", "NaN"])
def test_a_unit_that_10_points_cannot_be_made_of_is_refused(unit):
    """10 points of execution are whole steps of it, and it is whole hundredths."""
    with pytest.raises(LedgerError):
        ScoringRule(weight_unit=unit)


@given(
    st.lists(
        st.sampled_from([OUTPUT, BENEFIT, SATISFACTION, COST, "管理指标"]), max_size=25
    ),
    st.sampled_from(["0.5", "1", "0.01", "0.25", "2"]),
)
def test_computed_weights_make_100_in_every_constellation(levels, unit):
    """Whole steps, and indicators that weigh the same differ by one at most."""
    step = Decimal(unit)
    found = shared(levels, weight_unit=step)
    kept = [weight for weight in found if weight is not None]
    if kept:
        assert sum(kept) + 10 == 100
    assert all(weight % step == 0 and weight >= 0 for weight in kept)
    for level in levels:
        same = [w for w, name in zip(found, levels, strict=True) if name == level]
        if same[0] is not None:
            assert max(same) - min(same) <= step
            assert same == sorted(same, reverse=True)


@given(
    st.lists(st.decimals("0.01", 30, places=2) | st.none(), min_size=1, max_size=12),
    st.sampled_from(["0.5", "1", "0.01"]),
)
def test_what_is_scaled_makes_100_in_its_proportion(parts, unit):
    """Unrounded parts, rounded once: each is less than a step from its share."""
    kept = [Fraction(part) for part in parts if part is not None]
    whole = sum(kept) or Fraction(1)
    exact = [None if p is None else Fraction(p) * 100 / whole for p in parts]
    found = in_steps(exact, range(len(parts)), Decimal(unit))
    assert [each is None for each in found] == [each is None for each in parts]
    if kept:
        assert sum(each for each in found if each is not None) == 100
    for share, each in zip(exact, found, strict=True):
        if share is not None:
            assert abs(Fraction(each) - share) < Fraction(unit)


def test_caps_hold_below_their_rate():
    """At the rate itself there is no cap, and without a rate there is none."""
    rule = ScoringRule(execution_caps=((Decimal("0.5"), 60), (Decimal("0.8"), 80)))
    rates = [Decimal("0.49"), Decimal("0.5"), Decimal("0.8"), None]
    totals = [capped_total(Decimal(95), rate, rule) for rate in rates]
    assert totals == [60, 80, 95, 95]


def test_a_cost_at_level_2_makes_no_cost_group():
    """A cost indicator under output has its share of the 50."""
    rows = [
        indicator("a"),
        indicator("b", level2=COST),
        indicator("c", level1=BENEFIT),
        indicator("d", level1=SATISFACTION),
    ]

    assert weights(rows, ScoringRule()) == [25, 25, 30, 10]


def test_an_indicator_under_no_known_group_has_no_points():
    """It takes none from the others."""
    assert shared([OUTPUT, "其他", BENEFIT]) == [50, None, 40]
    assert shared(["其他"]) == [None]


def test_no_indicators_share_nothing():
    """A form without indicators has no weights."""
    assert shared([]) == []


def test_given_weights_are_taken_as_they_are():
    """Whatever they make; a row without one, wherever it stands, earns nothing."""
    heavy, light = (
        indicator("a", weight=Decimal(80)),
        indicator("b", weight=Decimal(10)),
    )
    bare = indicator("c")

    assert weights([heavy, light], ScoringRule()) == [80, 10]
    assert weights([heavy, heavy], ScoringRule()) == [80, 80]
    assert weights([heavy, bare], ScoringRule()) == [80, None]
    assert weights([bare, heavy], ScoringRule()) == [None, 80]


def test_a_rule_of_its_own_shares_its_own_points():
    """How many points a group has is a value, not a constant."""
    points = (
        (WeightGroup.OUTPUT, 60),
        (WeightGroup.BENEFIT, 20),
        (WeightGroup.SATISFACTION, 10),
    )

    assert shared([OUTPUT, BENEFIT, SATISFACTION], points=points) == [60, 20, 10]


@pytest.mark.parametrize(
    ("level1", "group"),
    [
        ("成本指标", WeightGroup.COST),
        ("产出指标", WeightGroup.OUTPUT),
        ("效益指标", WeightGroup.BENEFIT),
        ("效果指标", WeightGroup.BENEFIT),
        ("满意度指标", WeightGroup.SATISFACTION),
        ("服务对象满意度", WeightGroup.SATISFACTION),
        ("Outputs", WeightGroup.OUTPUT),
        ("Outcome", WeightGroup.BENEFIT),
        ("其他", None),
    ],
)
def test_a_level_1_name_says_its_group(level1, group):
    """In Chinese or English, whatever the case."""
    assert group_of(level1) is group


@pytest.mark.parametrize(
    ("weight", "attainment", "score"),
    [
        ("12.5", "1", "12.50"),
        ("12.5", "1.5", "12.50"),
        ("12.5", "0.838", "10.48"),
        ("10", "0.0845", "0.85"),
        ("10", "0.08449", "0.84"),
        ("25", "0.333333", "8.33"),
        ("10", "0", "0.00"),
        ("10", "-0.25", "0.00"),
    ],
)
def test_met_earns_the_weight_else_its_share(weight, attainment, score):
    """Two decimals, half up; more than met earns no more, and no points are negative."""
    found = indicator_score(Decimal(weight), Decimal(attainment))

    assert str(found) == score


def test_an_undefined_score_is_none():
    """No weight or no attainment is not zero points."""
    assert indicator_score(None, Decimal(1)) is None
    assert indicator_score(Decimal(10), None) is None


@pytest.mark.parametrize(
    ("rate", "score"),
    [
        ("0", "0.00"),
        ("0.583", "5.83"),
        ("0.9995", "10.00"),
        ("0.9994", "9.99"),
        ("1", "10.00"),
        ("1.2", "10.00"),
    ],
)
def test_execution_earns_ten_times_its_rate(rate, score):
    """At most 10."""
    assert str(indicator_score(EXECUTION_POINTS, Decimal(rate))) == score


def test_execution_without_a_budget_is_not_applicable():
    """No rate, no score."""
    assert indicator_score(EXECUTION_POINTS, None) is None


@pytest.mark.parametrize(
    ("total", "name"),
    [
        ("100", "excellent"),
        ("90", "excellent"),
        ("89.99", "good"),
        ("80", "good"),
        ("79.99", "fair"),
        ("60", "fair"),
        ("59.99", "poor"),
        ("0", "poor"),
    ],
)
def test_grades_are_a_half_open_ladder(total, name):
    """[90, 100], [80, 90), [60, 80), [0, 60)."""
    assert grade(Decimal(total), ScoringRule()) == name


def test_the_ladder_of_grades_is_the_rules():
    """A rule may have other grades."""
    rule = ScoringRule(grades=(("pass", 50), ("fail", 0)))

    assert grade(Decimal(50), rule) == "pass"
    assert grade(Decimal("49.99"), rule) == "fail"


def test_what_was_said_stands_beside_what_was_computed(ledger):
    """A person's score and the explanation of a month show from their days on."""
    ledger.append(approval())
    ledger.report_result(PROJECT, NAME, 15, on=day(2))
    for month, text in ((7, "later"), (6, "first")):
        ledger.explain_variance(
            PROJECT, VarianceCategory.OTHER, text, on=day(month), indicator=NAME
        )
    ledger.report_score(PROJECT, "41.5", on=day(7), indicator=NAME)
    june = ledger.view(through=day(6)).attainment(PROJECT)[0]
    july = ledger.view(through=day(7)).attainment(PROJECT)[0]

    assert (june.reported_score, june.explanation.text) == (None, "first")
    assert (july.reported_score, july.explanation.text) == (Decimal("41.5"), "later")
    assert (july.attainment, july.capped_attainment) == (Decimal("1.5"), 1)
    assert june.score == july.score == 90


@pytest.mark.parametrize(
    ("rating", "share", "score"),
    [
        (Rating.ATTAINED, None, 90),
        (Rating.ATTAINED, "0.8", 72),
        (Rating.PARTLY, "0.6", 54),
        (Rating.NOT_ATTAINED, "0.59", Decimal("53.1")),
        (Rating.PARTLY, None, None),
    ],
)
def test_a_quality_earns_the_share_claimed(ledger, rating, share, score):
    """Of the 90 points of an only group; partly without a share earns no figure."""
    ledger.append(approval(indicators=(indicator(target="效果显著"),)))
    ledger.report_result(PROJECT, NAME, rating, share=share, on=day(3))
    line = ledger.view(through=day(6)).attainment(PROJECT)[0]

    assert (line.weight, line.score) == (90, score)


@pytest.mark.parametrize(
    ("execution", "budget", "points"),
    [
        (None, 1, "10 50 40"),
        ("10", 1, "10 50 40"),
        ("20", 1, "20 44.5 35.5"),
        ("0", 1, "0 55.5 44.5"),
        ("100", 1, "100 0 0"),
        ("12.3", 1, "12.3 48.72 38.98"),
        ("20", 0, "- 55.5 44.5"),
    ],
)
def test_a_form_may_give_execution_its_own_points(execution, budget, points):
    """All others share what is left of 100; without a budget it is left out."""
    rows = (indicator("a", level1=OUTPUT), indicator("b", level1=BENEFIT))
    with Ledger.open(":memory:", actor="a") as ledger:
        given = approval(
            budget=budget * 100_000, indicators=rows, execution_weight=execution
        )
        ledger.append(given)
        one = ledger.view(through=day(12, 31)).self_evaluation().projects[0]
        most = [one.money_points, *(each.points for each in one.indicators)]
        found = [None if p == "-" else Decimal(p) for p in points.split()]

        assert [each.possible for each in most] == found
        if budget:
            top = found[0]
            with pytest.raises(InvalidInput, match="score"):
                ledger.report_score(PROJECT, top + Decimal("0.01"), on=day(5))
            ledger.report_score(PROJECT, top, on=day(5))


@pytest.mark.parametrize("points", ["-0.01", "100.01", "0.001", "NaN", "x", 1.5])
def test_impossible_points_of_execution_are_refused(points):
    """The error names the field, of a project as of a unit."""
    with Ledger.open(":memory:", actor="a") as ledger:
        with pytest.raises(InvalidInput, match="execution_weight"):
            ledger.append(approval(execution_weight=points))
        with pytest.raises(InvalidInput, match="execution_weight"):
            ledger.set_objectives(
                "301",
                "某局",
                [],
                fiscal_year=2023,
                on=day(1),
                execution_weight=points,
            )


@pytest.mark.parametrize("score", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_score_that_is_no_number_is_refused(score):
    """Also in an event that no door has looked at."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval())
        reported = ScoreReported(project=PROJECT, on=day(5), score=Decimal(score))
        with pytest.raises(InvalidInput, match="score"):
            ledger.append(reported)

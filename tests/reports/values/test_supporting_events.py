"""How results were entered, roll-ups that are decided early, and people's points."""

from decimal import Decimal

import pytest

from ledger import IndicatorReference, InvalidInput, Ledger, Objective, ScoringRule
from ledger.events import ObjectivesSet
from support import PROJECT, approval, day, indicator

OTHER = "P-2"


def line_of(ledger, on):
    """Return the only indicator of the project at a day."""
    (line,) = ledger.view(through=on).attainment(PROJECT)
    return line


def codes(line):
    """Return the codes of what is said of a line."""
    return [found.code for found in line.findings]


@pytest.mark.parametrize(
    ("target", "values", "said"),
    [
        ("≥10次", [3, 6, 9], True),
        ("10次", [3, 6, 9], True),
        ("＞10次", [3, 6, 9], True),
        ("8-12次", [3, 6, 9], True),
        ("≤100次", [20, 50, 90], True),
        ("≥10次", [3, 6, 5], False),
        ("≥10次", [3, 9], False),
        ("≥10次", [3, 6, 11], False),
        ("≥100次", [3, 6, 9], False),
    ],
)
def test_figures_to_date_under_a_sum_are_said(target, values, said):
    """Three that never fall, the last within the target and their sum beyond it."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("x", target),)))
        for month, value in enumerate(values, start=3):
            ledger.report_result(PROJECT, "x", value, on=day(month))
        line = line_of(ledger, day(9))
    assert ("result.looks_cumulative" in codes(line)) is said


def test_a_pair_entered_twice_is_said():
    """It would pool twice: 181 of 300 for 91 of 200."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("x", "≥90%"),)))
        for on, part in ((day(3), 90), (day(3), 90), (day(6), 1)):
            ledger.report_result(PROJECT, "x", on=on, numerator=part, denominator=100)
        line = line_of(ledger, day(6))
    assert codes(line) == ["result.likely_twice"]
    assert line.findings[0].found == "2 × 90/100"


@pytest.mark.parametrize(
    ("level1", "level2"),
    [("成本指标", "经济成本指标"), ("产出指标", "成本指标"), ("Cost", "Economic")],
)
@pytest.mark.parametrize("name", ["事业收入", "Own income", "Revenue"])
def test_income_under_cost_is_a_floor(level1, level2, name):
    """Also under a target that was revised."""
    one = indicator(name, "100万元", level1, level2)
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(one,)))
        ledger.report_result(PROJECT, name, 900_000, on=day(3))
        before = line_of(ledger, day(12, 31))
        ledger.revise_target(PROJECT, name, "120万元", on=day(6), reason="r")
        after = line_of(ledger, day(12, 31))
    assert (before.status, before.attainment) == ("missed", Decimal("0.9"))
    assert (after.status, after.attainment) == ("missed", Decimal("0.75"))


@pytest.mark.parametrize(
    ("target", "result", "decided"),
    [
        ("≤5%", {"numerator": 6, "denominator": 100}, False),
        ("≥5%", {"numerator": 6, "denominator": 100}, False),
        ("10-20次", {"value": 30}, True),
        ("10-20次", {"value": 15}, False),
        ("≥20次", {"value": 20}, True),
        ("≥20次", {"value": 19}, False),
        ("≤20次", {"value": 21}, True),
        ("≤20次", {"value": 20}, False),
    ],
)
def test_only_a_sum_past_its_bound_is_judged_while_a_part_is_missing(
    target, result, decided
):
    """More of the whole can bring a rate back."""
    parts = tuple(
        IndicatorReference(project=p, indicator="x") for p in (PROJECT, OTHER)
    )
    whole = indicator("all", target, computed_from=parts)
    goal = Objective(title="t", objective="o", indicators=(whole,))
    with Ledger.open(":memory:", actor="a") as ledger:
        for code in (PROJECT, OTHER):
            ledger.append(approval(code, indicators=(indicator("x", target),)))
        ledger.append(
            ObjectivesSet(
                unit="U", on=day(1), name="u", fiscal_year=2023, objectives=(goal,)
            )
        )
        ledger.report_result(PROJECT, "x", on=day(3), **result)
        (line,) = ledger.view(through=day(3, 31)).unit_attainment("U")
    assert str(line.reason) == "1 of 2 reported"
    assert (line.attainment is not None) is decided


@pytest.mark.parametrize("most", [40, 60])
def test_a_score_is_held_to_the_weight_of_the_callers_rule(tmp_path, most):
    """Larger or smaller than the national one; an audit does not know the rule."""
    rule = ScoringRule(points=(("output", most), ("benefit", 90 - most)))
    rows = (indicator("x"), indicator("y", level1="效益指标"))
    path = tmp_path / "a.ledger"
    with Ledger.open(path, actor="a", scoring=rule) as ledger:
        ledger.append(approval(indicators=rows))
        ledger.report_score(PROJECT, most, indicator="x", on=day(3))
        with pytest.raises(InvalidInput, match="its weight"):
            ledger.report_score(PROJECT, f"{most}.01", indicator="x", on=day(3))
    with Ledger.open(path) as ledger:
        assert not ledger.verify().findings


def test_the_total_is_the_sum_of_the_points_as_printed():
    """A person's 9.995 is printed 10.00, and 90.00 is the best grade."""
    rows = (indicator("x"), indicator("y", level1="效益指标"))
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=rows))
        for score, name in (("9.995", None), ("50", "x"), ("30", "y")):
            said = {"on": day(3), "about": 2023, "reason": "r"}
            ledger.report_score(PROJECT, score, indicator=name, **said)
        (one,) = ledger.self_evaluation(2023).projects
    assert one.money_points.score == Decimal("10.00")
    assert (one.total, one.grade) == (Decimal("90.00"), "excellent")

"""The self-evaluation: points by the rule, a person's beside them, what is missing."""

import json
from datetime import date
from decimal import Decimal

import attrs
import pytest

from ledger import (
    Funding,
    InvalidInput,
    Ledger,
    LedgerError,
    Objective,
    Rating,
    ScoringRule,
    VarianceCategory,
)
from support import PROJECT, approval, day, fen, indicator

END = date(2023, 12, 31)
FOUR = (
    indicator("次数", "≥10次"),
    indicator("合格率", "≥98%", level2="质量指标"),
    indicator("效果", "效果显著", "效益指标", "社会效益指标"),
    indicator("满意率", "≥90%", "满意度指标", "服务对象满意度指标"),
)


@pytest.fixture
def year(ledger):
    """Approve a project of 1,000 yuan with four indicators, and spend 900."""
    ledger.append(approval(budget=100_000, goals=("培训。",), indicators=FOUR))
    ledger.assess_goal(PROJECT, 1, "attained", "已办", on=END, about=2023)
    ledger.disburse(PROJECT, fen(90_000), voucher="V", on=day(6))
    return ledger


def all_reported(ledger):
    """Report what all four indicators came to."""
    ledger.report_result(PROJECT, "次数", 8, on=END)
    ledger.report_result(PROJECT, "合格率", 98, on=END)
    ledger.report_result(PROJECT, "效果", Rating.ATTAINED, share="0.9", on=END)
    ledger.report_result(PROJECT, "满意率", 90, on=END)


def only(ledger, **more):
    """Return the evaluation of the only project."""
    (one,) = ledger.self_evaluation(2023, **more).projects
    return one


def codes(one):
    """Return what is found, by code and place."""
    return [(f.code, f.place) for f in one.findings]


def test_the_total_is_that_of_the_rule(year):
    """9 of 10, 20 of 25, 25, 27 of 30 and 10 make 91: the first grade."""
    all_reported(year)
    one = only(year)
    assert one.money_points.score == Decimal("9.00")
    assert [each.points.score for each in one.indicators] == [
        Decimal(points) for points in ("20.00", "25.00", "27.00", "10.00")
    ]
    assert (one.total, one.grade) == (Decimal("91.00"), "excellent")
    assert one.possible_by_level1 == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


def test_a_total_waits_for_every_score(year):
    """Missing is not zero: there is neither total nor grade, and it is said why."""
    year.report_result(PROJECT, "次数", 10, on=END)
    one = only(year)
    assert (one.total, one.grade) == (None, None)
    assert codes(one) == [
        ("score.missing", f"{PROJECT} › {name}")
        for name in ("合格率", "效果", "满意率")
    ]


def test_what_deviates_is_listed_until_somebody_explains_it(year):
    """A missed target needs an explanation, and so does one exceeded by far."""
    all_reported(year)
    year.report_result(PROJECT, "次数", 20, on=END)
    assert codes(only(year)) == [("variance.unexplained", f"{PROJECT} › 次数")]
    year.explain_variance(
        PROJECT, VarianceCategory.OTHER, "要求增加", indicator="次数", on=END
    )
    assert codes(only(year)) == []


def test_money_that_is_behind_needs_an_explanation_too(ledger):
    """Half of the budget at the year's end is behind."""
    ledger.append(approval(budget=100_000, indicators=()))
    ledger.disburse(PROJECT, fen(50_000), voucher="V", on=day(6))
    found = ("variance.unexplained", PROJECT)
    assert found in codes(only(ledger))
    ledger.explain_variance(PROJECT, VarianceCategory.FUNDING, "到账晚", on=END)
    one = only(ledger)
    assert found not in codes(one)
    assert one.explanation.text == "到账晚"


def test_a_persons_points_stand_beside_the_computed_ones(year):
    """Neither overwrites the other; the form shows the person's, with the reason."""
    all_reported(year)
    year.report_score(PROJECT, "22", indicator="次数", on=END)
    first = only(year).indicators[0].points
    assert (first.computed, first.reported, first.score) == (20, 22, 22)
    assert first.difference == 2
    assert ("score.unreasoned", f"{PROJECT} › 次数") in codes(only(year))
    year.report_score(PROJECT, "22", indicator="次数", on=END, reason="线上一次")
    one = only(year)
    assert one.indicators[0].points.reason == "线上一次"
    assert "score.unreasoned" not in {code for code, _ in codes(one)}
    assert one.total == Decimal("93.00")


def test_a_persons_points_for_execution(year):
    """They name no indicator."""
    all_reported(year)
    year.report_score(PROJECT, "10", on=END, reason="结余退回")
    one = only(year)
    assert (one.money_points.computed, one.money_points.score) == (9, 10)
    assert one.total == 92


def test_what_does_not_apply_is_left_out_and_the_rest_makes_100(ledger):
    """Without a budget there is no execution: 90 points are stretched to 100."""
    ledger.append(approval(budget=0, indicators=FOUR))
    all_reported(ledger)
    one = only(ledger)
    assert one.money_points.possible is None
    possible = [each.points.possible for each in one.indicators]
    assert possible == [Decimal(p) for p in ("28", "27.5", "33.5", "11")]
    assert sum(possible) == 100
    scores = [each.points.score for each in one.indicators]
    assert scores == [Decimal(p) for p in ("22.4", "27.5", "30.15", "11")]
    assert one.total == sum(scores)


def test_an_indicator_without_a_target_does_not_apply(ledger):
    """A slash in the form's target is no target."""
    ledger.append(
        approval(indicators=(*FOUR, indicator("其他", "无", level2="时效指标")))
    )
    one = only(ledger)
    assert one.indicators[4].points.possible is None
    possible = [p.points.possible for p in one.indicators if p.points.possible]
    assert sum(possible) + one.money_points.possible == 100
    assert f"{PROJECT} › 其他" not in {place for _, place in codes(one)}


def weighed(*weights):
    """Return the four indicators with these weights."""
    return tuple(
        attrs.evolve(one, weight=None if weight is None else Decimal(weight))
        for one, weight in zip(FOUR, weights, strict=True)
    )


@pytest.mark.parametrize(
    ("weights", "found", "total", "grade"),
    [
        (("40", "20", "20", "10"), [], "89.00", "good"),
        (("50", "20", "20", "10"), ["score.points"], "97.00", None),
        (("30", "20", "20", "10"), ["score.points"], "81.00", None),
        (("60", None, "20", "10"), ["score.no_weight"], "85.00", "good"),
        (("50", None, "20", "10"), ["score.points", "score.no_weight"], "77.00", None),
    ],
)
def test_weights_of_a_form_are_taken_as_they_are(weights, found, total, grade):
    """Where they do not make 100: a total, no grade, and by how much they are off."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(budget=100_000, indicators=weighed(*weights)))
        ledger.disburse(PROJECT, fen(90_000), voucher="V", on=day(6))
        all_reported(ledger)
        one = only(ledger)
    said = [f.code for f in one.findings if f.code.startswith("score.")]
    assert said == found
    assert (one.total, one.grade) == (Decimal(total), grade)
    assert [each.points.possible for each in one.indicators] == [
        None if weight is None else Decimal(weight) for weight in weights
    ]


@pytest.mark.parametrize("weight", ["-1", "100.01", "NaN", "Infinity"])
def test_a_weight_that_cannot_be_is_refused(ledger, weight):
    """Points lie between 0 and 100."""
    with pytest.raises(LedgerError):
        ledger.append(approval(indicators=(indicator(weight=Decimal(weight)),)))


def test_a_missing_groups_points_are_spread_with_a_note(ledger):
    """Nothing is missing: 100 points, a grade, and a note of who has the points."""
    both = FOUR[0], FOUR[3]
    ledger.append(approval(budget=100_000, goals=("培训。",), indicators=both))
    ledger.assess_goal(PROJECT, 1, "attained", "已办", on=END, about=2023)
    ledger.disburse(PROJECT, fen(100_000), voucher="V", on=day(6))
    ledger.report_result(PROJECT, "次数", 10, on=END)
    ledger.report_result(PROJECT, "满意率", 90, on=END)
    one = only(ledger)
    assert [each.points.possible for each in one.indicators] == [75, 15]
    assert (one.total, one.grade) == (100, "excellent")
    (said,) = one.findings
    assert (said.code, said.severity) == ("score.spread", "note")
    assert "benefit (30)" in said.message
    assert one.missing == []
    whole = ledger.self_evaluation(2023)
    assert (whole.missing, whole.notes) == ([], [said])
    assert "分值说明" in whole.render("text", language="zh")
    assert "待补充\nwarning" not in whole.render("text", language="zh")


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (["产出指标", "效益指标"], "are with benefit"),
        (["效益指标"], "with benefit (satisfaction), and shared by the others"),
        (["产出指标"], "shared by the groups that are there, in proportion"),
        (["成本指标", "产出指标", "效益指标", "满意度指标"], None),
        (["管理指标"], None),
    ],
)
def test_a_note_says_who_has_the_points_of_a_missing_group(ledger, levels, words):
    """Satisfaction's go to benefit, all others to what is there."""
    rows = tuple(indicator(level, "≥1件", level1=level) for level in levels)
    ledger.append(approval(indicators=rows))
    notes = [f.message for f in only(ledger).findings if f.code == "score.spread"]
    assert [words in message for message in notes] == ([True] if words else [])


def test_points_that_nothing_earns_make_no_grade(ledger):
    """A form of no group, or of no indicator, has the 10 of execution alone."""
    odd = indicator("别的", level1="管理指标")
    ledger.append(approval(indicators=(odd,)))
    found = {f.code: f for f in only(ledger).findings}
    assert found["score.points"].found == "10"
    assert "-90" in found["score.points"].message
    assert "score.no_group" in found


@pytest.mark.parametrize(
    ("budget", "execution", "first", "satisfied"),
    [(100_000, "10", "25", "10"), (0, "10", "28", "11")],
)
def test_the_door_lets_a_person_give_what_the_form_lets_earn(
    path, budget, execution, first, satisfied
):
    """Also where a budget of 0 leaves execution out, and after a snapshot."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(approval(budget=budget, indicators=FOUR))
    most = {None: execution, "次数": first, "满意率": satisfied}
    for label, points in most.items():
        with Ledger.open(path, actor="a") as ledger:
            with pytest.raises(InvalidInput, match="its weight"):
                ledger.report_score(
                    PROJECT, Decimal(points) + Decimal("0.01"), indicator=label, on=END
                )
            ledger.report_score(PROJECT, points, indicator=label, on=END)
    with Ledger.open(path, actor="a") as ledger:
        one = only(ledger)
        assert "score.above_weight" not in {f.code for f in one.findings}
        assert one.indicators[0].points.possible == Decimal(first)
        assert ledger.verify().ok


@pytest.mark.parametrize(
    ("unit", "most"), [("0.01", "33.34"), ("0.5", "33.5"), ("1", "34")]
)
def test_given_weights_are_scaled_in_steps_of_the_rule(path, unit, most):
    """Without a budget; an audit, which knows no rule, agrees with whatever is there."""
    rule = ScoringRule(weight_unit=Decimal(unit))
    with Ledger.open(path, actor="a", scoring=rule) as ledger:
        ledger.append(approval(budget=0, indicators=weighed("30", "30", "20", "10")))
        ledger.report_score(PROJECT, most, indicator="次数", on=END)
        with pytest.raises(InvalidInput, match=f"0 to {most}"):
            ledger.report_score(PROJECT, "34.01", indicator="次数", on=END)
        one = only(ledger)
        assert one.indicators[0].points.possible == Decimal(most)
        possible = [each.points.possible for each in one.indicators]
        assert sum(possible) == 100
        assert ledger.verify().ok


def test_an_indicator_under_no_group_is_said(ledger):
    """It can earn nothing."""
    odd = indicator("别的", level1="管理指标")
    ledger.append(approval(indicators=(*FOUR, odd)))
    assert ("score.no_group", f"{PROJECT} › 别的") in codes(only(ledger))


def test_optional_rules_change_the_total(path):
    """Exceeding may cost a share of the weight, and slow spending cap the total."""
    rule = ScoringRule(
        exceeding_deduction=Decimal("0.2"),
        execution_caps=((Decimal("0.95"), 80), (Decimal("0.5"), 60)),
    )
    with Ledger.open(path, actor="a", scoring=rule) as ledger:
        ledger.append(approval(budget=100_000, indicators=FOUR))
        ledger.disburse(PROJECT, fen(90_000), voucher="V", on=day(6))
        all_reported(ledger)
        ledger.report_result(PROJECT, "次数", 12, on=END)
        one = only(ledger)
    assert one.indicators[0].points.computed == Decimal("20.00")
    assert (one.total, one.grade) == (80, "good")


def test_a_unit_is_evaluated_over_the_money_of_its_projects(year):
    """Its projects are those of its own code and of the codes below it."""
    for code, unit in (("P-2", "323001"), ("P-3", "323"), ("P-4", "3230")):
        year.append(approval(code, 200_000, unit=unit))
        year.disburse(code, fen(100_000), voucher="V", on=day(6))
    goals = [Objective(title="目标一", indicators=FOUR)]
    year.set_objectives("323", "人社局", goals, fiscal_year=2023, on=day(1))
    year.report_result(None, "次数", 10, unit="323", on=END)
    whole = year.self_evaluation(2023)
    (unit,) = whole.units
    assert unit.execution.current_budget == Decimal("4000.00")
    assert unit.money_points.score == Decimal("5.00")
    assert unit.subject.goals == ("目标一",)
    authorities = {p.subject.code: p.subject.authority for p in whole.projects}
    assert authorities["P-2"] == "人社局"
    assert authorities["P-4"] == "3230"


def test_money_by_row_of_the_form(ledger):
    """Sources of a ledger's own are 其他资金, and each row has its rate."""
    amounts = [("fiscal", 60_000), ("carried_over", 30_000), ("基金", 10_000)]
    ledger.append(
        approval(
            amounts=tuple(Funding(source=s, amount=a) for s, a in amounts),
            new_source=True,
        )
    )
    ledger.disburse(PROJECT, 300, voucher="V", on=day(6), source="carried_over")
    rows = only(ledger).rows
    assert {name: row.money.current_budget for name, row in rows.items()} == {
        "total": 1000,
        "fiscal": 600,
        "carried_over": 300,
        "other": 100,
    }
    assert rows["carried_over"].money.execution_rate == 1
    assert [row.forecast for row in rows.values()] == [300, 0, 300, 0]


def test_json_says_all_of_it(year, tmp_path):
    """Points have both scores and the reason."""
    all_reported(year)
    year.report_score(PROJECT, "22", indicator="次数", on=END, reason="线上一次")
    whole = year.self_evaluation(2023)
    whole.write(tmp_path / "year.json")
    text = whole.render("json")
    shown = json.loads((tmp_path / "year.json").read_text("utf-8"))
    assert json.loads(text) == shown
    (project,) = shown["projects"]
    assert (project["total"], project["grade"]) == ("93.00", "excellent")
    assert project["indicators"][0]["points"] == {
        "possible": "25.00",
        "computed": "20.00",
        "reported": "22",
        "difference": "2.00",
        "reason": "线上一次",
        "score": "22",
    }
    assert project["money"]["fiscal"]["execution_rate"] == "0.900000"
    assert [f["code"] for f in shown["findings"]] == ["variance.unexplained"]


def test_text_in_both_languages(year):
    """It names the project, its total and what is missing."""
    all_reported(year)
    whole = year.self_evaluation(2023)
    chinese, english = (
        whole.render("text", language="zh"),
        whole.render("text", language="en"),
    )
    assert "绩效自评，2023 年度" in chinese
    assert "Self-evaluation of fiscal year 2023" in english
    for text in (chinese, english):
        assert "91.00" in text
    assert "variance.unexplained" in english
    assert "没有说明原因" in chinese
    with pytest.raises(InvalidInput, match="language"):
        whole.render("text", language="fr")


def test_an_empty_ledger_has_nothing_to_evaluate(ledger):
    """Nothing crashes, nothing is made up."""
    whole = ledger.self_evaluation(2023)
    assert (whole.projects, whole.units, whole.findings) == ([], [], [])

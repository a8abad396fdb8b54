"""A figure is explained by its formula and the events that it rests on."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import IndicatorReference, InvalidInput, Ledger, Objective
from ledger.errors import UnknownIndicator, UnknownProject, UnknownUnit
from ledger.messages import Language, said
from support import PROJECT, approval, indicator

JUNE = date(2023, 6, 30)
INDICATORS = (
    indicator("培训", "≥10次"),
    indicator("合格率", "≥90%"),
    indicator("时长", "≤90天", level2="时效指标"),
    indicator("效果", "效果显著", level1="效益指标"),
)


@pytest.fixture
def ledger():
    """Return a ledger with one project of 20,000.00."""
    with Ledger.open(":memory:", actor="finance") as made:
        made.append(approval(budget=2_000_000, indicators=INDICATORS))
        yield made


def explained(ledger, figure, subject=PROJECT, **cut):
    """Return the explanation of a figure in June."""
    return ledger.explain(subject, figure, **{"through": JUNE, **cut})


def listed(explanation):
    """Return position, what it says and why it is left out of each event."""
    return [
        (e.position, str(e.says), e.left_out and str(e.left_out))
        for e in explanation.events
    ]


def test_a_sum_of_payments_lists_each_with_its_sign(ledger):
    """A reversal takes from it; what comes later is left out and said."""
    ledger.disburse(PROJECT, "500.00", voucher="1", on=date(2023, 3, 1))
    ledger.disburse(PROJECT, "70.00", voucher="2", on=date(2023, 7, 1))
    ledger.reverse_disbursement(PROJECT, "20.00", of="1", voucher="3", on=JUNE)
    why = explained(ledger, "disbursed")
    assert str(why.value) == "480.00"
    assert listed(why) == [
        (2, "+500.00 CNY", None),
        (3, "+70.00 CNY", "effective after 2023-06-30"),
        (4, "-20.00 CNY", None),
    ]
    assert [e.document for e in why.events] == ["1", "2", "3"]


def test_what_was_recorded_later_is_left_out(ledger):
    """A late entry is no part of what was known."""
    ledger.disburse(PROJECT, "500.00", voucher="1", on=date(2023, 3, 1))
    ledger.disburse(PROJECT, "7.00", voucher="2", on=date(2023, 3, 2))
    why = explained(ledger, "disbursed", known_at=2)
    assert str(why.value) == "500.00"
    assert listed(why)[1] == (3, "+7.00 CNY", "recorded after position 2")


@pytest.mark.parametrize(
    ("figure", "formula"),
    [
        ("available", "current_budget − disbursed = 20,000.00 CNY − 500.00 CNY"),
        ("execution_rate", "disbursed ÷ current_budget = 500.00 CNY ÷ 20,000.00 CNY"),
        ("plan_rate", "disbursed ÷ planned = 500.00 CNY ÷ 10,000.00 CNY"),
        ("variance", "disbursed − planned = 500.00 CNY − 10,000.00 CNY"),
        (
            "by_source.fiscal.available",
            "current_budget − disbursed = 20,000.00 CNY − 500.00 CNY",
        ),
    ],
)
def test_a_figure_of_two_others_says_both(ledger, figure, formula):
    """The formula has their numbers, and both are explained."""
    ledger.disburse(PROJECT, "500.00", voucher="1", on=date(2023, 3, 1))
    why = explained(ledger, figure)
    assert str(why.formula) == formula
    assert len(why.terms) == 2
    assert [e.position for e in why.rests_on()] == [1, 2]


def test_the_current_budget_lists_its_adjustments(ledger):
    """Both legs' signs are those of the project."""
    ledger.append(approval(project="OTHER"))
    ledger.adjust_budget(PROJECT, "supplement", "100.00", on=date(2023, 4, 1))
    ledger.transfer(PROJECT, "OTHER", "30.00", on=date(2023, 5, 1))
    why = explained(ledger, "current_budget")
    assert [says for _, says, _ in listed(why)] == [
        "+20,000.00 CNY",
        "+100.00 CNY",
        "-30.00 CNY",
    ]
    assert str(why.value) == "20070.00"


def test_the_plan_in_force_and_its_reading_are_named(ledger):
    """An earlier plan is left out, with the position of the one that holds."""
    ledger.revise_plan(PROJECT, {date(2023, 12, 31): "20000.00"}, on=date(2023, 4, 1))
    why = explained(ledger, "planned")
    assert listed(why)[0][2] == "the plan of position 2 is in force"
    assert listed(why)[1][2] is None
    assert str(why.notes[0]) == "between checkpoints: linear"
    assert str(why.notes[1]).startswith("reading of the printed plan: cumulative")
    earlier = explained(ledger, "months.2023-03.cumulative_planned")
    assert [reason is None for _, _, reason in listed(earlier)] == [False, True]
    first = explained(ledger, "original_planned")
    assert [reason for _, _, reason in listed(first)] == [
        None,
        "the plan of position 1 was approved first",
    ]


def test_a_month_counts_its_own_days(ledger):
    """Payments of other months are left out."""
    for month in (4, 5, 6):
        day = date(2023, month, 3)
        ledger.disburse(PROJECT, month, voucher=str(month), on=day)
    why = explained(ledger, "months.2023-05.disbursed")
    assert str(why.value) == "5.00"
    assert [reason for _, _, reason in listed(why)] == [
        "effective before 2023-05-01",
        None,
        "effective after 2023-05-31",
    ]
    so_far = explained(ledger, "months.2023-05.cumulative_disbursed")
    assert str(so_far.value) == "9.00"
    assert [e.position for e in so_far.rests_on()] == [2, 3]


def test_a_retracted_result_is_left_out(ledger):
    """The retraction's position is said; before it the result counted."""
    first = ledger.report_result(PROJECT, "培训", 3, on=date(2023, 3, 31))
    ledger.report_result(PROJECT, "培训", 4, on=date(2023, 5, 31))
    ledger.retract_result(
        PROJECT, "培训", first.id, on=date(2023, 8, 1), reason="twice"
    )
    why = explained(ledger, "indicators.培训.result")
    assert str(why.value) == "4"
    assert [reason for _, _, reason in listed(why)] == ["retracted at position 4", None]
    before = explained(ledger, "indicators.培训.result", known_at=3)
    assert str(before.value) == "7"
    assert [reason for _, _, reason in listed(before)] == [None, None]


def test_of_levels_only_the_latest_counts(ledger):
    """Those before it are said to be superseded, in order of days."""
    ledger.report_result(PROJECT, "合格率", 95, on=date(2023, 5, 31))
    ledger.report_result(PROJECT, "合格率", 80, on=date(2023, 3, 31))
    why = explained(ledger, "indicators.合格率.result")
    assert str(why.value) == "95"
    assert listed(why) == [
        (2, "95", None),
        (3, "80", "the latest counts, at position 2"),
    ]


def test_rates_with_numerators_all_count(ledger):
    """They are pooled."""
    for month, (part, whole) in enumerate([(90, 100), (10, 1000)], 3):
        ledger.report_result(
            PROJECT,
            "合格率",
            numerator=part,
            denominator=whole,
            on=date(2023, month, 28),
        )
    why = explained(ledger, "indicators.合格率.result")
    assert [(says, reason) for _, says, reason in listed(why)] == [
        ("90/100", None),
        ("10/1000", None),
    ]


def test_the_stated_measure_stands_beside_the_one_that_made_the_figure(ledger):
    """A level is the latest number; pairs are pooled."""
    ledger.report_result(PROJECT, "合格率", 95, on=date(2023, 3, 1))
    why = explained(ledger, "indicators.合格率.result")
    assert [said(note, Language.CHINESE) for note in why.notes] == [
        "计量方式：水平，此处即最新"
    ]
    ledger.report_result(PROJECT, "培训", 3, on=date(2023, 3, 1))
    why = explained(ledger, "indicators.培训.result")
    assert [said(note, Language.CHINESE) for note in why.notes] == ["计量方式：累计"]


def test_a_revised_target_is_named(ledger):
    """The one in force counts, and is said."""
    ledger.revise_target(PROJECT, "培训", "≥20次", on=date(2023, 5, 1))
    ledger.report_result(PROJECT, "培训", 5, on=date(2023, 5, 31))
    why = explained(ledger, "indicators.培训.attainment")
    assert str(why.formula) == "result ÷ target = 5 ÷ 20"
    assert [e.says for e in why.terms[1].events] == ["≥10次", "≥20次"]
    assert str(explained(ledger, "indicators.培训.expected").formula) == (
        "target × time_progress = 20 × 0.500000"
        "; rounded down, since 次 are counted whole"
    )


def test_no_result_is_explained_with_its_reason(ledger):
    """Missing is not zero, and says why."""
    why = explained(ledger, "indicators.培训.attainment")
    assert why.value is None
    assert "none: no result" in str(why.formula)


def test_scores_and_explanations_name_who_said_them(ledger):
    """The latest counts; the computed score stands beside the reported one."""
    ledger.report_result(PROJECT, "培训", 5, on=date(2023, 5, 31))
    for score in (10, 12):
        ledger.report_score(
            PROJECT, score, indicator="培训", on=JUNE, reason="site visit"
        )
    ledger.explain_variance(PROJECT, "other", "late start", indicator="培训", on=JUNE)
    reported = explained(ledger, "indicators.培训.reported_score")
    assert str(reported.value) == "12"
    assert str(reported.events[0].left_out) == "position 4 came later"
    assert explained(ledger, "indicators.培训.explanation").value == "late start"
    score = explained(ledger, "indicators.培训.score")
    assert [str(term.value) for term in score.terms] == ["17.00", "0.500000"]
    assert str(score.value) == "8.50"
    assert "shared equally" in str(explained(ledger, "indicators.培训.weight").formula)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Decimal(90), "given at approval"),
        (None, "the form gives weights, and none to this"),
    ],
)
def test_a_weight_names_where_it_comes_from(given, words):
    """The form, which may leave a row without one."""
    rows = (indicator("a", weight=given), indicator("b", weight=Decimal(0)))
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=rows))
        why = explained(ledger, "indicators.a.weight")
    assert (words in str(why.formula), why.value) == (True, given)


def test_a_weight_of_no_group_is_explained(ledger):
    """No group of the rule has its level 1."""
    ledger.append(approval("P-9", indicators=(indicator("a", level1="管理指标"),)))
    why = explained(ledger, "indicators.a.weight", "P-9")
    assert (why.value, "no group" in str(why.formula)) == (None, True)


def test_the_status_names_the_worst(ledger):
    """Money and those indicators that are as bad are its terms."""
    why = explained(ledger, "status")
    money = explained(ledger, "money_status")
    assert why.value == money.value == "behind"
    assert why.terms[0] == money
    assert "behind below 0.6" in str(money.notes[0])


def test_totals_are_explained_by_their_projects(ledger):
    """Each project's part is named; rates come from the sums."""
    ledger.append(approval(project="OTHER"))
    ledger.disburse(PROJECT, "500.00", voucher="1", on=date(2023, 3, 1))
    why = explained(ledger, "totals.disbursed", subject="totals")
    assert [(t.figure, str(t.value)) for t in why.terms] == [
        ("projects.OTHER.disbursed", "0.00"),
        (f"projects.{PROJECT}.disbursed", "500.00"),
    ]
    rate = explained(ledger, "totals.execution_rate", subject="totals")
    assert {t.figure for t in rate.terms} == {
        "totals.disbursed",
        "totals.current_budget",
    }


def test_a_computed_indicator_of_a_unit_leads_to_the_projects(ledger):
    """Its terms are the results that it is computed from."""
    total = indicator(
        "培训总数",
        "≥10次",
        computed_from=(IndicatorReference(project=PROJECT, indicator="培训"),),
    )
    goals = [Objective(title="就业", indicators=(total,))]
    ledger.set_objectives("U-1", "人社局", goals, fiscal_year=2023, on=date(2023, 1, 5))
    ledger.report_result(PROJECT, "培训", 5, on=date(2023, 5, 31))
    why = explained(ledger, "indicators.培训总数.result", subject="unit:2023:U-1")
    assert str(why.value) == "5"
    assert [(t.figure, t.events[0].position) for t in why.terms] == [
        (f"projects.{PROJECT}.indicators.培训.result", 3)
    ]


def test_a_formula_in_english_has_the_place_of_a_source_as_it_is_asked_for(ledger):
    """A name of two words is one key there, as in the line above it."""
    more = {"source": "财政专户", "new_source": True, "on": "2023-05-01"}
    ledger.adjust_budget(PROJECT, "supplement", 5, **more)
    why = explained(ledger, "by_source.财政专户.disbursed", subject="totals")
    place = "by_source.special_account.disbursed"
    assert (why.figure, str(why.formula)) == (place, f"sum of {place} over 1 projects")


@pytest.mark.parametrize(
    ("subject", "figure", "error"),
    [
        (PROJECT, "foo", InvalidInput),
        (PROJECT, "by_source.gold.disbursed", InvalidInput),
        (PROJECT, "months.2024-01.disbursed", InvalidInput),
        (PROJECT, "months.2023-01.month", InvalidInput),
        (PROJECT, "indicators.培训.foo", InvalidInput),
        (PROJECT, "indicators.不存在.result", UnknownIndicator),
        ("totals", "totals.status", InvalidInput),
        ("NOWHERE", "disbursed", UnknownProject),
        ("unit:2023:NOWHERE", "indicators.a.result", UnknownUnit),
    ],
)
def test_a_figure_that_is_none_is_refused(ledger, subject, figure, error):
    """Those that there are are named."""
    with pytest.raises(error):
        explained(ledger, figure, subject=subject)


def test_an_explanation_is_a_tree_and_json(ledger):
    """Events left out are marked; text is never markup."""
    ledger.disburse(PROJECT, 5, voucher="[red]1[/red]", on=date(2023, 7, 1))
    why = explained(ledger, "execution_rate")
    text = why.render("text", language="en")
    assert "✗ [2] 2023-07-01 disbursement [red]1[/red] +5.00 CNY: left out" in text
    assert why.to_dict()["terms"][0]["events"][0]["left_out"]


def test_differences_name_figures_and_events(ledger):
    """Between two moments of knowledge: what it was, what it is, and why."""
    late = ledger.disburse(PROJECT, "12.00", voucher="1", on=date(2023, 6, 1))
    ledger.disburse(PROJECT, "9.00", voucher="2", on=date(2023, 7, 1))
    cells = {c.path: c for c in ledger.differences(1, through=JUNE)}
    cell = cells[f"projects.{PROJECT}.disbursed"]
    assert (cell.issued, cell.computed) == ("0.00", "12.00")
    assert cell.positions == (late.position,)
    ahead = ledger.differences(2, 3, through=JUNE)
    own = ("free", "by_source.fiscal.free")
    owners = ("totals", f"projects.{PROJECT}")
    assert {each.path for each in ahead} == {
        f"{o}.{key}" for o in owners for key in own
    }
    assert {each.positions for each in ahead} == {(3,)}
    with pytest.raises(InvalidInput):
        ledger.differences(3, 2, through=JUNE)

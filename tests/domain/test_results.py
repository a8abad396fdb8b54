"""The rules of results, and every refusal of them."""

from decimal import Decimal

import pytest

from ledger import InvalidInput, Measure, Objective, Rating, ScoringRule, parse_target
from ledger.domain import plain_results, result_rules
from ledger.domain.indicator import default_measure, is_ceiling, is_cost
from ledger.domain.plain_results import PlainIndicators, PlainStandard
from ledger.domain.result_doubts import doubt
from ledger.errors import (
    AlreadyApproved,
    UnknownIndicator,
    UnknownProject,
    UnknownResult,
    WrongResult,
)
from ledger.events import (
    ObjectivesSet,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
from ledger.store.stored_event import StoredEvent
from support import PROJECT, approval, day, form, forms, indicator
from support_results import JUNE, SETTINGS, reported, state_after

ONE = Decimal(1)
REFUSALS = [
    (reported("次", value=ONE), UnknownIndicator, "次数"),
    (reported("同名", value=ONE), UnknownIndicator, "质量指标/同名"),
    (reported("汇总", value=ONE), WrongResult, "computed from"),
    (reported(), WrongResult, "found nothing"),
    (reported(text="many"), WrongResult, "found text.*value"),
    (reported(rating=Rating.ATTAINED), WrongResult, "found rating"),
    (reported("效果", value=ONE), WrongResult, "with rating or text, or both$"),
    (reported("完成时间", value=ONE), WrongResult, "compared with date$"),
    (reported("完成时间", reached_on=day(7)), InvalidInput, "to 2023-06-01"),
    (reported(value=ONE, text="x"), WrongResult, "value with text"),
    (reported(value=ONE, numerator=ONE), WrongResult, "value with numerator"),
    (reported(value=ONE, denominator=ONE), WrongResult, "value with denominator"),
    (reported(value=ONE, rating=Rating.ATTAINED), WrongResult, "value with rating"),
    (reported(value=ONE, reached_on=JUNE), WrongResult, "value with date"),
    (reported(value=ONE, share=Decimal("0.5")), InvalidInput, "a rating with it"),
    (reported(value=1.5), InvalidInput, "a float is never exact"),
    (reported(value=Decimal("NaN")), InvalidInput, "finite"),
    (reported(value=Decimal("1e18")), InvalidInput, "below 10"),
    (reported(value=Decimal("0." + "1" * 31)), InvalidInput, "up to 30 digits"),
    (reported(value=Decimal(-1)), InvalidInput, "is a sum; retract"),
    (
        reported("满意度", numerator=ONE, denominator=Decimal(0)),
        InvalidInput,
        "above 0",
    ),
    (
        reported("满意度", numerator=Decimal(-1), denominator=ONE),
        InvalidInput,
        "0 or more",
    ),
    (reported("满意度", numerator=ONE), WrongResult, "numerator"),
    (
        reported("效果", rating=Rating.PARTLY, share=Decimal("0.9")),
        InvalidInput,
        r"from 0\.6 to below 0\.8",
    ),
    (
        reported("效果", rating=Rating.ATTAINED, share=Decimal("1.1")),
        InvalidInput,
        r"from 0\.8 to 1$",
    ),
    (
        ResultRetracted(
            project=PROJECT, on=day(6), indicator="次数", of="x", version=9, reason="r"
        ),
        UnknownResult,
        "次数",
    ),
    (
        ResultRetracted(
            project=PROJECT, on=day(6), indicator="次数", of="x", version=9, reason=" "
        ),
        InvalidInput,
        "why",
    ),
    (
        ScoreReported(project=PROJECT, on=day(6), score=Decimal(101)),
        InvalidInput,
        "0 to 10, its weight",
    ),
    (
        VarianceExplained(project=PROJECT, on=day(6), category="funding", text=" "),
        InvalidInput,
        "no blank text",
    ),
    (
        TargetRevised(
            project=PROJECT,
            on=day(6),
            indicator="次",
            target=parse_target("≥1次").target,
        ),
        UnknownIndicator,
        "次数",
    ),
]


@pytest.mark.parametrize(("event", "error", "words"), REFUSALS)
def test_what_the_rules_forbid_is_refused(event, error, words):
    """The exact class of refusal; the message names what would be right."""
    with pytest.raises(error, match=words) as refused:
        result_rules.decide(state_after(), event, SETTINGS, ScoringRule())
    assert type(refused.value) is error


def test_a_day_may_be_reached_on_the_day_that_it_is_reported():
    """Not on a later one, which has not come."""
    event = reported("完成时间", reached_on=JUNE)
    assert result_rules.decide(state_after(), event, SETTINGS) == event


def test_a_result_of_a_project_that_is_not_approved_is_refused():
    """There is nothing to hold it against."""
    with pytest.raises(UnknownProject, match=PROJECT):
        result_rules.decide(
            PlainIndicators(subject=PROJECT, fiscal_year=2023),
            reported(value=ONE),
            SETTINGS,
        )


def test_objectives_are_set_once_a_unit():
    """What changes later is revised."""
    goal = Objective(title="t", objective=None, indicators=(indicator(),))
    event = ObjectivesSet(
        unit="U", on=day(1), name="n", fiscal_year=2023, objectives=(goal,)
    )
    fresh = PlainIndicators(subject="U")
    assert result_rules.decide(fresh, event, SETTINGS) == event
    recorded = StoredEvent(1, "", 1, "", "", 1, event.on, "", "", None, None, event)
    with pytest.raises(AlreadyApproved, match="U"):
        result_rules.decide(plain_results.evolve(fresh, recorded), event, SETTINGS)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("10.50", "10.5"),
        ("1E+2", "100"),
        ("7", "7"),
        ("0.0", "0"),
        ("0." + "1" * 30, "0." + "1" * 30),
    ],
)
def test_numbers_are_kept_in_their_one_plain_spelling(given, kept):
    """1.10, 1.1 and 11E-1 are one number, and one line."""
    decided = result_rules.decide(
        state_after(), reported(value=Decimal(given)), SETTINGS
    )
    assert str(decided.value) == kept


def test_an_indicator_may_be_named_by_its_level_2_and_name():
    """The event keeps the label, whatever it was called."""
    by_both = result_rules.decide(
        state_after(), reported("数量指标/次数", value=ONE), SETTINGS
    )
    assert by_both.indicator == "次数"
    one_of_two = result_rules.decide(
        state_after(), reported("质量指标/同名", value=ONE), SETTINGS
    )
    assert one_of_two.indicator == "质量指标/同名"


@pytest.mark.parametrize(
    ("target", "value", "whole", "rating", "code"),
    [
        ("≥98%", 11, 10, None, "result.above_whole"),
        ("≥98%", 10, 10, None, None),
        ("≥98%", "0.97", None, None, "result.share_for_percent"),
        ("3万元", "3.2", None, None, "result.multiple_missing"),
        ("≥12万人", "5000", None, None, None),
        ("≥12万人", "24", None, None, "result.multiple_missing"),
        ("≥12万人", "24.1", None, None, None),
        ("≥12万人", "0", None, None, None),
        ("≥3例/万人", "3", None, None, None),
        ("≥98%", 1, None, None, "result.share_for_percent"),
        ("≥98%", 0, None, None, None),
        ("≤0.5%", "0.4", None, None, None),
        ("≥98%", 97, None, None, None),
        ("≥10次", "0.97", None, None, None),
        ("效果显著", None, None, Rating.PARTLY, "result.share_missing"),
        ("效果显著", "0.7", None, Rating.PARTLY, None),
        ("效果显著", None, None, Rating.ATTAINED, None),
    ],
)
def test_what_looks_wrong_in_a_result_is_flagged_and_nothing_else(
    target, value, whole, rating, code
):
    """A part above the whole, a share for a percent, a part without a share."""
    given = indicator("x", target)
    assert doubt(PlainStandard.of(given.target, given), value, whole, rating) == code


@pytest.mark.parametrize(
    ("level1", "level2", "target", "ceiling"),
    [
        ("产出指标", "数量指标", "≤5天", True),
        ("产出指标", "数量指标", "<5天", True),
        ("产出指标", "数量指标", "≥5天", False),
        ("产出指标", "成本指标", "10万元", True),
        ("成本指标", "经济成本指标", "10万元", True),
        ("产出指标", "数量指标", "3台", False),
        ("产出指标", "质量指标", "0起", True),
        ("产出指标", "质量指标", "效果显著", False),
    ],
)
def test_lower_is_better_under_a_ceiling_a_cost_and_a_zero(
    level1, level2, target, ceiling
):
    """A bare number under cost is a control figure; an exact 0 is a ceiling."""
    parsed = parse_target(target).target
    assert (
        is_ceiling(parsed, cost=is_cost(level1, level2, ""), direction=None) is ceiling
    )


@pytest.mark.parametrize(
    ("target", "cost", "measure"),
    [
        ("≥10次", False, Measure.SUM),
        ("≥98%", False, Measure.LEVEL),
        ("25日", False, Measure.WORST_MONTH),
        ("≥4次/月", False, Measure.WORST_MONTH),
        ("≥4元/人/月", False, Measure.LEVEL),
        ("≤30天", False, Measure.MAX),
        ("效果显著", False, Measure.LEVEL),
    ],
)
def test_the_measure_follows_from_the_target(target, cost, measure):
    """Deeds are summed, durations count by the worst, the rest by the latest level."""
    assert default_measure(parse_target(target).target, cost=cost) is measure


@pytest.mark.parametrize(
    ("target", "given", "words"),
    [
        ("≥10次", {"baseline": Decimal(2)}, "none under a sum"),
        ("≥90%", {"baseline": Decimal(95)}, "still to be reached"),
        ("≤90天", {"baseline": Decimal(80)}, "still to be reached"),
        ("90%-95%", {"baseline": Decimal(92)}, "still to be reached"),
    ],
)
def test_a_baseline_that_leads_nowhere_is_refused(ledger, target, given, words):
    """Under a sum, beyond the target, inside the range; at the target it stands."""
    with pytest.raises(InvalidInput, match=words):
        ledger.append(approval(indicators=(indicator("x", target, **given),)))
    at = {"≥90%": 90, "≤90天": 90}.get(target)
    if at:
        fine = indicator("x", target, baseline=Decimal(at))
        ledger.append(approval(indicators=(fine,)))


def test_a_revision_may_not_leave_a_baseline_behind(ledger):
    """From 80 to 90 % is a way; from 80 down to 70 % as a floor is none."""
    rate = indicator("x", "≥90%", baseline=Decimal(80))
    ledger.append(approval(indicators=(rate,)))
    with pytest.raises(InvalidInput, match="baseline"):
        ledger.revise_target(PROJECT, "x", "≥70%", on=JUNE)


@pytest.mark.parametrize(
    ("target", "taken"),
    [
        ("≥95%", False),
        ("≥10台", False),
        ("≥10", False),
        ("≥12件", True),
        ("≥9次", True),
    ],
)
def test_a_target_in_another_unit_waits_for_its_results_to_go(ledger, target, taken):
    """9 起 are no 9 %; 起 and 件 count the same things."""
    unit = "起" if "件" in target else "次"
    ledger.append(approval(indicators=(indicator("x", f"≥10{unit}"),)))
    made = ledger.report_result(PROJECT, "x", 9, on=day(3))
    if not taken:
        with pytest.raises(InvalidInput, match=r"\(1 result\); retract that first"):
            ledger.revise_target(PROJECT, "x", target, on=JUNE)
        ledger.retract_result(PROJECT, "x", made.id, on=JUNE, reason="counted anew")
    ledger.revise_target(PROJECT, "x", target, on=JUNE)
    (line,) = ledger.view(through=JUNE).attainment(PROJECT)
    assert line.target == target


def test_a_retraction_names_the_indicator_of_its_result(ledger):
    """The id of a result of y does not retract one of x, nor that of y."""
    rows = (indicator("x"), indicator("y"))
    ledger.append(approval(indicators=rows))
    ledger.report_result(PROJECT, "x", 1, on=day(3), key="kx")
    other = ledger.report_result(PROJECT, "y", 2, on=day(3), key="ky")
    for named in (other.id, "ky"):
        with pytest.raises(UnknownResult, match="x"):
            ledger.retract_result(PROJECT, "x", named, on=JUNE, reason="wrong")
    assert [line.result for line in ledger.view(through=JUNE).attainment(PROJECT)] == [
        1,
        2,
    ]


@pytest.mark.parametrize(
    ("level1", "most"), [("产出指标", "50"), ("效益指标", "30"), (None, "10")]
)
def test_a_score_is_at_most_the_weight(ledger, level1, most):
    """The whole weight is taken, a hundredth more is refused, and so is less than 0."""
    levels = ("产出指标", "效益指标", "满意度指标")
    rows = tuple(indicator(level, "≥1件", level1=level) for level in levels)
    ledger.append(approval(indicators=rows))
    for score in (Decimal(most) + Decimal("0.01"), Decimal("-0.01"), 100):
        with pytest.raises(InvalidInput, match=f"0 to {most}.*its weight"):
            ledger.report_score(PROJECT, score, indicator=level1, on=JUNE)
    ledger.report_score(PROJECT, most, indicator=level1, on=JUNE)


@pytest.mark.parametrize("printed", ["—", "/", "-", "无", " — "])
def test_the_printed_text_of_no_target_is_kept(ledger, printed):
    """It says that somebody left it open; only a blank cell says nothing."""
    rows = form()["indicators"]
    ledger.import_forms(forms(form(indicators=[{**rows[0], "target": printed}])))
    (line,) = ledger.view(through=JUNE).attainment(form()["project_code"])
    assert line.target == printed


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\t"])
def test_a_target_is_not_revised_to_a_blank_one(ledger, blank):
    """The error says what to write; what is printed where there is none is taken."""
    ledger.append(approval(indicators=(indicator("次数", "≥10次"),)))
    before = ledger.root
    with pytest.raises(InvalidInput, match=r"target: found '.*'; expected a target"):
        ledger.revise_target(PROJECT, "次数", blank, on=day(6))
    assert ledger.root == before
    ledger.revise_target(PROJECT, "次数", "—", on=day(6))
    [line] = ledger.view(through=day(12, 31)).attainment(PROJECT)
    assert line.target == "—"

"""A corrected form: what differs is shown, and recorded only when asked for."""

from datetime import date

import pytest
from attrs import evolve

from ledger import Ledger, SpendingPlan
from ledger.errors import ImportRefused, InvalidInput, InvalidPlan
from support import day, form, forms

JULY = date(2023, 7, 3)


def corrected():
    """Return the form with more money, another plan and another target."""
    rows = form()["indicators"]
    target = {**rows[0], "target": "≥12次"}
    return form(
        budget="25.00",
        fiscal_funds="25.00",
        plan_row=["5.00", "10.00", "20.00", "25.00"],
        indicators=[target, *rows[1:]],
    )


@pytest.fixture
def recorded(ledger):
    """Record the form as it was first approved."""
    ledger.import_forms(forms())
    return ledger


def types(ledger):
    """Return the types of all events."""
    return [event.type for event in ledger.events()]


def test_what_differs_is_named_field_by_field_and_nothing_is_recorded(recorded):
    """The clerk sees what was corrected upstream before anything is written."""
    with pytest.raises(ImportRefused) as refused:
        recorded.import_forms(forms(corrected()))
    (changed,) = [f for f in refused.value.findings if f.code == "form.changed"]
    assert "budget from fiscal: 200,000.00 CNY → 250,000.00 CNY" in changed.message
    assert "2023-12-31 250,000.00 CNY" in changed.message
    assert "target of 开展就业培训数: ≥10次 → ≥12次" in changed.message
    assert types(recorded) == ["BudgetApproved"]


def test_a_revision_records_adjustment_plan_and_target(recorded):
    """Never a second approval; the figures before the day stay as they were."""
    recorded.import_forms(forms(corrected()), revise=True, on=JULY)

    assert types(recorded) == [
        "BudgetApproved",
        "BudgetAdjusted",
        "SpendingPlanRevised",
        "TargetRevised",
    ]
    code = form()["project_code"]
    june = recorded.view(through=date(2023, 6, 30))
    later = recorded.view(through=date(2023, 12, 31))
    assert f"{june.project(code).current_budget}" == "200000.00"
    assert f"{later.project(code).current_budget}" == "250000.00"
    assert f"{later.project(code).planned}" == "250000.00"
    assert june.attainment(code)[0].target == "≥10次"
    assert later.attainment(code)[0].target == "≥12次"


def test_the_same_correction_twice_is_recorded_once(recorded):
    """A revised project is what the corrected form says."""
    recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    again = recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    codes = [f.code for f in again]
    assert "form.already_recorded" in codes
    assert "form.revised" not in codes
    assert len(types(recorded)) == 4


def test_a_corrected_form_dated_by_its_correction_is_known_again(recorded):
    """Also without asking for a revision, whatever day the form prints."""
    dated = {**corrected(), "approved_on": JULY.isoformat()}
    recorded.import_forms(forms(dated), revise=True, on=JULY)
    again = recorded.import_forms(forms(dated))
    assert "form.already_recorded" in {finding.code for finding in again}
    assert len(types(recorded)) == 4


def test_a_cut_is_a_reduction(recorded):
    """Less money upstream takes money back, never below what is disbursed."""
    less = form(
        budget="8.00", fiscal_funds="8.00", plan_row=["2.00", "4.00", "6.00", "8.00"]
    )
    recorded.import_forms(forms(less), revise=True, on=JULY)
    (cut,) = [e.event for e in recorded.events(types=["BudgetAdjusted"])]
    assert (cut.kind.value, cut.amounts[0].amount) == ("reduction", 12_000_000)


def test_a_cut_below_what_is_disbursed_is_refused_whole(recorded):
    """Nothing of a revision is kept if a part of it breaks a rule."""
    code = form()["project_code"]
    recorded.disburse(code, "90000", voucher="1", on=day(3))
    less = form(
        budget="8.00", fiscal_funds="8.00", plan_row=["2.00", "4.00", "6.00", "8.00"]
    )
    with pytest.raises(Exception, match="available on"):
        recorded.import_forms(forms(less), revise=True, on=JULY)
    assert types(recorded) == ["BudgetApproved", "Disbursed"]


def test_what_no_event_can_change_is_an_error(recorded):
    """An indicator under another heading is another one."""
    rows = form()["indicators"]
    moved = form(indicators=[{**rows[0], "level2": "质量指标"}, *rows[1:]])
    with pytest.raises(ImportRefused) as refused:
        recorded.import_forms(forms(moved), revise=True, on=JULY)
    (fixed,) = [f for f in refused.value.findings if f.code == "form.cannot_revise"]
    assert "level2 of 开展就业培训数: 数量指标 → 质量指标" in fixed.message
    assert types(recorded) == ["BudgetApproved"]


def test_texts_of_the_form_are_revised_and_its_document_stays(recorded):
    """A purpose in other words is another form; a number of a document is none."""
    found = recorded.import_forms(
        forms(form(purpose="促进就业", document="财预 2 号")), revise=True, on=JULY
    )
    (kept,) = [f for f in found if f.code == "form.text_kept"]
    assert "财预 2 号" in kept.message
    assert "促进就业" not in kept.message
    assert types(recorded) == ["BudgetApproved", "FormRevised"]
    again = recorded.import_forms(forms(form(purpose="促进就业")), revise=True, on=JULY)
    codes = {f.code for f in again}
    assert "form.already_recorded" in codes
    assert "form.revised" not in codes


def test_a_supplement_in_the_year_does_not_make_the_first_form_differ(recorded):
    """The form that was approved stays what was approved."""
    recorded.adjust_budget(form()["project_code"], "supplement", "10000", on=JULY)
    again = recorded.import_forms(forms())
    assert "form.already_recorded" in [f.code for f in again]
    assert types(recorded) == ["BudgetApproved", "BudgetAdjusted"]


def test_a_review_records_nothing_and_says_all(recorded):
    """What would be recorded, and every finding."""
    review = recorded.review_forms(forms(corrected()), revise=True, on=JULY)
    assert [type(event).__name__ for event in review.events] == [
        "BudgetAdjusted",
        "SpendingPlanRevised",
        "TargetRevised",
    ]
    assert "form.revised" in [f.code for f in review.findings]
    assert types(recorded) == ["BudgetApproved"]


def test_a_review_of_what_would_be_refused_has_no_events():
    """And its findings say why."""
    with Ledger.open(":memory:", actor="a") as ledger:
        review = ledger.review_forms(forms(form(project_code="13052923P00584010933X")))
    assert review.events == []
    assert "code.check_character" in [f.code for f in review.findings]


def codes(findings):
    """Return the codes of findings."""
    return {finding.code for finding in findings}


def test_what_the_year_has_brought_stays(recorded):
    """A supplement, a virement and a plan beside the form are none of its business."""
    code = form()["project_code"]
    recorded.import_forms(forms(form("P-2", budget="20.00", fiscal_funds="20.00")))
    recorded.adjust_budget(code, "supplement", "50000", on=day(3))
    recorded.adjust_budget(code, "reduction", "10000", on=day(4))
    recorded.transfer("P-2", code, "5000", on=day(5))
    recorded.revise_plan(code, {date(2023, 12, 31): "245000"}, on=day(5))
    before = recorded.view(through=date(2023, 12, 31)).project(code)
    rows = form()["indicators"]
    other = form(indicators=[{**rows[0], "target": "≥12次"}, rows[1]])

    recorded.import_forms(forms(other), revise=True, on=JULY)

    after = recorded.view(through=date(2023, 12, 31))
    assert types(recorded)[-1] == "TargetRevised"
    assert after.project(code).current_budget == before.current_budget == 245_000
    assert after.project(code).checkpoints == before.checkpoints
    assert after.attainment(code)[0].target == "≥12次"

    found = recorded.import_forms(forms(corrected()), revise=True, on=day(8))
    line = recorded.view(through=date(2023, 12, 31)).project(code)
    assert line.current_budget == 295_000
    assert [amount for _, amount in line.checkpoints][-1] == 250_000
    (said,) = [f for f in found if f.code == "form.three_values"]
    assert "200,000.00 CNY → 250,000.00 CNY, recorded 245,000.00 CNY" in said.message
    assert recorded.verify().ok


def test_what_the_ledger_says_already_is_not_recorded_again(recorded):
    """The form follows what was done in the year: nothing is left to do."""
    code = form()["project_code"]
    recorded.adjust_budget(code, "supplement", "50000", on=day(3))
    days = [(3, 31), (6, 30), (10, 31), (12, 31)]
    plan = zip((50_000, 100_000, 200_000, 250_000), days, strict=True)
    recorded.revise_plan(code, {date(2023, *d): a for a, d in plan}, on=day(3))
    recorded.revise_target(code, "开展就业培训数", "≥12次", on=day(3))
    position = recorded.position
    found = recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    assert recorded.position == position
    (said,) = [f for f in found if f.code == "form.already_recorded"]
    assert "the ledger says so already: budget from fiscal" in said.message


def test_a_form_dated_before_another_is_refused(recorded):
    """The other one is named; the form in force on its own day is the one before it."""
    recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    third = form(
        budget="30.00", fiscal_funds="30.00", plan_row=[None, None, None, "30.00"]
    )
    for early in (day(5), date(2022, 12, 1)):
        with pytest.raises(ImportRefused, match="2023-07-03") as refused:
            recorded.import_forms(forms(third), revise=True, on=early)
        assert "form.before_another" in codes(refused.value.findings)
    again = recorded.import_forms(forms(), revise=True, on=day(5))
    assert "form.already_recorded" in codes(again)
    assert len(types(recorded)) == 4


def test_two_forms_of_one_day_follow_their_recording(recorded):
    """The second is compared with the first, and the way back with the second."""
    code = form()["project_code"]

    def target():
        return recorded.view(through=JULY).attainment(code)[0].target

    recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    assert target() == "≥12次"
    recorded.import_forms(forms(), revise=True, on=JULY)
    assert target() == "≥10次"
    recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    assert target() == "≥12次"
    line = recorded.view(through=JULY).project(code)
    assert line.current_budget == 250_000


def test_a_target_recorded_later_for_an_earlier_day_does_not_decide(recorded):
    """What is in force on the form's day counts, not what was recorded last."""
    code, name = form()["project_code"], "开展就业培训数"
    recorded.revise_target(code, name, "≥30次", on=day(9))
    recorded.revise_target(code, name, "≥12次", on=day(3))
    rows = form()["indicators"]
    twelve = form(indicators=[{**rows[0], "target": "≥12次"}, rows[1]])
    recorded.import_forms(forms(twelve), revise=True, on=day(10))
    targets = {
        month: recorded.view(through=day(month, 2)).attainment(code)[0].target
        for month in (2, 4, 9, 10)
    }
    assert targets == {2: "≥10次", 4: "≥12次", 9: "≥30次", 10: "≥12次"}


def test_several_projects_are_each_compared_with_their_own(recorded):
    """One changed, one did not, one is new."""
    recorded.import_forms(forms(form("P-2")))
    review = recorded.review_forms(
        forms(corrected(), form("P-2"), form("P-3")), revise=True, on=JULY
    )
    assert [(type(e).__name__, e.project) for e in review.events] == [
        ("BudgetAdjusted", form()["project_code"]),
        ("SpendingPlanRevised", form()["project_code"]),
        ("TargetRevised", form()["project_code"]),
        ("BudgetApproved", "P-3"),
    ]
    assert [e.form is not None for e in review.events[:3]] == [False, True, False]


def test_a_new_source_of_a_corrected_form(recorded):
    """One that forms print is taken; one that may be a slip needs a word."""
    code = form()["project_code"]
    sources = {"plan_row": [None, None, None, "20.00"], "fiscal_funds": None}
    given = form(**sources, sources={"财政资金": "15.00", "其他资金": "5.00"})
    recorded.import_forms(forms(given), revise=True, on=JULY)
    parts = recorded.view(through=JULY).project(code).by_source
    assert {s: p.current_budget for s, p in parts.items()} == {
        "fiscal": 150_000,
        "other": 50_000,
    }
    slip = form(**sources, sources={"fiscla": "15.00", "other": "5.00"})
    with pytest.raises(ImportRefused) as refused:
        recorded.import_forms(forms(slip), revise=True, on=JULY)
    (said,) = [f for f in refused.value.findings if f.code == "form.source_unknown"]
    assert said.found == "fiscla"
    assert str(said.expected).startswith("fiscal;")
    recorded.import_forms(forms(slip), revise=True, on=JULY, new_source=True)
    parts = recorded.view(through=JULY).project(code).by_source
    assert parts["fiscla"].current_budget == 150_000
    assert parts["fiscal"].current_budget == 0


def test_words_that_look_like_a_revision_are_none(recorded):
    """Only a form that an event holds is a form; a reason is a text."""
    code = form()["project_code"]
    recorded.adjust_budget(
        code, "supplement", "50000", on=day(3), reason="corrected form, forms.json"
    )
    found = recorded.import_forms(forms(), revise=True, on=JULY)
    assert "form.already_recorded" in codes(found)
    assert len(types(recorded)) == 2


def test_a_plan_of_a_form_ends_at_the_budget_of_the_form(recorded):
    """An event that holds a form is held to it."""
    recorded.import_forms(forms(corrected()), revise=True, on=JULY)
    (revised,) = [e.event for e in recorded.events(types=["SpendingPlanRevised"])]
    short = SpendingPlan(checkpoints=revised.plan.checkpoints[:-1])
    for wrong in (
        evolve(revised, plan=short),
        evolve(revised, plan=short, form=evolve(revised.form, plan=short)),
    ):
        with pytest.raises(InvalidPlan):
            recorded.append(wrong)


def test_a_corrected_form_with_a_blank_target_revises_nothing(recorded):
    """A cell that was left out would take a target away; the form is named."""
    rows = [*form()["indicators"]]
    place = next(i for i, row in enumerate(rows) if row["target"].endswith("%"))
    rows[place] = {**rows[place], "target": " "}
    with pytest.raises(InvalidInput, match=r"form 1 .*: target: found ''"):
        recorded.import_forms(forms(form(indicators=rows)), revise=True, on=JULY)
    assert types(recorded) == ["BudgetApproved"]


def test_a_form_with_a_source_of_its_own_name(ledger):
    """It is refused unless it is meant, and known again when it was."""
    code = form()["project_code"]
    sources = {"plan_row": [None, None, None, "20.00"], "fiscal_funds": None}
    given = forms(form(**sources, sources={"grant": "20.00"}))
    with pytest.raises(ImportRefused, match="new_source"):
        ledger.import_forms(given)
    ledger.import_forms(given, new_source=True)
    assert [f.code for f in ledger.import_forms(given)][-1] == "form.already_recorded"
    assert set(ledger.view(through=JULY).project(code).by_source) == {"grant"}

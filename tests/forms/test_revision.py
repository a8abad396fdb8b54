"""A corrected form: what differs is shown, and recorded only when asked for."""

from datetime import date

import pytest

from ledger import ImportRefused, Ledger
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
    with pytest.raises(Exception, match="are available"):
        recorded.import_forms(forms(less), revise=True, on=JULY)
    assert types(recorded) == ["BudgetApproved", "Disbursed"]


def test_what_no_event_can_change_is_an_error(recorded):
    """Another set of indicators is another approval."""
    fewer = form(indicators=form()["indicators"][1:])
    with pytest.raises(ImportRefused) as refused:
        recorded.import_forms(forms(fewer), revise=True, on=JULY)
    (fixed,) = [f for f in refused.value.findings if f.code == "form.cannot_revise"]
    assert "indicator 开展就业培训数: ≥10次 → –" in fixed.message
    assert types(recorded) == ["BudgetApproved"]


def test_texts_stay_as_recorded_and_that_is_said(recorded):
    """A name in other words is no reason for an event."""
    found = recorded.import_forms(forms(form(purpose="促进就业")), revise=True, on=JULY)
    (kept,) = [f for f in found if f.code == "form.text_kept"]
    assert "促进就业" in kept.message
    assert types(recorded) == ["BudgetApproved"]


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

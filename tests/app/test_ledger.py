"""What a script does with a ledger: record, repeat, retract, look back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ledger import (
    AdjustmentKind,
    Currency,
    Evidence,
    Funding,
    IndicatorReference,
    InvalidInput,
    Ledger,
    Measure,
    Objective,
    Rating,
    Settings,
    Status,
    yuan,
)
from ledger.errors import (
    InvalidAmount,
    KeyConflict,
    UnknownIndicator,
    UnknownProject,
    UnknownResult,
    UnknownUnit,
    VersionConflict,
    VirementUnbalanced,
    WrongResult,
)
from ledger.events import BudgetAdjusted
from support import Clock, approval, day, disbursement, indicator
from support_ledger import TRAINING

# Idempotency, versions, actors


def test_the_same_key_again_returns_the_event_already_there(ledger, project):
    """A retry after a lost answer records nothing twice."""
    first = ledger.disburse(project, 10, voucher="1", on=day(3), key="k")
    again = ledger.disburse(project, 10, voucher="1", on=day(3), key="k")

    assert again == first
    assert ledger.position == 2


def test_the_same_key_with_other_content_names_the_differing_field(ledger, project):
    """A key stands for one fact."""
    ledger.disburse(project, 10, voucher="1", on=day(3), key="k")
    with pytest.raises(KeyConflict, match="'amount'") as caught:
        ledger.disburse(project, 11, voucher="1", on=day(3), key="k")
    assert caught.value.field == "amount"


def test_an_expected_version_that_has_moved_is_a_conflict(ledger, project):
    """A caller who read earlier is told to read again."""
    ledger.disburse(project, 1, voucher="1", on=day(3), expected_version=1)
    with pytest.raises(VersionConflict, match="expected version 1, found 2"):
        ledger.disburse(project, 1, voucher="2", on=day(3), expected_version=1)
    assert ledger.position == 2


def test_every_event_carries_its_actor(path):
    """Who recorded it stands on each event; a blank name is refused."""
    with Ledger.open(path, actor="李会计") as ledger:
        assert ledger.append(approval())[0].actor == "李会计"
    with pytest.raises(InvalidInput, match="actor"):
        Ledger.open(path, actor=" ")


def test_the_clock_is_injected(path):
    """Instants come from the clock that was given."""
    clock = Clock(datetime(2023, 7, 10, 3, 59, 59, tzinfo=UTC))
    with Ledger.open(path, actor="a", clock=clock) as ledger:
        recorded = ledger.append(approval())[0]
    assert recorded.recorded_at == "2023-07-10T04:00:00.000000Z"


def test_a_batch_is_all_or_nothing(ledger):
    """One refusal undoes the whole append, snapshots included."""
    with pytest.raises(UnknownProject):
        ledger.append(approval("A"), disbursement(project="B"))
    assert ledger.position == 0
    assert ledger.view(through=day(6)).execution() == []
    ledger.append(approval("A"))
    assert ledger.stale_snapshots() == []


# Amounts at the door


@pytest.mark.parametrize(
    "amount", ["1.005", 1.5, Decimal("NaN"), "-1", "1,234.5", "１２３", "", True, "1e2"]
)
def test_amounts_that_are_not_exact_are_refused(ledger, project, amount):
    """What is not plainly an exact amount never reaches the log."""
    with pytest.raises(InvalidAmount, match="amount"):
        ledger.disburse(project, amount, voucher="1", on=day(3))
    assert ledger.position == 1


def test_events_hold_integer_minor_units(ledger, project):
    """48,600.5 yuan are 4,860,050 fen."""
    ledger.adjust_budget(project, "supplement", 100_000, on=day(2))
    recorded = ledger.disburse(project, yuan("48_600.5"), voucher="1", on=day(3))
    assert recorded.event.amount == 4_860_050
    assert ledger.minor("48600.50") == 4_860_050


def test_another_currency_has_its_own_minor_units(path):
    """A ledger of yen has no decimals."""
    with Ledger.open(path, settings=Settings(currency=Currency("JPY"))) as ledger:
        ledger.append(approval(budget=5_000))
        with pytest.raises(InvalidAmount, match="0 decimals"):
            ledger.disburse("P-1", "10.5", voucher="1", on=day(3))
        ledger.disburse("P-1", 10, voucher="1", on=day(3))
        assert ledger.view(through=day(6)).project("P-1").disbursed == 10


# Budget in the year


def test_a_virement_needs_both_legs_in_one_append(ledger):
    """One leg alone does not sum to zero."""
    ledger.append(approval("A"), approval("B"))
    leg = BudgetAdjusted(
        project="A",
        on=day(5),
        kind=AdjustmentKind.VIREMENT_OUT,
        amounts=(Funding(source="fiscal", amount=100),),
    )
    with pytest.raises(VirementUnbalanced, match=r"-1\.00 CNY"):
        ledger.append(leg)
    assert ledger.position == 2


def test_a_transfer_moves_budget_between_projects(ledger):
    """Both legs are recorded, and the total stays."""
    ledger.append(approval("A"), approval("B"))
    ledger.transfer("A", "B", "200.00", on=day(5))
    view = ledger.view(through=day(6))

    budgets = [line.current_budget for line in view.execution()]
    assert budgets == [Decimal("800.00"), Decimal("1200.00")]
    assert view.total().current_budget == Decimal("2000.00")
    assert view.by_unit()["U-1"].original_budget == Decimal("2000.00")


def test_a_revised_plan_holds_from_its_day(ledger, project):
    """Before its effective date the old plan speaks."""
    ledger.revise_plan(project, {date(2023, 12, 31): 1000}, on=day(6))
    end = {m: ledger.view(through=date(2023, m, 28)).project(project) for m in (5, 6)}

    assert end[5].planned == Decimal("409.34")
    assert end[6].planned == Decimal("490.41")


def test_an_adjusted_budget_with_the_old_plan_is_noted(ledger, project):
    """The report says that the plan does not end at the current budget."""
    ledger.adjust_budget(project, "supplement", 50, on=day(5))
    line = ledger.view(through=day(6)).project(project)
    assert [finding.code for finding in line.findings] == ["plan.not_revised"]


def test_closing_lapses_what_is_not_carried_over(ledger, project):
    """What is left is accounted for to the fen."""
    ledger.disburse(project, 700, voucher="1", on=day(3))
    event = ledger.close_project(
        project, on=day(12, 31), carried_over={"fiscal": 100}
    ).event
    assert event.lapsed == (Funding(source="fiscal", amount=20_000),)


# Results


def test_results_are_named_by_level_3_or_by_level_2_and_name(ledger):
    """A name that is used twice needs its level 2."""
    twice = (indicator("数", level2="数量指标"), indicator("数", level2="质量指标"))
    ledger.append(approval(indicators=twice))
    with pytest.raises(UnknownIndicator, match="数量指标/数"):
        ledger.report_result("P-1", "数", 1, on=day(3))
    recorded = ledger.report_result("P-1", "质量指标/数", 1, on=day(3))
    assert recorded.event.indicator == "质量指标/数"


def test_a_result_is_retracted_by_key_or_by_id(ledger, project):
    """From its retraction on it does not count, and earlier views still have it."""
    ledger.report_result(project, TRAINING, 3, on=day(3), key="march")
    wrong = ledger.report_result(project, TRAINING, 4, on=day(4))
    before = ledger.view(through=day(6))
    ledger.retract_result(project, TRAINING, "march", on=day(7), reason="twice")
    ledger.retract_result(project, TRAINING, wrong.id, on=day(7), reason="typo")

    assert before.attainment(project)[0].result == 7
    assert ledger.view(through=day(6)).attainment(project)[0].result is None
    assert ledger.view(through=day(6), known_at=2).attainment(project)[0].result == 3


def test_a_retraction_of_nothing_is_refused(ledger, project):
    """A key or id that no standing result has."""
    ledger.report_result(project, TRAINING, 3, on=day(3), key="k")
    ledger.retract_result(project, TRAINING, "k", on=day(4), reason="typo")
    for of in ("k", "nothing"):
        with pytest.raises(UnknownResult, match=f"^{project} › {TRAINING}: "):
            ledger.retract_result(project, TRAINING, of, on=day(4), reason="again")


def test_a_retraction_may_be_repeated_with_its_key(ledger, project):
    """A retried retraction is the event already there."""
    ledger.report_result(project, TRAINING, 3, on=day(3), key="r")
    first, again = (
        ledger.retract_result(project, TRAINING, "r", on=day(4), reason="x", key="t")
        for _ in range(2)
    )
    assert first == again


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), 1.5, "三", date(2023, 3, 1), Rating.ATTAINED]
)
def test_results_of_the_wrong_kind_are_refused(ledger, project, value):
    """A number is wanted, and nothing else is taken."""
    with pytest.raises((WrongResult, InvalidInput)):
        ledger.report_result(project, TRAINING, value, on=day(3))


def test_a_revised_target_holds_from_its_day(ledger, project):
    """Attainment before the revision is held against the old target."""
    ledger.report_result(project, TRAINING, 5, on=day(3))
    ledger.revise_target(project, TRAINING, "≥20次", on=day(6))

    assert ledger.view(through=day(5)).attainment(project)[0].target == "≥10次"
    later = ledger.view(through=day(7)).attainment(project)[0]
    assert (later.target, later.attainment) == ("≥20次", Decimal("0.25"))


def test_explanations_and_reported_scores_stand_beside_the_figures(ledger, project):
    """Neither changes what is computed."""
    ledger.report_result(
        project, TRAINING, 5, on=day(3), evidence=Evidence(uri="档案/1.pdf")
    )
    ledger.explain_variance(
        project,
        "staffing",
        "两人调离",
        indicator=TRAINING,
        on=day(12),
    )
    ledger.report_score(project, "44.5", indicator=TRAINING, on=day(12), reason="seen")
    (line,) = ledger.view(through=day(12, 31)).attainment(project)

    assert line.explanation.text == "两人调离"
    assert (line.score, line.reported_score) == (Decimal("45.00"), Decimal("44.5"))


# Unit objectives


def _of_both(name, target, measure):
    """Return an indicator of a unit that is computed from those of two projects."""
    of = tuple(IndicatorReference(project=code, indicator=name) for code in "AB")
    return indicator(name, target, measure=measure, computed_from=of)


def test_unit_indicators_are_computed_from_project_indicators(ledger):
    """Sums add up, rates pool numerators and denominators."""
    rate = indicator("结案率", "≥90%")
    ledger.append(
        approval("A", indicators=(indicator("案件", "≥60件"), rate)),
        approval("B", indicators=(indicator("案件", "≥60件"), rate)),
    )
    ledger.set_objectives(
        "323",
        "人社局",
        [
            Objective(
                title="办案",
                indicators=(
                    _of_both("案件", "≥100件", Measure.SUM),
                    _of_both("结案率", "≥90%", Measure.RATIO),
                    indicator("招聘会", "≥2场"),
                ),
            )
        ],
        fiscal_year=2023,
        on=day(1),
    )
    for project, cases, closed in (("A", 40, 90), ("B", 20, 10)):
        ledger.report_result(project, "案件", cases, on=day(6))
        ledger.report_result(
            project,
            "结案率",
            numerator=closed,
            denominator=100 if project == "A" else 1000,
            on=day(6),
        )
    ledger.report_result(None, "招聘会", 2, unit="323", on=day(6))
    cases, closed, fairs = ledger.view(through=day(6, 30)).unit_attainment("323")

    assert cases.result == 60
    assert closed.result == Decimal("9.090909")
    assert fairs.status is Status.ATTAINED
    with pytest.raises(WrongResult, match="computed"):
        ledger.report_result(None, "案件", 1, unit="323", on=day(6))


def test_a_unit_without_objectives_is_unknown(ledger):
    """The error names the unit."""
    with pytest.raises(UnknownUnit, match="999"):
        ledger.view(through=day(6)).unit_attainment("999")

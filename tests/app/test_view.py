"""A ledger cut at two dates."""

from decimal import Decimal

import pytest

from ledger import IndicatorReference, Ledger, Objective, Policy, Proration
from ledger.errors import UnknownUnit
from support import PROJECT, approval, day, indicator

UNIT = "U-1"


@pytest.fixture
def ledger():
    """Return an empty ledger."""
    with Ledger.open(":memory:", actor="finance") as made:
        yield made


def objectives(ledger, on, **more):
    """Have the unit set one objective with one indicator."""
    goals = [Objective(title="goal", indicators=(indicator("培训", "≥4次", **more),))]
    ledger.set_objectives(UNIT, "unit", goals, fiscal_year=2023, on=on)


def test_a_unit_is_in_no_report_before_its_objectives(ledger):
    """Set on 1 September they show from then on, with earlier results."""
    objectives(ledger, day(9, 1))
    ledger.report_result(None, "培训", 3, unit=UNIT, on=day(6, 1))
    august, september = ledger.monthly_report(2023, 8), ledger.monthly_report(2023, 9)
    assert august.units == []
    assert [line.result for line in september.units[0].indicators] == [Decimal(3)]
    with pytest.raises(UnknownUnit):
        ledger.view(through=day(8, 31)).unit_attainment(UNIT)
    with pytest.raises(UnknownUnit):
        ledger.explain(
            f"unit:2023:{UNIT}", "indicators.培训.result", through=day(8, 31)
        )
    assert [
        line.result for line in ledger.view(through=day(9, 1)).unit_attainment(UNIT)
    ]


def test_a_result_counts_from_its_projects_approval_on(ledger):
    """Reported of February, of a project of March: nothing in a unit's sum before."""
    ledger.append(approval(on=day(3, 1), indicators=(indicator("培训"),)))
    part = IndicatorReference(project=PROJECT, indicator="培训")
    objectives(ledger, day(1, 1), computed_from=(part,))
    ledger.report_result(PROJECT, "培训", 3, on=day(2, 1))

    def result(on):
        [line] = ledger.view(through=on).unit_attainment(UNIT)
        name = "indicators.培训.result"
        assert (
            ledger.explain(f"unit:2023:{UNIT}", name, through=on).value == line.result
        )
        return line.result

    assert result(day(2, 28)) is None
    assert result(day(3, 1)) == 3


def test_a_plan_eases_by_its_own_end(ledger):
    """A plan at 80 % expects 80 of 100, though a supplement has doubled the budget."""
    ledger.policy = Policy(proration=Proration.PLAN)
    ledger.append(approval(indicators=(indicator("培训", "≥100次"),)))
    plan = {day(6, 30): "800.00", day(12, 31): "1000.00"}
    ledger.revise_plan(PROJECT, plan, on=day(2, 1))
    ledger.adjust_budget(PROJECT, "supplement", "1000.00", on=day(3, 1))
    [line] = ledger.view(through=day(6, 30)).attainment(PROJECT)
    assert line.expected == 80
    why = ledger.explain(PROJECT, "indicators.培训.expected", through=day(6, 30))
    assert why.value == 80
    assert str(why.formula) == (
        "target × planned ÷ plan_end = 100 × 800.00 CNY ÷ 1,000.00 CNY"
        "; rounded down, since 次 are counted whole"
    )


def test_a_month_cut_short_follows_the_plan_of_the_day(ledger):
    """A revision of 20 August is not in the view through 13 August."""
    ledger.append(approval())
    plan = {day(8, 31): "100.00", day(12, 31): "1000.00"}
    ledger.revise_plan(PROJECT, plan, on=day(8, 20))
    early, late = (ledger.view(through=day(8, d)).project(PROJECT) for d in (13, 20))
    assert early.months[7].planned == Decimal("84.24")
    assert late.months[7].cumulative_planned == Decimal("100.00")
    assert min(month.planned for month in late.months) >= 0


@pytest.mark.parametrize(
    "code", ["totals", "unit:2023:U-1", "project:2023:P", "a.b/c:d"]
)
def test_a_project_named_like_another_subject_is_explained(ledger, code):
    """The prefix ``project:`` says that it is a project."""
    ledger.append(approval(code, indicators=(indicator("a"), indicator("a.result"))))
    ledger.disburse(code, 5, voucher="1", on=day(3, 1))
    ledger.report_result(code, "a", 3, on=day(3, 1))
    ledger.report_result(code, "a.result", 4, on=day(3, 1))
    subject = f"project:2023:{code}"
    assert ledger.explain(subject, "disbursed").value == 5
    assert ledger.explain(subject, "indicators.a.result").value == 3
    assert ledger.explain(subject, "indicators.a.result.result").value == 4
    assert next(ledger.events(stream=subject)).type == "BudgetApproved"

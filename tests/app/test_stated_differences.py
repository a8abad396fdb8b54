"""What people stated differs between two moments as other figures do."""

from datetime import date

import pytest

from ledger import Ledger
from support import PROJECT, approval, indicator

JUNE = date(2023, 6, 30)
END = date(2023, 12, 31)


@pytest.fixture
def ledger():
    """Return a ledger with one project of 20,000.00 and two goals, and a unit."""
    with Ledger.open(":memory:", actor="finance") as made:
        rows = (indicator("培训", "≥10次"), indicator("合格率", "≥90%"))
        goals = ("办好。", "办完。")
        made.append(approval(budget=2_000_000, indicators=rows, goals=goals))
        made.set_objectives(
            "U-1", "unit", [], fiscal_year=2023, on="2023-01-01", overall_goal="做好"
        )
        yield made


def stated(ledger, then, through=JUNE, later=None):
    """Return what differs of what people stated, with the positions that did it."""
    words = "stated", "outlook", "likelihood", "achieved", "state"
    words += "conclusion", "problems", "measures"
    return {
        one.path: (one.issued, one.computed, list(one.positions))
        for one in ledger.differences(then, later, through=through)
        if one.path.rpartition(".")[2] in words
    }


def test_outlooks_differ(ledger):
    """Of the money and of indicators; what came later replaces what was said."""
    ledger.state_outlook(PROJECT, "18000", on=JUNE)
    then = ledger.position
    ledger.state_outlook(PROJECT, "17000", on=JUNE)
    ledger.state_outlook(
        PROJECT, on=JUNE, indicator="培训", value=9, likelihood="possible"
    )
    base = f"projects.{PROJECT}"
    assert stated(ledger, then) == {
        f"{base}.stated": ("18000.00", "17000.00", [then + 1]),
        f"{base}.indicators.培训.outlook": (None, "9", [then + 2]),
        f"{base}.indicators.培训.likelihood": (None, "possible", [then + 2]),
    }
    assert stated(ledger, then, date(2023, 5, 31)) == {}
    assert stated(ledger, then, later=then) == {}
    made = ledger.differences(then, through=JUNE)
    chinese = made.render("text", language="zh")
    assert f"项目 {PROJECT} 的全年预计执行数" in chinese
    assert "17000.00" not in chinese, "amounts are in the scale of the ledger"
    assert "有可能" in chinese


def test_spending_that_passes_an_outlook_takes_it_away(ledger):
    """The payment is named: nobody stated anything else."""
    ledger.state_outlook(PROJECT, "18000", on=JUNE)
    then = ledger.position
    ledger.disburse(PROJECT, "19000", voucher="V-1", on=JUNE)
    path = f"projects.{PROJECT}.stated"
    assert stated(ledger, then)[path] == ("18000.00", None, [then + 1])


def test_a_result_that_cannot_be_undone_makes_it_certain(ledger):
    """Whatever a person said before."""
    ledger.state_outlook(
        PROJECT, on=JUNE, indicator="培训", value=9, likelihood="possible"
    )
    then = ledger.position
    ledger.report_result(PROJECT, "培训", 12, on=JUNE)
    path = f"projects.{PROJECT}.indicators.培训.likelihood"
    assert stated(ledger, then)[path] == ("possible", "certain", [then + 1])


def test_goals_and_conclusions_differ(ledger):
    """Of a project and of a unit, each by its number or its field."""
    then = ledger.position
    ledger.assess_goal(PROJECT, 2, "attained", "已办完", on=END, about=2023)
    ledger.assess_goal(None, 1, "partly", "尚可", unit="U-1", on=END, about=2023)
    ledger.state_conclusion(PROJECT, "好", on=END, about=2023, problems="晚")
    base = f"projects.{PROJECT}"
    assert stated(ledger, then, END) == {
        f"{base}.goals.2.achieved": (None, "已办完", [then + 1]),
        f"{base}.conclusion": (None, "好", [then + 3]),
        f"{base}.problems": (None, "晚", [then + 3]),
        "units.U-1.goals.1.achieved": (None, "尚可", [then + 2]),
    }


def test_orders_differ(ledger):
    """One is there, then it is put right; its last day alone changes no record."""
    then = ledger.position
    ledger.order_rectification(PROJECT, "Z-1", "补齐", due=END, on=JUNE)
    ordered = ledger.position
    ledger.close_rectification(PROJECT, "Z-1", on=JUNE)
    path = f"projects.{PROJECT}.rectifications.Z-1.state"
    assert stated(ledger, then, later=ordered)[path] == (None, "open", [ordered])
    assert stated(ledger, ordered)[path] == ("open", "closed", [ordered + 1])


def test_a_project_that_is_withdrawn_states_nothing(ledger):
    """It has no figures any more, and comes to no error."""
    ledger.state_outlook(PROJECT, "18000", on=JUNE)
    then = ledger.position
    ledger.withdraw_approval(PROJECT, on=date(2023, 6, 1), reason="误批")
    path = f"projects.{PROJECT}.stated"
    assert stated(ledger, then)[path][:2] == ("18000.00", None)

"""An approval that is withdrawn, and the one that takes its place."""

import json
from contextlib import nullcontext
from datetime import UTC, date, datetime

import attrs
import pytest
from click.testing import CliRunner

from ledger import Checkpoint, InvalidInput, Ledger, Settings, SpendingPlan
from ledger.cli import main
from ledger.errors import (
    AfterClosure,
    ApprovalInUse,
    InClosedPeriod,
    KeyConflict,
    LedgerError,
    OutsideFiscalYear,
    UnknownProject,
)
from ledger.events import ApprovalWithdrawn
from support import Clock, approval, day, form, forms, indicator

NAME = "开展就业培训数"
AT = datetime(2023, 9, 1, 9, tzinfo=UTC)
MARCH = day(3)


def opened(path=":memory:"):
    """Open a ledger with two projects of 1,000.00 each."""
    ledger = Ledger.open(
        path, actor="t", settings=Settings(language="en"), clock=Clock(AT)
    )
    ledger.append(approval("P", on=day(1, 10)), approval("Q", on=day(1, 10)))
    return ledger


@pytest.fixture
def ledger():
    """Open it in memory."""
    with opened() as made:
        yield made


def budgets(ledger, through, known_at=None):
    """Return the original budget of each project at a day."""
    view = ledger.view(through=through, known_at=known_at)
    return {line.project: int(line.original_budget) for line in view.execution()}


def test_a_withdrawn_approval_has_no_line_from_its_day_on(ledger):
    """Earlier days, and what was known earlier, show it as before."""
    before = ledger.position
    withdrawn = ledger.withdraw_approval("P", on=MARCH, reason="wrong form")
    assert withdrawn.event == ApprovalWithdrawn(
        project="P",
        on=MARCH,
        reason="wrong form",
        amounts=approval("P").amounts,
        origin="annual",
    )
    assert budgets(ledger, MARCH) == {"Q": 1_000}
    assert budgets(ledger, day(2, 28)) == {"P": 1_000, "Q": 1_000}
    assert budgets(ledger, MARCH, before) == {"P": 1_000, "Q": 1_000}
    assert [each.project for each in ledger.projects()] == ["Q"]
    assert ledger.view(through=MARCH).total().current_budget == 1_000
    for act in (
        lambda: ledger.disburse("P", 1, voucher="1", on=day(2)),
        lambda: ledger.report_result("P", NAME, 1, on=day(4)),
        lambda: ledger.withdraw_approval("P", on=day(4), reason="again"),
    ):
        with pytest.raises(UnknownProject, match="withdrawn from 2023-03-01 on"):
            act()
    assert ledger.verify().ok


def test_it_may_be_approved_again_from_that_day_on(ledger):
    """Each day has the approval of its own; nothing of the old one is left."""
    ledger.explain_variance("P", category="other", text="early", on=day(2))
    ledger.report_score("P", 5, on=day(2), reason="seen")
    ledger.revise_plan("P", {day(12): 1_000}, on=day(2))
    ledger.withdraw_approval("P", on=MARCH, reason="wrong form")
    with pytest.raises(InvalidInput, match="2023-03-01"):
        ledger.append(approval("P", 200_000, on=day(2, 28)))
    ledger.append(approval("P", 200_000, on=day(3, 15)))
    assert budgets(ledger, day(2, 28))["P"] == 1_000
    assert "P" not in budgets(ledger, day(3, 14))
    assert budgets(ledger, day(3, 15))["P"] == 2_000
    ledger.disburse("P", 1_500, voucher="1", on=day(4))
    assert ledger.view(through=day(6)).project("P").planned != 0
    ledger.rebuild()
    assert ledger.stale_snapshots() == []
    assert ledger.verify().ok
    with pytest.raises(ApprovalInUse):
        ledger.withdraw_approval("P", on=day(5), reason="too late")


def test_figures_after_it_are_those_of_a_project_approved_once(ledger):
    """What was withdrawn bears on no figure of a later day."""
    ledger.explain_variance("P", category="other", text="early", on=day(2))
    ledger.withdraw_approval("P", on=MARCH, reason="wrong form")
    again = approval("P", 200_000, on=MARCH, indicators=(indicator("人数", "≥5人"),))
    with Ledger.open(":memory:", settings=ledger.settings, clock=Clock(AT)) as fresh:
        fresh.append(approval("Q", on=day(1, 10)))
        for each in (ledger, fresh):
            each.append(again)
            each.disburse("P", 3, voucher="1", on=day(4))
            each.report_result("P", "人数", 3, on=day(4))
        shown = [
            json.loads(each.view(through=day(6, 30)).monthly_report().render("json"))
            for each in (ledger, fresh)
        ]
        evaluated = [
            json.loads(each.self_evaluation(2023).render("json"))
            for each in (ledger, fresh)
        ]
    for documents in (shown, evaluated):
        one, other = (document["projects"] for document in documents)
        assert one == other


RESTING = {
    "payment": lambda one: one.disburse("P", 1, voucher="1", on=day(2)),
    "reversed payment": lambda one: [
        one.disburse("P", 1, voucher="1", on=day(2)),
        one.reverse_disbursement("P", 1, of="1", voucher="2", on=day(2)),
    ],
    "commitment": lambda one: one.commit("P", "C", 1, on=day(2)),
    "released commitment": lambda one: [
        one.commit("P", "C", 1, on=day(2)),
        one.release_commitment("P", "C", on=day(2), why="cancelled"),
    ],
    "adjustment": lambda one: one.adjust_budget("P", "supplement", 1, on=day(2)),
    "virement": lambda one: one.transfer("P", "Q", 1, on=day(2)),
    "result": lambda one: one.report_result("P", NAME, 1, on=day(2)),
}


@pytest.mark.parametrize("name", RESTING)
def test_an_approval_on_which_something_rests_stays(ledger, name):
    """Whatever became of it; the first of it is named with its day."""
    RESTING[name](ledger)
    with pytest.raises(ApprovalInUse, match="of 2023-02-01 was recorded") as refused:
        ledger.withdraw_approval("P", on=MARCH, reason="r")
    assert (refused.value.year, refused.value.on) == (2023, day(2))
    assert refused.value.lines("zh")[0].startswith("P：2023 年度的批复不能撤销")


def test_what_came_first_on_an_approval_is_named_with_its_day(ledger):
    """The first day of all that rests on it, in whatever order it was recorded."""
    ledger.disburse("P", 5, voucher="2", on=day(6))
    ledger.disburse("P", 5, voucher="1", on=day(5))
    with pytest.raises(ApprovalInUse, match=r"disbursement.*2023-05-01"):
        ledger.withdraw_approval("P", on=day(8), reason="r")
    ledger.commit("P", "C", 1, on=day(4))
    with pytest.raises(ApprovalInUse, match=r"commitment.*2023-04-01"):
        ledger.withdraw_approval("P", on=day(8), reason="r")


def test_an_approval_is_withdrawn_for_a_reason_and_within_its_year():
    """To the last day of the year."""
    end = date(2023, 12, 31)
    at = Clock(datetime(2024, 2, 1, 9, tzinfo=UTC))
    how = Settings(language="en")
    with Ledger(":memory:", actor="t", settings=how, clock=at) as ledger:
        ledger.append(approval("P", on=day(1, 10)))
        with pytest.raises(InvalidInput, match="reason"):
            ledger.withdraw_approval("P", on=MARCH, reason=" ")
        after = ApprovalWithdrawn(
            project="P", on=date(2024, 1, 1), year=2023, reason="r"
        )
        with pytest.raises(OutsideFiscalYear, match="2023-01-10"):
            ledger.append(after)
        assert ledger.withdraw_approval("P", on=end, reason="r").on == end


def test_a_retracted_result_does_not_hold_an_approval(ledger):
    """No figure rests on it."""
    ledger.report_result("P", NAME, 1, on=day(2), key="r")
    ledger.retract_result("P", NAME, of="r", reason="mistake", on=day(2))
    ledger.withdraw_approval("P", on=MARCH, reason="r")
    ledger.append(approval("P", on=MARCH))
    ledger.report_result("P", NAME, 7, on=day(4))
    assert [each.results for each in ledger.view(through=day(5)).attainment("P")] == [1]
    assert ledger.verify().ok


def test_a_closed_project_is_not_withdrawn(ledger):
    """Its closing is named."""
    ledger.close_project("P", on=day(4))
    with pytest.raises(AfterClosure):
        ledger.withdraw_approval("P", on=day(5), reason="r")


def test_an_approval_before_its_year_is_withdrawn_before_it(ledger):
    """The year is stated, and stored where the day lies in another one."""
    before = attrs.evolve(
        approval("N", on=date(2023, 8, 20), fiscal_year=2024),
        plan=SpendingPlan(checkpoints=(Checkpoint(date(2024, 12, 31), 100_000),)),
    )
    ledger.append(before)
    asked = {"on": "2023-08-27", "reason": "r", "key": "k"}
    with pytest.raises(UnknownProject):
        ledger.withdraw_approval("N", **asked)
    recorded = ledger.withdraw_approval("N", year=2024, **asked)
    assert (recorded.stream, recorded.event.year) == ("project:2024:N", 2024)
    assert ledger.withdraw_approval("N", year=2024, **asked).already
    with pytest.raises(KeyConflict, match="reason"):
        ledger.withdraw_approval("N", year=2024, **asked | {"reason": "s"})
    own = ledger.withdraw_approval("P", year=2023, on=MARCH, reason="r")
    assert own.event.year is None
    with pytest.raises(OutsideFiscalYear):
        ledger.withdraw_approval("Q", year=2023, on="2024-01-05", reason="r")
    assert ledger.verify().ok


@pytest.mark.parametrize(
    ("unit", "through", "refused"),
    [
        ("U-1", date(2023, 2, 28), True),
        ("U-2", date(2023, 2, 28), False),
        ("U-2", MARCH, True),
    ],
)
def test_a_refund_keeps_the_closed_days_of_each_unit(unit, through, refused):
    """Before the withdrawal that of its approval, then that of the year before."""
    with opened() as ledger:
        before = approval("P", on=date(2022, 1, 1), fiscal_year=2022, unit="U-2")
        ledger.append(before)
        ledger.disburse("P", 100, voucher="1", on=date(2022, 5, 1))
        ledger.withdraw_approval("P", on=MARCH, reason="wrong form")
        ledger.close_period(through, unit=unit)
        may = pytest.raises(InClosedPeriod) if refused else nullcontext()
        with may:
            ledger.refund("P", 1, of="1", voucher="2", on=day(2, 3))
        assert ledger.verify().ok


def test_a_closed_day_keeps_its_approval(ledger):
    """A withdrawal is judged at its own day."""
    ledger.close_period(day(3, 31))
    with pytest.raises(InClosedPeriod):
        ledger.withdraw_approval("P", on=day(3, 31), reason="r")
    ledger.withdraw_approval("P", on=day(4), reason="r")
    assert budgets(ledger, day(3, 31)) == {"P": 1_000, "Q": 1_000}


def test_explain_and_diff_name_it(ledger):
    """A figure rests on the events of the approval in force; what changed it is named."""
    first = ledger.position
    gone = ledger.withdraw_approval("P", on=MARCH, reason="r").position
    again = ledger.append(approval("P", 200_000, on=MARCH))[0].position

    def named(through, until):
        found = ledger.differences(first, until, through=through)
        return {each.path: each.positions for each in found}

    assert named(day(2, 28), again) == {}
    alone = named(MARCH, gone)
    assert alone["projects.P.current_budget"] == (gone,)
    assert alone["totals.current_budget"] == (gone,)
    assert alone["totals.planned"] == (gone,)
    both = named(MARCH, again)
    assert both["projects.P.current_budget"] == (gone, again)
    assert both["totals.original_budget"] == (gone, again)
    told = ledger.view(through=MARCH).explain("P", "current_budget")
    assert [each.position for each in told.rests_on()] == [again]
    early = ledger.view(through=day(2)).explain("P", "current_budget")
    assert [each.position for each in early.rests_on()] == [1]
    report = ledger.view(through=MARCH, known_at=first).monthly_report()
    assert ledger.verify_report(json.loads(report.render("json"))).restated


CSV = "type,project,on,reason\nApprovalWithdrawn,P,2023-03-01,wrong form\n"


def test_what_is_free_before_it_is_explained(ledger):
    """By what stands under the approval of the day."""
    ledger.withdraw_approval("P", on=MARCH, reason="wrong")
    view = ledger.view(through=day(2))
    assert view.explain("P", "free").value == view.project("P").free == 1000


def test_a_bulk_file_withdraws(ledger, tmp_path):
    """A line without a reason is named; so is an amount that is not what it was."""
    file = tmp_path / "facts.csv"
    file.write_text(CSV.replace("wrong form", ""), encoding="utf-8")
    with pytest.raises(LedgerError, match="line 2: reason"):
        ledger.record(file)
    line = {
        "type": "ApprovalWithdrawn",
        "project": "Q",
        "on": "2023-03-01",
        "amount": "5.00",
        "reason": "r",
    }
    lines = tmp_path / "facts.jsonl"
    lines.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(LedgerError, match=r"5\.00 CNY of fiscal; expected .*1,000\.00"):
        ledger.record(lines)
    file.write_text(CSV, encoding="utf-8")
    assert ledger.record(file).new == 1
    assert ledger.record(file).already == 1
    assert budgets(ledger, MARCH) == {"Q": 1_000}


def test_the_command_line_withdraws(tmp_path):
    """It says what rests on an approval."""
    path = str(tmp_path / "l.ledger")
    opened(path).close()

    def run(*args):
        return CliRunner().invoke(main, [args[0], path, *args[1:]])

    how = "P", "--on", "2023-03-01", "--reason", "wrong form"
    assert (
        run("disburse", "Q", "1", "--voucher", "1", "--on", "2023-02-01").exit_code == 0
    )
    refused = run("withdraw", "Q", *how[1:])
    assert refused.exit_code == 1
    assert "disbursement of 2023-02-01" in refused.output
    done = run("withdraw", *how)
    assert done.exit_code == 0, done.output
    assert "withdrawal of an approval" in run("events", "P").output


def test_the_form_is_imported_again():
    """As a new approval; on a day before the withdrawal it is refused."""
    code = form()["project_code"]
    with Ledger.open(":memory:", actor="t", clock=Clock(AT)) as ledger:
        ledger.import_forms(forms(), on=day(1, 10))
        ledger.withdraw_approval(code, on=MARCH, reason="r")
        with pytest.raises(LedgerError, match="2023-03-01"):
            ledger.import_forms(forms(), on=day(1, 10))
        ledger.import_forms(forms(), on=MARCH)
        types = [each.type for each in ledger.events(stream=code)]
    assert types == ["BudgetApproved", "ApprovalWithdrawn", "BudgetApproved"]

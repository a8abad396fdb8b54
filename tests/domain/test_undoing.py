"""Every fact of money says what undoes it; that leaves the figures as they were."""

from datetime import date

import pytest

from ledger import Ledger
from ledger.domain.catalogue import BY_CLASS
from ledger.domain.money_catalogue import MONEY_EVENTS
from ledger.events import FormRevised
from support import PROJECT, Clock, approval, day

END = date(2023, 12, 31)
JAN = date(2024, 1, 2)


@pytest.fixture
def ledger():
    """Return a ledger with a payment, a contract, a plan and a year after."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as opened:
        opened.append(approval())
        opened.append(approval(fiscal_year=2024, on=date(2024, 1, 1)))
        opened.disburse(PROJECT, 100, voucher="V", on=day(2))
        opened.commit(PROJECT, "C", 50, on=day(2))
        yield opened
        assert opened.verify().ok


def figures(ledger):
    """Return the money of both years; nothing where a year is not approved."""
    found = []
    for project, through in ((PROJECT, END), (PROJECT, JAN), ("Q", END)):
        lines = {one.project: one for one in ledger.view(through=through).execution()}
        line = lines.get(project)
        found.append(
            line
            and (
                line.name,
                line.original_budget,
                line.current_budget,
                line.disbursed,
                line.open,
                line.carried_over,
                line.lapsed,
                line.handed_on,
                line.refunded,
                line.supplements,
                line.available,
                line.checkpoints,
            )
        )
    return found


def plan(amount):
    """Return checkpoints that plan so much by June."""
    return {day(6, 30): amount, END: 1000}


def approves(ledger):
    """Approve, and withdraw the approval."""
    yield
    ledger.append(approval("Q"))
    yield
    ledger.withdraw_approval("Q", on=day(1), reason="r")


def withdraws(ledger):
    """Withdraw an approval, and approve again."""
    ledger.append(approval("Q"))
    yield
    ledger.withdraw_approval("Q", on=day(1), reason="r")
    yield
    ledger.append(approval("Q"))


def renames(ledger):
    """Revise a form, and go back to what it said."""
    name = ledger.view(through=END).project(PROJECT).name
    yield
    ledger.append(FormRevised(project=PROJECT, on=day(3), name="other"))
    yield
    ledger.append(FormRevised(project=PROJECT, on=day(3), name=name))


def plans(ledger):
    """Revise a plan, and go back to what it was."""
    ledger.revise_plan(PROJECT, plan(300), on=day(3))
    yield
    ledger.revise_plan(PROJECT, plan(400), on=day(4))
    yield
    ledger.revise_plan(PROJECT, plan(300), on=day(4))


def closes(ledger):
    """Close, and lift the closing."""
    ledger.release_commitment(PROJECT, "C", on=day(3), why="finished")
    yield
    ledger.close_project(PROJECT, year=2023, carried_over={"fiscal": 7})
    yield
    ledger.reopen_project(PROJECT, year=2023, reason="r")


def reopens(ledger):
    """Reopen a year, and close it again."""
    ledger.release_commitment(PROJECT, "C", on=day(3), why="finished")
    ledger.close_project(PROJECT, year=2023, carried_over={"fiscal": 7})
    yield
    ledger.reopen_project(PROJECT, year=2023, reason="r")
    yield
    ledger.close_project(PROJECT, year=2023, carried_over={"fiscal": 7})


def carries(ledger):
    """Hand money on, and return it."""
    ledger.release_commitment(PROJECT, "C", on=day(3), why="finished")
    ledger.close_project(PROJECT, year=2023, carried_over={"fiscal": 7})
    yield
    ledger.carry_over(PROJECT, on=JAN)
    yield
    ledger.return_carry(PROJECT, on=JAN)


def returns(ledger):
    """Return a carry-over, and hand it on again."""
    ledger.release_commitment(PROJECT, "C", on=day(3), why="finished")
    ledger.close_project(PROJECT, year=2023, carried_over={"fiscal": 7})
    ledger.carry_over(PROJECT, on=JAN)
    yield
    ledger.return_carry(PROJECT, on=JAN)
    yield
    ledger.carry_over(PROJECT, on=JAN)


def pays(ledger):
    """Pay, and have it come back."""
    yield
    ledger.disburse(PROJECT, 10, voucher="W", on=day(3))
    yield
    ledger.reverse_disbursement(PROJECT, 10, of="W", voucher="R", on=day(3))


def reverses(ledger):
    """Reverse a payment, and reverse that."""
    yield
    ledger.reverse_disbursement(PROJECT, 10, of="V", voucher="R", on=day(3))
    yield
    ledger.reverse_disbursement(PROJECT, 10, of="R", voucher="RR", on=day(3))


def refunds(ledger):
    """Have money of the year before come, and take that back."""
    yield
    ledger.refund(PROJECT, 10, of="V", voucher="S", on=JAN)
    yield
    ledger.reverse_disbursement(PROJECT, 10, of="S", voucher="SS", on=JAN)


def adjusts(ledger):
    """Adjust, and correct the adjustment."""
    yield
    ledger.adjust_budget(PROJECT, "supplement", 10, on=day(3), key="k")
    yield
    ledger.correct_adjustment("k", reason="r")


def corrects(ledger):
    """Correct an adjustment, and adjust again."""
    ledger.adjust_budget(PROJECT, "supplement", 10, on=day(3), key="k")
    yield
    ledger.correct_adjustment("k", reason="r")
    yield
    ledger.adjust_budget(PROJECT, "supplement", 10, on=day(3))


def commits(ledger):
    """Enter a contract, and release it."""
    yield
    ledger.commit(PROJECT, "D", 10, on=day(3))
    yield
    ledger.release_commitment(PROJECT, "D", on=day(3), why="cancelled")


def increases(ledger):
    """Make a contract larger, and smaller again."""
    yield
    ledger.adjust_commitment(PROJECT, "C", "increase", 10, on=day(3), reason="r")
    yield
    ledger.adjust_commitment(PROJECT, "C", "decrease", 10, on=day(3), reason="r")


def releases(ledger):
    """Release a contract, and increase it."""
    yield
    ledger.release_commitment(PROJECT, "C", on=day(3), why="finished")
    yield
    ledger.adjust_commitment(PROJECT, "C", "increase", 50, on=day(3), reason="r")


UNDONE = {
    "BudgetApproved": approves,
    "ApprovalWithdrawn": withdraws,
    "FormRevised": renames,
    "SpendingPlanRevised": plans,
    "ProjectClosed": closes,
    "ProjectReopened": reopens,
    "CarriedOver": carries,
    "CarryReturned": returns,
    "Disbursed": pays,
    "DisbursementReversed": reverses,
    "PriorYearRefund": refunds,
    "BudgetAdjusted": adjusts,
    "AdjustmentCorrected": corrects,
    "CommitmentEntered": commits,
    "CommitmentAdjusted": increases,
    "CommitmentReleased": releases,
}


@pytest.mark.parametrize("row", MONEY_EVENTS, ids=lambda row: row.name)
def test_what_undoes_a_fact_leaves_the_figures_as_they_were(ledger, row):
    """And is of the type that the catalogue names."""
    steps = UNDONE[row.name](ledger)
    next(steps)
    before = figures(ledger)
    next(steps)
    assert row.name in {each.type for each in list(ledger.events())[-2:]}
    assert figures(ledger) != before
    assert next(steps, None) is None
    assert figures(ledger) == before
    last = list(ledger.events())[-2:]
    assert BY_CLASS[row.event].undone_by in {type(each.event) for each in last}

"""What users of other programs asked for, as their public reports say it."""

import json
from datetime import UTC, date, datetime

import pytest

from ledger import Funding, Ledger, Settings
from ledger.errors import (
    AlreadyApproved,
    BudgetExceeded,
    InClosedPeriod,
    ReversalExceeded,
)
from support import Clock, approval, day, form, forms

NOW = datetime(2024, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def ledger():
    """Open an empty ledger in the middle of 2024."""
    settings = Settings(language="en", scale="1")
    with Ledger(":memory:", actor="t", settings=settings, clock=Clock(NOW)) as opened:
        yield opened


def test_a_project_lives_longer_than_a_year(ledger):
    """
    Each year has its own budget and plan, approved once.

    `ERPNext 33415 <https://github.com/frappe/erpnext/issues/33415>`_.
    """
    ledger.append(approval("P", 100_000))
    second = approval("P", 50_000, on=date(2024, 1, 1), fiscal_year=2024)
    ledger.append(second)
    with pytest.raises(AlreadyApproved):
        ledger.append(second)
    view = ledger.view(through=NOW.date())
    budgets = [view.project("P", year=year).original_budget for year in (2023, 2024)]
    ends = [view.project("P", year=year).checkpoints[-1] for year in (2023, 2024)]
    assert budgets == [1000, 500]
    assert ends == [(date(2023, 12, 31), 1000), (date(2024, 12, 31), 500)]


def test_a_contract_reserves_its_money(ledger, tmp_path):
    """
    No other payment takes it: 20,000 of 100,000 are left beside 80,000.

    `ERPNext 36610 <https://github.com/frappe/erpnext/issues/36610>`_.
    """
    ledger.append(approval("P-1", 10_000_000))
    file = tmp_path / "facts.jsonl"
    entered = {
        "type": "CommitmentEntered",
        "project": "P-1",
        "on": "2023-02-10",
        "commitment": "HT-2023-014",
        "amount": "80000.00",
        "payee": "Builder",
        "due_on": "2023-11-30",
    }
    file.write_text(json.dumps(entered), encoding="utf-8")
    ledger.record(file)
    with pytest.raises(BudgetExceeded, match=r"20,000\.00"):
        ledger.disburse("P-1", 50_000, voucher="1", on=day(3))
    ledger.disburse("P-1", 20_000, voucher="2", on=day(3))
    assert ledger.view(through=day(3)).project("P-1").available == 0


def test_nothing_enters_a_month_that_was_handed_in(ledger):
    """
    The lock is named; with a reason it is opened for a while.

    `Odoo 15034 <https://github.com/odoo/odoo/issues/15034>`_.
    """
    ledger.append(approval("P", 100_000))
    ledger.disburse("P", 100, voucher="1", on=day(3))
    ledger.close_period("2023-03-31")
    late = {"voucher": "2", "on": day(3, 15)}
    with pytest.raises(InClosedPeriod, match="2023-03-31"):
        ledger.disburse("P", 50, **late)
    ledger.reopen_period(
        "2023-03-01", "2023-03-31", until="2024-06-02", reason="a late invoice"
    )
    ledger.disburse("P", 50, **late)
    assert ledger.view(through="2023-03-31").project("P").disbursed == 150


def test_the_report_says_how_the_budget_came_about(ledger):
    """
    Each way of change is a figure of its own, by source and in all.

    `ERPNext 14487 <https://github.com/frappe/erpnext/issues/14487>`_.
    """
    ledger.append(approval("A", 100_000), approval("B", 50_000))
    ledger.adjust_budget("A", "supplement", 200, on=day(3))
    ledger.adjust_budget("A", "recall", 50, on=day(9))
    ledger.transfer("A", "B", 100, on=day(5))
    report = json.loads(ledger.monthly_report(2023, 12).render("json"))
    whole, (first, second) = report["totals"], report["projects"]
    names = "original_budget supplements recalls virements_in virements_out".split()

    def figures(row):
        return [float(row[name]) for name in (*names, "current_budget")]

    assert figures(whole) == [1500, 200, 50, 100, 100, 1650]
    assert figures(first) == [1000, 200, 50, 0, 100, 1050]
    assert figures(second) == [500, 0, 0, 100, 0, 600]
    for row in (whole, first, second):
        assert figures(row["by_source"]["fiscal"]) == figures(row)


def test_a_mistaken_reversal_is_reversed(ledger):
    """
    What was paid is paid again.

    `LedgerSMB 6715 <https://github.com/ledgersmb/LedgerSMB/pull/6715>`_.
    """
    ledger.append(approval("P", 100_000))
    ledger.disburse("P", 400, voucher="1", on=day(3))
    ledger.reverse_disbursement("P", 400, of="1", voucher="R-1", on=day(3, 5))
    ledger.reverse_disbursement("P", 400, of="R-1", voucher="RR-1", on=day(3, 6))
    view = ledger.view(through=day(12, 31))
    assert view.project("P").disbursed == 400
    with pytest.raises(ReversalExceeded):
        ledger.reverse_disbursement("P", 1, of="R-1", voucher="RR-2", on=day(3, 7))


def test_one_voucher_is_paid_from_two_sources(ledger, tmp_path):
    """
    Its lines stand together in one append.

    `Budget 297 <https://github.com/otherworld-dev/Budget/issues/297>`_.
    """
    amounts = (
        Funding(source="fiscal", amount=60_000),
        Funding(source="other", amount=40_000),
    )
    ledger.append(approval("P-1", amounts=amounts))
    file = tmp_path / "facts.csv"
    file.write_text(
        "type,project,on,voucher,amount,source,payee\n"
        "Disbursed,P-1,2023-03-01,2023-17,600.00,fiscal,Supplier\n"
        "Disbursed,P-1,2023-03-01,2023-17,400.00,other,Supplier\n"
    )
    ledger.record(file)
    line = ledger.view(through=day(12, 31)).project("P-1")
    assert (line.disbursed, line.available) == (1000, 0)
    assert line.by_source["other"].disbursed == 400
    assert ledger.verify().ok


def test_a_project_belongs_to_another_unit_from_a_day_on(ledger):
    """
    Reports by unit are cut by that day.

    `ERPNext 39133 <https://github.com/frappe/erpnext/issues/39133>`_.
    """
    first, moved = (forms(form("P-9", unit_code=code)) for code in ("323001", "323002"))
    ledger.import_forms(first)
    ledger.disburse("P-9", 1, voucher="1", on=day(3))
    ledger.import_forms(moved, on=day(7), revise=True)
    for on, unit in (
        (day(3, 31), "323001"),
        (day(6, 30), "323001"),
        (day(7), "323002"),
        (day(12, 31), "323002"),
    ):
        view = ledger.view(through=on)
        assert view.project("P-9").unit == unit
        assert {code: part.disbursed for code, part in view.by_unit().items()} == {
            unit: 1
        }
    assert ledger.verify().ok


def test_a_likely_double_payment_is_pointed_at(ledger):
    """
    As a note in the report and in verify: the same payee, the same amount, near days.

    `LedgerSMB 8435 <https://github.com/ledgersmb/LedgerSMB/issues/8435>`_.
    """
    ledger.append(approval("A", 100_000))
    paid = {"on": day(5, 3), "payee": "Supplier Ltd"}
    ledger.disburse("A", "59.90", voucher="v2", **paid)
    ledger.disburse("A", "59.90", voucher="v3", **paid)
    checked = ledger.verify()
    for findings in (ledger.monthly_report(2023, 5).findings, checked.findings):
        (note,) = findings
        assert note.code == "disbursement.likely_twice"
        assert "v2" in note.message
        assert "v3" in note.message
    assert checked.ok

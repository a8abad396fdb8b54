"""What passes from year to year is verified by two processes, restored, imported."""

import json
from datetime import date

import pytest

from ledger import Ledger
from ledger.audit import verify as verifying
from ledger.audit import verify_worker as working
from support import form, forms
from support_helper_process import meeting, spied
from support_long_history import came_back, passed_on
from support_refunds import JANUARY, JUNE, back, closed_year
from support_tampering import reseal, rewrite


@pytest.fixture(params=[passed_on, came_back])
def path(request, tmp_path):
    """Build a file of two years."""
    path = tmp_path / "a.ledger"
    request.param(path)
    return path


def verified(path, monkeypatch, pays):
    """Return what verify finds, by two processes where it *pays*, and who joined."""
    joined, real = [], working.Worker.joins

    def joins(*words):
        joined.append(real(*words))
        return joined[-1]

    with monkeypatch.context() as patched:
        patched.setattr(verifying, "_PAYS", 1 if pays else 10**9)
        patched.setattr(working.Worker, "joins", joins)
        spied(patched)
        meeting(patched)
        with Ledger.open(path, read_only=True, actor="a") as ledger:
            return ledger.verify(), joined


def another_name(rows):
    """Say that a year is another's that money or a refund opens."""
    for row in rows:
        payload = json.loads(row[-2])
        if "opens" in payload:
            payload["opens"]["name"] = "another"
            row[-2] = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return rows


def of_more(rows):
    """Double what a refund gives back, and what a leg brings."""
    for row in rows:
        payload = json.loads(row[-2])
        if row[4] == "PriorYearRefund":
            payload["amount"] *= 2
        elif row[4] == "CarriedOver":
            payload["amounts"][0]["amount"] *= 2
        row[-2] = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return rows


@pytest.mark.parametrize("change", [None, another_name, of_more])
def test_two_processes_say_of_years_what_one_says(path, monkeypatch, change):
    if change is not None:
        rewrite(path, change, snapshots=False)
        reseal(path)
    alone, nobody = verified(path, monkeypatch, pays=False)
    both, joined = verified(path, monkeypatch, pays=True)
    assert joined
    assert all(joined)
    assert not nobody
    assert both == alone
    assert both.ok is (change is None)


def test_years_come_back_as_they_were(path, tmp_path):
    out, copy = tmp_path / "out.jsonl", tmp_path / "b.ledger"
    with Ledger.open(path, read_only=True, actor="a") as ledger:
        kept = ledger.export(out)
        lines, refunds = list(ledger.lines()), ledger.refunds(through=JUNE).to_records()
    assert Ledger.restore(copy, out, kept).ok
    with Ledger.open(copy, read_only=True, actor="a") as ledger:
        assert list(ledger.lines()) == lines
        assert ledger.refunds(through=JUNE).to_records() == refunds


def form_of(budget):
    """Return the form of the project for 2024."""
    made = form(
        "P",
        budget=str(budget),
        fiscal_funds=None,
        sources={"县级": str(budget)},
        plan_row=["0", str(budget)],
        plan_columns=["6月底", "12月底"],
    )
    return forms(made, fiscal_year=2024, money_unit="元")


def test_a_form_is_imported_beside_a_refund():
    """The refund opened the year; its approval, and a corrected one, leave it alone."""
    with closed_year() as ledger:
        back(ledger, 300)
        ledger.import_forms(form_of(100), on=JANUARY)
        line = ledger.view(through=JUNE).project("P")
        assert (line.current_budget, line.refunded) == (100, 300)
        ledger.import_forms(form_of(120), on=date(2024, 2, 1), revise=True)
        line = ledger.view(through=JUNE).project("P")
        assert (line.current_budget, line.disbursed, line.refunded) == (120, 0, 300)

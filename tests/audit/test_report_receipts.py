"""An issued report is held to the log that it was made from."""

import json
from datetime import date

import pytest

from ledger import InvalidInput, Ledger, Policy
from ledger.reports.render import json as as_json
from support import PROJECT, approval, indicator

JUNE = date(2023, 6, 30)


@pytest.fixture
def ledger():
    """Return a ledger with one project that has spent something by June."""
    with Ledger.open(":memory:", actor="finance") as made:
        made.append(
            approval(budget=2_000_000, indicators=(indicator("培训", "≥10次"),))
        )
        made.disburse(PROJECT, "5000.00", voucher="1", on=date(2023, 5, 2))
        yield made


def issued(ledger, **how):
    """Return the June report as it comes out of its file."""
    return json.loads(ledger.monthly_report(2023, 6, **how).render("json"))


def test_a_report_that_was_just_issued_holds(ledger):
    """Nothing is altered and nothing restated."""
    done = ledger.verify_report(issued(ledger))
    assert done.ok
    assert (done.problems, done.altered, done.restated) == ((), (), ())
    assert done.receipt.position == ledger.position


def test_an_altered_figure_is_named_with_what_it_was(ledger):
    """Whoever edits the report is found, the digest mended or not."""
    report = issued(ledger)
    report["totals"]["disbursed"] = "1.00"
    done = ledger.verify_report(report)
    assert not done.ok
    assert [(c.path, c.issued, c.computed) for c in done.altered] == [
        ("totals.disbursed", "1.00", "5000.00")
    ]
    assert tuple(map(str, done.problems)) == (
        "its figures are not those of its digest",
    )


def test_a_late_payment_is_a_restatement_and_no_fault(ledger):
    """What was recorded since is listed with its position."""
    report = issued(ledger)
    late = ledger.disburse(PROJECT, "12.34", voucher="2", on=date(2023, 6, 3))
    ledger.disburse(PROJECT, "99.00", voucher="3", on=date(2023, 7, 3))
    done = ledger.verify_report(report)
    assert done.ok
    changed = {cell.path: cell for cell in done.restated}
    cell = changed[f"projects.{PROJECT}.disbursed"]
    assert (cell.issued, cell.computed) == ("5000.00", "5012.34")
    assert cell.positions == (late.position,)
    assert changed["totals.disbursed"].positions == (late.position,)


def test_a_retraction_restates_an_indicator(ledger):
    """It counts whatever day it is made on, and only for its indicator."""
    result = ledger.report_result(PROJECT, "培训", 4, on=date(2023, 6, 1))
    report = issued(ledger)
    done = ledger.retract_result(
        PROJECT, "培训", result.id, on=date(2023, 8, 1), reason="counted twice"
    )
    cells = {c.path: c for c in ledger.verify_report(report).restated}
    cell = cells[f"projects.{PROJECT}.indicators.培训.result"]
    assert (cell.issued, cell.computed) == ("4", None)
    assert cell.positions == (done.position,)


def test_a_report_of_what_was_known_then_is_held_to_that(ledger):
    """A report with another cut of knowledge and other thresholds holds too."""
    at = ledger.position - 1
    ledger.policy = Policy(money_behind_below="0.1", money_at_risk_below="0.2")
    report = issued(ledger, known_at=at)
    ledger.policy = Policy()
    done = ledger.verify_report(report)
    assert done.ok
    assert done.receipt.position == at


def test_a_report_of_another_log_is_refused(ledger):
    """Its name and its root tell."""
    report = issued(ledger)
    with Ledger.open(":memory:", actor="finance") as other:
        other.append(
            approval(budget=2_000_000, indicators=(indicator("培训", "≥10次"),))
        )
        done = other.verify_report(report)
    assert not done.ok
    assert "this is ledger/" in str(done.problems[0])
    assert "the log ends at 1" in str(done.problems[1])


def test_a_root_that_the_log_never_had_is_found(ledger):
    """The figures may be right while the record is another."""
    report = issued(ledger)
    report["receipt"]["root"] = report["root"] = "00" * 32
    report["receipt"]["digest"] = as_json.digest(report)
    assert tuple(map(str, ledger.verify_report(report).problems)) == (
        "its root is not that of the log at its position",
    )


@pytest.mark.parametrize("missing", ["receipt", "policy", "through"])
def test_a_report_without_its_terms_is_refused(ledger, missing):
    """What is missing is named."""
    report = issued(ledger)
    del report[missing]
    with pytest.raises(InvalidInput, match=missing):
        ledger.verify_report(report)


def test_a_file_that_is_no_report_is_refused(ledger, tmp_path):
    """The file is named."""
    path = tmp_path / "june.json"
    with pytest.raises(InvalidInput, match=r"june\.json"):
        ledger.verify_report(path)
    path.write_text("[1]")
    with pytest.raises(InvalidInput, match=r"june\.json"):
        ledger.verify_report(path)

"""A payment that stands in two projects of a unit is noted, and refused nothing."""

from datetime import date

import pytest

from ledger import Ledger, Settings
from ledger.messages import Language
from support import approval, day, indicator

APRIL = day(4, 3)
CODE = "disbursement.in_two_projects"


@pytest.fixture
def ledger():
    """Open a ledger of two projects of a unit, and one of another."""
    settings = Settings(language="en", scale="1")
    with Ledger.open(":memory:", actor="t", settings=settings) as ledger:
        ledger.append(approval("A", 100_000), approval("B", 100_000))
        ledger.append(approval("C", 100_000, unit="U-2"))
        yield ledger


def pay(ledger, project, amount="415.40", voucher="2023-088", on=APRIL):
    """Record one payment."""
    ledger.disburse(project, amount, voucher=voucher, on=on)


def notes(ledger, month=12):
    """Return what the report of a month notes, and at its year's end verify."""
    report = ledger.monthly_report(2023, month).findings
    found = [each for each in report if each.code == CODE]
    if month == 12:
        checked = ledger.verify()
        assert checked.ok
        assert [each.text() for each in checked.findings if each.code == CODE] == [
            each.text() for each in found
        ]
    return found


def test_voucher_and_amount_in_two_projects(ledger):
    """However the number is spelled; the note names both, in both languages."""
    pay(ledger, "A")
    pay(ledger, "B", voucher="２０２３－088 ", on=day(5))
    (found,) = notes(ledger)
    for part in ("U-1", "2023-088", "415.40", "A, B"):
        assert part in found.text()
    assert "是否重复" in found.text(Language.CHINESE)
    assert notes(ledger, 4) == []


def test_one_note_names_the_first_of_many(ledger):
    """Two projects that number alike are noted once."""
    for number in range(1, 6):
        for project in "AB":
            pay(ledger, project, amount=number, voucher=f"V-{number}")
    (found,) = notes(ledger)
    assert "v-3 (3.00 CNY) and 2 more" in found.text()
    assert "v-4" not in found.text()


def test_a_voucher_of_several_projects_is_nothing_strange(ledger):
    """Its parts differ; nor is one of another unit, or of a reversal."""
    pay(ledger, "A")
    pay(ledger, "B", amount="415.41")
    pay(ledger, "C")
    for project in ("A", "B"):
        pay(ledger, project, voucher=f"only {project}")
        how = {"of": f"only {project}", "voucher": "R", "on": day(6)}
        ledger.reverse_disbursement(project, "1.00", **how)
    assert notes(ledger) == []


def test_it_ends_with_the_reversal_of_either(ledger):
    """From the day of that; a part of it is not enough."""
    pay(ledger, "A")
    pay(ledger, "B")
    ledger.reverse_disbursement("B", 1, of="2023-088", voucher="R1", on=day(5))
    assert len(notes(ledger)) == 1
    ledger.reverse_disbursement("B", "414.40", of="2023-088", voucher="R2", on=day(6))
    assert (len(notes(ledger, 5)), notes(ledger)) == (1, [])


def test_a_project_that_moves_takes_its_vouchers_along(ledger):
    """The unit is that of the day."""
    pay(ledger, "A")
    pay(ledger, "C")
    assert notes(ledger) == []
    ledger.revise_form("C", on=day(6), to_unit="U-1")
    assert (notes(ledger, 5), len(notes(ledger))) == ([], 1)


def test_a_result_that_stands_twice_is_noted_by_verify_too():
    """Until one is retracted; of a project and of a unit alike."""
    with Ledger.open(":memory:", actor="t") as ledger:
        ledger.append(approval("A", 1, indicators=(indicator(),)))
        name = indicator().name
        for key in ("one", "two"):
            ledger.report_result("A", name, 3, on=date(2023, 3, 1), key=key)
        checked = ledger.verify()
        assert checked.ok
        assert [each.code for each in checked.findings] == ["result.likely_twice"]
        reported = ledger.monthly_report(2023, 3).findings
        assert [f.text() for f in checked.findings] == [
            each.text() for each in reported if each.code == "result.likely_twice"
        ]
        ledger.retract_result("A", name, "two", on=day(4), reason="twice")
        assert not ledger.verify().findings

"""What is refused of money of earlier years that comes back, in which words."""

from datetime import UTC, date, datetime

import pytest

from ledger import InvalidInput, Ledger
from ledger.errors import AfterClosure, KeyConflict, UnknownVoucher
from support import Clock
from support_refunds import JANUARY, JUNE, approved, back, closed_year, opened


@pytest.fixture
def ledger():
    """Close the project's 2023; nothing is approved for 2024."""
    with closed_year() as made:
        yield made


@pytest.mark.parametrize("year", [2024, 2030])
def test_a_year_that_is_not_earlier_is_refused_with_the_right_ones(ledger, year):
    with pytest.raises(InvalidInput, match="a fiscal year before 2024"):
        back(ledger, 10, of_year=year)


def test_a_year_without_the_voucher_is_named(ledger):
    with pytest.raises(UnknownVoucher) as caught:
        back(ledger, 10, of_year=2022)
    assert str(caught.value).startswith("P (2022): no disbursement with voucher '1'")
    assert "known: 1" not in str(caught.value)


def test_a_refund_is_not_taken_back_before_its_day(ledger):
    back(ledger, 10, on=JUNE)
    with pytest.raises(InvalidInput, match="2024-06-30 on"):
        ledger.reverse_disbursement("P", 10, of="R", voucher="S", on=JANUARY)


def test_a_refund_is_taken_back_in_the_year_in_which_it_came(tmp_path):
    """Recorded in a later one, it says so; a year that was closed is opened for it."""
    path, later = tmp_path / "l.ledger", Clock(datetime(2025, 2, 1, tzinfo=UTC))
    with opened(path) as ledger:
        ledger.append(approved("P", 2024))
        back(ledger, 10)
        back(ledger, 5, voucher="T")
        ledger.close_project("P", on=JUNE)
    with Ledger.open(path, actor="t", clock=later) as ledger:
        taken = {"of": "R", "voucher": "S"}
        late = date(2025, 1, 15)
        with pytest.raises(
            UnknownVoucher, match=r"\(2024\).*a refund of that year has it"
        ):
            ledger.reverse_disbursement("P", 10, on=late, **taken)
        with pytest.raises(AfterClosure):
            ledger.reverse_disbursement("P", 10, on=JUNE, **taken)
        ledger.reopen_project("P", year=2024, reason="a refund of another project")
        ledger.reverse_disbursement("P", 10, on=JUNE, **taken)
        ledger.close_project("P", on=JUNE)
        assert ledger.view(through=JUNE).total().refunded == 5
        assert ledger.verify().ok


def test_a_key_conflict_of_a_late_reversal_names_the_field_that_differs(ledger):
    asked = {"of": "1", "voucher": "R", "on": JANUARY, "key": "k"}
    ledger.reverse_disbursement("P", 10, **asked)
    with pytest.raises(KeyConflict, match="'amount'"):
        ledger.reverse_disbursement("P", 20, **asked)
    with pytest.raises(KeyConflict, match="'type'"):
        ledger.refund("P", 10, **asked)
    back(ledger, 10, voucher="T", key="l")
    with pytest.raises(KeyConflict, match="'type'"):
        ledger.reverse_disbursement("P", 10, **asked | {"voucher": "T", "key": "l"})
    with pytest.raises(KeyConflict, match="'amount'"):
        back(ledger, 20, voucher="T", key="l")


def test_a_year_of_refunds_alone_plans_nothing_that_is_known(ledger):
    back(ledger, 10)
    ledger.append(approved("Q", 2024))
    line = ledger.view(through=JUNE).project("P")
    assert str(line.plan_reason) == "no spending plan"
    assert (line.planned, line.variance, line.plan_rate) == (None, None, None)
    report = ledger.monthly_report(2024, 6)
    assert report.totals.planned == ledger.view(through=JUNE).project("Q").planned
    assert report.months[5].cumulative_planned == report.totals.planned is not None

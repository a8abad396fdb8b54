"""What the tests of figures share."""

import pytest

from support import approval, day, fen, indicator


@pytest.fixture
def report(ledger):
    """Return the March report of a project with a payment and a result."""
    ledger.append(approval(indicators=(indicator("次数"),)))
    ledger.disburse("P-1", fen(12_345), voucher="V", on=day(2))
    ledger.report_result("P-1", "次数", 3, on=day(3))
    return ledger.monthly_report(2023, 3)

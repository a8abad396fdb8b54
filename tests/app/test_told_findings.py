"""A result that looks wrong is told when it is recorded, and is recorded all the same."""

import pytest

from ledger import Ledger
from support import approval, day, indicator


def book(target):
    """Return a ledger with one project and one indicator."""
    ledger = Ledger.open(":memory:", actor="test")
    ledger.append(approval(indicators=(indicator("x", target),)))
    return ledger


@pytest.mark.parametrize(
    ("target", "given", "code"),
    [
        ("≥90%", {"value": "0.92"}, "result.share_for_percent"),
        ("≥90%", {"value": "92"}, None),
        ("≥90%", {"numerator": 11, "denominator": 10}, "result.above_whole"),
        ("3万元", {"value": "3.2"}, "result.multiple_missing"),
        ("3万元", {"value": "32000"}, None),
        ("效果显著", {"value": "partly"}, "result.share_missing"),
    ],
)
def test_it_is_told_at_once(target, given, code):
    """And stands in the report until it is retracted."""
    with book(target) as ledger:
        ledger.report_result("P-1", "x", **given, on=day(3))
        assert [each.code for each in ledger.findings] == ([code] if code else [])
        line = ledger.view(through=day(3)).attainment("P-1")[0]
        assert [each.code for each in line.findings] == ([code] if code else [])
        assert line.results == 1
        for each in ledger.findings:
            assert "P-1" in str(each.place)


def test_not_more_are_told_than_anybody_reads():
    """Of a bulk file with one slip in each line."""
    with book("≥90%") as ledger:
        for number in range(1_010):
            ledger.report_result("P-1", "x", "0.5", on=day(3), key=f"k{number}")
        assert 0 < len(ledger.findings) <= 1_000

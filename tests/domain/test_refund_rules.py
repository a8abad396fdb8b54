"""The bounds of what may be recorded of an earlier year's payment that comes back."""

import pytest
from attrs import evolve

from ledger import EXECUTION, InvalidInput, Ledger, Settings
from ledger.domain.refund_rules import decide_refund, one_taken_back
from ledger.errors import UnknownVoucher
from ledger.events import DisbursementReversed, PriorYearRefund
from support_refunds import JANUARY, SOURCES, approved, opened, pay

SETTINGS = Settings(language="en")
REFUND = PriorYearRefund(
    project="P",
    on=JANUARY,
    voucher="R",
    of="1",
    of_year=2023,
    amount=100,
    source="fiscal/county",
)


@pytest.fixture(scope="module")
def budget():
    """Return the money of the project's 2024, of which nothing is spent."""
    with Ledger.open(":memory:", actor="t", settings=SETTINGS) as ledger:
        recorded = ledger.append(approved("P", 2024))
    return EXECUTION.fold(recorded[0].stream, recorded)


def test_the_least_amount_is_taken_and_none_is_not(budget):
    """One fen may come back."""
    least = evolve(REFUND, amount=1)
    assert decide_refund(budget, least, SETTINGS) == least
    with pytest.raises(InvalidInput, match="amount"):
        decide_refund(budget, evolve(REFUND, amount=0), SETTINGS)


@pytest.mark.parametrize("year", [None, 2024, 2025])
def test_its_year_is_an_earlier_one(budget, year):
    """It is known by then; the year before is taken."""
    assert decide_refund(budget, REFUND, SETTINGS) == REFUND
    with pytest.raises(InvalidInput, match="before 2024"):
        decide_refund(budget, evolve(REFUND, of_year=year), SETTINGS)


def test_its_source_is_kept_as_sources_are_stored(budget):
    """However it was spelled; it has one by then."""
    spelled = evolve(REFUND, source="财政资金")
    assert decide_refund(budget, spelled, SETTINGS).source == "fiscal"
    with pytest.raises(InvalidInput, match="source"):
        decide_refund(budget, evolve(REFUND, source=None), SETTINGS)


@pytest.fixture(scope="module")
def refunded():
    """Return the money of 2024, to which a voucher brought back two payments."""
    with opened() as ledger:
        pay(ledger, 500, "2", source=SOURCES[1])
        ledger.close_project("P", year=2023)
        lines = [
            evolve(REFUND, of=of, source=source)
            for of, source in zip("12", SOURCES, strict=True)
        ]
        recorded = ledger.append(*lines)
    return EXECUTION.fold(recorded[0].stream, recorded)


@pytest.mark.parametrize("source", SOURCES)
def test_the_source_says_which_refund_of_a_voucher_is_reversed(refunded, source):
    """Without it either may be meant."""
    reversal = DisbursementReversed(
        project="P", on=JANUARY, voucher="S", of="R", amount=1, source=source
    )
    assert one_taken_back(refunded, reversal).source == source
    with pytest.raises(InvalidInput, match="disbursement"):
        one_taken_back(refunded, evolve(reversal, source=None))


def test_a_refund_takes_back_one_that_is_there(refunded):
    """A reversal of what is no refund is one of a payment."""
    with pytest.raises(UnknownVoucher):
        one_taken_back(refunded, evolve(REFUND, voucher="S", takes_back="X"))
    unknown = DisbursementReversed(
        project="P", on=JANUARY, voucher="S", of="X", amount=1
    )
    assert one_taken_back(refunded, unknown) is None

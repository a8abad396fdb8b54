"""The bounds of what may be recorded of an earlier year's payment that comes back."""

import pytest
from attrs import evolve

from ledger import EXECUTION, InvalidInput, Ledger, Settings
from ledger.domain.refund_rules import decide_refund
from ledger.events import PriorYearRefund
from support_refunds import JANUARY, approved

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

"""A review of forms names givers that cannot give, as recording does."""

import re

import pytest

from ledger.domain.finding import Severity
from ledger.errors import LedgerError
from support import form, forms
from support_carries import CARRIED, DAY, closed, figures


@pytest.mark.parametrize(
    ("carried", "more", "right"),
    [
        ("300.00", {}, r"carried_from.*2023.*ONE .300.*TWO .300"),
        ("300.00", {"carried_from": "TOO"}, r"TOO.*2023"),
        ("300.01", {"carried_from": "ONE"}, r"300\.01.*300\.00"),
        ("300.00", {"carried_from": "ONE"}, None),
    ],
)
def test_a_review_names_a_giver_that_cannot_give(carried, more, right):
    """As recording does; a review records nothing."""
    sources = {CARRIED: carried}
    made = form("NEW", budget=carried, sources=sources, plan_row=None, **more)
    content = forms(made, fiscal_year=2024, money_unit="元")
    with closed("ONE", "TWO") as ledger:
        size = ledger.position
        review = ledger.review_forms(content, on=DAY)
        errors = [f.message for f in review.findings if f.severity is Severity.ERROR]
        assert ledger.position == size
        if right is None:
            assert not errors
            assert review.events
            ledger.import_forms(content, on=DAY)
            assert figures(ledger, "NEW")[1] == 300
            return
        assert not review.events
        (said,) = errors
        assert re.search(right, said)
        with pytest.raises(LedgerError, match=right):
            ledger.import_forms(content, on=DAY)

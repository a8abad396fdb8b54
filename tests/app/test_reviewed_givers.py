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


def test_forms_that_together_take_more_than_is_left_are_named():
    """Each alone would be taken; a day that is locked is named as well."""
    sources = {CARRIED: "200.00"}
    made = [
        form(code, budget="200.00", sources=sources, plan_row=None, carried_from="ONE")
        for code in ("NEW", "TOO")
    ]
    with closed("ONE") as ledger:
        for each in made:
            alone = forms(each, fiscal_year=2024, money_unit="元")
            assert ledger.review_forms(alone, on=DAY).events
        content = forms(*made, fiscal_year=2024, money_unit="元")
        review = ledger.review_forms(content, on=DAY)
        (said,) = [f for f in review.findings if f.severity is Severity.ERROR]
        assert "200.00 CNY: 100.00 CNY" in said.message
        assert "TOO" in said.place
        ledger.close_period(DAY)
        review = ledger.review_forms(content, on=DAY)
        errors = [f.message for f in review.findings if f.severity is Severity.ERROR]
        assert len(errors) == 2
        assert all("is closed" in each for each in errors)

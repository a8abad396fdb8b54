"""A check of forms says exactly whether an import of them is taken."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.finding import Severity
from ledger.errors import LedgerError
from support import form, forms
from support_carries import CARRIED, opened

BARE, OWN = "上年结转", "财政资金"
CODES = "NEW", "TOO", "ONE", "TWO"
DAYS = date(2024, 1, 15), date(2024, 3, 10), date(2024, 6, 30)
amounts = st.integers(1, 4).map(lambda n: n * 100)
givers = st.sampled_from([None, "ONE", "ONE", "ONE", "TWO", "NEW"])


@st.composite
def printed(draw):
    """Draw a form of a few amounts, and of a giver or none."""
    names = draw(st.sampled_from([[CARRIED], [CARRIED], [CARRIED, OWN], [BARE]]))
    parts = {name: str(draw(amounts)) for name in names}
    whole = str(sum(map(int, parts.values())))
    more = {"carried_from": giver} if (giver := draw(givers)) else {}
    if draw(st.booleans()):
        more["approved_on"] = draw(st.sampled_from(DAYS)).isoformat()
    code = draw(st.sampled_from(CODES))
    name = draw(st.sampled_from(["a", "b"]))
    more |= {"project_name": name, "sources": parts, "budget": whole}
    return form(code, fiscal_funds=None, plan_row=None, **more)


folders = st.lists(
    printed(), min_size=1, max_size=3, unique_by=lambda made: made["project_code"]
)
contents = folders.map(lambda made: forms(*made, fiscal_year=2024, money_unit="元"))


@st.composite
def pasts(draw):
    """Draw what closings carry over, forms that are taken and a day that is locked."""
    closed = draw(st.sampled_from([["ONE"], ["ONE", "TWO"], []]))
    left = {code: draw(amounts | st.none()) for code in closed}
    before = draw(contents) if draw(st.integers(0, 3)) == 0 else None
    return left, before, draw(st.sampled_from([None, None, None, None, *DAYS]))


def past(left, before, locked):
    """Return a ledger whose first year is closed or not, with money to hand on."""
    ledger = opened("ONE", "TWO")
    for code, amount in left.items():
        carried = {} if amount is None else {"fiscal": amount}
        ledger.close_project(code, year=2023, carried_over=carried)
    if before is not None:
        with suppress(LedgerError):
            ledger.import_forms(before, on=DAYS[0])
    if locked is not None:
        ledger.close_period(locked)
    return ledger


@given(pasts(), contents, st.booleans(), st.sampled_from([None, *DAYS]))
def test_a_check_is_clean_exactly_where_an_import_is_taken(drawn, content, revise, on):
    """And it records nothing, whatever it tries."""
    with past(*drawn) as ledger:
        asked = {"on": on, "revise": revise}
        root = ledger.root
        review = ledger.review_forms(content, **asked)
        errors = [f.message for f in review.findings if f.severity is Severity.ERROR]
        assert ledger.root == root
        assert not (errors and review.events)
        if errors:
            with pytest.raises(LedgerError):
                ledger.import_forms(content, **asked)
            assert ledger.root == root
        else:
            ledger.import_forms(content, **asked)
            assert ledger.position >= len(review.events)

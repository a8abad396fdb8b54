"""Numbers as JSON has them: one plain spelling, whatever spelling they come in."""

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from ledger.domain.units import canonical
from ledger.reports.render.json import number, plain


@given(st.decimals(-(10**12), 10**12, allow_nan=False, allow_infinity=False))
@example(Decimal("-0.00"))
@example(Decimal("1E+2"))
@example(Decimal("1E-9"))
@example(Decimal(100))
def test_a_number_has_the_text_of_its_canonical_value(value):
    """No exponent, no trailing zeros, and the zeros of a whole number kept."""
    assert number(value) == plain(canonical(value))


def test_what_is_no_number_stays_as_it_is():
    """A text that ends in zeros is no number."""
    assert [number(each) for each in ("良.00", None)] == ["良.00", None]

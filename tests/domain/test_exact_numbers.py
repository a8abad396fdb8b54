"""Exact figures are rounded half up, and never across a bound."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.exact_numbers import decimal_of, exactly, percent, quotient, rounded

NUMBERS = st.fractions(-1000, 1000, max_denominator=10_000)
BOUNDS = st.decimals(-1000, 1000, places=6).map(exactly)


@pytest.mark.parametrize(
    ("number", "places", "against", "shown"),
    [
        ("0.005", 2, [], "0.01"),
        ("-0.005", 2, [], "-0.01"),
        ("0.0049999", 2, [], "0.00"),
        ("2.5", 0, [], "3"),
        ("99.996", 2, [100], "99.99"),
        ("100.004", 2, [100], "100.01"),
        ("100", 2, [100], "100.00"),
        ("66.664", 2, ["66.664"], "66.664"),
        ("0.3325", 2, ["0.331", "0.334"], "0.333"),
        ("66.6666671", 2, ["66.666667"], "66.67"),
    ],
)
def test_a_figure_is_rounded_half_up_on_its_side(number, places, against, shown):
    """A tie goes away from zero; a bound is reached only by what reaches it."""
    bounds = [exactly(bound) for bound in against]

    assert str(rounded(exactly(number), places, bounds)) == shown


@given(NUMBERS, st.integers(0, 8))
def test_without_a_bound_it_is_the_nearest(number, places):
    """At most half of the last decimal away, as :mod:`decimal` rounds half up."""
    with localcontext() as context:
        context.prec = 60
        expected = (Decimal(number.numerator) / number.denominator).quantize(
            Decimal(1).scaleb(-places), ROUND_HALF_UP
        )
    assert rounded(number, places) == expected


@given(NUMBERS, st.integers(0, 6), st.lists(BOUNDS, max_size=2))
def test_what_is_shown_lies_on_the_side_of_what_is(number, places, bounds):
    """Below stays below, above stays above, and equal is equal."""
    number = exactly(number)
    bounds += [number] if decimal_of(number) is not None else []
    found = exactly(rounded(number, places, bounds))

    for bound in bounds:
        assert (found > bound, found < bound) == (number > bound, number < bound)


def test_the_callers_decimal_context_changes_nothing():
    """A program that works with three digits gets all of ours."""
    with localcontext() as context:
        context.prec = 3
        assert str(rounded(Fraction(1_234_567_891, 3), 6)) == "411522630.333333"
        assert str(decimal_of(Fraction(123_456_789, 8))) == "15432098.625"


def test_quotients_are_whole_where_they_are():
    """Six thirds are two, and no fraction."""
    assert (quotient(6, 3), quotient(1, 3)) == (2, Fraction(1, 3))
    assert decimal_of(Fraction(1, 3)) is None


def test_a_percentage_is_not_shown_as_the_whole():
    """99.96 % is not 100.0 %, nor is 100.04 %."""
    shares = ["0.9996", "1.0004", "1", "0.66666"]
    shown = [percent(exactly(share)) for share in shares]

    assert shown == ["99.9%", "100.1%", "100.0%", "66.7%"]

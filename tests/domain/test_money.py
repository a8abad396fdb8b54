"""Money is exact: decimals at the door, integer minor units inside."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput
from ledger.domain.money import Currency, exact, share, split, wan, yuan
from ledger.errors import InvalidAmount


@pytest.mark.parametrize(
    ("given", "minor"),
    [
        ("48600.00", 4_860_000),
        (7, 700),
        (Decimal("0.01"), 1),
        ("1_000", 100_000),
        ("+5", 500),
    ],
)
def test_amounts_become_fen(given, minor):
    """Text, ints and decimals, to the fen."""
    assert Currency("CNY").minor(given) == minor


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (0.1, "float is never exact"),
        (True, "float is never exact"),
        (None, "Decimal, an int or a string"),
        (Decimal("NaN"), "finite"),
        (Decimal("Infinity"), "finite"),
        ("1,234.5", "plain number"),
        ("１２３", "ASCII digits"),
        ("1e3", "plain number"),
        ("", "plain number"),
        ("1.001", "at most 2 decimals"),
        ("-1", "not negative"),
        ("90071992547409.92", "at most 90,071,992,547,409.91 CNY"),
    ],
)
def test_what_is_not_an_exact_amount_is_refused(given, expected):
    """The message names what was found and what would be right."""
    with pytest.raises(InvalidAmount, match=expected) as refused:
        Currency("CNY").minor(given)
    assert refused.value.found == given or str(refused.value.found) == str(given)


@pytest.mark.parametrize(
    "number",
    [
        "9" * 101,
        "0." + "0" * 100 + "1",
        "1." + "0" * 5_000,
        10**5_000,
        Decimal("1E+400"),
        Decimal("1E-400"),
        Decimal("1E+999999999"),
    ],
    ids=["long", "precise", "padded", "int", "great", "small", "huge"],
)
def test_a_number_too_long_to_be_counted_with_is_refused(number):
    """Whoever asks: what is made of it later would be cut, or have no end."""
    with pytest.raises(InvalidAmount, match="up to 100 digits"):
        exact(number)
    with pytest.raises(InvalidAmount) as refused:
        Currency("CNY").minor(number)
    assert len(str(refused.value)) < 10_000  # 1E+999999999 is not written out.


def test_a_negative_amount_is_taken_where_it_may_be():
    """Only a signed field has a sign."""
    assert Currency("CNY").minor("-1.50", signed=True) == -150


@pytest.mark.parametrize(
    ("code", "minor"), [("CNY", 100), ("JPY", 1), ("KWD", 1_000), ("CLF", 10_000)]
)
def test_currencies_have_the_digits_of_iso_4217(code, minor):
    """One unit of a currency in its minor units."""
    assert Currency(code).minor(1) == minor
    assert Currency(code).major(minor) == 1


def test_an_unknown_currency_is_refused():
    """A code that is no active currency is no convention."""
    with pytest.raises(InvalidInput, match="ISO 4217"):
        Currency("XXX")


@given(st.integers(0, 2**53 - 1), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_minor_units_survive_the_way_out_and_back(minor, code):
    """No fen is lost between a report and an event."""
    assert Currency(code).minor(Currency(code).major(minor)) == minor


def test_wan_and_yuan_are_exact():
    """272.93 万元 is 2,729,300.00 yuan."""
    assert wan("272.93") == Decimal("2729300.00")
    assert yuan("48_600.00") == Decimal("48600.00")
    assert exact(" 7 ") == 7


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (1, 3, "0.333333"),
        (2, 3, "0.666667"),
        (1, 2_000_000, "0.000001"),
        (-1, 3, "-0.333333"),
    ],
)
def test_shares_have_six_decimals_half_up(part, whole, expected):
    """A rate is rounded once, at the end."""
    assert str(share(part, whole)) == expected


def test_a_share_of_nothing_is_undefined():
    """Missing is not zero."""
    assert share(5, 0) is None


@given(
    st.integers(0, 10**12),
    st.lists(st.integers(0, 1000), min_size=1, max_size=20).filter(any),
)
def test_a_split_loses_nothing_and_is_fair(whole, weights):
    """Parts sum to the whole; none is off its exact share by a minor unit."""
    parts = split(whole, weights)
    total = sum(weights)
    assert sum(parts) == whole
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * total - whole * weight) < total


def test_of_equal_remainders_the_earlier_part_gains():
    """The split is the same on every machine."""
    assert split(100, [1, 1, 1]) == [34, 33, 33]
    assert split(5, [1, 0, 1]) == [3, 0, 2]


def test_equal_remainders_are_equal_however_long_their_decimals_are():
    """10, 3.34 and 25 of 75 leave a third each: the first of them gains."""
    points = [Decimal(n) for n in ("15", "10", "3.34", "25", "3.33", "15", "3.33")]

    assert split(10_000, points) == [2000, 1334, 445, 3333, 444, 2000, 444]

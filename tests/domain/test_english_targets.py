"""Targets that are printed in English are quantities with a unit of free words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.target import print_target
from ledger.domain.target_kind import TargetKind
from ledger.domain.target_parser import parse_target

MEANT = {
    ">=10 sessions": ("at_least", "10", None, "sessions"),
    "≥ 10 sessions": ("at_least", "10", None, "sessions"),
    "at least 10 sessions": ("at_least", "10", None, "sessions"),
    "At Least 1,000 people trained": ("at_least", "1000", None, "people trained"),
    "no less than 95%": ("at_least", "95", None, "%"),
    "at least 98 percent": ("at_least", "98", None, "%"),
    "10 sessions or more": ("at_least", "10", None, "sessions"),
    "10 or more sessions": ("at_least", "10", None, "sessions"),
    "98% or above": ("at_least", "98", None, "%"),
    "up to 30 days": ("at_most", "30", None, "days"),
    "no more than 3 accidents": ("at_most", "3", None, "accidents"),
    "5 complaints or fewer": ("at_most", "5", None, "complaints"),
    "more than 5 visits per month": ("more_than", "5", None, "visits/month"),
    "fewer than 3 complaints": ("less_than", "3", None, "complaints"),
    "exactly 4 reports": ("exactly", "4", None, "reports"),
    "12 months": ("exactly", "12", None, "months"),
    "10-12 days": ("between", "10", "12", "days"),
    "between 10 and 12 days": ("between", "10", "12", "days"),
    "from 3 to 5 visits per month": ("between", "3", "5", "visits/month"),
    "12-10 days": ("between", "10", "12", "days"),
    "2km": ("exactly", "2", None, "公里"),
}
"""Kind, value, upper bound and unit, by the printed text."""

NO_QUANTITIES = [
    "Marked improvement",
    "1st quarter",
    "5 sessions by June",
    "10 and 12 days",
    "between 10 days",
    "over 3 at most 5",
    "about 10 sessions",
    "at least 99999999999999999999 people",
]


@pytest.mark.parametrize("text", MEANT)
def test_a_quantity_in_english_is_read(text):
    """Its comparator, its number and its unit; nothing is said of the unit."""
    target, findings = parse_target(text, fiscal_year=2023)
    kind, value, upper, unit = MEANT[text]
    assert target.text == text
    assert (target.kind, target.value, target.unit) == (kind, Decimal(value), unit)
    assert target.upper == (None if upper is None else Decimal(upper))
    assert "target.unit_unknown" not in {one.code for one in findings}


@pytest.mark.parametrize("text", NO_QUANTITIES)
def test_what_is_no_plain_quantity_stays_a_quality(text):
    """An ordinal, an estimate, or two numbers."""
    assert parse_target(text, fiscal_year=2023).target.kind is TargetKind.QUALITATIVE


def test_a_target_without_a_comparator_says_so():
    """As of a Chinese one."""
    (finding,) = parse_target("12 months").findings
    assert finding.code == "target.no_comparator"


@pytest.mark.parametrize("text", ["at least 10 sessions", "10-12 days", "5% or more"])
def test_nothing_is_said_of_a_target_with_a_comparator(text):
    """A range compares as well."""
    assert parse_target(text).findings == ()


@pytest.mark.parametrize(
    "text", ["at least 10 sessions or fewer", "at least 10-12 days"]
)
def test_comparators_that_disagree_are_said(text):
    """Two that mean different things, or one beside a range."""
    target, (finding,) = parse_target(text)
    assert target.kind is TargetKind.QUALITATIVE
    assert finding.code == "target.comparators_disagree"


@given(
    st.sampled_from([text for text in MEANT if text != "2km"]),
    st.integers(0, 10**9).map(str),
)
def test_the_plain_spelling_means_the_same(text, number):
    """Whatever the number is."""
    if MEANT[text][2] is None:
        text = text.replace(MEANT[text][1], number).replace("1,000", number)
    target, _ = parse_target(text)
    again, _ = parse_target(print_target(target))
    for name in ("kind", "value", "upper", "unit"):
        assert getattr(again, name) == getattr(target, name)

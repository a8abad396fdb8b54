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
    "up to 20": ("at_most", "20", None, None),
    "min. 3 staff": ("at_least", "3", None, "staff"),
    "20 days maximum": ("at_most", "20", None, "days"),
    "exceeding 90%": ("more_than", "90", None, "%"),
    "greater than or equal to 5": ("at_least", "5", None, None),
    "50+": ("at_least", "50", None, None),
    "50+ schools": ("at_least", "50", None, "schools"),
    "120 000 people": ("exactly", "120000", None, "people"),
    "at least 1 200 000 people": ("at_least", "1200000", None, "people"),
    "at least 80% of households": ("at_least", "80", None, "%"),
    "90 per cent of water points": ("exactly", "90", None, "%"),
    "at least two hundred schools": ("at_least", "200", None, "schools"),
    "3 times a year": ("exactly", "3", None, "times a year"),
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
    "10 percentage points above baseline",
    "5 more schools",
    "reduced by 20%",
    "1.5m people",
    "+10%",
    "~50",
    "≈50",
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


@pytest.mark.parametrize(
    "text",
    [
        *("three", "zero", "a dozen", "half", "two thirds of villages", "none"),
        *("one hundred per cent", "doubled", "twice a year", "once"),
        *("+10%", "~50", "≈50", "1.5m people", "80% (400 households)"),
    ],
)
def test_a_number_that_is_not_read_is_never_passed_over_in_silence(text):
    """In digits or in words, it is no quality that somebody rates."""
    target, findings = parse_target(text)
    assert target.kind is TargetKind.QUALITATIVE
    assert {one.code for one in findings} & {
        "target.number_not_read",
        "target.two_numbers",
        "target.comparator_unknown",
    }


@pytest.mark.parametrize(
    "text", ["TBD", "tbc", "to be determined", "To be confirmed", "not applicable"]
)
def test_a_target_that_is_to_come_is_none_yet(text):
    """As a blank cell is; a finding asks for it."""
    target, findings = parse_target(text)
    assert target.kind is TargetKind.NONE
    assert [one.code for one in findings] == ["target.missing"]

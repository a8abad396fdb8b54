"""Targets at their edges: the longest text, what is shown of it, unknown dates."""

from datetime import date

import pytest

from ledger import Target, TargetKind, parse_target
from ledger.domain.target import print_target
from ledger.domain.target_kind import COMPARATORS


def codes(text):
    """Return the codes of what is found in a target."""
    return [each.code for each in parse_target(text).findings]


def test_the_longest_target_is_read():
    """200 characters, and no more."""
    assert codes("效" * 200) == []
    assert codes("效" * 201) == ["target.too_long"]


def test_a_range_of_one_number_is_in_order():
    """Its bounds are not reversed."""
    assert codes("5-5台") == []
    assert codes("6-5台") == ["target.bounds_reversed"]


def test_an_equals_sign_makes_years_a_number():
    """Without one they are a calendar year."""
    assert parse_target("=2023年").target.kind is TargetKind.EXACTLY
    assert parse_target("2023年").target.kind is TargetKind.BY_DATE


@pytest.mark.parametrize(("length", "more"), [(40, ""), (41, "…")])
def test_a_finding_shows_forty_characters_of_a_target(length, more):
    """And says that there are others."""
    text = f"约111至222{'效' * 60}"[:length]
    (finding,) = parse_target(text).findings
    assert finding.found == text[:40] + more


def test_a_date_without_its_year_is_said_to_be_unknown():
    """It is understood where the fiscal year is known."""
    (finding,) = parse_target("12月底前").findings
    assert finding.understood.code == "understood.unknown_date"
    assert parse_target("12月底前", fiscal_year=2023).target.date == date(2023, 12, 31)


@pytest.mark.parametrize("field", ["date", "since"])
def test_a_period_with_one_end_is_printed_as_it_was_written(field):
    """It cannot be made of days."""
    half = {field: date(2023, 6, 30)}
    target = Target(text="上半年", kind=TargetKind.WITHIN_PERIOD, **half)
    assert print_target(target) == "上半年"


def test_official_forms_have_signs_of_full_width():
    """Where there is one."""
    assert "".join(each.official for each in COMPARATORS.values()) == "≥≤＝＞＜"


def test_more_than_that_of_others_is_no_number():
    """At least what others have leaves the number; above it does not."""
    assert parse_target("高于全县5%").target.kind is TargetKind.QUALITATIVE
    assert parse_target("不低于全县5%").target.kind is TargetKind.AT_LEAST


@pytest.mark.parametrize(
    ("text", "negative"), [("-1件", True), ("0件", False), ("0.5件", False)]
)
def test_only_what_is_below_nothing_is_negative(text, negative):
    """A minus may be a dash that stood before a number."""
    assert ("target.negative" in codes(text)) is negative


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("279%", "target.percent_above_100"),
        ("280%", "target.comparator_as_digit"),
        ("299%", "target.comparator_as_digit"),
        ("300%", "target.percent_above_100"),
        ("＞90%", None),
        ("＞100%", "target.percent_above_100"),
        ("≤100%", None),
        ("≤100.5%", "target.percent_above_100"),
    ],
)
def test_a_rate_above_all_is_said(text, code):
    """A ≥ may have become a 2 on the way: 298 % was ≥98 %."""
    found = [each for each in codes(text) if each != "target.no_comparator"]
    assert found == ([] if code is None else [code])


def test_an_equals_sign_is_a_comparator():
    """Without one the number alone is said to be what is understood."""
    assert codes("=5台") == []
    (finding,) = parse_target("5台").findings
    assert finding.understood.values["target"] == "5台"

"""Spellings of vouchers and of funding sources that are one."""

import pytest

from ledger.domain.identity import canonical_source, nearest_source, voucher_identity

SPELLINGS = [
    "2023-0311 ",
    " 2023-0311",
    "２０２３－０３１１",
    "2023–0311",
    "2023—0311",
    "2023−0311",
    "2023‐0311",
    "2023‑0311",
    "2023﹣0311",
    "2023\N{ZERO WIDTH SPACE}-0311",
    "\N{ZERO WIDTH NO-BREAK SPACE}2023-0311",
    "2023-0311\N{NO-BREAK SPACE}",
    "\N{IDEOGRAPHIC SPACE}2023-0311",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_spellings_of_one_voucher_are_one(spelling):
    """Width, dashes, blanks and what is invisible do not count."""
    assert voucher_identity(spelling) == "2023-0311"


@pytest.mark.parametrize(
    ("one", "other"),
    [("AB-1", "ab-1"), ("记—12", "记-12"), ("Ⅳ-1", "iv-1"), ("A  1", "a 1")],
)
def test_case_and_forms_of_letters_do_not_count(one, other):
    """As NFKC and folding of case say."""
    assert voucher_identity(one) == voucher_identity(other)


@pytest.mark.parametrize(
    ("one", "other"), [("2023-0311", "20230311"), ("1 1", "11"), ("1.1", "1-1")]
)
def test_other_numbers_stay_others(one, other):
    """A dash or a blank within is part of the number."""
    assert voucher_identity(one) != voucher_identity(other)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("fiscal", "fiscal"),
        ("Fiscal", "fiscal"),
        (" ＦＩＳＣＡＬ ", "fiscal"),
        ("财政资金", "fiscal"),
        ("其中：财政资金", "fiscal"),
        ("其他资金", "other"),
        ("Other funds", "other"),
        ("中央", "fiscal/central"),
        ("省级", "fiscal/province"),
        ("市级", "fiscal/city"),
        ("县级", "fiscal/county"),
        ("财政资金／县级", "fiscal/county"),
        ("fiscal / central", "fiscal/central"),
        ("上年结转资金", "carried_over"),
        ("上年结转/其他资金", "carried_over/other"),
        ("上年结转/中央", "carried_over/fiscal/central"),
        ("carried over", "carried_over"),
        ("政府性基金", "fiscal/government_fund"),
        ("External/World_Bank", "external/world_bank"),
        ("财政专户管理资金", "special_account"),
        ("福彩公益金", "福彩公益金"),
        ("", ""),
        (" / ", ""),
    ],
)
def test_a_source_has_one_name(printed, name):
    """In both languages; any other name stays, made plain."""
    assert canonical_source(printed) == name
    assert canonical_source(name) == name


def test_the_nearest_source_is_named():
    """A slip of the pen is near to what was meant."""
    assert nearest_source("fiscla", ["other", "fiscal"]) == "fiscal"
    assert nearest_source("fiscla", []) is None

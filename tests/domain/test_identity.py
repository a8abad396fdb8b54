"""Spellings of vouchers that are one."""

import pytest

from ledger.domain.identity import voucher_identity

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
    "2023─0311",
    "2023━0311",
    "2023ー0311",
    "2023ｰ0311",
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
    "spelling",
    [
        "财预〔2020〕10号",
        "财预［2020］10号",
        "财预【2020】10号",
        "财预〖2020〗１０号",
        "财预〘2020〙10号",
        "财预〚2020〛10号",
        " 财预﹝2020﹞10号",
    ],
)
def test_brackets_of_one_document_are_one(spelling):
    """Of whatever kind those around the year are."""
    assert voucher_identity(spelling) == "财预[2020]10号"


@pytest.mark.parametrize(
    ("one", "other"), [("2023-0311", "20230311"), ("1 1", "11"), ("1.1", "1-1")]
)
def test_other_numbers_stay_others(one, other):
    """A dash or a blank within is part of the number."""
    assert voucher_identity(one) != voucher_identity(other)

"""Project codes and their check character."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput
from ledger.domain.codes import (
    check_character,
    checked_code,
    corrected_code,
    unknown_project,
)

REAL = [
    project["project_code"]
    for project in json.loads(
        (Path(__file__).parents[1] / "data" / "julu-2023.json").read_text("utf-8")
    )["projects"]
]
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SERIALS = st.text(ALPHABET, min_size=11, max_size=11)


@pytest.mark.parametrize("code", REAL)
def test_every_real_code_has_the_right_check_character(code):
    """All 19 of the 2023 document."""
    assert check_character(code) == code[-1]
    assert corrected_code(code) is None


@given(SERIALS, st.integers(9, 19), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_of_the_serial_is_noticed(serial, place, other):
    """The weights are units modulo 31, so one change always shows."""
    start = f"13052923P{serial}"
    code = start + check_character(start)
    wrong = code[:place] + other + code[place + 1 :]
    assert (corrected_code(wrong) is None) == (wrong == code)


@given(SERIALS, st.integers(9, 18))
def test_every_swap_of_neighbours_is_noticed(serial, place):
    """Neighbouring weights differ."""
    start = f"13052923P{serial}"
    code = start + check_character(start)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (corrected_code(swapped) is None) == (swapped == code)


def test_a_character_outside_the_alphabet_has_no_correction():
    """I, O, S, V and Z are not used: they are misread."""
    assert corrected_code("13052923P0058401094IC") == "13052923P0058401094I?"
    assert check_character("13052923P0058401094I") is None


@pytest.mark.parametrize("code", ["A", "13052923T00584010949D", "FY24-0001", "项目一"])
def test_codes_of_other_shapes_are_not_checked(code):
    """Other letters and other countries have other rules."""
    assert corrected_code(code) is None
    assert checked_code(code) == code


@pytest.mark.parametrize(
    "code", ["", "a b", "a\tb", 'a"b', "a\\b", "a\nb", "x" * 101, None, 7, "a\u3000b"]
)
def test_codes_that_would_break_a_stream_are_refused(code):
    """They stand in streams, lines and reports as they are."""
    with pytest.raises(InvalidInput, match="printable characters"):
        checked_code(code)


def test_an_unknown_code_whose_check_character_is_wrong_says_so():
    """Most wrong codes are a slip of one character; others get no such hint."""
    slip = unknown_project("13052923P00584010949D")
    assert str(slip) == (
        "no approved project '13052923P00584010949D'; its check character is wrong; "
        "'13052923P00584010949C' would be right"
    )
    assert str(unknown_project("WASH-1")) == "no approved project 'WASH-1'"

"""No text that goes out to a spreadsheet can be taken for a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.spreadsheet.safe_text import guarded, unguarded

risky = st.text(alphabet="=+-@'＝＋－＠\t\r\n\0 a1", max_size=6)


@given(st.text() | risky)
def test_what_was_guarded_comes_back(text):
    """Reading undoes what writing did, whatever the text."""
    assert unguarded(guarded(text)) == text


@given(risky)
def test_what_is_guarded_starts_with_nothing_risky(text):
    """Not behind blanks either."""
    shown = guarded(text)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not shown.startswith(("\t", "\r", "\n", "\0"))


@pytest.mark.parametrize("text", ["", "就业", "3 = 4", "a'b", "1-2"])
def test_plain_text_stays_as_it_is(text):
    """Only what could be a formula gets an apostrophe."""
    assert guarded(text) == text

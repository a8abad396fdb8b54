"""
What two spellings of one name have in common, first of all of vouchers.

People and systems write one number in full width, with a long dash or with a blank too
many. What is compared is normalised here, for every way in.
"""

import unicodedata
from typing import Final

_DASHES: Final = frozenset("−⁃˗➖─━ー")
"""
Those that Unicode does not call dashes (its category Pd) but people do: lines of boxes
and the long vowel are what input methods of Chinese and Japanese offer for one.
"""


def voucher_identity(voucher: str) -> str:
    """
    Return what all spellings of one voucher number have in common.

    Width, case, dashes, blanks at the ends, blanks in a row and what is invisible do
    not count.

    >>> voucher_identity(" Ｊ－２０２３—0311 ")
    'j-2023-0311'
    """
    plain = voucher.lower() if voucher.isascii() else plain_name(voucher)
    return " ".join(plain.split()) if " " in plain else plain


def plain_name(text: str) -> str:
    """Return *text* in half width and lower case, every dash a hyphen."""
    seen = unicodedata.normalize("NFKC", text)
    shown = "".join(
        "-" if c in _DASHES or unicodedata.category(c) == "Pd" else c
        for c in seen
        if unicodedata.category(c) != "Cf"
    )
    return unicodedata.normalize("NFKC", shown.casefold())

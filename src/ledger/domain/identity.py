"""
What two spellings of one name have in common: of vouchers, documents, indicators.

People and systems write one number in full width, with a long dash or with a blank too
many. What is compared is normalised here, for every way in.
"""

import unicodedata
from functools import lru_cache
from typing import Final

_DASHES: Final = frozenset("−⁃˗➖─━ー")
"""
Those that Unicode does not call dashes (its category Pd) but people do: lines of boxes
and the long vowel are what input methods of Chinese and Japanese offer for one.
"""

_BRACKETS: Final = str.maketrans("〔〕【】〖〗〘〙〚〛❲❳", "[]" * 6)
"""Those around the year of a document, which many keyboards have no key for."""


def voucher_identity(voucher: str) -> str:
    """
    Return what all spellings of one number of a voucher or document have in common.

    Width, case, dashes, kinds of square brackets, blanks at the ends, blanks in a row
    and what is invisible do not count.

    >>> voucher_identity(" Ｊ－２０２３—0311 "), voucher_identity("财预〔2020〕10号")
    ('j-2023-0311', '财预[2020]10号')
    """
    if voucher.isascii():
        plain = voucher.lower()
    else:
        plain = plain_name(voucher).translate(_BRACKETS)
    return " ".join(plain.split()) if " " in plain else plain


@lru_cache(maxsize=4096)
def indicator_identity(name: str) -> str:
    """
    Return what all spellings of an indicator's name have in common.

    Width, case, dashes, blanks wherever they stand and what is invisible do not count.

    >>> indicator_identity("培训 人数（Ａ）"), indicator_identity("培训人数(a)")
    ('培训人数(a)', '培训人数(a)')
    """
    return "".join(plain_name(name).split())


def plain_name(text: str) -> str:
    """Return *text* in half width and lower case, every dash a hyphen."""
    seen = unicodedata.normalize("NFKC", text)
    shown = "".join(
        "-" if c in _DASHES or unicodedata.category(c) == "Pd" else c
        for c in seen
        if unicodedata.category(c) != "Cf"
    )
    return unicodedata.normalize("NFKC", shown.casefold())

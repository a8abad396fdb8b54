"""Targets that nobody filled in: blanks, placeholders, a sign or a unit alone."""

import re
from typing import Final

from ledger.domain.target_kind import SIGNS
from ledger.domain.text_shapes import AFTER, BEFORE, either
from ledger.domain.units import is_duration, is_known, normalise_unit

_BLANK: Final = (
    r"[-/\\*._·…]*|无|暂无|不适用|[nN]/?[aA]|(?i:tb[acd]|"
    r"tobe(?:added|confirmed|decided|defined|determined|set)|notapplicable|not(?:yet)?set)"
)
_PLACE: Final = r"(?:[*_…□○]+|\.{2,}|[xX×]+|\(\s*\))"
_FORM: Final = (
    rf"(?P<sign>[{SIGNS}]*(?:{either(BEFORE)})?)(?P<place>{_PLACE}?)"
    rf"(?P<unit>.*?)(?:{either(AFTER)})?"
)


def is_unfilled(plain: str) -> bool:
    """
    Return whether a target says nothing but that one is to be filled in.

    >>> [is_unfilled(text) for text in ("-", "≥**%", "xx万元", "≥%", "元/人·月", "3台")]
    [True, True, True, True, True, False]
    """
    if re.fullmatch(_BLANK, plain):
        return True
    match = re.fullmatch(_FORM, plain)
    if match is None or not any(match.groups()):
        return False
    if not match["unit"]:
        return bool(match["sign"] or match["place"])
    _, unit = normalise_unit(match["unit"])
    if not (match["sign"] or match["place"]) and (unit is None or is_duration(unit)):
        return False  # 半年 and 季度 say when.
    return unit is None or (is_known(unit) and not re.search(r"[0-9]", unit))

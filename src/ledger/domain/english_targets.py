"""Quantities as English prints them, such as “at least 10 training sessions”."""

import re
from typing import Final, NamedTuple

from ledger.domain.target_kind import COMPARATORS, SIGNS, TargetKind
from ledger.domain.text_shapes import NUMBER, either, with_blanks

_BEFORE: Final = {
    word: kind for kind, own in COMPARATORS.items() for word in own.english
}
_AFTER: Final = {
    word: kind for kind, own in COMPARATORS.items() for word in own.english_after
}
_SIGNS: Final = {own.sign: kind for kind, own in COMPARATORS.items()}
_WORD: Final = r"[A-Za-z][A-Za-z'’.]*"
_UNIT: Final = rf"%|{_WORD}(?:(?: |-|/| per ){_WORD}){{0,4}}?"
_SHAPE: Final = (
    rf"(?:(?P<sign>[{SIGNS}]) ?|(?P<word>{either(_BEFORE)}) "
    r"|(?P<between>between |from ))?"
    rf"(?P<low>{NUMBER})(?: ?(?:-|to|(?(between)and|-)) ?(?P<high>{NUMBER}))?"
    rf"(?: (?P<more>{either(_AFTER)}))?(?: ?(?P<unit>{_UNIT}))??"
    rf"(?: (?P<after>{either(_AFTER)}))?"
)
# Words that make the rest a date, an ordinal or a text about the number.
_NO_UNIT: Final = (
    r"\b(?:by|before|until|till|after|in|within|from|to|and|or|than|about|around|"
    r"approximately|jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|"
    r"oct\w*|nov\w*|dec|december|am|pm)\b|^(?:st|nd|rd|th)\b"
)
_LETTERS: Final = r"[A-Za-z]{3}"
_SHARES: Final = frozenset("percent pct".split())
SHORTEST_WORD: Final = 3
"""Letters of a unit that is a word: shorter ones are symbols, as of any language."""


class EnglishQuantity(NamedTuple):
    """
    A quantity in the parts that English prints it in.

    Attributes:
        kinds: What its comparators mean; empty where it has none.

        high: The upper bound of a range; ``None`` elsewhere.

        unit: As it is printed; ``None`` without one.
    """

    kinds: frozenset[TargetKind]
    low: str
    high: str | None
    unit: str | None


def english_quantity(text: str) -> EnglishQuantity | None:
    """
    Return the quantity that an English text is; ``None`` for any other text.

    >>> english_quantity("at least 1,000 training sessions")[1:]
    ('1,000', None, 'training sessions')
    >>> english_quantity("not less than 10") is not None
    True
    >>> english_quantity("30 June"), english_quantity("≥10次")
    (None, None)
    """
    if re.search(_LETTERS, text) is None:
        return None  # As most texts of Chinese forms: it is faster to say so here.
    found = re.fullmatch(_SHAPE, with_blanks(text), re.IGNORECASE)
    if found is None or (found["between"] and not found["high"]):
        return None
    unit, words = found["unit"], (found["word"], found["more"], found["after"])
    if not any(words) and (unit is None or len(unit) < SHORTEST_WORD):
        return None  # Signs and symbols are read the same in every language.
    if unit is not None and re.search(_NO_UNIT, unit, re.IGNORECASE):
        return None
    kinds = {_SIGNS[found["sign"]]} if found["sign"] else set()
    for word in filter(None, words):
        kinds.add((_BEFORE | _AFTER)[word.lower()])
    if unit is not None and unit.lower() in _SHARES:
        unit = "%"
    spelled = None if unit is None else unit.replace(" per ", "/")
    return EnglishQuantity(frozenset(kinds), found["low"], found["high"], spelled)

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
_SCALES: Final = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
}
_SCALE: Final = rf"(?: (?P<{{name}}>{either(_SCALES)}))?"
_CURRENCY: Final = r"(?P<currency>(?-i:[A-Z]{3})|US\$|€|£) ?"
_OF: Final = rf"(?: of (?:{_WORD}(?: |-)?){{1,8}})?"
_UNIT: Final = rf"%{_OF}|{_WORD}(?:(?: |-|/| per ){_WORD}){{0,4}}?"
_SHAPE: Final = (
    rf"(?:(?P<sign>[{SIGNS}]) ?|(?P<word>{either(_BEFORE)}) "
    r"|(?P<between>between |from ))?"
    rf"(?:{_CURRENCY})?"
    rf"(?P<low>{NUMBER}){_SCALE.format(name='low_scale')}"
    rf"(?: ?(?:-|to|(?(between)and|-)) ?(?P<high>{NUMBER})"
    rf"{_SCALE.format(name='high_scale')})?"
    rf"(?: (?P<more>{either(_AFTER)}))?(?: ?(?P<unit>{_UNIT}))??"
    rf"(?: (?P<after>{either(_AFTER)}))?"
)
# Words that make the rest a date, an ordinal or a text about the number.
_NO_UNIT: Final = (
    r"\b(?:by|before|until|till|after|in|within|from|to|and|or|than|about|around|"
    r"approximately|above|below|over|under|baseline|more|less|fewer|higher|lower|"
    r"increas\w*|decreas\w*|reduc\w*|improve\w*|halves|thirds?|quarters?|"
    r"jan\w*|feb\w*|mar|march|apr\w*|may|june?|july?|aug\w*|sept?\w*|"
    r"oct\w*|nov\w*|dec|december|am|pm)\b|^(?:st|nd|rd|th)\b|^(?:k|m|mn|mln|mio|bn) "
)
_LETTERS: Final = r"[A-Za-z]{2}|[$€£]|[0-9]\+"
_SHARE: Final = rf"(?:%|per ?cent|pct){_OF}"
_THOUSANDS: Final = r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9.,])"
"""Digits in threes: 120 000 people."""

_MORE: Final = r"^([0-9][0-9.,]*%?)\+(?= |$)"
_SYMBOLS: Final = {"US$": "USD", "€": "EUR", "£": "GBP"}
_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
)
_IN_WORDS: Final = rf"^((?:{either(_BEFORE)}) |(?=\w+$))({'|'.join(_WORDS)})\b"
_NUMERALS: Final = (
    rf"\b(?:{'|'.join(_WORDS)}|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|"
    r"thousands?|millions?|billions?|dozens?|half|halves|halved?|thirds?|quarters?|"
    r"once|twice|doubled?|tripled?|none)\b"
)
SHORTEST_WORD: Final = 3
"""Letters of a unit that is a word: shorter ones are symbols, as of any language."""


class EnglishQuantity(NamedTuple):
    """
    A quantity in the parts that English prints it in.

    Attributes:
        kinds: What its comparators mean; empty where it has none.

        high: The upper bound of a range; ``None`` elsewhere.

        unit: As it is printed; ``None`` without one.

        times: What each bound is multiplied by: a million.
    """

    kinds: frozenset[TargetKind]
    low: str
    high: str | None
    unit: str | None
    times: tuple[int, int]


def english_quantity(text: str) -> EnglishQuantity | None:
    """
    Return the quantity that an English text is; ``None`` for any other text.

    >>> english_quantity("at least 1,000 training sessions")[1:4]
    ('1,000', None, 'training sessions')
    >>> english_quantity("not less than 10") is not None
    True
    >>> english_quantity("30 June"), english_quantity("≥10次")
    (None, None)
    """
    if re.search(_LETTERS, text) is None:
        return None  # As most texts of Chinese forms: it is faster to say so here.
    plain = re.sub(_IN_WORDS, _in_digits, with_blanks(text), flags=re.IGNORECASE)
    plain = re.sub(_THOUSANDS, lambda digits: digits[0].replace(" ", ""), plain)
    signed = re.sub(_MORE, r"≥\1", plain)
    match = re.fullmatch(_SHAPE, signed, re.IGNORECASE)
    if match is None or (match["between"] and not match["high"]):
        return None
    unit, words = match["unit"], (match["word"], match["more"], match["after"])
    currency, scales = match["currency"], (match["low_scale"], match["high_scale"])
    is_english = any((*words, *scales, currency, match["between"], signed != plain))
    if not is_english and (unit is None or len(unit) < SHORTEST_WORD):
        return None  # Signs and symbols are read the same in every language.
    if unit is not None and (currency or re.search(_NO_UNIT, unit, re.IGNORECASE)):
        return None
    kinds = {_SIGNS[match["sign"]]} if match["sign"] else set()
    for word in filter(None, words):
        kinds.add((_BEFORE | _AFTER)[word.lower()])
    if unit is not None and re.fullmatch(_SHARE, unit, re.IGNORECASE):
        unit = "%"
    spelled = None if unit is None else unit.replace(" per ", "/")
    if currency:
        spelled = _SYMBOLS.get(currency.upper(), currency)
    low, high = (_SCALES[scale.lower()] if scale else 0 for scale in scales)
    return EnglishQuantity(
        frozenset(kinds),
        match["low"],
        match["high"],
        spelled,
        (low or high or 1, high or 1),
    )


def has_numeral(text: str) -> bool:
    """
    Return whether a text in English says a number in words.

    >>> has_numeral("two thirds of villages"), has_numeral("fully operational")
    (True, False)
    """
    return re.search(_NUMERALS, text, re.IGNORECASE) is not None


def _in_digits(match: re.Match[str]) -> str:
    return f"{match[1]}{_WORDS.index(match[2].lower())}"

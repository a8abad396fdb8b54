"""Numbers as Chinese writes them in words: 三次, 两万五千元, 九成以上, 百分之九十."""

import re
from typing import Final

from ledger.domain.target_kind import SIGNS

NUMERALS: Final = "一二三四五六七八九十百千两零〇"
"""Numbers as Chinese writes them in words."""

_DIGITS: Final = {word: at for at, word in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
SIGN_AND_NUMERAL: Final = rf"[{SIGNS}]\s*[{NUMERALS}]"
"""The beginning of a quantity whose number is in Chinese words."""

SHARE_IN_WORDS: Final = rf"[百千万{NUMERALS}]分之[{NUMERALS}]"
"""A share in words: 万分之五, 三分之一."""

VAGUE_NUMBER: Final = (
    rf"(?:[近约数上超]|大约|超过)?[{NUMERALS}万亿]+[余多来几]?(?P<unit>[^{NUMERALS}]{{1,3}}?)"
    r"(?:以上|以下|左右)?"
)
"""A number in words that is about something: 近百人, 数十次."""

_MYRIAD: Final = 10_000
_TENS: Final = {"十": 10, "百": 100, "千": 1_000}
_WORDS: Final = re.compile(
    r"[一二三四五六七八九十两〇][一二三四五六七八九十百千两零〇万亿]*"
)
_SHARES: Final = {"百": "%", "千": "‰"}
_SHARE: Final = rf"(?P<of>[百千])分之(?P<n>百|[{NUMERALS}]+(?:点[{NUMERALS}]+)?)"
_TENTHS: Final = (
    r"(?<![0-9.第])(?P<n>[1-9一二三四五六七八九])成(?P<half>[1-9一二三四五六七八九半])?"
)
_RANGE: Final = r"(?<=[0-9])[至到](?=[0-9])"


def in_digits(plain: str) -> str:
    """
    Return a text with the numbers in it that are words written in digits.

    >>> in_digits("不少于十二次"), in_digits("两万五千元"), in_digits("三至五次")
    ('不少于12次', '25000元', '3-5次')
    >>> in_digits("九成五以上"), in_digits("百分之九十八点五")
    ('95%以上', '98.5%')
    >>> in_digits("二〇二四年底")
    '2024年底'
    """
    text = re.sub(_SHARE, _share, plain)
    text = re.sub(_TENTHS, _tenths, text)
    return re.sub(_RANGE, "-", re.sub(_WORDS, _number, text))


def _share(match: re.Match[str]) -> str:
    """Return 百分之九十 as 90%."""
    whole, _, decimals = match["n"].partition("点")
    value = 100 if whole == "百" else _value(whole)
    if value is None:
        return match[0]
    point = "." * bool(decimals)
    if not set(decimals) <= set(_DIGITS):
        return match[0]
    digits = "".join(str(_DIGITS[word]) for word in decimals)
    return f"{value}{point}{digits}{_SHARES[match['of']]}"


def _tenths(match: re.Match[str]) -> str:
    """Return 九成五 as 95%."""
    half = match["half"] or "0"
    return f"{_digit(match['n'])}{5 if half == '半' else _digit(half)}%"


def _digit(word: str) -> int:
    return int(word) if word.isascii() else _DIGITS[word]


def _number(match: re.Match[str]) -> str:
    value = _value(match[0])
    return match[0] if value is None else str(value)


def _value(words: str) -> int | None:
    """Return what a numeral comes to; ``None`` if it is none, such as 三五."""
    if len(words) == 4 and set(words) <= set(_DIGITS):
        return int("".join(str(_DIGITS[word]) for word in words))  # A year.
    total = section = 0
    digit: int | None = None
    smallest = _MYRIAD
    for at, word in enumerate(words):
        if word in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[word]
        elif word in _TENS:
            if _TENS[word] >= smallest or (digit is None and (at or word != "十")):
                return None
            smallest = _TENS[word]
            section += (1 if digit is None else digit) * smallest
            digit = None
        else:
            section += digit or 0
            if word == "亿":
                total, section = (total + section) * 10**8, 0
            total, section = total + section * _MYRIAD, 0
            digit, smallest = None, _MYRIAD
    if digit and words[-2:-1] in {"百", "千"}:
        return None  # 一百二 is 120 to some, and 102 to others.
    return total + section + (digit or 0)

"""How many columns of a terminal texts take, and how they are folded into lines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

_PIECE: Final = re.compile(
    "[“‘（]*[!-~\u00a1-\u2017\u201e-\u2e7f]+[，。；：、）”]*|\\s+|[“‘（]*.[，。；：、）”]*"
)
"""What is never split: signs of one column, up to where Chinese begins, in a run."""
_BETWEEN_WORDS: Final = re.compile("(?<=[!-~])\n(?=[!-~])")
_WIDE: Final = frozenset("WF")


def columns(text: str) -> int:
    """
    Return how many columns *text* takes; a Chinese character takes two.

    >>> columns("预算 1")
    6
    """
    if text.isascii():
        return len(text)
    return sum(1 + (unicodedata.east_asian_width(sign) in _WIDE) for sign in text)


def pieces_with(words: Iterable[str]) -> re.Pattern[str]:
    """
    Return what is never split where each of these Chinese *words* is whole as well.

    >>> [*folded("已承诺未支付", 8, pieces_with(["已承诺", "未支付"]))]
    ['已承诺', '未支付']
    """
    longest_first = sorted(words, key=len, reverse=True)
    whole = "|".join(map(re.escape, longest_first))
    return re.compile(f"[“‘（]*(?:{whole})[，。；：、）”]*|{_PIECE.pattern}")


def folded(text: str, width: int, pieces: re.Pattern[str] = _PIECE) -> Iterator[str]:
    """
    Break *text* into lines of at most *width* columns, none before a full stop.

    Chinese is broken between any two characters, or those that *pieces* part, English
    between words; line ends of the text are none, or a blank between two English words.

    >>> [*folded("预算数为 1,000.00 元。", 14)]
    ['预算数为', '1,000.00 元。']
    """
    line = ""
    for piece in pieces.findall(_BETWEEN_WORDS.sub(" ", text).replace("\n", "")):
        if line and columns(line + piece.rstrip()) > width:
            yield line.rstrip()
            line = piece.lstrip()
        else:
            line += piece
    yield line.rstrip()


def longest_piece(text: str, pieces: re.Pattern[str] = _PIECE) -> int:
    """
    Return how many columns the longest part of *text* takes that is never split.

    >>> longest_piece("合同 HT-2024-006，办公楼")
    13
    """
    return max((columns(piece.strip()) for piece in pieces.findall(text)), default=0)

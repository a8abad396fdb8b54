"""The multiple that a target is printed in: 3万元 is 3 of ten thousand yuan."""

import re
from functools import lru_cache
from typing import Final

_MULTIPLES: Final = {"亿": 100_000_000, "万": 10_000}


@lru_cache(maxsize=1024)
def printed_multiple(target: str) -> tuple[int, str]:
    """
    Return how many of its units a target counts together, and the word for it.

    >>> printed_multiple("≤6.5 万元/次"), printed_multiple("≥3例/万人")
    ((10000, '万'), (1, ''))
    """
    for word, factor in _MULTIPLES.items():
        if re.search(rf"[0-9.]\s*{word}", target):  # And not 例/万人.
            return factor, word
    return 1, ""


def may_have_multiple(target: str) -> bool:
    """Return whether it is worth asking: few targets are printed in one."""
    return any(word in target for word in _MULTIPLES)

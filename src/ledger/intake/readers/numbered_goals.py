"""Goals that are numbered in one text."""

import re
from collections.abc import Iterable
from typing import Final

_GOAL: Final = re.compile(r"(?P<number>[0-9]{1,2})\s*[.．、]\s*(?P<text>.*)")


def numbered(lines: Iterable[str]) -> list[str]:
    """
    Split the goals at their numbers, which count up from 1.

    >>> numbered(["1.more", "jobs", "2.better"])
    ['morejobs', 'better']
    """
    goals: list[str] = []
    for line in map(str.strip, lines):
        match = _GOAL.fullmatch(line)
        if match and int(match["number"]) == len(goals) + 1:
            goals.append(match["text"])
        elif goals:
            goals[-1] += line
        elif line:
            goals.append(line)
    return goals

"""Texts that were said in English, as the messages that they were."""

import re
from functools import cache
from string import Formatter
from typing import Final

from ledger.messages.language import Language
from ledger.messages.table import section
from ledger.messages.text import Message, Plain

_AND: Final = "and"
"""How a place says that its value is a list, and what joins it in English."""


def recognised(text: str, name: str) -> Message | str:
    """
    Return the message of the section *name* that is *text* in English.

    What fills its places is recognised in turn. A text that is no such message is
    returned as it is.

    >>> recognised("no share claimed", "reason").said(Language.CHINESE)
    '没有填写完成比例'
    """
    for code, pattern, lists in _patterns(name):
        if found := pattern.fullmatch(text):
            values: dict[str, Plain] = {}
            for place, filled in found.groupdict().items():
                parts = filled.split(f" {_AND} ")
                listed = place in lists
                values[place] = [*parts] if listed else recognised(filled, name)
            return Message(code, values)
    return text


@cache
def _patterns(name: str) -> list[tuple[str, re.Pattern[str], frozenset[str]]]:
    """
    Return of each text its code, what it matches, and which places are lists.

    Those that begin with most words of their own come first: a text may end in another.
    """
    found = []
    texts = section(name, Language.ENGLISH).items()
    for code, text in sorted(texts, key=lambda row: -len(row[1].partition("{")[0])):
        parts = [*Formatter().parse(text)]
        pattern = re.compile("".join(map(_matching, parts)), re.DOTALL)
        lists = frozenset(place for _, place, how, _ in parts if place and how == _AND)
        found.append((f"{name}.{code}", pattern, lists))
    return found


def _matching(part: tuple[str, str | None, str | None, str | None]) -> str:
    """Return the pattern of a piece of a text, and of the place that follows it."""
    before, place, _, conversion = part
    if place is None:
        return re.escape(before)
    quote = "'" if conversion == "r" else ""
    return f"{re.escape(before)}{quote}(?P<{place}>.+){quote}"

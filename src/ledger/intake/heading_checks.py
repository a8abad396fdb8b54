"""Which headings of levels 1 and 2 are likely misspelt; nothing is repaired."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Final

from ledger.domain.choices import nearest_word
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import Indicator
from ledger.domain.weight_groups import GROUP_WORDS
from ledger.intake.readers.form_source import Source
from ledger.intake.segmentation.tokens import LEVELS1, LEVELS2
from ledger.messages import Language, named, section

_PRINTED: Final = {"level1": LEVELS1, "level2": LEVELS2}
_NEAR: Final = 0.75
"""How much must be alike: of 产出指票 three characters of four."""

_MORE: Final = 1
"""A heading that is longer or shorter by more than a slip says something else."""

_ENDING: Final = re.compile(r"指标$|(?<=[a-z])s?(?: indicators?)?$")


def check_headings(
    row: Indicator, source: Source, path: str, known: set[str]
) -> list[Finding]:
    """
    Return which headings of an indicator are near a known one but are none.

    Args:
        path: Of the indicator, within *source*, which may know the cells.

        known: What was looked at in this form; the headings of the row are added.
    """
    found = []
    for level, heading in (("level1", row.level1), ("level2", row.level2)):
        if heading in known:
            continue
        known.add(heading)
        near = nearest_heading(level, heading)
        if near is not None:
            cell = "" if source.keyed else source.cell(path, level).rpartition("!")[2]
            found.append(
                finding(
                    "indicator.heading_misspelt",
                    place=cell,
                    found=heading,
                    expected=near,
                    level=named(level),
                )
            )
    return found


def nearest_heading(level: str, heading: str) -> str | None:
    """
    Return the known heading that a text is likely meant for; ``None`` for no slip.

    >>> nearest_heading("level1", "产出指票"), nearest_heading("level1", "Outputt")
    ('产出指标', 'Output')
    >>> nearest_heading("level2", "服务对象满意度")

    Args:
        level: ``level1`` or ``level2``.
    """
    text = _folded(heading)
    short = _ENDING.sub("", text)
    own = _headings(level)
    if any(short in {known, _ENDING.sub("", known)} for known in _all_headings()):
        return None
    alike = [known for known in own if abs(len(known) - len(text)) <= _MORE]
    near = nearest_word(text, alike, _NEAR)
    return None if near is None else own[near]


@cache
def _headings(level: str) -> Mapping[str, str]:
    """Return the headings that forms and templates print, by how they are compared."""
    offered = [
        text
        for language in Language
        for code, text in section("template", language).items()
        if code.startswith(f"{level}.")
    ]
    return {_folded(text): text for text in (*offered, *_PRINTED[level])}


@cache
def _all_headings() -> frozenset[str]:
    """Return all headings of both levels, and the words that make a group of one."""
    own = (*_headings("level1"), *_headings("level2"))
    return frozenset({*own, *chain.from_iterable(GROUP_WORDS.values())})


def _folded(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().split())

"""The head of a table in the text of a document: only the usual six are read there."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ledger.domain.errors import InvalidInput
from ledger.intake.readers import published_words as words
from ledger.intake.readers.published_words import ColumnHead
from ledger.messages import message

USUAL: Final = (
    *("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"),
    "指标值确定依据",
)
"""The columns whose cells a text without lines between them can be split into."""

_FEWEST: Final = 3
_MOST: Final = 3
"""Lines that a wrapped head takes, at most."""


def check(name: str, lines: Iterable[tuple[int, str]]) -> None:
    """
    Check that each head of a table has the usual columns.

    Raises:
        InvalidInput: One has others: the cells below it would be split wrongly.
    """
    for number, printed in _heads(lines):
        if not _is_usual(printed):
            raise InvalidInput(
                message("place.file_line", file=name, number=number),
                message("found.head", head=printed),
                message("expected.usual_head", head=" ".join(USUAL)),
            )


def _heads(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """
    Yield each head with the number of its line, put together where it is wrapped.

    One that the end of the text cuts off is none.
    """
    numbered = [(number, text) for number, text in lines if text.strip("\f ")]
    for place, (number, text) in enumerate(numbered):
        if not _is_head(text):
            continue
        head, taken = text, 1
        for _, following in numbered[place + 1 : place + 1 + _MOST]:
            if not _goes_on(following, whole=_is_usual(head)):
                break
            head, taken = f"{head} {following}", taken + 1
        ends = place + taken == len(numbered)
        if not (ends and "".join(USUAL).startswith("".join(head.split()))):
            yield number, head


def _is_usual(head: str) -> bool:
    return "".join(head.split()) == "".join(USUAL)


def _is_head(text: str) -> bool:
    """Return whether a line names indicators, targets and what goes with them."""
    heads = [words.head(part) for part in text.split()]
    fields = {head.field for head in heads if head}
    return len(fields) >= _FEWEST and "level3" in fields


def _goes_on(text: str, *, whole: bool) -> bool:
    """
    Return whether a line is the rest of a head: a part of one, or another one.

    Args:
        whole: Whether the usual head is there already: then 标 is of a cell below it.
    """
    heads = [words.head(part) for part in text.split()]
    if all(heads) and not (whole and all(map(_may_be_of_a_cell, heads))):
        return True
    plain = words.one_line(text)
    return not whole and any(
        head.endswith(plain) or head.startswith(plain) for head in USUAL
    )


def _may_be_of_a_cell(head: ColumnHead | None) -> bool:
    """Return whether a word is a year alone, or so short that cells begin with it."""
    if head is None:
        return True
    usual = head.field in {"level3", "target"}
    return usual and re.fullmatch(r"\d{4}年?度?|..", head.printed) is not None

"""The head of a table in the text of a document: only the usual six are read there."""

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from ledger.domain.errors import InvalidInput
from ledger.intake.readers import published_words as words
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
        if "".join(printed.split()) != "".join(USUAL):
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
        more = [following for _, following in numbered[place + 1 : place + 1 + _MOST]]
        wrapped = [*takewhile(_goes_on, more)]
        head = " ".join((text, *wrapped))
        ends = place + 1 + len(wrapped) == len(numbered)
        if not (ends and "".join(USUAL).startswith("".join(head.split()))):
            yield number, head


def _is_head(text: str) -> bool:
    """Return whether a line names indicators, targets and what goes with them."""
    heads = [words.head(part) for part in text.split()]
    fields = {head.field for head in heads if head}
    return len(fields) >= _FEWEST and "level3" in fields


def _goes_on(text: str) -> bool:
    """Return whether a line is the rest of a head: a part of one, or another one."""
    plain = words.one_line(text)
    parts = [words.head(part) for part in text.split()]
    return any(head.endswith(plain) or head.startswith(plain) for head in USUAL) or all(
        parts
    )

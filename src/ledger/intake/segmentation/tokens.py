"""
The tokens that an extractor leaves of a table of indicators, and the cells they make.

Tokens are separated by a blank, a line end or a blank line. Cells stand in order of
column; a cell is one token or several.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from attrs import frozen

BLANK: Final = " "
LINE: Final = "\n"
GAP: Final = "\n\n"
PAGE: Final = "\f"

NAME, DESCRIPTION, TARGET, BASIS = range(4)
"""The columns behind the two levels, in order."""

LEVELS1: Final = ("产出指标", "效益指标", "满意度指标", "成本指标")
LEVELS2: Final = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "满意度指标",
    "经济成本指标",
    "社会成本指标",
    "生态环境成本指标",
    "环境效益指标",
    "其他指标",
)
_MOST_PIECES: Final = 14


class Token(NamedTuple):
    """A run of text, its separator from the one before, and its line in the file."""

    text: str
    before: str
    line: int


@frozen
class LevelCell:
    """A cell of a row: its text, and the line on which it starts."""

    text: str
    line: int


@frozen
class LevelRow:
    """The cells behind the levels of one indicator; ``None`` where one is missing."""

    cells: tuple[LevelCell | None, ...]

    def text(self, column: int) -> str | None:
        """Return the text of a cell."""
        cell = self.cells[column]
        return None if cell is None else cell.text


def wrapped(tokens: Sequence[Token]) -> str:
    """Return the text of one cell, its lines joined by line ends."""
    parts = [tokens[0].text]
    for token in tokens[1:]:
        parts += (BLANK if token.before == BLANK else LINE, token.text)
    return "".join(parts)


def joined(tokens: Sequence[Token]) -> str:
    """Return the text of one cell: nothing is added where a line was wrapped."""
    return wrapped(tokens).replace(LINE, "")


def ends(tokens: Sequence[Token], start: int) -> Iterator[int]:
    """Yield where a cell may end that begins at *start*: never beyond a blank line."""
    for end in range(start + 1, min(len(tokens), start + _MOST_PIECES) + 1):
        if end - start > 1 and tokens[end - 1].before in {GAP, PAGE}:
            return
        yield end

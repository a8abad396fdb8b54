"""Finds the names of level 1 and level 2, which separate the rows of a table."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define, frozen

from ledger.intake.segmentation.cell_costs import looks_like_target
from ledger.intake.segmentation.row_segmentation import RowSplitter
from ledger.intake.segmentation.tokens import (
    BLANK,
    LEVELS1,
    LEVELS2,
    LINE,
    LevelRow,
    Token,
    joined,
)

_CLEAR_NAME: Final = 4.0


@frozen
class JoinedRow:
    """A row that a page break cut, put together again; whether that is in doubt."""

    line: int
    level1: str
    level2: str
    row: LevelRow
    doubtful: bool


@define
class Level2Group:
    """Rows under one level 2: their tokens, or the one row joined over a page break."""

    level1: str
    level2: str
    tokens: list[Token]
    joined_row: JoinedRow | None = None


def groups(
    tokens: Sequence[Token | JoinedRow], splitter: RowSplitter
) -> Iterator[Level2Group]:
    """Split a table at the names of level 2."""
    level1 = level2 = ""
    group: list[Token] = []
    named = False
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if isinstance(token, JoinedRow):
            if group:
                yield Level2Group(level1, level2, group)
            level1, level2 = token.level1 or level1, token.level2 or level2
            yield Level2Group(level1, level2, [], token)
            group, named = [], False
            i += 1
            continue
        one, two = _anchor(tokens, i, after_level2=named and not group)
        if (
            two
            and not one
            and group
            and not _starts_rows(tokens, i, two, group, level2, splitter)
        ):
            two = 0
        if two:
            if group:
                yield Level2Group(level1, level2, group)
            level1 = joined(_tokens(tokens[i : i + one])) if one else level1
            level2 = joined(_tokens(tokens[i + one : i + one + two]))
            group, named = [], True
            i += one + two
        else:
            group.append(token)
            i += 1
    if group:
        yield Level2Group(level1, level2, group)


def _starts_rows(
    tokens: Sequence[Token | JoinedRow],
    i: int,
    size: int,
    group: Sequence[Token],
    level2: str,
    splitter: RowSplitter,
) -> bool:
    """Return whether a name of level 2 at *i* heads rows; else it is a cell."""
    parts = _tokens(tokens[i : i + size])
    clear = joined(parts) != level2 and parts[0].before != LINE
    if clear and any(looks_like_target(token.text) for token in group):
        return True
    until = i + size
    while until < len(tokens) and not named_at(tokens, until):
        until += 1
    after = _tokens(tokens[i:until])
    apart = splitter.cost(group) + splitter.cost(after[size:])
    if joined(parts) not in {level2, "满意度指标"}:
        apart -= _CLEAR_NAME
    return apart < splitter.cost([*group, *after])


def _level(
    tokens: Sequence[Token | JoinedRow], start: int, names: Sequence[str]
) -> int:
    """Return how many tokens from *start* on are one of *names*; 0 for none."""
    text, found = "", 0
    for end in range(start + 1, len(tokens) + 1):
        token = tokens[end - 1]
        if isinstance(token, JoinedRow) or (text and token.before != LINE):
            break
        text += token.text
        if text in names:
            found = end - start
        if not any(name.startswith(text) for name in names):
            break
    return found


def _anchor(
    tokens: Sequence[Token | JoinedRow], i: int, *, after_level2: bool
) -> tuple[int, int]:
    """Return how many tokens at *i* name level 1, and then level 2."""
    token = tokens[i]
    if isinstance(token, JoinedRow) or token.before == BLANK or after_level2:
        return 0, 0
    one = _level(tokens, i, LEVELS1)
    if one and i + one < len(tokens):
        two = _level(tokens, i + one, LEVELS2)
        if two:
            return one, two
    return 0, _level(tokens, i, LEVELS2)


def named_at(tokens: Sequence[Token | JoinedRow], i: int) -> bool:
    """Return whether a name of level 2 stands at *i*."""
    return bool(_anchor(tokens, i, after_level2=False)[1])


def heading_size(tokens: Sequence[Token], i: int) -> int:
    """Return how many tokens at *i* name level 1 and level 2."""
    return sum(_anchor(tokens, i, after_level2=False))


def _tokens(tokens: Sequence[Token | JoinedRow]) -> list[Token]:
    return [token for token in tokens if isinstance(token, Token)]

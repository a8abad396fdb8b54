"""Finds the names of level 1 and level 2, which separate the rows of a table."""

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define, frozen

from ledger.intake.segmentation.cell_costs import looks_like_target
from ledger.intake.segmentation.row_segmentation import Parting
from ledger.intake.segmentation.tokens import (
    BLANK,
    LEVELS1,
    LEVELS2,
    LINE,
    LevelRow,
    Piece,
    joined,
)

_CLEAR_NAME: Final = 4.0


@frozen
class Mended:
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
    pieces: list[Piece]
    mended: Mended | None = None


def groups(pieces: Sequence[Piece | Mended], parting: Parting) -> Iterator[Level2Group]:
    """Split a table at the names of level 2."""
    level1 = level2 = ""
    group: list[Piece] = []
    named = False
    i = 0
    while i < len(pieces):
        piece = pieces[i]
        if isinstance(piece, Mended):
            if group:
                yield Level2Group(level1, level2, group)
            level1, level2 = piece.level1 or level1, piece.level2 or level2
            yield Level2Group(level1, level2, [], piece)
            group, named = [], False
            i += 1
            continue
        one, two = _anchor(pieces, i, after_level2=named and not group)
        if (
            two
            and not one
            and group
            and not _starts_rows(pieces, i, two, group, level2, parting)
        ):
            two = 0
        if two:
            if group:
                yield Level2Group(level1, level2, group)
            level1 = joined(_pieces(pieces[i : i + one])) if one else level1
            level2 = joined(_pieces(pieces[i + one : i + one + two]))
            group, named = [], True
            i += one + two
        else:
            group.append(piece)
            i += 1
    if group:
        yield Level2Group(level1, level2, group)


def _starts_rows(
    pieces: Sequence[Piece | Mended],
    i: int,
    size: int,
    group: Sequence[Piece],
    level2: str,
    parting: Parting,
) -> bool:
    """Return whether a name of level 2 at *i* heads rows; else it is a cell."""
    parts = _pieces(pieces[i : i + size])
    clear = joined(parts) != level2 and parts[0].before != LINE
    if clear and any(looks_like_target(piece.text) for piece in group):
        return True
    until = i + size
    while until < len(pieces) and not named_at(pieces, until):
        until += 1
    after = _pieces(pieces[i:until])
    apart = parting.cost(group) + parting.cost(after[size:])
    if joined(parts) not in {level2, "满意度指标"}:
        apart -= _CLEAR_NAME
    return apart < parting.cost([*group, *after])


def _level(pieces: Sequence[Piece | Mended], start: int, names: Sequence[str]) -> int:
    """Return how many pieces from *start* on are one of *names*; 0 for none."""
    text, found = "", 0
    for end in range(start + 1, len(pieces) + 1):
        piece = pieces[end - 1]
        if isinstance(piece, Mended) or (text and piece.before != LINE):
            break
        text += piece.text
        if text in names:
            found = end - start
        if not any(name.startswith(text) for name in names):
            break
    return found


def _anchor(
    pieces: Sequence[Piece | Mended], i: int, *, after_level2: bool
) -> tuple[int, int]:
    """Return how many pieces at *i* name level 1, and then level 2."""
    piece = pieces[i]
    if isinstance(piece, Mended) or piece.before == BLANK or after_level2:
        return 0, 0
    one = _level(pieces, i, LEVELS1)
    if one and i + one < len(pieces):
        two = _level(pieces, i + one, LEVELS2)
        if two:
            return one, two
    return 0, _level(pieces, i, LEVELS2)


def named_at(pieces: Sequence[Piece | Mended], i: int) -> bool:
    """Return whether a name of level 2 stands at *i*."""
    return bool(_anchor(pieces, i, after_level2=False)[1])


def heading_size(pieces: Sequence[Piece], i: int) -> int:
    """Return how many pieces at *i* name level 1 and level 2."""
    return sum(_anchor(pieces, i, after_level2=False))


def _pieces(pieces: Sequence[Piece | Mended]) -> list[Piece]:
    return [piece for piece in pieces if isinstance(piece, Piece)]

"""
Splits the tokens of a table into rows.

Of all ways to split the tokens into cells the cheapest is taken: its wrapped lines
fill their column, whose targets look like targets, and whose cells are split as the
extractor splits them. Where a second way costs little more, a finding says so.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple, Protocol, TypeVar

from attrs import define, field, frozen

from ledger.intake.segmentation.cell_costs import CellLine, CellLook, Costs, Widths
from ledger.intake.segmentation.tokens import (
    BASIS,
    BLANK,
    DESCRIPTION,
    GAP,
    LINE,
    NAME,
    PAGE,
    LevelCell,
    LevelRow,
    Token,
    ends,
)

MISSING: Final = (9.0, 3.0, 5.0, 2.5)
"""What a row costs that lacks the cell of a column."""

_NEW_ROW: Final = 2.0


@frozen
class Segmentation:
    """
    Rows read from tokens.

    Attributes:
        other: A second way to read them that costs little more, if there is one.
    """

    rows: tuple[LevelRow, ...]
    other: tuple[LevelRow, ...] | None


class HasCost(Protocol):
    """Anything with a cost."""

    @property
    def cost(self) -> float:
        """What it costs."""


C = TypeVar("C", bound=HasCost)


class _Step(NamedTuple):
    """A cell at the end of a way through the tokens."""

    cost: float
    start: int
    column: int
    look: CellLook
    before: "_Step | None"


@define
class RowSplitter:
    """Parts tokens that stand under one level 2 into rows."""

    widths: Widths
    _read: dict[tuple[Token, ...], list[_Step]] = field(factory=dict)

    def rows(self, tokens: Sequence[Token], *, margin: float) -> Segmentation:
        """
        Part *tokens* into rows.

        Args:
            margin: How much more a second way may cost and still be named.
        """
        ways = self._ways(tokens)
        if not ways:
            return Segmentation((), None)
        best = _rows(ways[0], tokens)
        for way in ways[1:]:
            if way.cost - ways[0].cost > margin:
                break
            other = _rows(way, tokens)
            if other != best:
                return Segmentation(best, other)
        return Segmentation(best, None)

    def sample(self, tokens: Sequence[Token]) -> tuple[list[CellLine], list[str]]:
        """Return the lines of the cells of *tokens*, and the texts of the bases."""
        ways = self._ways(tokens)
        lines: list[CellLine] = []
        bases: list[str] = []
        step = ways[0] if ways else None
        while step is not None:
            look = step.look
            lines += [
                CellLine(step.column, width, more)
                for width, more in zip(look.widths, [*look.starts, None], strict=True)
            ]
            if step.column == BASIS:
                bases.append(look.text)
            step = step.before
        return lines, bases

    def cost(self, tokens: Sequence[Token]) -> float:
        """Return what the cheapest way to part *tokens* into rows costs."""
        ways = self._ways(tokens) if tokens else []
        return ways[0].cost + _NEW_ROW if ways else 0.0

    def _ways(self, tokens: Sequence[Token]) -> list[_Step]:
        """Return the cheapest ways to part *tokens* into cells, at most four."""
        key = tuple(tokens)
        ways = self._read.get(key)
        if ways is None:
            ways = self._read[key] = _found_ways(tokens, self.widths)
        return ways


def _found_ways(tokens: Sequence[Token], widths: Widths) -> list[_Step]:
    size = len(tokens)
    reached: list[dict[tuple[int, bool], list[_Step]]] = [{} for _ in range(size + 1)]
    for start in range(size):
        if start and not reached[start]:
            continue
        before = tokens[start].before
        cell = ""
        for end in ends(tokens, start):
            last = tokens[end - 1]
            if cell:
                cell += BLANK if last.before == BLANK else LINE
            cell += last.text
            look, costs = widths.weighed(cell)
            if not start:
                step = _Step(costs[NAME], 0, NAME, look, None)
                reached[end][NAME, len(look.widths) > 1] = [step]
                continue
            _go_on(reached[start], reached[end], start, before, look, costs)
    last_steps = [
        step._replace(cost=step.cost + (_skipped(column, NAME) or 0))
        for (column, _), steps in reached[size].items()
        for step in steps
    ]
    return sorted(last_steps, key=_cost)[:4]


def _go_on(
    reached: dict[tuple[int, bool], list[_Step]],
    ends_here: dict[tuple[int, bool], list[_Step]],
    start: int,
    before: str,
    look: CellLook,
    costs: Costs,
) -> None:
    """Go on from every way that has *reached* a start with a cell of each column."""
    wrapped = len(look.widths) > 1
    for column, parted in enumerate(_between(before, wrapped)):
        cost = costs[column]
        kept = ends_here.get((column, wrapped), [])
        for left, steps in reached.items():
            more = parted.get(left)
            if more is None:
                continue
            for step in steps:
                if len(kept) > 1 and step.cost + cost + more >= kept[1].cost:
                    break
                odd = more
                if column == DESCRIPTION and step.column == NAME:
                    odd += _unlike(step.look, look)
                way = _Step(step.cost + cost + odd, start, column, look, step)
                keep_two(kept, way)
        if kept:
            ends_here[column, wrapped] = kept


def keep_two(kept: list[C], step: C) -> None:
    """Take *step* where it is one of the two cheapest of those met so far."""
    if not kept:
        kept.append(step)
    elif step.cost < kept[0].cost:
        kept[:] = [step, kept[0]]
    elif len(kept) == 1:
        kept.append(step)
    elif step.cost < kept[1].cost:
        kept[1] = step


def _cost(step: _Step) -> float:
    return step.cost


def _skipped(left: int, column: int) -> float | None:
    """Return what the columns cost that are missing between two cells."""
    if column > left:
        return sum(MISSING[left + 1 : column])
    if column != NAME:
        return None
    return sum(MISSING[left + 1 :])


@cache
def _between(before: str, wrapped: bool) -> tuple[dict[tuple[int, bool], float], ...]:
    """Return what separates a cell of each column from the one before, by that one."""
    columns = []
    for column in range(4):
        found = {
            (left, was_wrapped): _parted(before, left, was_wrapped, column, wrapped)
            for left in range(4)
            for was_wrapped in (False, True)
        }
        columns.append({key: odd for key, odd in found.items() if odd is not None})
    return tuple(columns)


def _parted(
    before: str, left: int, was_wrapped: bool, column: int, wrapped: bool
) -> float | None:
    """
    Return the cost of *before* between two cells.

    A blank line follows a wrapped cell. Cells of one line stand next to each other.
    """
    skipped = _skipped(left, column)
    if skipped is None:
        return None
    new_row = column <= left
    if before == PAGE:
        odd = 0.5
    elif was_wrapped:
        odd = {GAP: 0.0, LINE: 4.0, BLANK: 7.0}[before]
    elif before == BLANK:
        odd = 6.0 if wrapped or new_row else 0.0
    elif wrapped or new_row:
        odd = 0.3 if before == GAP else 0.0
    else:
        odd = 2.8
    return skipped + odd + (_NEW_ROW if new_row else 0.0)


def _unlike(name: CellLook, description: CellLook) -> float:
    """Return the cost of a description after its name: most share words with it."""
    shared = len(name.letters & description.letters)
    part = shared / max(1, min(len(name.letters), len(description.letters)))
    return 0.0 if part >= 0.5 else 0.5 if part else 0.8


def _rows(way: _Step, tokens: Sequence[Token]) -> tuple[LevelRow, ...]:
    rows: list[list[LevelCell | None]] = []
    column = 0
    step: _Step | None = way
    while step is not None:
        if not rows or step.column >= column:
            rows.append([None] * 4)
        rows[-1][step.column] = LevelCell(step.look.text, tokens[step.start].line)
        column, step = step.column, step.before
    return tuple(LevelRow(tuple(cells)) for cells in reversed(rows))

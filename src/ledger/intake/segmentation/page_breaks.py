"""Rows of a table that page breaks cut, put together again where that reads better."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from attrs import define, field

from ledger.intake.segmentation.headings import JoinedRow, heading_size, named_at
from ledger.intake.segmentation.row_segmentation import MISSING, RowSplitter, keep_two
from ledger.intake.segmentation.tokens import (
    BLANK,
    LEVELS1,
    LEVELS2,
    LINE,
    PAGE,
    LevelCell,
    LevelRow,
    Token,
    ends,
    wrapped,
)

MARGIN: Final = 2.5
"""How much more a second way may cost and still be named."""

_MOST_ABOVE: Final = 14
_WINDOW: Final = 200
"""How many tokens on each side of a page break are looked at."""

_CUT: Final = 3.5
"""What a row costs that a page break cuts; most break between rows."""


class _Way(NamedTuple):
    """
    A row that a page break cuts, put together as far as its cells are taken.

    Attributes:
        cells: Level 1, level 2 and the four cells, as far as they are there.

        used: How many of the tokens after the break belong to it.
    """

    cost: float
    cells: tuple[LevelCell | None, ...]
    used: int


class _Part(NamedTuple):
    """
    What may be one cell of a row that is cut.

    Attributes:
        above, below: How many tokens it takes from each side of the break.

        costs: As level 1, level 2 and each of the four cells; ``None`` for a level
            that it does not name.
    """

    above: int
    below: int
    cell: LevelCell | None
    costs: tuple[float | None, ...]


def mend(tokens: list[Token], splitter: RowSplitter) -> list[Token | JoinedRow]:
    """Put together the rows that page breaks cut, where that reads better."""
    out: list[Token | JoinedRow] = list(tokens)
    breaks = [i for i, token in enumerate(tokens) if i and token.before == PAGE]
    for place in reversed(breaks):
        found = _Break.at(tokens, place, splitter).joined()
        if found is not None:
            start, end, row = found
            out[start:end] = [row]
    return out


@define
class _Break:
    """
    A page break in a table.

    Attributes:
        above: The tokens before it, from the last name of level 2 on.

        first: The index of the first of them.

        named: How many of them are that name.

        below: The tokens after it, until the next name of level 2.

        heading: How many of those head the page.
    """

    above: list[Token]
    first: int
    named: int
    below: list[Token]
    heading: int
    splitter: RowSplitter
    _parts: dict[tuple[int, int], list[_Part]] = field(factory=dict)

    @classmethod
    def at(cls, tokens: list[Token], place: int, splitter: RowSplitter) -> "_Break":
        """Return the break before the token at *place*."""
        heading = heading_size(tokens, place)
        until = place + max(1, heading)
        until_most = min(len(tokens), place + _WINDOW)
        while until < until_most and not named_at(tokens, until):
            until += 1
        first = place - 1
        first_least = max(0, place - _WINDOW)
        while first > first_least and not named_at(tokens, first):
            first -= 1
        return cls(
            tokens[first:place],
            first,
            heading_size(tokens, first),
            tokens[place:until],
            heading,
            splitter,
        )

    def joined(self) -> tuple[int, int, JoinedRow] | None:
        """Return where a row stands that the break cuts, and the row."""
        cost = self.splitter.cost
        above, below = self.above, self.below
        as_rows = cost(above[self.named :]) + cost(below[self.heading :])
        size = len(above)
        if self.heading and not _cut_name(above[-_MOST_ABOVE:], below):
            return None
        starts = [
            i
            for i in sorted({0, *range(max(self.named, size - _MOST_ABOVE), size)})
            if above[i].before != BLANK and 2 <= size - i <= _MOST_ABOVE
        ]
        found = [(as_rows, 0, _Way(as_rows, (), 0))]
        for start in starts:
            held = cost(above[self.named : start])
            for way in self._ways(start, most=as_rows - held):
                if self.heading and _heads_rows(way, above[start:]):
                    continue
                if way.used and way.cost + held < as_rows:
                    whole = way.cost + held + cost(below[way.used :])
                    found.append((whole, start, way))
        found.sort(key=_dearness)
        cheapest, start, way = found[0]
        if not way.used:
            return None
        one, two, *cells = way.cells
        row = JoinedRow(
            above[start].line,
            one.text if one else "",
            two.text if two else "",
            LevelRow(tuple(cells)),
            found[1][0] - cheapest < MARGIN,
        )
        return self.first + start, self.first + size + way.used, row

    def _ways(self, start: int, *, most: float) -> list[_Way]:
        """
        Return the ways to put together a row whose first lines stand above the break.

        Each cell takes tokens from above, from *start* on, and goes on, where it was
        cut, with tokens from below. The two cheapest ways for each number of tokens
        used from below, as far as they cost at most *most*.
        """
        ways = {(start, 0): [_Way(_CUT, (), 0)]}
        for column in range(6):
            reached: dict[tuple[int, int], list[_Way]] = {}
            for (i, j), found in ways.items():
                for part in self._parts_at(i, j):
                    more = part.costs[column]
                    if more is None or found[0].cost + more > most + 1:
                        continue
                    used = j + part.below
                    kept = reached.setdefault((i + part.above, used), [])
                    for way in found:
                        cost = way.cost + more
                        if len(kept) < 2 or cost < kept[1].cost:
                            keep_two(kept, _Way(cost, (*way.cells, part.cell), used))
            ways = reached
        whole = len(self.above)
        return [way for (i, _), found in ways.items() if i == whole for way in found]

    def _parts_at(self, i: int, j: int) -> list[_Part]:
        parts = self._parts.get((i, j))
        if parts is None:
            parts = self._parts[i, j] = list(self._found_parts(i, j))
        return parts

    def _found_parts(self, i: int, j: int) -> Iterator[_Part]:
        """Yield what may be a cell that goes on at *i* above and at *j* below."""
        yield _Part(0, 0, None, (0.0, 0.0, *MISSING))
        for end in ends(self.above, i):
            first = self.above[i:end]
            text = wrapped(first)
            yield self._part(text, first, 0)
            for rest in ends(self.below, j):
                # What stands below the break starts on a new line.
                more = f"{text}{LINE}{wrapped(self.below[j:rest])}"
                yield self._part(more, first, rest - j)

    def _part(self, text: str, above: Sequence[Token], below: int) -> _Part:
        joined = text.replace(LINE, "")
        return _Part(
            len(above),
            below,
            LevelCell(joined, above[0].line),
            (
                0.0 if joined in LEVELS1 else None,
                0.0 if joined in LEVELS2 else None,
                *self.splitter.widths.weighed(text)[1],
            ),
        )


def _cut_name(above: Sequence[Token], below: Sequence[Token]) -> bool:
    """Return whether a name of level 2 may be cut by the page break."""
    return any(
        token.text + below[0].text in name
        for name in LEVELS2
        for token in above
        if token.text != name
    )


def _heads_rows(way: _Way, above: Iterable[Token]) -> bool:
    """Return whether the name of level 2 is whole above the page break, or absent."""
    level2 = way.cells[1]
    return level2 is None or any(token.text == level2.text for token in above)


def _dearness(way: tuple[float, int, _Way]) -> float:
    return way[0]

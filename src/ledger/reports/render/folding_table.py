"""Tables of a terminal, or of plain text, that fold texts and split no word of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.table import Column, Row, Table
from rich.text import Text

from ledger.domain.columns import columns, folded, longest_piece
from ledger.reports.vocabulary import head_pieces

_GAP: Final = 2
_WHOLE: Final = 10_000
"""Longer than any head."""

_STEPS: Final = ((_WHOLE, 20), (10, 20), (6, 20), (4, 20), (4, 12))
"""The least width of a longer head of figures, and of a column of longer texts."""


@frozen
class TextLines:
    """Lines to print that are never folded: each can be searched for, or counted."""

    lines: Sequence[str]

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        for line in self.lines:
            yield Segment(line)
            yield Segment.line()


class FoldingTable(Table):
    """
    A table that folds texts between words, and never splits what has to be whole.

    No Latin word, number, date or code is split, no Chinese word of a head, nor what is
    in a column that says ``no_wrap``. A text takes the room of the empty cells behind
    it. Where there is too little room, heads of figures are folded first, then texts;
    where there is too little even so, a row is written in lines below its first text.
    """

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        rows = [
            [_text(cell) for cell in cells]
            for cells in zip(*(column.cells for column in self.columns), strict=True)
        ]
        widths = _widths(self.columns, rows, options.max_width - 1)
        lines = (
            self._records(rows, options.max_width)
            if widths is None
            else self._lines(rows, widths)
        )
        for line in lines:  # Each is as long as it is to be: none is folded again.
            yield from line.render(console, "\n")

    def _lines(
        self, rows: Sequence[Sequence[Text]], widths: Sequence[int]
    ) -> Iterator[Text]:
        """Yield the lines of a table with columns of these widths."""
        heads = [
            _evenly(_text(column.header), width)
            for column, width in zip(self.columns, widths, strict=True)
        ]
        tallest = max(map(len, heads))
        heads = [[*[Text()] * (tallest - len(head)), *head] for head in heads]
        yield Text()
        yield from self._drawn(heads, widths, Row("bold"))
        yield Text(f" {'─' * (sum(widths) + _GAP * (len(widths) - 1))}")
        for row, cells in zip(self.rows, rows, strict=True):
            rooms = _rooms(self.columns, cells, widths)
            lines = [
                _folded(cell, room) for cell, room in zip(cells, rooms, strict=True)
            ]
            yield from self._drawn(lines, rooms, row)
            if row.end_section:
                yield Text()
        if not (self.rows and self.rows[-1].end_section):
            yield Text()

    def _drawn(
        self, cells: Sequence[Sequence[Text]], rooms: Sequence[int], row: Row
    ) -> Iterator[Text]:
        """Yield the lines of a row, of which a cell that has no room is no part."""
        for at in range(max(map(len, cells))):
            line = Text(style=row.style or "")
            taken = 1
            for column, parts, room in zip(self.columns, cells, rooms, strict=True):
                if not room:
                    continue
                part = parts[at] if at < len(parts) else Text()
                before = room - cell_len(part.plain) if column.justify == "right" else 0
                line.append(" " * (taken + before - cell_len(line.plain)))
                line.append_text(part)
                taken += room + _GAP
            yield line

    def _records(self, rows: Sequence[Sequence[Text]], width: int) -> Iterator[Text]:
        """Yield each row as its first text over the rest, each after its head."""
        heads = [str(column.header) for column in self.columns[1:]]
        for name, *cells in rows:
            for line in _folded(name, width):
                yield Text.assemble(line, style="bold")
            shown = zip(heads, cells, strict=True)
            parts = [f"{head} {cell}" for head, cell in shown if cell.plain.strip()]
            yield from map(Text, _packed(parts, width))


def room(shown: Iterable[RenderableType]) -> int:
    """Return how many columns a column of a table takes that folds none of these."""
    return max((cell_len(str(cell)) for cell in shown), default=0) + _GAP


def _widths(
    shown: Sequence[Column], rows: Sequence[Sequence[Text]], width: int
) -> list[int] | None:
    """Return how wide columns are, within *width*; ``None`` if there is too little."""
    columns_ = [
        _Needs.of(
            column,
            [
                cells[at]
                for cells in rows
                if column.justify == "right"
                or all(c.plain for c in cells[at + 1 : at + 2])
            ],
        )
        for at, column in enumerate(shown)
    ]
    width -= _GAP * (len(shown) - 1)
    for head, text in _STEPS:
        least = [needs.least(head, text) for needs in columns_]
        if sum(least) <= width:
            break
    else:
        return None
    most = [
        max(least, needs.most) if needs.is_text else least
        for least, needs in zip(least, columns_, strict=True)
    ]
    widths = _shared(least, most, width)
    spans = (
        (cell, room)
        for cells in rows
        for cell, room in zip(cells, _rooms(shown, cells, widths), strict=True)
    )
    return widths if all(longest_piece(c.plain) <= room for c, room in spans) else None


@frozen
class _Needs:
    """
    What a column needs.

    Attributes:
        whole: The longest of what is not split.

        most: Of its cells and its head, unfolded.
    """

    head: Text
    whole: int
    most: int
    is_text: bool

    @classmethod
    def of(cls, column: Column, cells: Sequence[Text]) -> "_Needs":
        """Return what a column with these cells needs."""
        head = _text(column.header)
        lines = [line for cell in cells for line in cell.plain.split("\n")]
        measure = columns if column.no_wrap else longest_piece
        return cls(
            head=head,
            whole=max(_longest_word(head), *map(measure, lines or [""])),
            most=max(map(columns, [head.plain, *lines])),
            is_text=not column.no_wrap,
        )

    def least(self, head: int, text: int) -> int:
        """Return the least width, with heads of figures and texts folded so far."""
        if self.is_text:
            return max(self.whole, min(self.most, text))
        lines = _evenly(self.head, max(head, _longest_word(self.head)))
        return max(self.whole, *(columns(line.plain) for line in lines))


def _shared(least: Sequence[int], most: Sequence[int], width: int) -> list[int]:
    """
    Return widths of which those that are folded are as equal as can be.

    >>> _shared([4, 8, 8], [4, 30, 12], 40)
    [4, 24, 12]
    """
    widths = list(least)
    spare = width - sum(widths)
    while spare:
        short = [at for at, most_ in enumerate(most) if widths[at] < most_]
        if not short:
            break
        widths[min(short, key=widths.__getitem__)] += 1
        spare -= 1
    return widths


def _rooms(
    shown: Sequence[Column], cells: Sequence[Text], widths: Sequence[int]
) -> list[int]:
    """Return the room of each cell; an empty one gives its own to the text before."""
    rooms = list(widths)
    for at in range(len(cells) - 1, 0, -1):
        takes = shown[at - 1].justify == "left" or not cells[at - 1].plain
        if takes and not cells[at].plain:
            rooms[at - 1] += _GAP + rooms[at]
            rooms[at] = 0
    return rooms


def _text(shown: RenderableType) -> Text:
    return shown if isinstance(shown, Text) else Text(str(shown))


def _longest_word(head: Text) -> int:
    """Return how many columns the longest word of a head takes."""
    return longest_piece(head.plain, head_pieces())


def _folded(text: Text, width: int, is_head: bool = False) -> list[Text]:
    """Return the lines of a text with its styles; no word of a head is split."""
    if "\n" not in text.plain and columns(text.plain) <= width:
        return [text]
    lines = []
    pieces = (head_pieces(),) if is_head else ()
    for line in text.split("\n", allow_blank=True):
        at = 0
        for part in folded(line.plain, width, *pieces):
            at = line.plain.index(part, at)
            lines.append(line[at : at + len(part)])
            at += len(part)
    return lines


def _evenly(head: Text, width: int) -> list[Text]:
    """Return a head in as few lines as *width* allows, as even as can be."""
    widest = _folded(head, width, is_head=True)
    narrower = range(_longest_word(head), width)
    even = (_folded(head, narrow, is_head=True) for narrow in narrower)
    return next((lines for lines in even if len(lines) == len(widest)), widest)


def _packed(parts: Iterable[str], width: int) -> Iterator[str]:
    """Yield lines of whole parts, each with as many as it has room for."""
    line = ""
    for part in parts:
        if line and columns(f"{line}  {part}") > width:
            yield line
            line = ""
        if columns(part) + 2 > width:
            *full, line = (f"  {line}" for line in folded(part, width - 2))
            yield from full
        else:
            line += f"  {part}"
    if line:
        yield line

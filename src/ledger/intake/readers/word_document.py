"""Tables of Word documents (.docx), read element by element."""

import re
from collections.abc import Callable
from typing import Final

from attrs import define, field

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Text
from ledger.intake.readers.grid import LONGEST_CELL, Grid
from ledger.intake.readers.workbook_cells import beyond, local, told
from ledger.messages import Message, message

_MOST_ABOVE: Final = 30
"""Lines above a table that belong to it: its title, its year, its unit of money."""

_BETWEEN: Final = re.compile(
    r"[(（]?\s*(?:续|接)\s*(?:上)?\s*(?:表|页)?\s*[0-9]*\s*[)）]?|[(（]?continued[)）]?"
    r"|[-—–\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?[-—–\s]*",
    re.IGNORECASE,
)
"""Lines that a break of a page leaves in a table: its number, 续表."""

_DEEPEST: Final = 5
_WIDEST: Final = 16_384
_SPACES: Final = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PASSED_OVER: Final = frozenset({"Fallback", "del", "moveFrom"})
"""A second copy for old programs, and what a tracked change took away."""

_SYMBOLS: Final = {
    "F0A3": "≤",
    "F0B3": "≥",
    "F0B1": "±",
    "F0B4": "×",
    "F0B8": "÷",
    "F0B0": "°",
    "F025": "%",
    "F03C": "<",
    "F03D": "=",
    "F03E": ">",
}
"""Characters of the font Symbol, in which signs are inserted."""

_MARKS: Final = {"F0FC": "√", "F0FE": "☑", "F052": "☑", "F0A8": "□", "F06F": "□"}
"""Characters of the fonts Wingdings."""

_UNKNOWN: Final = "\ufffd"
_OFF: Final = frozenset({"0", "false", "off"})


@define
class WordTable:
    """
    A table while it is read: its rows of texts.

    Attributes:
        number: In the document, from 1.

        is_inner: Whether it stands in a cell of another one.

        above: The lines between the table before it and this one.

        merged: As in :class:`~ledger.intake.readers.grid.Grid`, without lines above.
    """

    number: int
    is_inner: bool = False
    above: list[str] = field(factory=list)
    rows: list[list[str]] = field(factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    _begun: dict[int, tuple[int, int]] = field(factory=dict)
    _across: int = 1
    _goes_on: bool = False
    _beside: bool = False
    _pieces: list[str] = field(factory=list)
    _length: int = 0

    @property
    def width(self) -> int:
        """The columns of its longest row."""
        return max(map(len, self.rows), default=0)

    def continues(self, before: "WordTable") -> bool:
        """Return whether it is the rest of another one: as wide, no title above."""
        plain = not (self.is_inner or before.is_inner)
        between = all(re.fullmatch(_BETWEEN, line) for line in self.above)
        return plain and between and self.width == before.width

    def begin_row(self) -> None:
        """Take a row that follows."""
        self.rows.append([])

    def pass_over(self, columns: int) -> None:
        """Leave columns empty in which the row has no cell."""
        self._fill(columns)

    def begin_cell(self) -> None:
        """Take a cell that follows."""
        self._across, self._goes_on, self._beside = 1, False, False
        self._pieces, self._length = [], 0

    def span(self, columns: int) -> None:
        """Say how many columns the cell is wide."""
        self._across = columns

    def go_on(self) -> None:
        """Say that the cell is that of the row above."""
        self._goes_on = True

    def go_beside(self) -> None:
        """Say that the cell is that of the column before, as old programs merge."""
        self._beside = True

    def write(self, text: str) -> Message | None:
        """Take text of the cell; return what is too long of it."""
        self._pieces.append(text)
        self._length += len(text)
        if self._length > LONGEST_CELL:
            return message("found.longer_cell", most=LONGEST_CELL)
        return None

    def end_cell(self) -> int:
        """Hold the cell in its row; return how many characters it has."""
        row, column = len(self.rows) - 1, len(self.rows[-1])
        text = "".join(self._pieces).strip()
        last = row, column + self._across - 1
        begun = self._begun.get(column)
        if self._beside and column:
            self._merge_beside(row, last[1])
            text = ""
        elif self._goes_on and begun is not None:
            self.merged[begun] = row, self.merged.get(begun, begun)[1]
            text = ""
        else:
            self._begun[column] = row, column
            if self._across > 1:
                self.merged[row, column] = last
        self.rows[-1].append(text)
        self._fill(self._across - 1)
        return len(text)

    def _merge_beside(self, row: int, last: int) -> None:
        """Make the cell that began before it in its row reach to a column."""
        first = max(column for column, begun in self._begun.items() if begun[0] == row)
        self.merged[row, first] = row, last

    def _fill(self, columns: int) -> None:
        self.rows[-1] += [""] * columns

    def grid(self) -> Grid:
        """Return its rows, below the lines above it."""
        above = [[line] for line in self.above]
        by = len(above)
        place = message("place.above_table", number=self.number)
        named: list[Text] = [place for _ in above]
        numbers = range(1, len(self.rows) + 1)
        named += [
            message("place.table_row", number=self.number, row=row) for row in numbers
        ]
        merged = {
            (row + by, column): (down + by, across)
            for (row, column), (down, across) in self.merged.items()
        }
        return Grid([*above, *self.rows], merged=merged, named=named)


@define
class WordTables:
    """
    The tables of a document while it is parsed.

    A table within a cell is one of its own, after the one that it stands in.

    Attributes:
        file: Its name.

        tables: The tables so far, in the order in which they begin.
    """

    file: str
    tables: list[WordTable] = field(factory=list)
    _open: list[WordTable] = field(factory=list)
    _above: list[str] = field(factory=list)
    _line: list[str] = field(factory=list)
    _length: int = 0
    _path: list[str] = field(factory=list)
    _left_out: int = 0
    _hidden: bool = False
    _characters: int = 0

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what a parser tells of the document."""
        return told(self._start, self._end, self._text)

    def grids(self) -> list[Grid]:
        """Return the tables; one that only goes on is part of that before it."""
        grids: list[Grid] = []
        before: WordTable | None = None
        for table in self.tables:
            if not any(map(any, table.rows)):
                continue
            if before is not None and table.continues(before):
                table.above = []
                grids[-1] = _joined(grids[-1], table.grid())
            else:
                grids.append(table.grid())
            before = table
        return grids

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        self._path.append(tag)
        if tag in _PASSED_OVER:
            self._left_out += 1
        if self._left_out:
            return
        table = self._open[-1] if self._open else None
        if tag in {"r", "vanish"}:
            self._note_hidden(tag, attributes)
        elif tag == "tbl":
            self._begin_table()
        elif tag == "tr" and table is not None:
            table.begin_row()
        elif tag == "tc" and table is not None:
            table.begin_cell()
        elif tag in {"gridBefore", "gridAfter", "gridSpan", "vMerge", "hMerge"}:
            if table is not None and table.rows:
                self._place(table, tag, _value(attributes))
        elif tag == "p":
            self._write("\n")
        elif tag in _SPACES:
            if self._path[-2:-1] == ["r"]:  # And no stop of tabulators.
                self._write(_SPACES[tag])
        elif tag == "sym":
            self._write(_symbol(attributes))

    def _note_hidden(self, tag: str, attributes: dict[str, str]) -> None:
        """Take whether the text that follows is hidden: each run says it of itself."""
        if tag == "r":
            self._hidden = False
        elif self._path[-3:-1] == ["r", "rPr"]:
            self._hidden = _value(attributes) not in _OFF

    def _begin_table(self) -> None:
        if len(self._open) >= _DEEPEST:
            raise self._refused(
                message("found.deep_tables", most=_DEEPEST),
                message("expected.plain_tables"),
            )
        table = WordTable(len(self.tables) + 1, is_inner=bool(self._open))
        if not self._open:
            self._end_line()
            table.above, self._above = self._above, []
        self._open.append(table)
        self.tables.append(table)

    def _place(self, table: WordTable, tag: str, value: str) -> None:
        if tag in {"vMerge", "hMerge"}:
            if value != "restart":
                (table.go_on if tag == "vMerge" else table.go_beside)()
            return
        columns = int(value) if value.isdecimal() and len(value) < 6 else _WIDEST + 1
        if len(table.rows[-1]) + columns > _WIDEST:
            raise self._refused(
                message("found.wide_row", columns=value[:20]),
                message("expected.at_most", most=_WIDEST),
            )
        if tag == "gridSpan":
            table.span(max(columns, 1))
        else:
            table.pass_over(columns)

    def _text(self, text: str) -> None:
        if not (self._left_out or self._hidden) and self._path[-1:] == ["t"]:
            self._write(text)

    def _write(self, text: str) -> None:
        if not self._open:
            if text == "\n":
                self._end_line()
            elif self._length <= LONGEST_CELL:
                self._line.append(text)
                self._length += len(text)
            return
        table = self._open[-1]
        if not table.rows:
            return  # Between the head of a table and its first row stands no text.
        excess = table.write(text)
        if excess is not None:
            raise self._refused(excess, message("expected.shorter_text"))

    def _end_line(self) -> None:
        line = "".join(self._line).strip()[:LONGEST_CELL]
        self._line, self._length = [], 0
        if line:
            self._above = [*self._above, line][-_MOST_ABOVE:]

    def _end(self, tag: str) -> None:
        tag = local(tag)
        self._path.pop()
        if tag in _PASSED_OVER:
            self._left_out -= 1
        if self._left_out or not self._open:
            return
        table = self._open[-1]
        if tag == "tbl":
            self._open.pop()
        elif tag == "tc" and table.rows:
            self._characters += table.end_cell()
            cells = len(table.rows) * len(table.rows[-1])
            large = beyond(cells, self._characters)
            if large is not None:
                raise self._refused(*large)

    def _refused(self, found: Message, expected: Message) -> InvalidInput:
        table = self._open[-1] if self._open else None
        if table is None:
            return InvalidInput(self.file, found, expected)
        part = message("place.table_row", number=table.number, row=len(table.rows))
        where = message("place.file_part", file=self.file, part=part)
        return InvalidInput(where, found, expected)


def _joined(first: Grid, rest: Grid) -> Grid:
    """Return a table and what goes on below it as one."""
    by = len(first.rows)
    merged = {
        (row + by, column): (down + by, across)
        for (row, column), (down, across) in rest.merged.items()
    }
    return Grid(
        [*first.rows, *rest.rows],
        merged={**first.merged, **merged},
        named=[*first.named, *rest.named],
    )


def _value(attributes: dict[str, str]) -> str:
    """Return the value of a property; empty where it has none."""
    return next((text for name, text in attributes.items() if local(name) == "val"), "")


def _symbol(attributes: dict[str, str]) -> str:
    """Return the character that is inserted by its number in a font."""
    own = {local(name): text for name, text in attributes.items()}
    code, font = own.get("char", "").upper(), own.get("font", "")
    known = _SYMBOLS if font == "Symbol" else _MARKS
    if font != "Symbol" and not font.startswith("Wingdings"):
        try:
            number = int(code[:4], 16)
        except ValueError:
            return _UNKNOWN
        return chr(number) if 0x20 <= number < 0xD800 else _UNKNOWN
    return known.get(code, _UNKNOWN)

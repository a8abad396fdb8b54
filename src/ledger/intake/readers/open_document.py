"""Spreadsheets in the OpenDocument format (.ods), read element by element."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Final

from attrs import define, field

from ledger.domain.errors import InvalidInput
from ledger.domain.units import canonical
from ledger.intake.readers.grid import LONGEST_CELL, MOST_CELLS, Grid, column_name
from ledger.intake.readers.workbook_cells import (
    beyond,
    expected_number,
    local,
    percent,
    told,
)
from ledger.messages import Message, message

_SHOWN: Final = 100
_NUMBERS: Final = frozenset({"float", "currency", "percentage"})
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})
_BLANKS: Final = {"line-break": "\n", "tab": "\t"}
_FARTHEST: Final = 1 << 24
"""Rows or columns that a repeated cell may be said to take up."""


@define
class OpenSheet:
    """
    A sheet while it is read: its cells that hold anything, by row and column.

    Attributes:
        has_formulas: Whether cells of it are computed.
    """

    name: str
    cells: dict[tuple[int, int], str] = field(factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    unread: dict[tuple[int, int], str] = field(factory=dict)
    odd: dict[tuple[int, int], tuple[str, Message]] = field(factory=dict)
    has_formulas: bool = False

    def grid(self) -> Grid:
        """Return its rows of texts, up to the last cell that holds anything."""
        height = max((row for row, _ in self.cells), default=-1) + 1
        width = max((column for _, column in self.cells), default=-1) + 1
        rows = [[""] * width for _ in range(height)]
        for (row, column), text in self.cells.items():
            rows[row][column] = text
        merged = {
            (row, column): last
            for (row, column), last in self.merged.items()
            if row < height and column < width
        }
        return Grid(rows, self.name, merged, unread=self.unread, odd=self.odd)


@define
class OpenSheets:
    """
    The sheets of a file while its content is parsed.

    Attributes:
        file: Its name.

        made: The sheets so far.
    """

    file: str
    made: list[OpenSheet] = field(factory=list)
    _row: int = 0
    _column: int = 0
    _rows_alike: int = 1
    _begun: dict[int, str] = field(factory=dict)
    _attributes: dict[str, str] | None = None
    _pieces: list[str] = field(factory=list)
    _paragraphs: int = 0
    _notes: int = 0
    _tables: int = 0
    _last: tuple[int, int] = (0, 0)
    _characters: int = 0

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what a parser tells of the content."""
        return told(self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "table":
            self._tables += 1
            if self._tables == 1:
                own = {local(key): text for key, text in attributes.items()}
                self.made.append(OpenSheet(own.get("name", "")))
                self._row, self._last, self._characters = 0, (0, 0), 0
        elif self._tables != 1:
            return
        elif tag == "table-row":
            own = {local(key): text for key, text in attributes.items()}
            self._rows_alike = self._times(own.get("number-rows-repeated"))
            self._column, self._begun = 0, {}
        elif tag in _CELLS:
            self._attributes = {local(key): text for key, text in attributes.items()}
            self._pieces, self._paragraphs = [], 0
        elif tag == "annotation":
            self._notes += 1
        elif self._attributes is not None and not self._notes:
            self._begin_text(tag, attributes)

    def _begin_text(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "p":
            self._paragraphs += 1
            if self._paragraphs > 1:
                self._pieces.append("\n")
        elif tag == "s":
            own = {local(key): text for key, text in attributes.items()}
            self._pieces.append(" " * min(self._times(own.get("c")), LONGEST_CELL))
        elif tag in _BLANKS:
            self._pieces.append(_BLANKS[tag])

    def _text(self, text: str) -> None:
        if self._attributes is None or self._notes or not self._paragraphs:
            return
        self._pieces.append(text)
        if sum(map(len, self._pieces)) > LONGEST_CELL:
            excess = message("found.longer_cell", most=LONGEST_CELL)
            raise self._refused(excess, message("expected.shorter_text"))
        self._pieces = ["".join(self._pieces)]

    def _end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif tag == "annotation":
            self._notes -= 1
        elif tag in _CELLS and self._attributes is not None:
            self._hold(self._attributes, "".join(self._pieces))
            self._attributes = None
        elif tag == "table-row":
            self._repeat()

    def _times(self, text: str | None) -> int:
        """Return how often something stands there."""
        if text is None:
            return 1
        if not text.isdecimal() or not 1 <= len(text) <= 8 or int(text) > _FARTHEST:
            raise self._refused(text[:_SHOWN], message("expected.number"))
        return max(int(text), 1)

    def _hold(self, attributes: dict[str, str], printed: str) -> None:
        """Take a cell, as often as it is repeated in its row."""
        sheet, place = self.made[-1], (self._row, self._column)
        times = self._times(attributes.get("number-columns-repeated"))
        text = self._value(sheet, place, attributes, printed)
        if text:
            self._check_room(self._row, self._column + times - 1, len(text) * times)
            for column in range(self._column, self._column + times):
                sheet.cells[self._row, column] = self._begun[column] = text
        across = self._times(attributes.get("number-columns-spanned"))
        down = self._times(attributes.get("number-rows-spanned"))
        if (across, down) != (1, 1) and len(sheet.merged) < MOST_CELLS:
            sheet.merged[place] = place[0] + down - 1, place[1] + across - 1
        self._column += times

    def _repeat(self) -> None:
        """Take a row as often as it is repeated, if it holds anything."""
        sheet, times = self.made[-1], self._rows_alike
        if self._begun and times > 1:
            characters = sum(map(len, self._begun.values())) * (times - 1)
            self._check_room(self._row + times - 1, max(self._begun), characters)
            for row in range(self._row + 1, self._row + times):
                for column, text in self._begun.items():
                    sheet.cells[row, column] = text
        self._row += times

    def _check_room(self, row: int, column: int, characters: int) -> None:
        """Check how far the cells reach, and how much they hold."""
        self._last = max(self._last[0], row), max(self._last[1], column)
        self._characters += characters
        cells = (self._last[0] + 1) * (self._last[1] + 1)
        large = beyond(cells, self._characters)
        if large is not None:
            raise self._refused(*large)

    def _value(
        self,
        sheet: OpenSheet,
        place: tuple[int, int],
        attributes: dict[str, str],
        printed: str,
    ) -> str:
        """Return the text of a cell: a number in plain digits, a date in ISO 8601."""
        kind, formula = attributes.get("value-type"), attributes.get("formula")
        sheet.has_formulas |= formula is not None
        if formula is not None and kind is None and len(sheet.unread) < _SHOWN:
            sheet.unread[place] = formula[:_SHOWN]
        if kind in _NUMBERS:
            return self._number(sheet, place, attributes.get("value", ""), kind)
        if kind == "date":
            return attributes.get("date-value", printed).removesuffix("T00:00:00")
        if kind == "boolean":
            return attributes.get("boolean-value", printed).upper()
        return attributes.get("string-value", printed)

    def _number(
        self, sheet: OpenSheet, place: tuple[int, int], value: str, kind: str | None
    ) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("nan")
        expected = expected_number(number)
        if expected is not None:
            if len(sheet.odd) < _SHOWN:
                sheet.odd[place] = value[:_SHOWN], expected
            return value[:_SHOWN]
        if number.adjusted() < -_SHOWN:
            return "0"
        return percent(number) if kind == "percentage" else f"{canonical(number):f}"

    def _refused(self, problem: Message | str, expected: Message) -> InvalidInput:
        title = self.made[-1].name if self.made else ""
        place = f"{title}!{column_name(self._column)}{self._row + 1}"
        where = message("place.file_part", file=self.file, part=place)
        return InvalidInput(where, problem, expected)

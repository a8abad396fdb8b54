"""A grid of cells with their names: what a sheet or a table file is read into."""

from decimal import Decimal
from typing import Any, Final

from attrs import field, frozen

from ledger.domain.finding import Text
from ledger.messages import Message

MOST_CELLS: Final = 1_000_000
"""Most cells from the first of a sheet or table to the last that holds anything."""

LONGEST_CELL: Final = 32_767
"""Excel's own limit."""


@frozen
class Grid:
    """
    Rows of texts, empty where a cell is.

    Attributes:
        name: Of the sheet; empty for a file that has none.

        merged: Of each merged area its first row and column, and its last.

        lines: Of each row the line in the file, where it has lines.

        named: Of each row its place, where it is neither a line nor a row of a sheet.

        unread: Cells whose formula has no value, by row and column: what stands there.

        odd: Cells of numbers that cannot be right: what stands there, and what would be
            right.
    """

    rows: list[list[str]]
    name: str = ""
    merged: dict[tuple[int, int], tuple[int, int]] = field(factory=dict)
    lines: list[int] = field(factory=list)
    named: list[Text] = field(factory=list)
    unread: dict[tuple[int, int], str] = field(factory=dict)
    odd: dict[tuple[int, int], tuple[str, Message]] = field(factory=dict)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, without blanks around it."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column].strip()
        return ""

    def place(self, row: int, column: int | None = None) -> Text:
        """Return the name of a cell or row, as ``Sheet1!C7``, or ``line 7``."""
        if self.named:
            return self.named[row]
        if not self.name:
            return str(self.lines[row] if self.lines else row + 1)
        letters = "" if column is None else column_name(column)
        return f"{self.name}!{letters}{row + 1}"

    def last_column(self, row: int, column: int) -> int:
        """Return the last column of the cell at a place, merged or not."""
        return self.merged.get((row, column), (row, column))[1]


def column_name(column: int) -> str:
    """
    Return the letters of a column counted from 0.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """
    Return the number of a column, counted from 0.

    >>> column_number("A"), column_number("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def as_text(value: Any) -> str:
    """
    Return a cell's value as text; numbers in plain digits, dates in ISO 8601.

    A workbook holds numbers as floats: 0.1 is taken as it prints.

    >>> as_text(20.0), as_text(0.1), as_text(None)
    ('20', '0.1', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        number = Decimal(repr(value))
        if not number.is_finite():
            return str(value)
        whole = number == number.to_integral_value()
        return str(int(number)) if whole else f"{number:f}"
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)

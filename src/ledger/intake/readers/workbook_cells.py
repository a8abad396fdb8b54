"""What the cells of a sheet hold, counted before a sheet is taken into memory."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from attrs import define, field

from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import EXACTLY
from ledger.intake.readers.grid import (
    LONGEST_CELL,
    MOST_CELLS,
    column_name,
    column_number,
)
from ledger.messages import Message, message

MOST_TEXT: Final = 20_000_000
"""Characters on a sheet, where one stored text may stand in any number of cells."""

SHOWN: Final = 100
"""Cells that cannot be read, or characters of one, that are kept to be shown."""

_DIGITS: Final = 15
"""Digits that a cell of numbers keeps."""
_PERCENT: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|(?P<percent>%)')
_PERCENT_IDS: Final = frozenset({9, 10})
"""The formats 0 % and 0.00 %, which no workbook needs to describe."""
_PLACE: Final = re.compile(r"(?P<letters>[A-Za-z]{1,3})(?P<row>[1-9][0-9]{0,6})")


@define
class SheetFacts:
    """
    What is known of a sheet before it is read.

    Attributes:
        has_formulas: Whether cells of it are computed.

        unread: Cells whose formula has no value, by row and column: what stands there.

        odd: Cells of numbers that cannot be right: what stands there, and what would be
            right.

        percents: Numbers that are shown as percents, as they are shown.
    """

    has_formulas: bool = False
    unread: dict[tuple[int, int], str] = field(factory=dict)
    odd: dict[tuple[int, int], tuple[str, Message]] = field(factory=dict)
    percents: dict[tuple[int, int], str] = field(factory=dict)


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition(":")[2]


def told(
    start: Callable[..., object],
    end: Callable[..., object],
    text: Callable[..., object],
) -> dict[str, Callable[..., object]]:
    """Return handlers by the names that a parser of XML has for them."""
    return {
        "StartElementHandler": start,
        "EndElementHandler": end,
        "CharacterDataHandler": text,
    }


def beyond(cells: int, characters: int) -> tuple[Message, Message] | None:
    """
    Return what is too large of a sheet, and what would be right; ``None`` if nothing.

    Args:
        cells: From its first cell to the last one that holds anything.

        characters: On all of it.
    """
    if cells > MOST_CELLS:
        excess = message("found.far_cell", cells=cells)
        return excess, message("expected.at_most", most=MOST_CELLS)
    if characters > MOST_TEXT:
        excess = message("found.more_characters", most=MOST_TEXT)
        return excess, message("expected.smaller_sheet")
    return None


def expected_number(number: Decimal) -> Message | None:
    """Return what would be right in the place of a number that cannot be."""
    if not number.is_finite():
        return message("expected.finite_number")
    if number.adjusted() >= _DIGITS:
        return message("expected.long_number_as_text", digits=_DIGITS)
    return None


def percent(number: Decimal) -> str:
    """Return a number as a percentage is shown."""
    shown = f"{EXACTLY.multiply(number, 100):f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


def shows_percent(code: str) -> bool:
    """
    Return whether a format shows a number as a percent.

    >>> shows_percent("0.00%"), shows_percent('0.00"%"')
    (True, False)
    """
    return any(found["percent"] for found in _PERCENT.finditer(code))


@define
class Strings:
    """The lengths of the texts that the cells of a workbook share."""

    name: str
    lengths: list[int] = field(factory=list)
    _length: int = 0

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what a parser tells of the shared texts."""
        return {"EndElementHandler": self._end, "CharacterDataHandler": self._text}

    def _text(self, text: str) -> None:
        self._length += len(text)

    def _end(self, tag: str) -> None:
        if local(tag) != "si":
            return
        if self._length > LONGEST_CELL:
            raise InvalidInput(
                message(
                    "place.file_text", file=self.name, number=len(self.lengths) + 1
                ),
                message("found.long_cell", length=self._length),
                message("expected.at_most", most=LONGEST_CELL),
            )
        self.lengths.append(self._length)
        self._length = 0


@define
class Styles:
    """Which styles of cells show a number as a percent."""

    percents: set[int] = field(factory=set)
    _formats: set[int] = field(factory=lambda: set(_PERCENT_IDS))
    _count: int = -1
    _inside: bool = False

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what a parser tells of the styles."""
        return {"StartElementHandler": self._start, "EndElementHandler": self._end}

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        number = attributes.get("numFmtId", "")
        known = int(number[:9]) if number.isdecimal() else -1
        if tag == "numFmt":
            code = attributes.get("formatCode", "")
            if shows_percent(code):
                self._formats.add(known)
            else:
                self._formats.discard(known)
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self._count += 1
            if known in self._formats:
                self.percents.add(self._count)

    def _end(self, tag: str) -> None:
        if local(tag) == "cellXfs":
            self._inside = False


@define
class Cells:
    """
    Reads where the cells of a sheet are, and which have no value.

    Attributes:
        lengths: Of the texts that the cells of the workbook share.

        percent_styles: The numbers of the styles that show a number as a percent.
    """

    name: str
    title: str
    lengths: list[int]
    percent_styles: frozenset[int] = frozenset()
    facts: SheetFacts = field(factory=SheetFacts)
    _row: int = -1
    _column: int = -1
    _last: tuple[int, int] = (-1, -1)
    _kind: str = ""
    _style: str = "0"
    _formula: str | None = None
    _value: str | None = None
    _inside: str = ""
    _characters: int = 0

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what a parser tells of a sheet."""
        return told(self._start, self._end, self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = local(tag)
        if tag == "c":
            if "r" in attributes:
                self._row, self._column = self._place(attributes["r"])
            else:
                self._column += 1
            self._kind = attributes.get("t", "n")
            self._style = attributes.get("s", "0")
            self._formula = self._value = None
        elif tag == "row":
            row = attributes.get("r")
            self._row = self._row + 1 if row is None else self._place(f"A{row}")[0]
            self._column = -1
        elif tag == "f":
            self._inside, self._formula = tag, ""
        elif tag in {"v", "is"}:
            self._inside, self._value = tag, ""

    def _place(self, text: str) -> tuple[int, int]:
        place = _PLACE.fullmatch(text)
        if place is None:
            sheet = message("place.file_part", file=self.name, part=self.title)
            raise InvalidInput(sheet, text, message("expected.cell_name"))
        return int(place["row"]) - 1, column_number(place["letters"])

    def _text(self, text: str) -> None:
        if self._inside == "f":
            self._formula = f"{self._formula}{text}"[:SHOWN]
        elif self._inside:
            self._value = f"{self._value}{text}"
            if len(self._value) > LONGEST_CELL:
                found = message("found.longer_cell", most=LONGEST_CELL)
                raise self._refused(found, message("expected.shorter_text"))

    def _end(self, tag: str) -> None:
        tag = local(tag)
        if tag in {"f", "v", "is"}:
            self._inside = ""
        elif tag == "c" and (self._formula is not None or self._value is not None):
            self._hold()

    def _hold(self) -> None:
        """Take a cell that holds anything."""
        row, column = self._row, self._column
        self._last = max(self._last[0], row), max(self._last[1], column)
        cells = (self._last[0] + 1) * (self._last[1] + 1)
        value = self._value or ""
        self._characters += len(value)
        if self._kind == "s" and value:
            known = value.isdecimal() and int(value) < len(self.lengths)
            if not known:
                raise self._refused(
                    message("found.text_number", number=value),
                    message("expected.text_of_workbook"),
                )
            self._characters += self.lengths[int(value)]
        large = beyond(cells, self._characters)
        if large is not None:
            raise self._refused(*large)
        if self._formula is not None:
            self.facts.has_formulas = True
        if self._kind == "n" and value:
            self._look(value, (row, column))
        computed = self._formula is None or value or self._kind == "str"
        unread = self.facts.unread
        if (self._kind == "e" or not computed) and len(unread) < SHOWN:
            unread[row, column] = value or f"={self._formula}"

    def _look(self, value: str, cell: tuple[int, int]) -> None:
        """Look at a number: whether it is one, is whole, and how it is shown."""
        is_percent = self._style.isdecimal() and int(self._style) in self.percent_styles
        if len(value) < _DIGITS and value.isdecimal() and not is_percent:
            return
        try:
            stored = float(value)
        except ValueError:
            return  # What reads the cells refuses it.
        if not is_percent and abs(stored) < 10**_DIGITS:
            return  # As most are.
        number = Decimal(repr(stored))
        expected = expected_number(number)
        if expected is not None:
            if len(self.facts.odd) < SHOWN:
                self.facts.odd[cell] = value[:SHOWN], expected
        elif is_percent and len(self.facts.percents) < MOST_CELLS:
            self.facts.percents[cell] = percent(number)

    def _refused(self, found: Message, expected: Message) -> InvalidInput:
        place = f"{self.title}!{column_name(self._column)}{self._row + 1}"
        where = message("place.file_part", file=self.name, part=place)
        return InvalidInput(where, found, expected)

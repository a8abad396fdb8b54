"""Workbooks of old Excel (.xls): their sheets as grids."""

import io
import struct
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from ledger.domain.errors import InvalidInput
from ledger.domain.progress import Progress, silent, watched
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import LONGEST_CELL, Grid, as_text, column_name
from ledger.intake.readers.workbook_cells import (
    SHOWN,
    beyond,
    expected_number,
    percent,
    shows_percent,
)
from ledger.messages import Message, message

BROKEN: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CompDocError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    XLRDError,
)
"""What a workbook that is damaged on purpose may raise in its reader."""


def grids(source: Source, raw: bytes, progress: Progress = silent) -> Iterator[Grid]:
    """
    Yield the sheets that hold anything, each as it is asked for.

    Raises:
        InvalidInput: It is no workbook, has a password, is damaged or too large.
    """
    name = source.name
    try:
        book = xlrd.open_workbook(
            file_contents=raw,
            logfile=io.StringIO(),  # It would write to where this process answers.
            formatting_info=True,
            on_demand=True,
            ragged_rows=True,
        )
        for number in watched(range(book.nsheets), progress, book.nsheets):
            grid = _grid(book, book.sheet_by_index(number), name)
            book.unload_sheet(number)
            if grid.rows:
                yield grid
    except BROKEN as problem:
        raise InvalidInput(
            name,
            message("found.broken_workbook", problem=str(problem)),
            message("expected.xlsx_without_password"),
        ) from problem


def _grid(book: xlrd.Book, sheet: xlrd.sheet.Sheet, file: str) -> Grid:
    grid = Grid([], sheet.name)
    last, characters = (-1, -1), 0
    for row in range(sheet.nrows):
        texts: list[str] = []
        for column in range(sheet.row_len(row)):
            text = _text(book, sheet.cell(row, column), grid, (row, column))
            texts.append(text)
            if not text:
                continue
            last = row, max(last[1], column)
            characters += len(text)
            large = beyond((last[0] + 1) * (last[1] + 1), characters)
            if len(text) > LONGEST_CELL:
                excess = message("found.longer_cell", most=LONGEST_CELL)
                large = excess, message("expected.shorter_text")
            if large is not None:
                part = f"{sheet.name}!{column_name(column)}{row + 1}"
                place = message("place.file_part", file=file, part=part)
                raise InvalidInput(place, *large)
        grid.rows.append(texts)
    del grid.rows[last[0] + 1 :]
    for row, below, column, beside in sheet.merged_cells:
        if row <= last[0] and column <= last[1]:
            grid.merged[row, column] = below - 1, beside - 1
    return grid


def _text(
    book: xlrd.Book, cell: xlrd.sheet.Cell, grid: Grid, place: tuple[int, int]
) -> str:
    """Return the text of a cell: a number in plain digits, a date in ISO 8601."""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return _number(book, cell, grid, place)
    if cell.ctype == xlrd.XL_CELL_DATE:
        day = xlrd.xldate_as_datetime(float(cell.value), book.datemode)
        return day.isoformat().removesuffix("T00:00:00")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return as_text(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR and len(grid.unread) < SHOWN:
        grid.unread[place] = xlrd.error_text_from_code.get(int(cell.value), "#")
    return ""


def _number(
    book: xlrd.Book, cell: xlrd.sheet.Cell, grid: Grid, place: tuple[int, int]
) -> str:
    number = Decimal(repr(float(cell.value)))
    expected: Message | None = expected_number(number)
    if expected is not None:
        if len(grid.odd) < SHOWN:
            grid.odd[place] = as_text(cell.value), expected
        return as_text(cell.value)
    style = book.xf_list[cell.xf_index or 0]
    if shows_percent(book.format_map[style.format_key].format_str):
        return percent(number)
    return as_text(cell.value)

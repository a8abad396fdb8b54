"""Workbooks (.xlsx, .ods) and Word documents: their sheets or tables as grids."""

import io
from collections.abc import Iterator, Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
)

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import finding
from ledger.domain.progress import Progress, silent, watched
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid, as_text
from ledger.intake.readers.open_document import OpenSheet
from ledger.intake.readers.workbook_cells import SheetFacts
from ledger.intake.readers.workbook_parts import checked, open_sheets, word_tables
from ledger.messages import message


def grids(source: Source, raw: bytes, progress: Progress = silent) -> Iterator[Grid]:
    """
    Yield the sheets or tables that hold anything, each as it is asked for.

    Formulas are taken by the value that was last computed, with a finding.

    Raises:
        InvalidInput: It is no workbook, has a password, or is too large.
    """
    name = source.name
    own = open_sheets(raw, name)
    if own is not None:
        yield from _open_grids(source, own, progress)
        return
    word = word_tables(raw, name)
    if word is not None:
        yield from watched(word, progress, len(word))
        return
    sheets = checked(raw, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        titles = book.sheet_names
        for number, title in watched(enumerate(titles), progress, len(titles)):
            sheet = book.get_sheet_by_index(number)
            facts = sheets.get(title, SheetFacts())
            if facts.has_formulas:
                _say_formulas(source, title)
            if sheet.total_height and sheet.total_width:
                yield _grid(sheet, facts)
    except PasswordError as problem:
        raise InvalidInput(
            name,
            message("found.workbook_with_password"),
            message("expected.one_without"),
        ) from problem
    except CalamineError as problem:
        raise InvalidInput(
            name,
            message("found.broken_workbook", problem=str(problem)),
            message("expected.workbook_that_opens"),
        ) from problem


def _open_grids(
    source: Source, sheets: Sequence[OpenSheet], progress: Progress
) -> Iterator[Grid]:
    """Yield the sheets of an OpenDocument file that hold anything."""
    for sheet in watched(sheets, progress, len(sheets)):
        if sheet.has_formulas:
            _say_formulas(source, sheet.name)
        if sheet.cells:
            yield sheet.grid()


def _say_formulas(source: Source, title: str) -> None:
    expected = message("expected.values")
    source.say("", finding("workbook.formulas", expected=expected, sheet=title))


def _grid(sheet: CalamineSheet, facts: SheetFacts) -> Grid:
    rows = [[as_text(v) for v in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), shown in facts.percents.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown
    return Grid(
        rows,
        sheet.name,
        dict(sheet.merged_cell_ranges or []),
        unread=facts.unread,
        odd=facts.odd,
    )

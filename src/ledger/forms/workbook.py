"""Workbooks (.xlsx): their sheets as grids, held to sizes that memory can bear."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
)

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import note
from ledger.forms.grid import Grid, as_text
from ledger.forms.source import Source

LARGEST_UNPACKED: Final = 300_000_000
MOST_CELLS: Final = 3_000_000
LONGEST_CELL: Final = 32_767
"""Excel's own limit."""

_FORMULA = re.compile(rb"<f[ >/]")
_DOCUMENTS: Final = {
    "word/document.xml": ("a Word file", "the form as .pdf, .xlsx or text"),
    "ppt/presentation.xml": ("a presentation", "the form as .pdf, .xlsx or text"),
    "content.xml": ("an OpenDocument file", "the file saved as .xlsx"),
}


def grids(source: Source, raw: bytes) -> Iterator[Grid]:
    """
    Yield the sheets of a workbook that hold anything.

    Formulas are taken by the value that was last computed, and that is said.

    Raises:
        InvalidInput: It is no workbook, has a password, or is too large.
    """
    name = source.name
    formulas = _checked(raw, name)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        for number, sheet_name in enumerate(book.sheet_names):
            sheet = book.get_sheet_by_index(number)
            if sheet.total_height and sheet.total_width:
                yield _grid(sheet, sheet_name, name)
    except PasswordError as problem:
        raise InvalidInput(
            name, "a workbook with a password", "one without"
        ) from problem
    except CalamineError as problem:
        raise InvalidInput(
            name, f"a broken workbook: {problem}", "a workbook that opens"
        ) from problem
    for sheet_file in formulas:
        source.say(
            "",
            note(
                "workbook.formulas",
                f"{sheet_file} has formulas; their last computed values are read",
                expected="values",
            ),
        )


def _checked(raw: bytes, name: str) -> list[str]:
    """Hold a zip file to being a workbook of a bearable size; name formula sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = archive.namelist()
            for inner, (kind, right) in _DOCUMENTS.items():
                if inner in names:
                    raise InvalidInput(name, kind, right)
            if "xl/workbook.xml" not in names:
                raise InvalidInput(name, "a zip file", "a workbook (.xlsx)")
            size = sum(each.file_size for each in archive.infolist())
            if size > LARGEST_UNPACKED:
                raise InvalidInput(
                    name,
                    f"a workbook that unpacks to {size} bytes",
                    f"at most {LARGEST_UNPACKED}",
                )
            return [
                each
                for each in names
                if each.startswith("xl/worksheets/sheet")
                and _has_formula(archive, each)
            ]
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        RuntimeError,
    ) as problem:
        raise InvalidInput(
            name, f"a broken zip file: {problem}", "a workbook"
        ) from problem


def _has_formula(archive: zipfile.ZipFile, name: str) -> bool:
    before = b""
    with archive.open(name) as file:
        while chunk := file.read(1_000_000):
            if _FORMULA.search(before + chunk):
                return True
            before = chunk[-4:]
    return False


def _grid(sheet: CalamineSheet, sheet_name: str, name: str) -> Grid:
    cells = sheet.total_height * sheet.total_width
    if cells > MOST_CELLS:
        raise InvalidInput(
            f"{name}, {sheet_name}", f"{cells} cells", f"at most {MOST_CELLS}"
        )
    rows = [[as_text(v) for v in row] for row in sheet.to_python(skip_empty_area=False)]
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if len(text) > LONGEST_CELL:
                place = Grid([], sheet_name).place(r, c)
                raise InvalidInput(
                    f"{name}, {place}",
                    f"a cell of {len(text)} characters",
                    f"at most {LONGEST_CELL}",
                )
    merged = dict(sheet.merged_cell_ranges or [])
    return Grid(rows, sheet_name, merged)

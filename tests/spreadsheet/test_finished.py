"""Finished sheets: lighter in memory, and the same in the file."""

import zipfile
from decimal import Decimal
from io import BytesIO

from ledger import Settings
from ledger.spreadsheet.cells import Book, Formula
from ledger.spreadsheet.finished import lighten

_VALUES = (None, None, "a", "a", Decimal(0), Decimal("-0"), Formula("=1", Decimal(1)))


def written(*, light):
    """Return a workbook of two sheets alike, and these."""
    book = Book(Settings())
    sheets = [book.sheet("one"), book.sheet("two")]
    for sheet in sheets:
        sheet.merge((0, 0), (1, 6), "text")
        for column, value in enumerate(_VALUES):
            sheet.put(2, column, value, "number")
        if light:
            lighten(sheet)
    return book, [sheet.sheet for sheet in sheets]


def parts(book):
    """Return what a workbook holds, but for when it was made."""
    with zipfile.ZipFile(BytesIO(book.close())) as archive:
        names = [name for name in archive.namelist() if "core" not in name]
        return {name: archive.read(name) for name in names}


def test_a_finished_sheet_is_written_as_any():
    """Byte for byte, zeros of either sign too."""
    light, plain = (parts(written(light=one)[0]) for one in (True, False))
    assert light == plain


def test_equal_cells_of_a_workbook_are_one():
    """Of all its sheets; a form of 800 would have half a million."""
    _, (one, two) = written(light=True)
    assert one.table[0][1] is one.table[1][6] is two.table[0][3]
    assert one.table[2][2] is two.table[2][3]
    assert one.merged_cells == {}

"""What a sheet that is finished still needs until its workbook is closed."""

from ledger.spreadsheet.cells import Sheet


def lighten(sheet: Sheet) -> None:
    """
    Let a finished sheet take less memory: nothing is written into it any more.

    Cells of a workbook that are equal, as most blank ones are, become one. Numbers stay
    as they are, since 0 and −0 are equal and not printed alike. What keeps merged areas
    apart, an entry a cell, is forgotten.
    """
    sheet.sheet.merged_cells.clear()
    shared = sheet.book.shared
    for row in sheet.sheet.table.values():
        for column, cell in row.items():
            if not isinstance(cell[0], float):
                row[column] = shared.setdefault((type(cell), cell), cell)

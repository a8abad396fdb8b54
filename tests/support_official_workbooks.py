"""Official workbooks, read back cell by cell."""

from datetime import date

from support_office import cells

JUNE = date(2023, 6, 30)


def written(report, tmp_path, name, **more):
    """Write a workbook, and return the cells of each sheet."""
    path = tmp_path / f"{name}.xlsx"
    report.write(path, **more)
    return cells(path)


def full(rows):
    """Return rows without their empty cells, and without empty rows."""
    kept = ([cell for cell in row if cell != ""] for row in rows)
    return [row for row in kept if row]

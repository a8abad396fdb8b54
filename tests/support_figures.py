"""Heads of tables, read back from what was written."""

import csv
import io

from openpyxl import load_workbook


def heads(text):
    """Return the heads of a table."""
    return next(csv.reader(io.StringIO(text)))


def sheet_heads(path):
    """Return the heads of each sheet of a report's workbook."""
    return [
        [cell.value.split(" (")[0] for cell in sheet[2]]
        for sheet in load_workbook(path)
    ]

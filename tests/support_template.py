"""Projects of the templates that tests write, fill in and read."""

import io
from datetime import date

import xlsxwriter
from python_calamine import CalamineWorkbook

from ledger import Settings
from ledger.intake.templates.events import (
    TemplateIndicator,
    TemplateProject,
)

SETTINGS = Settings()
MARCH = date(2023, 3, 5)
TRAINED, CONTENT, DONE = "开展就业培训数", "满意率", "完成时间"
PROJECTS_OF_TEST = [
    TemplateProject(
        "P-1",
        "=1+1",
        [
            TemplateIndicator(TRAINED, "≥10次", "sum", "次"),
            TemplateIndicator(CONTENT, "≥98%", "ratio", "%"),
            TemplateIndicator(DONE, "11月底前", "latest"),
        ],
    ),
    TemplateProject("P-2", "没有指标的项目"),
]


def contents(file):
    """Return the sheets of a workbook, each a list of rows of cells as they are."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.read_bytes()))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def saved(file, sheets):
    """Save sheets as a spreadsheet program would: numbers and dates as such."""
    with xlsxwriter.Workbook(file) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for name, rows in sheets.items():
            made = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        made.write_datetime(r, c, value, day)
                    elif isinstance(value, str):
                        made.write_string(r, c, value)
                    elif value is not None:
                        made.write_number(r, c, value)
    return file


def named(rows, row, **cells):
    """Set cells of a row by the names of their columns."""
    head = [label.split()[-1] for label in rows[0]]
    while len(rows) <= row:
        rows.append([""] * len(head))
    for name, value in cells.items():
        rows[row][head.index(name)] = value

"""Projects of the templates that tests write, fill in and read."""

import io
from datetime import date

import xlsxwriter
from python_calamine import CalamineWorkbook

from ledger import Settings
from ledger.intake.column_heads import EVENT, fields_by_head, plain
from ledger.intake.templates.events import events_template
from ledger.intake.templates.forms import forms_template
from ledger.intake.templates.shown import TemplateIndicator, TemplateProject
from ledger.messages import Language, message

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


def sheet(name, language=Language.CHINESE):
    """Return the name of a sheet of a template in a language."""
    return message(f"template.sheet.{name}").said(language)


RESULTS, DISBURSEMENTS = sheet("results"), sheet("disbursements")
"""Of a template in Chinese, as that of a ledger in yuan."""


def month_template(file, projects=PROJECTS_OF_TEST, settings=SETTINGS, language=None):
    """Write the template of the month of tests, by default in the ledger's language."""
    spoken = settings.language if language is None else language
    events_template(file, projects, month=MARCH, settings=settings, language=spoken)
    return file


def empty_forms(file, settings=SETTINGS, language=None):
    """Write the template of forms, by default in the ledger's language."""
    spoken = settings.language if language is None else language
    forms_template(file, settings, spoken)
    return file


def named(rows, row, **cells):
    """Set cells of a row by the names of their columns, whatever the language."""
    head = [fields_by_head(EVENT).get(plain(label), label) for label in rows[0]]
    while len(rows) <= row:
        rows.append([""] * len(head))
    for name, value in cells.items():
        rows[row][head.index(name)] = value

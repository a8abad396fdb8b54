"""Spreadsheets in the OpenDocument format, as LibreOffice and WPS save them."""

import time
import zipfile

import pytest

from ledger import InvalidInput
from ledger.intake.readers.file_kinds import tables

pytestmark = pytest.mark.usefixtures("in_this_process")

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)
EMPTY = '<table:table-cell table:number-columns-repeated="{times}"/>'


def saved(folder, *sheets, name="a.ods"):
    """Save sheets, each a name and its rows in XML."""
    body = "".join(
        f'<table:table table:name="{title}">{rows}</table:table>'
        for title, rows in sheets
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return path


def row(*cells, times=1):
    """Return a row of cells, repeated."""
    return (
        f'<table:table-row table:number-rows-repeated="{times}">'
        f"{''.join(cells)}</table:table-row>"
    )


def cell(text="", kind="string", **attributes):
    """Return a cell as it is stored: what it shows, and its value."""
    own = "".join(
        f' {"table" if key in TABLE else "office"}:{key.replace("_", "-")}="{value}"'
        for key, value in attributes.items()
    )
    shown = f"<text:p>{text}</text:p>" if text else ""
    typed = f' office:value-type="{kind}"' if kind else ""
    return f"<table:table-cell{typed}{own}>{shown}</table:table-cell>"


TABLE = {
    "formula",
    "number_columns_repeated",
    "number_columns_spanned",
    "number_rows_spanned",
}


def test_each_kind_of_cell_is_read_as_from_a_workbook(tmp_path):
    """Numbers exact, percents as shown, days in ISO, notes and blanks aside."""
    cells = [
        cell("项目"),
        cell("1,234.50", "float", value="1234.5"),
        cell("98%", "percentage", value="0.98"),
        cell("2024年1月5日", "date", date_value="2024-01-05T00:00:00"),
        cell("￥3.00", "currency", value="3"),
        cell("TRUE", "boolean", boolean_value="true"),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>note'
            '</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p>'
            "<text:p>c</text:p></table:table-cell>"
        ),
    ]
    (grid,) = tables(saved(tmp_path, ("表", row(*cells)), ("空", row(cell(kind="")))))
    assert grid.name == "表"
    assert grid.rows == [
        ["项目", "1234.5", "98%", "2024-01-05", "3", "TRUE", "a  b\nc"],
    ]


def test_what_is_repeated_or_merged_stands_where_it_is_shown(tmp_path):
    """A million empty columns or rows at the end are none."""
    rows = (
        row(
            cell("a", number_columns_repeated=2, number_columns_spanned=1),
            cell("b", number_columns_spanned=2, number_rows_spanned=2),
            "<table:covered-table-cell/>",
            EMPTY.format(times=1_048_574),
            times=2,
        ),
        row(EMPTY.format(times=16_000), times=1_000_000),
        row(cell("c"), times=1),
    )
    began = time.perf_counter()
    with pytest.raises(InvalidInput, match="so far out"):
        tables(saved(tmp_path, ("S", "".join(rows))))
    (grid,) = tables(saved(tmp_path, ("S", "".join(rows[:2]))))
    assert time.perf_counter() - began < 5
    assert grid.rows == [["a", "a", "b"], ["a", "a", "b"]]
    assert grid.merged == {(0, 2): (1, 3)}


def test_what_cannot_be_believed_is_kept_apart(tmp_path):
    """A code of 17 digits as a number, a formula without a value."""
    cells = (
        cell("1E17", "float", value="12345678901234567"),
        cell(kind="", formula="of:=[.A1]+1"),
    )
    (grid,) = tables(saved(tmp_path, ("S", row(*cells, cell("x")))))
    assert grid.odd[0, 0][0] == "12345678901234567"
    assert grid.unread == {(0, 1): "of:=[.A1]+1"}


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("x", number_columns_repeated=16_000_000)),
        row(cell("x"), times=16_000_000),
        row(cell("x", number_columns_repeated="9" * 20)),
        row(cell("x", number_columns_repeated="-1")),
        row(cell("x" * 40_000)),
        "<table:table-row>" * 200,
    ],
)
def test_a_hostile_sheet_is_refused_at_once(tmp_path, rows):
    """Cells without end, texts without end, broken XML: never a traceback."""
    began = time.perf_counter()
    with pytest.raises(InvalidInput):
        tables(saved(tmp_path, ("S", rows)))
    assert time.perf_counter() - began < 5


def test_a_text_document_is_refused_by_what_it_is(tmp_path):
    """It has a content, and no sheet."""
    with pytest.raises(InvalidInput, match="OpenDocument"):
        tables(saved(tmp_path, name="a.odt"))


def test_a_form_in_it_is_imported_as_from_a_workbook(ledger, tmp_path):
    """The template of forms, cell by cell."""
    book = tmp_path / "forms.xlsx"
    ledger.forms_template(book)
    every = tables(book)
    sheets = [
        (
            grid.name,
            "".join(row(*(cell(text) for text in texts)) for texts in grid.rows),
        )
        for grid in every
    ]
    again = tables(saved(tmp_path, *sheets))
    assert [(grid.name, grid.rows) for grid in again if any(map(any, grid.rows))] == [
        (grid.name, [[*texts] for texts in grid.rows]) for grid in every
    ]

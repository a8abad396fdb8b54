"""Workbooks that are meant to do harm, or made by hand: read, or refused in words."""

import io
import re

import pytest
import xlsxwriter

from ledger import InvalidInput, Ledger
from support import form, forms
from support_hostile import (
    ONE,
    SHEET,
    STRINGS,
    accepted,
    altered,
    as_json,
    refusal,
    saved,
)
from support_workbooks import FLAT, as_csv, as_workbook, flat

pytestmark = pytest.mark.usefixtures("in_this_process")


# Workbooks


def with_formula(formula, *, kept):
    """Return a flat table whose budget is computed; *kept* is its last value."""

    def change(sheet):
        cell = sheet.index(b'<c r="F2"')
        end = sheet.index(b"</c>", cell)
        return (
            sheet[:cell]
            + f'<c r="F2"{kept[0]}><f>{formula}</f>{kept[1]}'.encode()
            + sheet[end:]
        )

    return altered(as_workbook(flat(ONE, repeat=False)), SHEET, change)


def test_a_formula_with_a_value_is_read_and_said(tmp_path):
    """The value that was last computed stands; it is not computed again."""
    content = with_formula("15*2", kept=("", "<v>30</v>"))
    found, (event,) = accepted(saved(tmp_path, content))
    assert sum(part.amount for part in event.amounts) == 30_000_000
    assert "Sheet1 has formulas" in str(
        [f.message for f in found if f.code == "workbook.formulas"]
    )


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (("", ""), "=15*2"),
        (("", "<v></v>"), "=15*2"),
        ((' t="e"', "<v>#DIV/0!</v>"), "#DIV/0!"),
    ],
)
def test_a_formula_without_a_value_is_an_error(tmp_path, kept, shown):
    """An empty cell and one that was never computed must not look the same."""
    said = refusal(saved(tmp_path, with_formula("15*2", kept=kept)))
    assert "workbook.formula_unread" in said
    assert "Sheet1!F2" in said
    assert shown in said


def test_a_formula_without_a_value_in_a_workbook_of_events_is_an_error(tmp_path):
    """It would look like a row that nobody has filled in."""
    head = ["project", "indicator", "on", "value"]
    rows = [head, [form()["project_code"], "满意率", "2023-03-31", 98]]
    content = altered(
        as_workbook(rows),
        SHEET,
        lambda xml: xml.replace(b"<v>98</v>", b"<f>97+1</f><v></v>"),
    )
    file = saved(tmp_path, content)
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(forms())
        with pytest.raises(InvalidInput, match=r"Sheet1!D2: value: found '=97\+1'"):
            ledger.record(file)
        assert ledger.position == 1


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("kind", [BOMB, OUTSIDE])
@pytest.mark.parametrize("part", [SHEET, STRINGS, "xl/workbook.xml", "xl/styles.xml"])
def test_entities_in_a_workbook_are_refused(tmp_path, part, kind):
    """No program writes a document type into a workbook."""
    start = b"<?xml"
    content = altered(
        as_workbook(flat(ONE)),
        part,
        lambda xml: (
            xml[: xml.index(b"?>") + 2] + kind.encode() + xml[xml.index(b"?>") + 2 :]
            if xml.startswith(start)
            else xml
        ),
    )
    said = refusal(saved(tmp_path, content))
    assert part in said
    assert "entities" in said


def test_charts_comments_and_hidden_sheets_are_passed_over(tmp_path):
    """What a workbook holds beside its tables is no reason to refuse it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=表!$F$2:$F$4"})
    book.add_chartsheet("图").set_chart(chart)
    sheet = book.add_worksheet("表")
    for r, row in enumerate(flat(ONE)):
        sheet.write_row(r, 0, row)
    sheet.write_comment("A1", "按年")
    hidden = book.add_worksheet("隐藏")
    hidden.write_formula("A1", "=1/0", None, "#DIV/0!")
    hidden.hide()
    book.close()
    _, (event,) = accepted(saved(tmp_path, content.getvalue()))
    assert len(event.indicators) == 7


def test_a_sheet_that_only_claims_to_be_large_is_read(tmp_path):
    """What a sheet says of its size, and cells that only have a format, mean nothing."""

    def claim(sheet):
        sheet = sheet.replace(
            b'<dimension ref="A1:T8"/>', b'<dimension ref="A1:XFD1048576"/>'
        )
        assert b"XFD" in sheet
        row = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
        return sheet.replace(b"</sheetData>", row)

    _, (event,) = accepted(
        saved(tmp_path, altered(as_workbook(flat(ONE)), SHEET, claim))
    )
    assert len(event.indicators) == 7
    empty = altered(
        as_workbook([]),
        SHEET,
        lambda xml: xml.replace(b'ref="A1"', b'ref="A1:XFD1048576"'),
    )
    assert "a file whose tables are no forms" in refusal(saved(tmp_path, empty))


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c r = 'xfd1048576'><v>1</v></c></row>",
        '<row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_a_value_far_out_is_refused_before_the_sheet_is_taken(tmp_path, cell):
    """A reader would take memory for all cells up to it; the cell is named."""
    content = altered(
        as_workbook(flat(ONE)),
        SHEET,
        lambda xml: xml.replace(b"</sheetData>", f"{cell}</sheetData>".encode()),
    )
    said = refusal(saved(tmp_path, content))
    assert re.search(r"Sheet1!(XFD|A)1048576: found a cell so far out", said)


def test_one_long_text_in_many_cells_is_refused(tmp_path):
    """Stored once, it would be held in memory once for each cell."""
    rows = [["长" * 30_000] * 20 for _ in range(50)]
    assert "characters" in refusal(saved(tmp_path, as_workbook(rows)))


def test_a_text_that_the_workbook_does_not_have_is_refused(tmp_path):
    """A cell that names one stored text too many is named itself."""
    content = altered(
        as_workbook(flat(ONE)),
        SHEET,
        lambda xml: xml.replace(b"<v>1</v>", b"<v>999</v>"),
    )
    said = refusal(saved(tmp_path, content))
    assert "Sheet1!B1: found text 999" in said


@pytest.mark.parametrize("part", [SHEET, STRINGS])
def test_a_cell_of_a_million_characters_is_refused(tmp_path, part):
    """Whether the text stands in the sheet or beside it."""
    text = "长".encode() * 1_000_000
    if part == STRINGS:
        content = altered(
            as_workbook(flat(ONE)),
            part,
            lambda xml: xml.replace(b"<t>", b"<t>" + text, 1),
        )
    else:
        cell = (
            b'<row r="9"><c r="A9" t="inlineStr"><is><t>'
            + text
            + b"</t></is></c></row>"
        )
        content = altered(
            as_workbook(flat(ONE)),
            part,
            lambda xml: xml.replace(b"</sheetData>", cell + b"</sheetData>"),
        )
    said = refusal(saved(tmp_path, content))
    assert re.search("a cell of (more than 32767|10000[0-9]+) characters", said)


@pytest.mark.parametrize(
    "content",
    [
        as_csv(flat([{**ONE[0], "project_name": "长" * 1_000_000}], repeat=False)),
        as_csv(flat(ONE, columns={**FLAT, "备注": lambda _, __: "长" * 100_000})),
        as_json(form(project_name="长" * 1_000_000)),
    ],
)
def test_a_cell_of_a_million_characters_in_a_table_is_refused(tmp_path, content):
    """The message names the line or the field."""
    said = refusal(saved(tmp_path, content))
    assert re.search("line 2|project_name", said)
    assert len(said) < 1_000


def test_a_row_of_a_hundred_thousand_columns_is_read_quickly(tmp_path):
    """Columns that mean nothing cost little."""
    row = ",".join(["x"] * 100_000)
    said = refusal(saved(tmp_path, f"{row}\n" * 3))
    assert "forms.dat" in said

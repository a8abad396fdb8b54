"""Cells of workbooks whose numbers are not what they seem."""

import io

import openpyxl
import pytest
import xlsxwriter

from ledger import InvalidInput, Ledger
from ledger.intake.readers import isolated as apart
from ledger.intake.readers.form_source import Source
from support import form, forms


def by_xlsxwriter(rows):
    """Write rows of values, each with its format."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Sheet")
        for r, row in enumerate(rows):
            for c, (value, shown) in enumerate(row):
                sheet.write(r, c, value, book.add_format({"num_format": shown}))
    return file.getvalue()


def by_openpyxl(rows):
    """Write rows of values, each with its format, by another library."""
    book = openpyxl.Workbook()
    for r, row in enumerate(rows, start=1):
        for c, (value, shown) in enumerate(row, start=1):
            cell = book.active.cell(r, c, value)
            cell.number_format = shown
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def grid(raw):
    """Return the one sheet of a workbook."""
    (part,) = apart.read("workbook", Source("a.xlsx"), raw)
    return part.grid


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
@pytest.mark.parametrize(
    ("value", "shown", "read"),
    [
        (1, "0%", "100%"),
        (0.95, "0.00%", "95%"),
        (0.07, "0.0%", "7%"),
        (0.985, "0.0%;[Red]-0.0%", "98.5%"),
        (1, "General", "1"),
        (1, '0"%"', "1"),
        (12, "0", "12"),
        (0.1, "General", "0.1"),
        (123456789012345, "0", "123456789012345"),
    ],
)
def test_a_number_is_read_as_it_is_shown(write, value, shown, read):
    """A percent is a percent, whichever program wrote it."""
    found = grid(write([[("x", "General"), (value, shown)]] * 2))

    assert found.rows == [["x", read]] * 2
    assert found.odd == {}


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
@pytest.mark.parametrize("value", [13052923005840109336, 1e15, -1e20])
def test_a_number_that_lost_digits_is_told(write, value):
    """A code of twenty digits in a number cell keeps fifteen: it is no code."""
    found = grid(write([[("x", "General"), (value, "0")]] * 2))

    assert list(found.odd) == [(0, 1), (1, 1)]


def events(*rows):
    """Return a workbook of payments."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Sheet")
        sheet.write_row(0, 0, "type project on voucher amount".split())
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row):
                if str(value).startswith("="):
                    sheet.write_formula(r, c, value, None, "")
                else:
                    sheet.write(r, c, value)
    return file.getvalue()


def refused(tmp_path, content, name="events"):
    """Record a file; return what is said."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(forms(form()))
        with pytest.raises(InvalidInput) as caught:
            ledger.record(file)
        assert len(list(ledger.events())) == 1
    return str(caught.value)


def test_all_bad_cells_of_all_rows_are_told_in_one_round(tmp_path):
    """Formulas without values and rows with other faults are in one list."""
    code = form()["project_code"]
    said = refused(
        tmp_path,
        events(
            ["Disbursed", code, "2023-03-01", "V-1", "=#REF!"],
            ["Disbursed", code, "2023-03-01", "V-2", "a lot"],
            ["Disbursed", code, "2023-03-01", 20230311202303112, "=#REF!"],
            ["Disbursed", code, "March", "V-4", "1.00"],
        ),
    )

    for place in (
        "E2: amount",
        "Sheet!3: amount",
        "D4: voucher",
        "E4: amount",
        "5: on",
    ):
        assert place in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"type":"Disbursed","amount":"1","amount":"2"}', "'amount' twice"),
        ('{"type":"Disbursed","source":"a\\"b","on":"x","\\u006fn":"y"}', "'on' twice"),
        ("type,project\rDisbursed,A\n", "line 1"),
        ("type,project,project\n", "second column"),
        ('type,project\n"a"b,c\nDisbursed,B,1\n', "line 3"),
    ],
)
def test_a_line_that_can_be_read_in_two_ways_is_refused(tmp_path, text, said):
    """Which of two values holds, or where a line ends, is no guess."""
    assert said in refused(tmp_path, text)


def test_a_note_is_kept_or_refused(tmp_path):
    """A payment has no note: a file that gives one is told so."""
    code = form()["project_code"]
    line = f'{{"type":"Disbursed","project":"{code}","on":"2023-03-01","voucher":"V","amount":"1.00","note":"urgent"}}'

    assert "note" in refused(tmp_path, line)

"""Files that are broken, of another kind or made to do harm: refused, nothing written."""

import io
import random
import re
import zipfile

import pytest
import xlsxwriter

from support import form, forms
from support_hostile import (
    ONE,
    TEXT,
    accepted,
    as_json,
    refusal,
    saved,
)
from support_workbooks import FLAT, TRUTH, as_csv, as_workbook, flat

pytestmark = pytest.mark.usefixtures("in_this_process")


# Text


@pytest.mark.parametrize("place", range(1, 21))
def test_a_text_that_is_cut_off_is_refused(tmp_path, place):
    """Wherever the file ends early, it is said at the form that is not whole."""
    cut = TEXT[: len(TEXT) * place // 21].rstrip()
    said = refusal(saved(tmp_path, cut))
    assert re.search(r"no form|form\.invalid|text\.cut_off", said)
    assert "forms.dat" in said


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (TEXT.encode("utf-16-le"), "the first at byte|a zero at byte"),
        ("Les années passées à Besançon".encode("latin-1"), "byte 8"),
        (TEXT.encode()[:5_003], "the first at byte 500"),
        (TEXT.replace("就业", "就\0业").encode(), "a zero at byte"),
        (random.Random(1).randbytes(3_000), "byte 1"),
    ],
)
def test_bytes_in_no_known_encoding_are_refused(tmp_path, content, found):
    """The message says from which byte on they cannot be read, and what would be right."""
    said = refusal(saved(tmp_path, content))
    assert re.search(found, said)
    assert "UTF-8" in said


@pytest.mark.parametrize(
    ("encoding", "name"), [("gb18030", "GB18030"), ("utf-16", "UTF-16")]
)
def test_other_encodings_are_read_and_said(tmp_path, encoding, name):
    """What office programs save is read; that it is not UTF-8 is in the findings."""
    found, events = accepted(saved(tmp_path, TEXT.encode(encoding)))
    assert len(events) == 19
    assert [f.found for f in found if f.code == "text.encoding"] == [name]


def test_a_line_of_a_million_characters_is_refused(tmp_path):
    """The message names the line."""
    text = TEXT.replace("就业工作经费", "就" * 1_000_000, 1)
    line = text[: text.index("就就就")].count("\n") + 1
    assert f"line {line}: found a line of" in refusal(saved(tmp_path, text))


def test_a_table_of_words_without_end_is_refused(tmp_path):
    """The time that a form may take is bounded."""
    head = TEXT[TEXT.index(" 1.办公楼") :]
    rows = "产出指标\n数量指标\n" + "某项 工作\n≥10次 计划\n" * 3_000
    text = head[: head.index("产出指标")] + rows
    assert "words on" in refusal(saved(tmp_path, text))
    pages = "产出指标\n数量指标\n" + "某项 工作 ≥10次 计划\n 某 作 ≥9次 计划\n" * 100
    text = head[: head.index("产出指标")] + pages
    assert "pages" in refusal(saved(tmp_path, text))


# What is no file of forms


@pytest.mark.parametrize(
    ("start", "right"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "saved as .xlsx"),
        (b"{\\rtf1\\ansi form}", "saved as .txt"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "as a workbook or a table"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60, "as a workbook or a table"),
        (b"Rar!\x1a\x07\x01\x00", "the files that are in it"),
        (b"\x1f\x8b\x08\x00" + b"\0" * 60, "the files that are in it"),
        (b"SQLite format 3\x00" + b"\0" * 60, "a file of forms"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "saved as .xlsx"),
        (b'<?xml version="1.0"?><Workbook/>', "saved as .xlsx"),
    ],
)
def test_another_kind_of_file_is_named_with_what_to_do(tmp_path, start, right):
    """Whatever its name says."""
    said = refusal(saved(tmp_path, start, "forms.xlsx"))
    assert right in said
    assert "forms.xlsx" in said


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "a document without tables"),
        ("ppt/presentation.xml", "a presentation"),
        ("content.xml", "an OpenDocument file"),
        ("xl/workbook.bin", "a binary workbook"),
        ("forms.xlsx", "a zip file"),
    ],
)
def test_a_zip_file_that_is_no_workbook_is_named(tmp_path, part, kind):
    """A .docx is a zip file as well; the message says what each is."""
    file = tmp_path / "forms.xlsx"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(part, "<x/>")
    assert kind in refusal(file)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    """So is a folder."""
    assert "none.txt" in refusal(tmp_path / "none.txt")
    assert "a file that can be read" in refusal(tmp_path)


# Forms


def test_two_forms_with_one_code_are_refused_and_the_first_is_named(tmp_path):
    """In one file or in two: which of them holds would be a guess."""
    file = saved(tmp_path, as_json(form(), form("B"), form()))
    assert f"has a form already, in {file} › form 1" in refusal(file)
    one = saved(tmp_path, as_json(), "one.json")
    two = saved(
        tmp_path,
        as_csv(
            flat([{**TRUTH["projects"][0], "project_code": form()["project_code"]}])
        ),
        "two.csv",
    )
    said = refusal(one, two)
    assert f"{two}:2 › form 1" in said
    assert f"has a form already, in {one} › form 1" in said


def test_half_a_form_on_a_sheet_is_refused(tmp_path):
    """A form whose table is missing has nothing to be held to."""
    rows = [["项目编码", "A-1", "项目名称", "x"], ["预算数", 5], ["年度", 2023]]
    said = refusal(saved(tmp_path, as_workbook(rows)), fiscal_year=2023)
    assert "sheet.no_table" in said
    assert "Sheet1!1" in said


@pytest.mark.parametrize("value", ["30，00", "30.00万亿元", "三十", "1e2", "=15*2"])
def test_a_number_that_is_not_written_plainly_is_refused(tmp_path, value):
    """Nothing is guessed of an amount, whatever holds it."""
    given = [{**ONE[0], "budget": value}]
    for content in (
        as_csv(flat(given)),
        as_workbook([[str(c or "") for c in row] for row in flat(given)])
        if value[0] != "="
        else as_csv(flat(given), "\t"),
    ):
        said = refusal(saved(tmp_path, content))
        assert value in said
        assert "ASCII digits" in said


def test_a_date_that_is_a_serial_number_is_refused(tmp_path):
    """45000 may be a day of 2023 or of 2027; a cell with a date is read."""
    import datetime as dt

    def table(day):
        columns = {**FLAT, "批复日期": lambda _, __: day}
        return saved(tmp_path, as_workbook(flat(ONE, columns=columns)))

    said = refusal(table(45000))
    assert "Approved on: found '45000'; expected a date as YYYY-MM-DD" in said
    assert "45000" in refusal(forms(form(approved_on=45000)))
    _, (event,) = accepted(table("2023-01-10"))
    assert event.on == dt.date(2023, 1, 10)


def test_a_date_cell_is_read_as_its_day(tmp_path):
    """A workbook keeps dates as numbers with a format."""
    import datetime as dt

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
    columns = {**FLAT, "批复日期": lambda _, __: dt.date(2023, 1, 10)}
    for r, row in enumerate(flat(ONE, columns=columns)):
        for c, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(r, c, value, day)
            elif value is not None:
                sheet.write(r, c, value)
    book.close()
    _, (event,) = accepted(saved(tmp_path, content.getvalue()))
    assert event.on == dt.date(2023, 1, 10)


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK("http://example.com","click")',
        "+1+cmd|' /C calc'!A0",
        "名" * 300,
        "مشروع الطرق",
        "👩‍👩‍👧 饮水 💧",
        "<script>alert(1)</script>",
    ],
)
def test_odd_names_are_kept_as_they_are(tmp_path, name):
    """A name is text, whatever it looks like, from any kind of file."""
    given = [{**ONE[0], "project_name": name}]
    rows = flat(given)
    content = io.BytesIO()
    book = xlsxwriter.Workbook(
        content, {"strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for r, row in enumerate(rows):
        sheet.write_row(r, 0, row)
    book.close()
    for each in (as_csv(rows), content.getvalue(), as_json(form(project_name=name))):
        _, (event,) = accepted(saved(tmp_path, each))
        assert event.name == name


@pytest.mark.parametrize("column", ["财政资金", "3月底"])
def test_two_units_of_money_in_one_table_are_refused(tmp_path, column):
    """Whichever was taken, some amounts would be wrong by ten thousand."""
    columns = {
        f"{name}（元）" if name == column else name: cell for name, cell in FLAT.items()
    }
    said = refusal(saved(tmp_path, as_csv(flat(ONE, columns=columns))))
    assert f"{column}（元）" in said
    assert "万元, as before" in said

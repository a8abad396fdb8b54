"""Files that are broken, of another kind or made to do harm: refused, nothing written."""

import io
import json
import random
import re
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger
from ledger.domain.errors import LedgerError
from ledger.errors import ImportRefused
from ledger.intake.readers import isolated as apart
from support import form, forms
from support_workbooks import FLAT, TRUTH, as_csv, as_workbook, flat, form_sheets

TEXT = (Path(__file__).parents[1] / "data" / "julu-2023.txt").read_text("utf-8")
ONE = TRUTH["projects"][:1]
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


@pytest.fixture(autouse=True, scope="module")
def inside():
    """Read in this process: limits can be lowered, and a start is saved each time."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(apart, "can_start", lambda: False)
        yield


def saved(tmp_path, content, name="forms.dat"):
    """Write a file."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def as_json(*given, **document):
    """Return an interchange file."""
    return json.dumps(forms(*given, **document), ensure_ascii=False)


def altered(workbook, part, change):
    """Return *workbook* with one part changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def refusal(*sources, **more):
    """Import *sources* into a ledger that holds a project; return the refusal."""
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(forms(form("OTHER-1")))
        with pytest.raises(LedgerError) as raised:
            ledger.import_forms(*sources, **more)
        assert ledger.position == 1
    return str(raised.value)


def accepted(source, **more):
    """Import *source* into a fresh ledger; return the findings and the approvals."""
    with Ledger.open(":memory:", actor="a") as ledger:
        found = ledger.import_forms(source, **more)
        return found, [each.event for each in ledger.events()]


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
    assert f"line {line}: found 'a line of" in refusal(saved(tmp_path, text))


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
        ("word/document.xml", "a Word file"),
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


@pytest.mark.parametrize(
    "value", ["３０.00", "30，00", "30.00万元", "三十", "1e2", "=15*2"]
)
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
    assert "approved_on: found '45000'; expected a date as YYYY-MM-DD" in said
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
    assert "a workbook without forms" in refusal(saved(tmp_path, empty))


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
    assert re.search(r"Sheet1!(XFD|A)1048576: found 'a cell so far out", said)


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
    assert "Sheet1!B1: found 'text 999'" in said


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


# JSON


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("[" * 100_000 + "]" * 100_000, "without end"),
        ('{"projects":' + "[" * 100_000 + "]" * 100_000 + "}", "without end"),
        (as_json().replace('"budget"', '"budget": "1", "budget"'), "'budget' twice"),
        (as_json(form(project_name="XX")).replace("XX", "\\ud800"), "malformed"),
        (as_json(form(project_name="XX")).replace("XX", "\\u0000"), "U\\+0000"),
        (as_json().replace('"20.00"', "NaN"), "malformed"),
        (as_json().replace('"20.00"', "9" * 5_000), "out of range"),
        (as_json()[:200], "truncated"),
        ("[]", "a list"),
        ("{}", "an object"),
        ('{"projects": {}}', "an object"),
        ('{"document": {"fiscal_year": 2023}, "projects": []}', "no form"),
        ('{"document": [], "projects": []}', "document: found 'a list'"),
        (as_json(money_unit=[]), "money_unit"),
        (as_json(fiscal_year=10**30), "out of range|fiscal_year"),
        (as_json(number=5), "number: found 5"),
        (as_json(form(budget=None)), "budget: found nothing"),
        (as_json(form(goals=[5])), "goal 1"),
        (as_json(form(indicators="x")), "indicators: found 'a text'"),
        (as_json(form(sources=[])), "sources: found 'a list'"),
        (as_json(form(project_code=["x"])), "project_code"),
        (
            json.dumps({**forms(), "department": {"unit_code": "1", "goals": 5}}),
            "goals",
        ),
        (json.dumps({**forms(), "department": []}), "department: found 'a list'"),
        (
            json.dumps({"document": {"fiscal_year": 2023}, "projects": [None, 5]}),
            "not_an_object",
        ),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path, content, found):
    """The message names the file, the field and what would be right."""
    file = saved(tmp_path, content)
    said = refusal(file)
    assert re.search(found, said)
    assert str(file) in said


# What would fill the memory


def packed(size):
    """Return *size* megabytes of blanks as a zip file packs them, and their checksum."""
    packer = zlib.compressobj(9, wbits=-15)
    blanks = b" " * 1_000_000
    packer.compress(b" ")
    packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(blanks) + packer.flush(zlib.Z_FULL_FLUSH)
    last = zlib.compressobj(9, wbits=-15).flush()
    checksum = 0
    for _ in range(size):
        checksum = zlib.crc32(blanks, checksum)
    return once * size + last, checksum


def bomb(*, claimed):
    """Return a workbook whose sheet unpacks to 1.1 GB and says that it is *claimed*."""
    content, checksum = packed(1_100)
    name = SHEET.encode()
    sizes = struct.pack("<III", checksum, len(content), claimed)
    out = io.BytesIO(as_workbook([["x"]]))
    with zipfile.ZipFile(out) as archive:
        parts = {n: archive.read(n) for n in archive.namelist() if n != SHEET}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for part, inner in parts.items():
            archive.writestr(part, inner)
        start = archive.start_dir
    raw = whole.getvalue()
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes
    local += struct.pack("<HH", len(name), 0) + name + content
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33) + sizes
    entry += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, start) + name
    directory = raw[start : raw.rindex(b"PK\x05\x06")] + entry
    end = struct.pack(
        "<4sHHHHIIH",
        b"PK\x05\x06",
        0,
        0,
        len(parts) + 1,
        len(parts) + 1,
        len(directory),
        start + len(local),
        0,
    )
    return raw[:start] + local + directory + end


IMPORTING = """
import resource, sys, time
from pathlib import Path
from ledger import Ledger
from ledger.domain.errors import LedgerError
from ledger.intake.readers import isolated as apart
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
with Ledger.open(":memory:", actor="a") as ledger:
    for file in sys.argv[1:]:
        start = time.perf_counter()
        try:
            ledger.import_forms(file)
        except LedgerError as problem:
            print(problem.text("en").replace(chr(10), " ")[:300])
        assert time.perf_counter() - start < 10, file
    assert ledger.position == 0
status = Path("/proc/self/status").read_text(encoding="ascii")
print(status.partition("VmHWM:")[2].split()[0])
"""


def test_files_that_would_fill_the_memory_are_refused(tmp_path):
    """Each in seconds and within 200 MB, measured in a process of its own."""
    sparse = tmp_path / "sparse.txt"
    with sparse.open("wb") as file:
        file.truncate(200_000_000)
    wide = altered(
        as_workbook([["x"]]),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
    )
    cases = {
        saved(tmp_path, bomb(claimed=1_100_000_000), "bomb.xlsx"): "unpacks to 1100",
        saved(tmp_path, bomb(claimed=10_000), "lying.xlsx"): "a broken",
        sparse: "more than 50000000 bytes",
        saved(tmp_path, wide, "wide.xlsx"): "a cell so far out",
        saved(tmp_path, "," * 19_000_000, "commas.csv"): "more than 1000000 cells",
        saved(tmp_path, "," * 30_000_000, "text.csv"): "bytes of text",
        saved(tmp_path, "[" * 19_000_000, "deep.json"): "without end",
        saved(tmp_path, json.dumps([5] * 6_000_000), "long.json"): "a list",
        saved(tmp_path, "单位：万元\n项目编码\n" * 500_000, "heads.txt"): "characters",
    }
    done = subprocess.run(
        [sys.executable, "-c", IMPORTING, *map(str, cases)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    *refused, peak = done.stdout.splitlines()
    for (file, found), said in zip(cases.items(), refused, strict=True):
        assert found in said
        assert str(file) in said
    assert int(peak) < 200 * 1024


# Anything at all


VALID = {
    "text": TEXT[TEXT.index(" 1.办公楼") : TEXT.index(" 2.补足")].encode(),
    "csv": as_csv(flat(ONE)).encode(),
    "json": as_json().encode(),
    "flat workbook": as_workbook(flat(ONE)),
    "form on a sheet": form_sheets(ONE),
}


@st.composite
def mutated(draw, content):
    """Draw *content* with a few bytes flipped, cut, doubled or put in."""
    broken = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(broken) - 1)))
        size = draw(st.integers(1, 40))
        match draw(st.sampled_from(["flip", "cut", "double", "insert", "end"])):
            case "flip" if broken:
                broken[at] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del broken[at : at + size]
            case "double":
                broken[at:at] = broken[at : at + size]
            case "insert":
                broken[at:at] = draw(st.binary(min_size=1, max_size=8))
            case _:
                del broken[max(1, at) :]
    return bytes(broken)


def unharmed(content, file):
    """Import *content*: whatever happens is deliberate, and all or nothing."""
    file.write_bytes(content)
    with Ledger.open(":memory:", actor="a") as ledger:
        try:
            ledger.import_forms(file, fiscal_year=2023)
        except LedgerError as problem:
            assert ledger.position == 0
            assert str(problem)
            assert isinstance(problem, InvalidInput | ImportRefused)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """Name a file that each example writes anew."""
    return tmp_path_factory.mktemp("mutated") / "forms.dat"


@pytest.mark.parametrize("kind", VALID)
@settings(deadline=timedelta(seconds=2))
@given(data=st.data())
def test_no_broken_byte_raises_anything_but_our_errors(file, kind, data):
    """Whatever is wrong in a file, it is refused or read, and never hangs."""
    unharmed(data.draw(mutated(VALID[kind])), file)


@pytest.mark.parametrize(
    "part",
    [SHEET, STRINGS, "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"],
)
@settings(deadline=timedelta(seconds=2))
@given(data=st.data())
def test_no_broken_part_of_a_workbook_raises_anything_but_our_errors(file, part, data):
    """Behind a sound checksum as well."""
    workbook = VALID["flat workbook"]
    unharmed(altered(workbook, part, lambda xml: data.draw(mutated(xml))), file)


@pytest.mark.parametrize("run", ["1", "（", "2022年", "1 ", "不", "年月"])
def test_long_runs_of_one_sign_are_taken_in_their_stride(tmp_path, run):
    """No pattern that is looked for goes over them again and again."""
    text = (run * 32_000)[:31_999] + "x"
    rows = [
        {**row, "level3": f"{n}{text}"[:32_000], "description": text}
        for n, row in enumerate(form()["indicators"])
    ]
    start = time.process_time()
    accepted(forms(form(indicators=rows, purpose=text)))
    refusal(
        saved(tmp_path, as_workbook([[text], ["项目编码", text], [text, text]])),
        fiscal_year=2023,
    )
    refusal(saved(tmp_path, TEXT[:3_000] + f"{text[:9_000]}单位：万元 x\n" * 10))
    assert time.process_time() - start < 3

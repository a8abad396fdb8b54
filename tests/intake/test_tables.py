"""Flat tables and sheets of forms: the same approvals as the interchange file."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from ledger import InvalidInput, Ledger, Settings
from ledger.errors import ImportRefused
from ledger.intake.readers import file_kinds as files
from ledger.intake.readers import flat_heads as heads
from support import read
from support_workbooks import FLAT, TRUTH, as_csv, as_workbook, flat, form_sheets


def approvals(source):
    """Return the approvals of a source, without what was noticed."""
    approved = []
    for _, event in read(source, Settings()).approvals:
        approved.append(
            (
                event.project,
                event.name,
                event.unit,
                event.amounts,
                event.plan,
                event.indicators,
                event.goals,
                event.purpose,
            )
        )
    return approved


WHOLE = [form for form in TRUTH["projects"] if len(form["plan_row"]) == 4]


@pytest.fixture(scope="module")
def truth():
    """Return what the interchange file says of the forms with a number a column."""
    return approvals(json.loads(json.dumps({**TRUTH, "projects": WHOLE})))


def saved(tmp_path, content, name="forms.dat"):
    """Write a file whose name does not say what it is."""
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


ENGLISH = dict(
    zip(
        "fiscal_year project_code project_name unit_code unit_name budget fiscal_funds "
        "other_funds purpose goals 3月底 6月底 10月底 12月底 level1 level2 level3 "
        "description target basis".split(),
        FLAT.values(),
        strict=True,
    )
)


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize("columns", [FLAT, ENGLISH, dict(reversed(FLAT.items()))])
def test_a_flat_workbook_is_read(tmp_path, truth, repeat, columns):
    """Columns in any order and either language, project cells repeated or not."""
    rows = flat(WHOLE, columns=columns, repeat=repeat)
    assert approvals(saved(tmp_path, as_workbook(rows))) == truth


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_flat_table_is_read(tmp_path, truth, delimiter, encoding):
    """Whatever parts the columns, and in whatever encoding an office saves it."""
    content = as_csv(flat(WHOLE), delimiter).encode(encoding)
    file = saved(tmp_path, content)
    assert approvals(file) == truth
    said = [f.found for _, f in files.read(file).findings]
    assert said == {"gb18030": ["GB18030"], "utf-16": ["UTF-16"]}.get(encoding, [])


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(("top", "left"), [(0, 0), (3, 2)])
def test_forms_on_sheets_are_found_by_their_labels(
    tmp_path, truth, together, top, left
):
    """One form a sheet or several on one, wherever it stands."""
    content = form_sheets(WHOLE, together=together, top=top, left=left)
    assert approvals(saved(tmp_path, content)) == truth


def test_findings_name_sheet_and_cell(tmp_path):
    """A reader of the findings can look the place up in the workbook."""
    columns = {**FLAT, "备注": lambda _, __: "看附件"}
    file = saved(tmp_path, as_workbook(flat(TRUTH["projects"][:1], columns=columns)))
    found = [
        f for f in read(file, Settings()).findings if f.code == "table.extra_column"
    ]
    assert len(found) == 7
    assert f"{file}:Sheet1!2 › form 1" in found[0].place
    assert "Sheet1!U2" in found[0].place
    assert "备注: 看附件" in found[0].message


def test_numbers_in_cells_are_exact(tmp_path):
    """0.1 in a cell is a tenth, though a workbook holds a float."""
    form = {
        **TRUTH["projects"][0],
        "budget": "0.1",
        "fiscal_funds": "0.1",
        "plan_row": ["0.1"],
    }
    file = saved(tmp_path, form_sheets([form]))
    ((_, event),) = read(file, Settings()).approvals
    assert sum(part.amount for part in event.amounts) == Decimal("0.1") * 1_000_000


@pytest.mark.parametrize("printed", ["３０", "30万元", "30 万", "300,000.00元"])
def test_amounts_as_people_write_them_are_read_with_a_note(tmp_path, printed):
    """In the unit of the table, whichever stands behind the number."""
    form = {**TRUTH["projects"][0], "budget": printed}
    file = saved(tmp_path, as_csv(flat([form])))
    with Ledger.open(":memory:", actor="a") as ledger:
        told = [f for f in ledger.import_forms(file) if f.code == "table.amount"]
        (event,) = [each.event for each in ledger.events()]
    assert {(f.found, Decimal(str(f.understood))) for f in told} == {(printed, 30)}
    assert sum(part.amount for part in event.amounts) == 30_000_000


@pytest.mark.parametrize("printed", ["30.00元元", "三十", "1e3", "-", "约30"])
def test_amounts_that_are_none_are_refused(tmp_path, printed):
    """They are named with what would be right; nothing is guessed."""
    form = {**TRUTH["projects"][0], "budget": printed}
    file = saved(tmp_path, as_csv(flat([form])))
    with Ledger.open(":memory:", actor="a") as ledger:
        with pytest.raises(ImportRefused, match="ASCII"):
            ledger.import_forms(file)
        assert ledger.position == 0


def test_a_project_that_contradicts_itself_is_an_error(tmp_path):
    """Two budgets for one project: neither is taken."""
    rows = flat(TRUTH["projects"][:1])
    rows[3][5] = "31.00"
    found = read(saved(tmp_path, as_workbook(rows)), Settings()).findings
    (conflict,) = [f for f in found if f.code == "table.conflict"]
    assert (conflict.found, conflict.expected) == ("31.00", "30.00")
    assert "Sheet1!4" in conflict.place


def test_formulas_are_read_by_their_last_value_and_said(tmp_path):
    """A workbook's formula is not computed again."""
    import io

    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for r, row in enumerate(flat(TRUTH["projects"][:1])):
        for c, value in enumerate(row):
            if value is not None:
                sheet.write(r, c, value)
    sheet.write_formula(1, 5, "=15*2", None, "30.00")
    book.close()
    source = files.read(saved(tmp_path, content.getvalue()))
    assert source.content["projects"][0]["budget"] == "30.00"
    assert [f.code for _, f in source.findings] == ["workbook.formulas"]


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ({"word/document.xml": b"<x/>"}, "document without tables"),
        ({"a.txt": b"x"}, "zip file"),
        ({"xl/workbook.xml": b"<x/>"}, "broken file"),
        (
            {
                "xl/workbook.xml": b"<x/>",
                "xl/worksheets/sheet1.xml": b" " * 400_000_000,
            },
            "unpacks to",
        ),
    ],
)
def test_zip_files_that_are_no_workbooks_are_refused(tmp_path, inner, message):
    """Named for what they are; a zip bomb is not unpacked."""
    import zipfile

    file = tmp_path / "file.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in inner.items():
            archive.writestr(name, content)
    with pytest.raises(InvalidInput, match=message):
        files.read(file)


def test_a_truncated_workbook_is_refused(tmp_path):
    """Half a file is no file."""
    content = as_workbook(flat())
    with pytest.raises(InvalidInput, match="broken"):
        files.read(saved(tmp_path, content[: len(content) // 2]))


def test_a_workbook_without_forms_is_refused(tmp_path):
    """The message says which labels or columns are looked for."""
    with pytest.raises(InvalidInput, match="project code"):
        files.read(saved(tmp_path, as_workbook([["a", "b"], [1, 2]])))


def test_a_column_named_twice_is_refused(tmp_path):
    """Which of the two holds would be a guess."""
    rows = [
        [*row, cell] for row, cell in zip(flat(), ["指标值", *["x"] * 133], strict=True)
    ]
    with pytest.raises(InvalidInput, match="Sheet1!U1"):
        files.read(saved(tmp_path, as_workbook(rows)))


def test_an_extra_column_is_kept_with_the_approval(tmp_path):
    """What means nothing here may mean something to whoever wrote it."""
    columns = {**FLAT, "备注": lambda _, row: f"看附件{row['target']}"}
    file = saved(tmp_path, as_csv(flat(TRUTH["projects"][:1], columns=columns)))
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(file)
        (approval,) = [each.event for each in ledger.events()]
    kept = [said for said in approval.findings if said.code == "table.extra_column"]
    assert len(kept) == 7
    assert (
        str(kept[0])
        == f"note table.extra_column: 2: 备注: 看附件{approval.indicators[0].target.text}"
    )


def test_the_progress_is_told_of_what_is_read(tmp_path):
    """The sheets of a workbook, then its forms: how many there are, and each of them."""
    seen = []

    def progress(more, total=None):
        seen.append((more, total))

    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.import_forms(
            saved(tmp_path, form_sheets(WHOLE)), fiscal_year=2023, progress=progress
        )
        assert ledger.position == len(WHOLE)
    assert seen == 2 * [(0, len(WHOLE)), *[(1, None)] * len(WHOLE)]


@pytest.mark.parametrize(
    ("page", "head"),
    [("interchange.md", "| field | column |"), ("zh/interchange.md", "| 字段 | 栏目")],
)
def test_docs_list_every_name_of_a_column(page, head):
    """A name that is read and not documented is of no use."""
    text = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    rows = text[text.index(head) :].splitlines()
    for fields in (heads.PROJECT, heads.INDICATOR, heads.DOCUMENT):
        for field, words in fields.items():
            row = next(row for row in rows if f"`{field}`" in row)
            for word in words.split():
                assert heads.plain(word) in map(
                    heads.plain, re.split(r"[ ,|;、；]", row)
                )

"""A copy of a file that was looked at, with what is wrong in the cells it is about."""

import openpyxl
import pytest
from click.testing import CliRunner

from ledger.cli import main
from support import PROJECT, approval, form, forms
from support_published import CODE, SMALL
from support_word import plain
from support_word import saved as as_document
from support_workbooks import as_workbook

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def recorded(ledger):
    """Return a ledger with a project."""
    ledger.append(approval())
    return ledger


def comments(path):
    """Return what is said at each cell, by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_each_field_of_a_row_that_is_wrong_is_marked(recorded, tmp_path):
    """In the workbook of a month: at the cell of its own head."""
    path, out = tmp_path / "month.xlsx", tmp_path / "checked.xlsx"
    recorded.events_template(path, 2023, 3, language="en")
    book = openpyxl.load_workbook(path)
    book["Disbursements"]["A2"], book["Disbursements"]["B2"] = PROJECT, "soon"
    book.save(path)
    before = path.read_bytes()
    recorded.review_record(path).write(out, language="en")
    told = comments(out)
    assert {where for where, _ in told} == {"Disbursements"}
    assert {cell: text.split(":")[0] for (_, cell), text in told.items()} == {
        "B2": "Day",
        "C2": "Voucher",
        "D2": "Amount",
    }
    copy = openpyxl.load_workbook(out)
    assert copy["Disbursements"]["B2"].fill.fgColor.rgb == "FFFFC7CE"
    assert copy["Findings"]["A3"].value == "error"
    assert copy["Findings"]["B3"].value == "Disbursements!2"
    names = [cell.value for cell in copy["Disbursements"][1]]
    assert names == [cell.value for cell in book["Disbursements"][1]]
    assert path.read_bytes() == before


def test_a_line_of_text_is_marked_at_its_cell(recorded, tmp_path):
    """By the head of its field, else by the value that is refused."""
    path, out = tmp_path / "e.csv", tmp_path / "checked.xlsx"
    path.write_text(
        "type,project,on,amount,voucher\n"
        f"Disbursed,{PROJECT},2023-03-01,ten,A\n"
        "Disbursed,P-99,2023-03-01,10,B\n",
        "utf-8",
    )
    recorded.review_record(path).write(out, language="en")
    told = comments(out)
    assert {cell for _, cell in told} == {"D2", "B3"}
    assert "'ten'" in told["e.csv", "D2"]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_form_is_marked_at_its_indicators(ledger, tmp_path, kind):
    """At the name of the row, at the text that was found, and at its first cell."""
    path, out = tmp_path / f"form.{kind}", tmp_path / "checked.xlsx"
    cells = [[*row] for row in SMALL]
    cells[7][3] = "90%"
    if kind == "xlsx":
        path.write_bytes(as_workbook(cells))
    else:
        as_document(path, plain(cells))
    review = ledger.review_forms(path, codes={"": CODE}, unit="101")
    review.write(out, language="en")
    told = {cell: text for (_, cell), text in comments(out).items()}
    assert {*told} == {"A1", "C8", "D8"}
    assert "no comparator" in told["D8"]


def test_each_of_several_files_has_its_own(ledger, tmp_path):
    """What is wrong of one is not marked in the other, and a text has no cells."""
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    wrong = [[*row] for row in SMALL]
    wrong[7][3] = "90%"
    for path, cells in zip(paths, (SMALL, wrong), strict=True):
        path.write_bytes(as_workbook(cells))
    out = tmp_path / "checked.xlsx"
    ledger.review_forms(*paths, codes={"": CODE}, unit="101").write(out, language="en")
    marked = {where for (where, cell), _ in comments(out).items() if cell == "D8"}
    assert len(marked) == 1
    alone = tmp_path / "alone.xlsx"
    ledger.review_forms(forms(form())).write(alone, language="en")
    assert openpyxl.load_workbook(alone).sheetnames == ["Findings"]


def test_the_command_writes_it_beside_what_it_says(recorded, tmp_path):
    """With --check alone, and over no file that is there."""
    copy, out = tmp_path / "copy.ledger", tmp_path / "checked.xlsx"
    recorded.backup(copy)
    path = tmp_path / "e.csv"
    path.write_text(
        f"type,project,on,amount,voucher\nDisbursed,{PROJECT},2023-03-01,x,A\n", "utf-8"
    )
    args = ["--lang", "en", "record", str(copy), str(path), "--out", str(out)]
    refused = CliRunner().invoke(main, args)
    assert refused.exit_code == 2
    assert "--check" in refused.output
    done = CliRunner().invoke(main, [*args, "--check"])
    assert done.exit_code == 1
    assert "1 error" in done.output
    assert [*comments(out)] == [("e.csv", "D2")]
    assert "--force" in CliRunner().invoke(main, [*args, "--check"]).output
    again = CliRunner().invoke(main, [*args, "--check", "--force"])
    assert again.exit_code == 1

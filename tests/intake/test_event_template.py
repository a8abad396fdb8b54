"""Templates of events: lists to choose from, and files that are none."""

import csv
import io
import os
import re
import zipfile
from datetime import date

import pytest

from ledger import InvalidInput
from ledger.domain.indicator import Rating
from ledger.intake import bulk
from ledger.intake.templates import events as template_events
from ledger.intake.templates.reader import is_workbook
from ledger.intake.templates.shown import TemplateIndicator, TemplateProject
from ledger.messages import Language
from support_template import (
    RESULTS,
    SETTINGS,
    contents,
    empty_forms,
    month_template,
    named,
    saved,
    sheet,
)
from support_workbooks import as_workbook

pytestmark = pytest.mark.usefixtures("in_this_process")

# Formulas


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+1", "-1", "'=x", "'tis"])
@pytest.mark.parametrize("end", ["xlsx", "csv"])
def test_a_text_that_looks_like_a_formula_stays_text(tmp_path, text, end):
    """In a name, a label and a target; the label comes back as it was."""
    file = tmp_path / f"month.{end}"
    project = TemplateProject("P-1", text, [TemplateIndicator(text, text, "sum", text)])
    month_template(file, [project])
    if end == "csv":
        head, row = csv.reader(io.StringIO(file.read_text("utf-8-sig"), newline=""))
        assert not [cell for cell in row if cell.startswith(tuple("=+-@"))]
        row[head.index("完成值")] = "1"
        file.write_text("\n".join(map(",".join, [head, row])), encoding="utf-8")
    else:
        with zipfile.ZipFile(file) as archive:
            parts = [n for n in archive.namelist() if "worksheets/sheet" in n]
            assert not [n for n in parts if re.search(rb"<f[ >/]", archive.read(n))]
        sheets = contents(file)
        assert sheets[RESULTS][1][:4] == ["P-1", text, text, text]
        named(sheets[RESULTS], 1, value=1)
        file = saved(tmp_path / "filled.xlsx", sheets)
    (request,) = bulk.read(file, SETTINGS)
    assert request.event.indicator == text


def test_codes_ratings_and_sources_are_chosen_from_lists(month):
    """The list of codes is on a sheet of its own: it has no limit of length."""
    with zipfile.ZipFile(month) as archive:
        results = archive.read("xl/worksheets/sheet1.xml").decode()
        payments = archive.read("xl/worksheets/sheet3.xml").decode()
    assert '<formula1>"已完成,部分完成,未完成"</formula1>' in results
    assert f"<formula1>'{sheet('projects')}'!$A$2:$A$3</formula1>" in payments
    assert f"<formula1>'{sheet('sources')}'!$A$2:$A$5</formula1>" in payments
    assert payments.count("<row ") == template_events.EMPTY_ROWS + 1


def test_a_rating_is_taken_by_its_word(tmp_path):
    """As the list of the template offers it, or by its key in any case."""
    for rating in ("部分完成", "Partly", "partly"):
        file = tmp_path / f"{rating}.csv"
        file.write_text(
            "type,project,indicator,on,rating,share\n"
            f"ResultReported,P-1,x,2023-03-31,{rating},0.7\n",
            "utf-8",
        )
        (request,) = bulk.read(file, SETTINGS)
        assert request.event.rating is Rating.PARTLY


@pytest.mark.parametrize("on", ["2023年3月5日", "2023/03/05", "2023/3/5", "2023.3.5"])
def test_a_date_is_taken_as_forms_print_it(tmp_path, on):
    """Of the line, and of what was reached."""
    file = tmp_path / "results.csv"
    line = f"ResultReported,P-1,x,{on},{on}\n"
    file.write_text("type,project,indicator,on,date\n" + line, "utf-8")
    (request,) = bulk.read(file, SETTINGS)
    assert request.event.on == request.event.reached_on == date(2023, 3, 5)


# What cannot be


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ([[]], "an empty workbook"),
        ([[["单位", "金额"], ["a", 1]]], "单位, 金额"),
        ([[["project", "name"], ["a", "b"]], [["合计", "x"], ["1", "2"]]], "Sheet2"),
        ([[["type", "on", "on"], ["a", "b", "c"]]], "second column"),
    ],
)
def test_other_workbooks_are_refused(tmp_path, sheets, found):
    """The message says what was found, and which sheets or columns would be right."""
    file = tmp_path / "events.csv"
    file.write_bytes(as_workbook(*sheets))
    with pytest.raises(InvalidInput, match=found) as caught:
        bulk.read(file, SETTINGS)
    sheets_of = sheet("results", Language.ENGLISH)
    assert "one; the first" in str(caught.value) or sheets_of in str(caught.value)


def test_a_template_of_forms_is_no_template_of_events(tmp_path):
    """The sheets are not taken for one another."""
    file = tmp_path / "forms.xlsx"
    empty_forms(file)
    with pytest.raises(InvalidInput, match="found a workbook of forms of approval;"):
        bulk.read(file, SETTINGS)


@pytest.mark.parametrize("name", ["month.xlsx", "month.csv"])
def test_nothing_is_written_over(tmp_path, name):
    """A template that somebody filled in stays as it is."""
    file = tmp_path / name
    file.write_text("filled in")
    with pytest.raises(InvalidInput, match="a new path"):
        month_template(file)
    assert file.read_text() == "filled in"


def test_a_template_of_no_projects_is_refused(tmp_path):
    """There would be nothing to fill in."""
    with pytest.raises(InvalidInput, match="at least one project"):
        month_template(tmp_path / "a.xlsx", [])


def test_a_pipe_is_not_taken_for_a_workbook(tmp_path):
    """Looking at its start would swallow it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert not is_workbook(pipe)

"""Cells of workbooks: hostile texts, names of sheets, and forms of any size."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from ledger import Ledger, VarianceCategory
from ledger.spreadsheet.cells import nested, sheet_name
from support import approval, indicator, no_door
from support_office import cells
from support_official_workbooks import JUNE, full, written
from support_reports import HOSTILE

GOLDEN = Path(__file__).parents[1] / "golden"


def test_hostile_names_are_only_text(ledger, tmp_path):
    """No formula, no link, no broken sheet name; the file opens."""
    for number, name in enumerate(HOSTILE):
        code = f"P-{number:02}"
        rows = (indicator(name, level2=name),)
        with no_door():
            ledger.append(
                approval(
                    code, name=name, unit_name=name, indicators=rows, goals=(name,)
                )
            )
            ledger.explain_variance(code, VarianceCategory.OTHER, name, on=JUNE)
    reports = [
        ledger.self_evaluation(2023),
        ledger.monitoring(2023, 6),
        ledger.monthly_report(2023, 6),
    ]
    for number, report in enumerate(reports):
        path = tmp_path / f"{number}.xlsx"
        report.write(path)
        with ZipFile(path) as archive:
            text = "".join(
                archive.read(each).decode()
                for each in archive.namelist()
                if each.startswith("xl/worksheets/")
            )
        formulas = set(re.findall(r"<f>([^(<]*)\(", text))
        assert formulas <= {"SUM", "IF"}
        assert "http" not in "".join(re.findall(r'Target="([^"]*)"', text))
        sheets = cells(path)
        assert "=1+1" in {
            cell for sheet in sheets.values() for row in sheet for cell in row
        }


def test_a_form_may_be_large_or_empty(ledger, tmp_path):
    """None and 200 indicators, no budget, a goal of many lines."""
    many = tuple(indicator(f"指标{n}", level2=f"级{n // 7}") for n in range(200))
    ledger.append(approval("P-1", indicators=()))
    ledger.append(approval("P-2", 0, indicators=many, goals=("很长的目标。" * 700,)))
    sheets = written(ledger.self_evaluation(2023), tmp_path, "large")
    large = full(sheets["2 project P-2"])
    assert sum(str(row[0]).startswith("指标") or "≥10次" in row for row in large) >= 200
    assert any("很长的目标。" * 700 in row for row in large)
    empty = full(sheets["1 project P-1"])
    assert ["总分", 10.0, 0.0] in empty  # No grade of points that do not make 100.


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("a/b\\c:d*e?f[g]h'i", "a b c d e f g h i"),
        ("History", "History (2)"),
        ("", "-"),
        ("长" * 40, "长" * 31),
        ("😀" * 40, "😀" * 15),
        ("a\x00b\u202ec", "a b c"),
    ],
)
def test_names_of_sheets_are_legal(name, made):
    """31 units of UTF-16, none of those that are forbidden."""
    assert sheet_name(name, set()) == made


def test_names_of_sheets_are_unique():
    """They are compared without regard to case, and stay within their length."""
    assert sheet_name("Name", {"name"}) == "Name (2)"
    assert sheet_name("长" * 40, {"长" * 31}) == "长" * 27 + " (2)"


def test_a_ladder_is_a_formula():
    """Each step holds from its least on."""
    ladder = (("优", 90), ("差", 0))
    assert nested("A1", ladder) == '=IF(A1="","",IF(A1>=90,"优",IF(A1>=0,"差","")))'


@pytest.mark.parametrize("file", ["self-evaluation-zh.txt", "monitoring-zh.txt"])
def test_points_and_forecasts_are_the_golden_ones(julu, file):
    """Every project of the illustrative year, but for the root, which is random."""
    with Ledger.open(julu, read_only=True) as ledger:
        made = (
            ledger.self_evaluation(2023)
            if file.startswith("self")
            else ledger.monitoring(2023, 6)
        )
    text = made.render("text", language="zh").replace(made.root, "ROOT")
    assert text == (GOLDEN / file).read_text("utf-8")


@pytest.mark.parametrize("year", [2022, 2024])
def test_a_year_without_projects_gives_empty_forms(julu, tmp_path, year):
    """A month before anything, and one after the year."""
    with Ledger.open(julu, read_only=True) as ledger:
        month = written(ledger.monthly_report(year, 6), tmp_path, "month")
        forms = written(ledger.self_evaluation(year), tmp_path, "year")
        watched = written(ledger.monitoring(year, 6), tmp_path, "june")
    assert len(month["Months"]) == 14
    assert list(forms) == ["Summary", "Check"]
    assert full(watched["Summary"])[-1] == ["total"]


def test_text_of_a_cell_keeps_its_direction(tmp_path):
    """What would turn around the order of a cell is shown as a mark."""
    with no_door(), Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(name="名\u202e001", indicators=(indicator(),)))
        file = tmp_path / "june.xlsx"
        ledger.monthly_report(2023, 6).write(file)
    shown = str(cells(file))
    assert "名�001" in shown
    assert "\\u202e" not in shown


def test_a_head_of_two_lines_has_room_for_both(tmp_path, julu):
    """English heads are longer than their columns."""
    path = tmp_path / "june.xlsx"
    with Ledger.open(julu, read_only=True) as ledger:
        ledger.monthly_report(2023, 6).write(path, language="en")
    with ZipFile(path) as parts:
        first = parts.read("xl/worksheets/sheet1.xml").decode()
    rows = dict(re.findall(r'<row r="(\d+)"[^>]* ht="([0-9.]+)"', first))
    assert float(rows["2"]) > 26

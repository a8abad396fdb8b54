"""Reports of a unit or of a project: what is in them, and what they say they are of."""

import json
from datetime import date
from io import BytesIO

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from ledger import InvalidInput, Ledger, Objective, Settings
from ledger.app.register_rows import REGISTERS
from ledger.cli import main
from ledger.errors import UnknownProject, UnknownUnit
from ledger.events import ObjectivesSet
from support import approval, day, indicator

UNITS = {"P-1": "323001", "P-2": "323001002", "P-3": "401"}


@pytest.fixture
def path(tmp_path):
    """Return a ledger of three projects in three units, one below another."""
    path = tmp_path / "parts.ledger"
    settings = Settings(language="en", scale="1")
    with Ledger.open(path, actor="finance", settings=settings) as made:
        for code, unit in UNITS.items():
            made.append(approval(code, unit=unit, indicators=(indicator("培训"),)))
            made.disburse(code, "100.00", voucher=f"V-{code}", on=date(2023, 5, 2))
        for unit in ("323001", "401"):
            own = Objective(title="goal", indicators=(indicator("满意率", "≥90%"),))
            made.append(
                ObjectivesSet(
                    unit=unit,
                    name=f"Bureau {unit}",
                    fiscal_year=2023,
                    on=day(1),
                    objectives=(own,),
                )
            )
    return path


@pytest.fixture
def ledger(path):
    """Open it."""
    with Ledger.open(path, read_only=True) as opened:
        yield opened


def codes(report):
    """Return the codes of the projects of a report."""
    return sorted(each.execution.project for each in report.projects)


def test_a_report_of_a_unit_has_those_below_it(ledger):
    """Projects, sums and objectives are those of the unit, and nothing of others."""
    report = ledger.monthly_report(2023, 6, unit="323001")
    assert codes(report) == ["P-1", "P-2"]
    assert [unit.unit for unit in report.units] == ["323001"]
    assert str(report.totals.disbursed) == "200.00"
    assert report.portfolio().to_dict()["unit"] == "323001"


def test_a_report_of_a_project_has_it_alone(ledger):
    """Its figures are those that the whole report has of it."""
    whole = ledger.monthly_report(2023, 6)
    report = ledger.monthly_report(2023, 6, project="P-3")
    assert report.units == []
    assert report.projects == [whole.project("P-3")]


def test_the_title_says_what_a_report_is_of(ledger):
    """In every rendering that has a title, with the name where one is known."""
    of_unit = ledger.monthly_report(2023, 6, unit="323001")
    of_project = ledger.monthly_report(2023, 6, project="P-1")
    name = of_project.projects[0].execution.name
    for format in ("text", "html"):
        assert "Unit 323001 Bureau 323001" in of_unit.render(format)
        assert f"Project P-1 {name}" in of_project.render(format)
    assert "单位 323001 Bureau 323001" in of_unit.render("text", language="zh")
    assert "Unit 323001" in ledger.monitoring(2023, 6, unit="323001").render("text")
    assert "Unit 401" in ledger.self_evaluation(2023, unit="401").render("text")


@pytest.mark.parametrize("row", REGISTERS, ids=lambda row: row.name)
def test_registers_are_of_a_part_too(ledger, row):
    """Their title and JSON say so, and no row is of another unit."""
    make = getattr(ledger, row.name)
    register = make(through="2023-06-30", unit="401")
    assert register.to_dict()["unit"] == "401"
    assert "Unit 401" in register.render("html")
    rows = register.tables[0].rows
    projects = {row["project"] for row in rows if "project" in row}
    assert projects <= {"P-3", ""}  # Blank for what is of the unit itself.


def test_forms_are_of_a_part_too(ledger):
    """A unit has its own form and those of its projects; a project its own alone."""
    of_unit = ledger.self_evaluation(2023, unit="323001")
    assert [one.subject.code for one in of_unit.units] == ["323001"]
    assert [one.subject.code for one in of_unit.projects] == ["P-1", "P-2"]
    of_project = ledger.monitoring(2023, 6, project="P-2")
    assert [one.subject.code for one in of_project.projects] == ["P-2"]


def test_totals_of_a_part_are_explained(ledger):
    """A view of a unit explains its own totals."""
    view = ledger.view(through="2023-06-30", unit="401")
    assert f"{view.explain('totals', 'disbursed').value}" == "100.00"


def test_an_unknown_part_is_refused_with_the_nearest(ledger):
    """So are both at once."""
    with pytest.raises(UnknownUnit, match="323001"):
        ledger.monthly_report(2023, 6, unit="32300")
    with pytest.raises(UnknownProject, match="P-"):
        ledger.contracts(project="P-9")
    with pytest.raises(InvalidInput, match="not both"):
        ledger.monitoring(2023, 6, unit="401", project="P-1")


def test_a_project_of_another_year_is_refused(ledger):
    """The year in which it has a budget is named."""
    with pytest.raises(UnknownProject, match="2023"):
        ledger.monthly_report(2024, 6, project="P-1")


def test_an_issued_report_of_a_part_holds(ledger):
    """Its receipt says what it is of; figures of other units are no part of it."""
    for part in ({"unit": "323001"}, {"project": "P-1"}):
        report = json.loads(ledger.monthly_report(2023, 6, **part).render("json"))
        assert part.items() <= report["receipt"].items()
        check = ledger.verify_report(report)
        assert (check.ok, check.restated) == (True, ())


def test_what_a_receipt_is_of_cannot_be_altered(ledger):
    """Neither there, nor in the report."""
    for altered in ("receipt", "head"):
        report = json.loads(ledger.monthly_report(2023, 6, unit="401").render("json"))
        (report["receipt"] if altered == "receipt" else report)["unit"] = "323001"
        assert not ledger.verify_report(report).ok


def test_a_quarter_is_its_last_month(path):
    """Of reports and registers; a month or a quarter must be named, and not both."""

    def run(*words):
        return CliRunner().invoke(main, ["--lang", "en", *map(str, words)])

    asked = ("--format", "json")
    month = run("report", path, "--month", "2023-06", *asked)
    assert month.output == run("report", path, "--quarter", "2023-Q2", *asked).output
    day_ = run("contracts", path, "--through", "2023-06-30", *asked)
    assert day_.output == run("contracts", path, "--quarter", "2023q2", *asked).output
    assert "--month" in run("report", path).stderr
    both = run("report", path, "--month", "2023-06", "--quarter", "2023-Q2")
    assert both.exit_code == 2
    assert run("report", path, "--quarter", "2023-Q5").exit_code == 2


def test_a_quarter_is_of_the_fiscal_year(tmp_path):
    """In a year from April on, its first quarter ends in June."""
    path = tmp_path / "april.ledger"
    settings = Settings(first_month=4, language="en")
    with Ledger.open(path, actor="finance", settings=settings):
        pass
    words = ["report", str(path), "--quarter", "2023-Q4", "--format", "json"]
    done = CliRunner().invoke(main, words)
    assert json.loads(done.stdout)["month"] == "2024-03"


@pytest.mark.parametrize("make", ["monitoring", "self_evaluation"])
def test_workbooks_of_the_forms_name_the_part(ledger, make):
    """On the sheets that list the forms, and on those of what is left to do."""
    month = (2023, 6) if make == "monitoring" else (2023,)
    content = getattr(ledger, make)(*month, unit="323001").render("xlsx")
    book = load_workbook(BytesIO(content))
    titles = [book.worksheets[place]["A1"].value for place in (0, 1)]
    assert all("323001" in title for title in titles), titles
    whole = load_workbook(BytesIO(getattr(ledger, make)(*month).render("xlsx")))
    assert "323001" not in whole.worksheets[0]["A1"].value

"""A report says of a closed project when it was closed and what became of its money."""

import csv
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from ledger import Ledger, Settings, Status
from ledger.domain.scale import Scale
from ledger.messages import Language
from ledger.projections.forecast import forecast
from support import PROJECT, Clock, approval, indicator

CLOSED = date(2023, 6, 30)


@pytest.fixture(params=list(Language))
def ledger(request):
    """Open a ledger of a closed project and an open one, in each language."""
    settings = Settings(language=request.param, scale=Scale.ONE)
    with Ledger.open(":memory:", actor="a", clock=Clock(), settings=settings) as opened:
        opened.append(approval(name="closed one"), approval("P-2", name="open one"))
        for project in (PROJECT, "P-2"):
            opened.disburse(project, 500, voucher="1", on=date(2023, 3, 1))
        opened.close_project(PROJECT, on=CLOSED, carried_over={"fiscal": 200})
        yield opened


def test_json_says_it(ledger, tmp_path):
    """From the day of the closing on, and not before."""
    for month, closed_on, lapsed, available in (
        (5, None, "0.00", "500.00"),
        (6, "2023-06-30", "300.00", "0.00"),
        (12, "2023-06-30", "300.00", "0.00"),
    ):
        path = tmp_path / f"{month}.json"
        ledger.monthly_report(2023, month).write(path)
        values = json.loads(path.read_text("utf-8"))
        projects = {each["project"]: each for each in values["projects"]}
        closed, still = projects[PROJECT], projects["P-2"]
        assert closed["closed_on"] == closed_on
        assert (closed["lapsed"], closed["available"]) == (lapsed, available)
        assert closed["by_source"]["fiscal"]["available"] == available
        assert (still["closed_on"], still["available"]) == (None, "500.00")
        left = Decimal(available) + Decimal("500.00")
        assert values["totals"]["available"] == f"{left:.2f}"


def test_text_says_it(ledger):
    """In the report of all, and in that of the project alone."""
    december = ledger.monthly_report(2023, 12)
    for text in (december.render("text"), december.render("text", project=PROJECT)):
        plain = re.sub(r"\s+", " ", text)
        assert re.search(r"closed one.*2023-06-30.*200\.00.*300\.00", plain)
    assert "2023-06-30" not in ledger.monthly_report(2023, 5).render("text")


def test_csv_says_it(ledger, tmp_path):
    """In columns of their own, by source too."""
    path = tmp_path / "projects.csv"
    ledger.monthly_report(2023, 12).write(path, table="projects")
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    closed = next(row for row in rows if row["project"] == PROJECT)
    assert closed["closed_on"] == "2023-06-30"
    assert closed["carried_over"] == closed["by_source.fiscal.carried_over"] == "200.00"
    assert closed["lapsed"] == closed["by_source.fiscal.lapsed"] == "300.00"


def test_the_workbook_says_it(ledger, tmp_path):
    """As read by another library."""
    path = tmp_path / "report.xlsx"
    ledger.monthly_report(2023, 12).write(path)
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    closed = next(row for row in rows if row[0] == PROJECT)
    still = next(row for row in rows if row[0] == "P-2")
    assert (closed[-1], still[-1]) == (CLOSED, "")
    assert {200, 300, 0} <= set(closed)


def test_the_page_says_it(ledger, tmp_path):
    """In the section of the project."""
    path = tmp_path / "report.html"
    ledger.monthly_report(2023, 12).write(path)
    page = path.read_text("utf-8")
    assert "2023-06-30" in page
    assert "200.00" in page
    assert "300.00" in page


def test_the_forecast_of_a_closed_project_is_what_it_spent(ledger):
    """Also within a sum, where open projects go on at their pace."""
    view = ledger.view(through=CLOSED)
    assert forecast(view.project(PROJECT)) == 500
    assert forecast(view.project("P-2")) == 1000
    assert forecast(view.total()) == 1500


@pytest.mark.parametrize("figure", ["available", "carried_over", "lapsed"])
@pytest.mark.parametrize("subject", [PROJECT, "totals"])
def test_what_a_closing_left_is_explained(ledger, subject, figure):
    """By the figure that the report has."""
    view = ledger.view(through=CLOSED)
    line = view.total() if subject == "totals" else view.project(subject)
    assert view.explain(subject, figure).value == getattr(line, figure)


DAYS = [date(2023, *each) for each in ((6, 29), (6, 30), (9, 30), (12, 31))]
BEHIND, MISSED, NOT_DUE = Status.BEHIND, Status.MISSED, Status.NOT_DUE
LATE = Status.OVERDUE


@pytest.mark.parametrize(
    ("target", "level1", "results", "statuses"),
    [
        # What was due is over on the day of the closing, and no more is asked of it.
        ("≥60次", "产出指标", [(5, 3)], (BEHIND, MISSED, MISSED, MISSED)),
        ("≥60次", "产出指标", [(60, 3)], (Status.ATTAINED,) * 4),
        ("≥95%", "产出指标", [(96, 3), (96, 6)], (Status.ATTAINED,) * 4),
        ("≥95%", "产出指标", [], (LATE,) * 4),
        # What is asked for at the end of the year is asked for then.
        ("≥95%", "效益指标", [], (NOT_DUE, NOT_DUE, NOT_DUE, LATE)),
        ("≥95%", "效益指标", [(80, 5)], (*[Status.AT_RISK] * 3, MISSED)),
        # Of each month, those before the closing.
        (
            "≥4次/月",
            "产出指标",
            [(4, month) for month in range(1, 7)],
            (Status.ON_TRACK, *[Status.ATTAINED] * 3),
        ),
    ],
)
def test_indicators_of_a_closed_project_are_judged_as_at_the_end_of_its_year(
    target, level1, results, statuses
):
    """But those that are not due yet."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(indicators=(indicator("x", target, level1=level1),)))
        for value, month in results:
            on = date(2023, month, 28 if month == 2 else 29)
            ledger.report_result(PROJECT, "x", value, on=on)
        ledger.close_project(PROJECT, on=CLOSED, carried_over={"fiscal": 200})
        found = [ledger.view(through=on).attainment(PROJECT)[0] for on in DAYS]
        assert [each.status for each in found] == [*statuses]


def test_a_closing_is_named_where_it_decides():
    """In the explanation of a status, and of what changed."""
    with Ledger.open(":memory:", actor="a", clock=Clock()) as ledger:
        ledger.append(approval(indicators=(indicator("x", "≥60次"),)))
        ledger.report_result(PROJECT, "x", 10, on=date(2023, 3, 31))
        ledger.close_project(PROJECT, on=CLOSED, carried_over={"fiscal": 200})
        why = ledger.explain(PROJECT, "indicators.x.status", through=CLOSED)
        said = why.to_dict("en")
        assert said["value"] == "missed"
        assert any("closed on 2023-06-30" in each for each in said["notes"])
        assert said["terms"][-1]["figure"] == "closed_on"

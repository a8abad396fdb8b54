"""A figure that is added to the registry is given by everything that gives figures."""

import pytest
from openpyxl import load_workbook

from ledger import InvalidInput
from ledger.domain.money import share
from ledger.figures import registry
from ledger.figures.figure import Figure, FigureKind, Scope, Width
from ledger.projections.amounts import Money
from ledger.projections.attainment import AttainmentLine
from ledger.projections.months import Month
from ledger.reports import vocabulary as words
from support import day, fen
from support_figures import heads, sheet_heads

BY_KEY = {row.key: row for row in registry.MONEY}
JUDGED = {row.key: row for row in registry.INDICATORS}

UNSPENT = Figure(
    "unspent",
    FigureKind.MONEY,
    scope=Scope.SOURCE,
    narrowest=Width.LIST,
    parts=(+BY_KEY["current_budget"], -BY_KEY["disbursed"]),
)
SHARE_LEFT = Figure(
    "share_left",
    FigureKind.RATE,
    narrowest=Width.LIST,
    ratio=(UNSPENT, BY_KEY["current_budget"]),
)
PAID_OF_PLAN = Figure(
    "paid_of_plan",
    FigureKind.MONEY,
    parts=(+registry.MONTHS[1], -registry.MONTHS[0]),
)
POINTS_LEFT = Figure(
    "points_left",
    FigureKind.NUMBER,
    narrowest=Width.LIST,
    parts=(+JUDGED["weight"], -JUDGED["score"]),
)
PRETENDED = {
    "unspent": "still unspent",
    "share_left": "share that is left",
    "paid_of_plan": "above the plan",
    "points_left": "points to earn",
}


def difference(left, right):
    """Return a property: one figure less another, nothing where one of them is."""

    def value(line):
        a, b = getattr(line, left), getattr(line, right)
        return None if None in (a, b) else a - b

    return property(value)


@pytest.fixture
def pretended(monkeypatch):
    """Add a figure of each table: a property, a row and words, and nothing else."""
    amount = difference("current_budget", "disbursed")
    monkeypatch.setattr(Money, "unspent", amount, raising=False)
    rate = property(lambda line: share(line.unspent, line.current_budget))
    monkeypatch.setattr(Money, "share_left", rate, raising=False)
    ahead = difference("disbursed", "planned")
    monkeypatch.setattr(Month, "paid_of_plan", ahead, raising=False)
    points = difference("weight", "score")
    monkeypatch.setattr(AttainmentLine, "points_left", points, raising=False)
    money = (*registry.MONEY, UNSPENT, SHARE_LEFT)
    monkeypatch.setattr(registry, "MONEY", money)
    monkeypatch.setattr(registry, "MONTHS", (*registry.MONTHS, PAID_OF_PLAN))
    monkeypatch.setattr(registry, "INDICATORS", (*registry.INDICATORS, POINTS_LEFT))
    known = words.words
    monkeypatch.setattr(words, "words", lambda lang: {**known(lang), **PRETENDED})


@pytest.mark.usefixtures("pretended")
def test_a_new_figure_is_in_the_data(report):
    """In JSON, in CSV and in tidy rows, of the report and of the portfolio."""
    told, portfolio = report.to_dict(), report.portfolio()
    [project] = told["projects"]
    for holder in (told["totals"], project, project["by_source"]["fiscal"]):
        assert holder["unspent"] == "876.55"
    assert told["totals"]["share_left"] == project["share_left"] == "0.876550"
    assert [m["paid_of_plan"] for m in project["months"]][1:4] == [
        "45.67",
        "-86.11",
        None,
    ]
    assert project["indicators"][0]["points_left"] is not None
    assert portfolio.to_dict()["by_unit"][0]["unspent"] == "876.55"
    source = "by_source.fiscal.unspent"
    assert {"unspent", "share_left", source} <= set(heads(report.render("csv")))
    assert "still unspent (CNY)" in heads(report.render("csv", language="en"))
    assert "fiscal still unspent (CNY)" in heads(report.render("csv", language="en"))
    assert "paid_of_plan" in heads(report.render("csv", table="months"))
    assert "points_left" in heads(report.render("csv", table="indicators"))
    for table in ("units", "sources"):
        assert "unspent" in heads(portfolio.render("csv", table=table))
    assert "paid_of_plan" in heads(portfolio.render("csv", table="months"))
    tidy = {row["figure"]: row["value"] for row in report.to_records()}
    assert tidy["unspent"] == fen(87_655)
    assert {"share_left", "paid_of_plan"} <= set(tidy)
    judged = {row["figure"]: row["value"] for row in report.to_records("indicators")}
    assert judged["points_left"] == judged["weight"] - judged["score"]


@pytest.mark.usefixtures("pretended")
def test_a_new_figure_is_seen_by_people(report, tmp_path):
    """In the workbook, on the page, and in the texts of every report."""
    path = tmp_path / "report.xlsx"
    report.write(path, language="en")
    projects, indicators, months = sheet_heads(path)
    assert {"still unspent", "share that is left"} <= set(projects)
    assert "points to earn" in indicators
    assert "above the plan" in months
    sheet = load_workbook(path, data_only=False).worksheets[0]
    column = projects.index("still unspent") + 1
    assert sheet.cell(4, column).value.startswith("=SUM(")
    rate = sheet.cell(3, projects.index("share that is left") + 1).value
    assert rate.startswith("=IF(")
    report.write(tmp_path / "report.html", language="en")
    page = (tmp_path / "report.html").read_text("utf-8")
    for word, times in zip(PRETENDED.values(), (3, 3, 1, 1), strict=True):
        assert page.count(word) == times, word
    text = report.render("text", width=300, language="en")
    detail = report.render("text", width=300, project="P-1", language="en")
    portfolio = report.portfolio().render("text", width=300, language="en")
    for shown in (text, detail, portfolio):
        assert "still unspent" in shown
    for listed in (text, portfolio):
        assert "share that is left" in listed
        assert "87.7%" in listed
    for of_months in (detail, portfolio):
        assert "above the plan" in of_months
    assert "points to earn" in detail


@pytest.mark.usefixtures("pretended")
def test_a_new_figure_is_explained(ledger, report):
    """By what it is made of, with the numbers, wherever it is."""
    through = report.through

    def formula(subject, figure):
        return str(ledger.explain(subject, figure, through=through).formula)

    made = "current_budget − disbursed = 1,000.00 CNY − 123.45 CNY"
    assert (
        formula("P-1", "unspent") == formula("P-1", "by_source.fiscal.unspent") == made
    )
    left, numbers = made.split(" = ")
    assert formula("totals", "unspent") == f"{left}, of the sums = {numbers}"
    quotient = "unspent ÷ current_budget = 876.55 CNY ÷ 1,000.00 CNY"
    assert formula("P-1", "share_left") == quotient
    month = "disbursed − planned = 0.00 CNY − 86.11 CNY"
    assert formula("P-1", "months.2023-03.paid_of_plan") == month
    nothing = formula("P-1", "months.2023-04.paid_of_plan")
    assert nothing.endswith(": disbursed is nothing")
    explained = ledger.explain("P-1", "indicators.次数.points_left", through=through)
    assert [term.figure.rpartition(".")[2] for term in explained.terms] == [
        "weight",
        "score",
    ]
    with pytest.raises(InvalidInput, match="unspent, share_left"):
        ledger.explain("P-1", "nonsense", through=through)


@pytest.mark.usefixtures("pretended")
def test_a_new_figure_that_differs_names_its_events(ledger, report):
    """Differences and receipts follow the row as well: what its parts rest on."""
    ledger.disburse("P-1", fen(1_000), voucher="W", on=day(3))
    changed = {
        each.path: each
        for each in ledger.differences(report.position, through=report.through)
    }
    for path in ("projects.P-1.unspent", "totals.share_left"):
        assert [cause.type for cause in changed[path].causes] == ["Disbursed"]
    assert changed["projects.P-1.months.2023-03.paid_of_plan"].positions
    checked = ledger.verify_report(report.to_dict())
    assert checked.ok
    restated = {each.path for each in checked.restated}
    assert "projects.P-1.unspent" in restated

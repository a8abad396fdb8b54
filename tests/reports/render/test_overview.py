"""What the page begins with: a curve, a picture of all projects, and what is wrong."""

from datetime import date

import pytest

from ledger import Ledger, Policy, Settings
from ledger.messages import Language
from ledger.reports import vocabulary
from ledger.reports.render import drawings, overview
from support import approval, indicator

IN_ENGLISH = Settings(language="en", scale="1")
SAY = vocabulary.words(Language.ENGLISH)


@pytest.fixture
def report():
    """Return June of one project that goes well, and of one that does not."""
    with Ledger.open(":memory:", actor="finance", settings=IN_ENGLISH) as ledger:
        for code, spent, trained in (("P-1", "6000.00", 6), ("P-2", "10.00", 1)):
            rows = (indicator("培训", "≥10次"), indicator("成本", "≤6.5万元/次"))
            ledger.append(approval(code, budget=1_000_000, indicators=rows))
            ledger.disburse(code, spent, voucher=code, on=date(2023, 5, 2))
            ledger.report_result(code, "培训", trained, on=date(2023, 5, 3))
            ledger.report_result(code, "成本", "63700", on=date(2023, 5, 3))
        yield ledger.monthly_report(2023, 6)


def test_a_dot_stands_where_spending_and_results_are(report):
    """Who is behind in both is left of and below who is on pace."""
    fields = overview.fields(report, SAY)
    dots = {
        report.projects[d["number"] - 1].execution.project: d for d in fields["dots"]
    }
    assert dots["P-2"]["x"] < fields["x"] < dots["P-1"]["x"]
    assert dots["P-2"]["y"] > dots["P-1"]["y"]


def test_what_needs_attention_is_listed_with_who_owes_it(report):
    """Worst first; what goes well is not in it."""
    attention = overview.attention(report, SAY)
    assert attention["more"] == 0
    ranks = [row["status"].row.badness for row in attention["rows"]]
    assert ranks == sorted(ranks, reverse=True)
    text = " | ".join(row["what"] for row in attention["rows"])
    assert "培训: 1 次, target ≥10次" in text
    assert all(row["who"] for row in attention["rows"])


@pytest.mark.parametrize(
    ("against", "said"),
    [
        ("plan", "0.4% of what its plan has due by now is disbursed"),
        ("both", "0.4% of what its plan has due by now is disbursed"),
        ("time", "0.1% of the budget is disbursed, 50.0% of the year is over"),
    ],
)
def test_money_is_said_to_fall_short_of_what_it_is_judged_by(against, said):
    """Of its plan where that is asked, of the calendar else."""
    due = {date(2023, 3, 31): "2500.00", date(2023, 12, 31): "10000.00"}
    with Ledger.open(":memory:", actor="finance", settings=IN_ENGLISH) as ledger:
        ledger.policy = Policy(money_against=against)
        ledger.append(approval(budget=1_000_000, indicators=()))
        ledger.revise_plan("P-1", due, on=date(2023, 1, 1))
        ledger.disburse("P-1", "10.00", voucher="V-1", on=date(2023, 5, 2))
        report = ledger.monthly_report(2023, 6)
    (row,) = overview.attention(report, SAY)["rows"]
    assert row["what"] == said


def test_lines_are_labelled_where_they_end(report):
    """The day is marked, and what was disbursed ends on it."""
    curve = drawings.curve_of_all(report)
    x, _, amount = curve["ends"]["disbursed"]
    assert x == curve["today"]
    assert f"{amount}" == "6010.00"
    assert "committed" not in curve["ends"]


def test_the_page_shows_all_three(report):
    """Before the table of projects, in this order."""
    page = report.render("html")
    places = [
        page.index(f'id="{key}"') for key in ("overview", "attention", "projects")
    ]
    assert places == sorted(places)
    assert page.count('class="fields"') == 1


def test_results_stand_in_the_unit_and_multiple_of_their_target(report):
    """63700 元 a time are not said beside a target of 6.5 万元 a time."""
    page = report.render("html")
    assert "6.37 万元/次" in page
    assert "63700" not in page.split("<details")[0]

"""The monitoring form's values: money to date, forecast, outlook, what is missing."""

import json
from datetime import date
from decimal import Decimal

import pytest

from ledger import Ledger, Settings, VarianceCategory
from ledger.messages import Language
from support import PROJECT, approval, day, fen, indicator

JUNE = date(2023, 6, 30)


@pytest.fixture
def half(ledger):
    """Spend 20 % of a budget by the middle of the year."""
    ledger.append(approval(budget=100_000, goals=("培训。",)))
    ledger.disburse(PROJECT, fen(20_000), voucher="V", on=day(3))
    return ledger


def test_the_forecast_goes_on_at_the_pace_so_far(half):
    """200 yuan in half a year are 400 in a whole one."""
    (one,) = half.monitoring(2023, 6).projects
    assert one.rows["total"].forecast == Decimal("400.00")
    assert one.rows["fiscal"].forecast == Decimal("400.00")
    assert one.rows["other"].forecast == 0


def test_months_follow_the_fiscal_year(half):
    """The form names the months that it covers, as each language does."""

    def months(ledger, year, month):
        return [*map(ledger.monitoring(year, month).months.said, Language)]

    assert months(half, 2023, 6) == ["1-6月", "January to June"]
    assert months(half, 2023, 1) == ["1月", "January"]
    settings = Settings(first_month=4)
    with Ledger.open(":memory:", actor="a", settings=settings) as other:
        assert months(other, 2023, 9) == ["4-9月", "April to September"]
        assert other.monitoring(2024, 3).fiscal_year == 2023


def test_what_is_behind_is_listed_until_it_is_explained(half):
    """Results that are due, money, then indicators that came short."""
    half.state_outlook(PROJECT, on=JUNE, as_planned=True)
    half.state_outlook(PROJECT, on=JUNE, indicator="开展就业培训数", as_planned=True)
    found = half.monitoring(2023, 6).findings
    assert [(f.code, f.place) for f in found] == [
        ("result.overdue", f"{PROJECT} › 开展就业培训数"),
        ("variance.unexplained", PROJECT),
    ]
    half.report_result(PROJECT, "开展就业培训数", 1, on=JUNE)
    found = half.monitoring(2023, 6).findings
    assert found[1].place == f"{PROJECT} › 开展就业培训数"
    half.explain_variance(
        PROJECT,
        VarianceCategory.STAFFING,
        "缺讲师",
        on=JUNE,
        indicator="开展就业培训数",
    )
    half.explain_variance(PROJECT, VarianceCategory.FUNDING, "到账晚", on=JUNE)
    made = half.monitoring(2023, 6)
    assert made.findings == []
    assert made.projects[0].explanation.text == "到账晚"


def test_an_explanation_of_later_does_not_show_in_june(half):
    """The form stands at its date."""
    half.explain_variance(
        PROJECT, VarianceCategory.FUNDING, "到账晚", on=date(2023, 7, 1)
    )
    assert half.monitoring(2023, 6).projects[0].explanation is None


def test_json_has_money_by_row_and_indicators(half, tmp_path):
    """Whoever feeds a platform reads it there."""
    half.monitoring(2023, 6).write(tmp_path / "june.json")
    shown = json.loads((tmp_path / "june.json").read_text("utf-8"))
    assert shown["through"] == "2023-06-30"
    (project,) = shown["projects"]
    assert project["money"]["total"]["forecast"] == "400.00"
    assert project["money"]["total"]["execution_rate"] == "0.200000"
    assert project["indicators"][0]["status"] == "overdue"
    assert shown["findings"][0]["code"] == "result.overdue"


def test_text_in_both_languages(half):
    """Amounts are in the ledger's scale, and the method of the forecast is said."""
    made = half.monitoring(2023, 6)
    assert "绩效运行监控，2023 年度" in made.render("text", language="zh")
    english = made.render("text", language="en")
    assert "Monitoring of fiscal year 2023, through 2023-06-30" in english
    assert "0.04" in english
    assert "disbursed ÷ time progress" in english


@pytest.mark.parametrize("year", [2022, 2024])
def test_a_month_of_another_year_has_no_projects(half, year):
    """Neither before anything nor after the year."""
    made = half.monitoring(year, 6)
    assert (made.projects, made.findings) == ([], [])


def test_a_month_before_the_approval_has_no_projects(ledger):
    """A project is monitored from its approval on."""
    ledger.append(approval(on=date(2023, 5, 1), indicators=(indicator(),)))
    assert ledger.monitoring(2023, 4).projects == []
    assert len(ledger.monitoring(2023, 5).projects) == 1

"""The portfolio: sums are the same whichever way they are cut, and rates follow them."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from ledger import Funding, InvalidInput, Ledger, Settings, Status
from ledger.domain.money import share
from ledger.domain.scoring_rule import WeightGroup
from support import approval, day, fen, indicator
from support_reports import hostile_report, reports

AMOUNTS = ("original_budget", "current_budget", "disbursed", "available")


@pytest.fixture
def three(path):
    """Report on three projects of two units: paid 10 %, 50 % and 90 % of the budget."""
    with Ledger.open(path, actor="a", settings=Settings(language="en")) as ledger:
        for code, unit, budget, paid in (
            ("A", "U-2", 100_000, 50_000),
            ("B", "U-1", 900_000, 90_000),
            ("C", "U-1", 100_000, 90_000),
        ):
            ledger.append(
                approval(code, budget, unit=unit, unit_name=f"Unit of {unit}")
            )
            ledger.disburse(code, fen(paid), voucher="V", on=day(2))
        ledger.report_result("A", "开展就业培训数", 6, on=day(3))
        return ledger.monthly_report(2023, 3).portfolio()


@given(reports())
def test_units_sources_and_months_come_to_the_same_total(report):
    """The sum by unit is the total, as is the sum by source and by month."""
    made = report.portfolio()
    tops = {path for path in made.by_source if path.rpartition("/")[0] == ""}
    tops |= {p for p in made.by_source if p.partition("/")[0] not in tops}
    for figure in AMOUNTS:
        whole = getattr(made.totals, figure)
        assert sum(getattr(unit.money, figure) for unit in made.by_unit) == whole
        assert sum(getattr(made.by_source[path], figure) for path in tops) == whole
    known = [m for m in made.months if m.disbursed is not None]
    assert sum(month.disbursed for month in known) == made.totals.disbursed
    assert known[-1].month == report.month
    assert known[-1].cumulative_disbursed == made.totals.disbursed
    assert known[-1].cumulative_planned == made.totals.planned
    assert sum(unit.projects for unit in made.by_unit) == len(report.projects)


@given(reports())
def test_every_rate_is_one_of_sums(report):
    """No rate of a unit, a source or all is the mean of others."""
    made = report.portfolio()
    parts = [unit.money for unit in made.by_unit]
    for part in [*parts, *made.by_source.values(), made.totals]:
        assert part.execution_rate == share(part.disbursed, part.current_budget)


@given(reports())
def test_rankings_hold_each_project_once_in_order(report):
    """Lowest rate first, and furthest behind first; without a budget there is no rate."""
    made = report.portfolio()
    rates = [
        Fraction(li.minor_disbursed, li.minor_current) for li in made.by_execution_rate
    ]
    assert rates == sorted(rates)
    variances = [line.variance for line in made.by_variance]
    assert variances == sorted(variances)
    budgets = {
        p.execution.project for p in report.projects if p.execution.current_budget
    }
    assert sorted(li.project for li in made.by_execution_rate) == sorted(budgets)
    assert len(made.by_variance) == len(report.projects)


def test_a_rate_of_a_unit_is_pooled(three):
    """180,000 of 1,000,000 is 18 %, and not the mean of 10 % and 90 %."""
    first, second = three.by_unit
    assert (first.unit, first.unit_name, first.projects) == ("U-1", "Unit of U-1", 2)
    assert first.money.execution_rate == Decimal("0.180000")
    assert second.money.execution_rate == Decimal("0.500000")
    assert first.statuses == {Status.OVERDUE: 1, Status.BEHIND: 1}


def test_rankings_put_ties_in_order_of_code(ledger):
    """Projects with the same figures stand by their codes, whatever their status."""
    for code in ("B", "C", "A"):
        ledger.append(approval(code))
        ledger.disburse(code, fen(25_000), voucher="V", on=day(2))
    ledger.report_result("C", "开展就业培训数", 0, on=day(3))
    report = ledger.monthly_report(2023, 3)
    assert [project.execution.project for project in report.projects] == ["C", "A", "B"]
    made = report.portfolio()
    assert [line.project for line in made.by_execution_rate] == ["A", "B", "C"]
    assert [line.project for line in made.by_variance] == ["A", "B", "C"]


def test_rates_that_round_alike_are_told_apart(ledger):
    """A ranking compares exact shares and not six decimals of them."""
    for code, paid in (("A", "10000000.01"), ("B", "10000000.00")):
        ledger.append(approval(code, 3_000_000_000_00))
        ledger.disburse(code, paid, voucher="V", on=day(2))
    made = ledger.monthly_report(2023, 3).portfolio()
    assert made.totals.execution_rate is not None
    assert [line.project for line in made.by_execution_rate] == ["B", "A"]


def test_a_ranking_shows_100_percent_only_where_all_is_spent(ledger):
    """A rate that six decimals round to 1 is printed as 99.9%."""
    ledger.append(approval("A", 3_000_000_000_00))
    ledger.disburse("A", "2999999999.99", voucher="V", on=day(2))
    made = ledger.monthly_report(2023, 3).portfolio()
    assert made.totals.execution_rate == 1
    assert "99.9%" in made.render("text")
    assert "100.0%" not in made.render("text")


def test_rankings_show_both_ends(three):
    """B has spent least of its budget, and is furthest behind; C is ahead."""
    assert [line.project for line in three.by_execution_rate] == ["B", "A", "C"]
    assert [line.project for line in three.by_variance] == ["B", "A", "C"]


def test_groups_add_up_points_and_leave_out_what_has_none(path):
    """Points earned of points possible, over the indicators that have a score."""
    rows = (
        indicator("一", "≥10次", weight=Decimal(40)),
        indicator("二", "≥10次", level1="产出", weight=Decimal(20)),
        indicator("三", "≥98%", "满意度指标", weight=Decimal(30)),
    )
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(approval(indicators=rows))
        ledger.append(approval("Q", indicators=(indicator("四", level1="其他"),)))
        ledger.report_result("P-1", "一", 5, on=day(3))
        output, satisfaction, other = (
            ledger.monthly_report(2023, 3).portfolio().by_level1
        )
    assert (output.group, output.indicators, output.scored) == (
        WeightGroup.OUTPUT,
        2,
        1,
    )
    assert (output.score, output.possible_score) == (Decimal("20.00"), 40)
    assert output.score_rate == Decimal("0.500000")
    assert output.statuses == {Status.ON_TRACK: 1, Status.OVERDUE: 1}
    assert (satisfaction.scored, satisfaction.score_rate) == (0, None)
    assert other.group == "其他"


def test_an_empty_portfolio_has_months_and_no_rates(ledger):
    """Nothing is not zero per cent."""
    made = ledger.monthly_report(2023, 2).portfolio()
    assert (made.by_unit, made.by_level1, made.by_variance) == ([], [], [])
    assert made.totals.execution_rate is None
    assert [month.disbursed for month in made.months] == [0, 0, *[None] * 10]
    assert "0 projects: none" in made.render("text", language="en")
    assert made.render("csv", table="units").startswith('"unit","unit_name","projects"')


def test_the_json_is_the_values(three, tmp_path):
    """Figures are text, counts are numbers, and the file is what is returned."""
    three.write(tmp_path / "portfolio.json")
    text = three.render("json")
    assert (tmp_path / "portfolio.json").read_text("utf-8") == text
    read = json.loads(text)
    assert read["month"] == "2023-03"
    assert read["totals"]["execution_rate"] == "0.209091"
    assert read["by_unit"][0]["statuses"] == {"overdue": 1, "behind": 1}
    assert read["by_unit"][0]["disbursed"] == "1800.00"
    assert read["by_source"]["fiscal"]["current_budget"] == "11000.00"
    assert read["by_level1"][0]["group"] == "output"
    assert [row["project"] for row in read["ranking"]["variance"]] == ["B", "A", "C"]
    assert [row["rank"] for row in read["ranking"]["execution_rate"]] == [1, 2, 3]
    assert read["months"][1]["disbursed"] == "2300.00"


@pytest.mark.parametrize("table", ["units", "sources", "groups", "ranking", "months"])
def test_every_table_has_a_row_for_each_value(three, table):
    """In Chinese too, with a head for each column and no head twice."""
    plain = list(csv.reader(io.StringIO(three.render("csv", table=table))))
    chinese = list(
        csv.reader(io.StringIO(three.render("csv", table=table, language="zh")))
    )
    rows = {"units": 2, "sources": 1, "groups": 1, "ranking": 3, "months": 12}[table]
    assert len(plain) == len(chinese) == rows + 1
    assert len(set(chinese[0])) == len(plain[0])
    assert not set(chinese[0]) & set(plain[0])


def test_a_status_that_no_project_has_is_counted_as_none(three):
    """A column for each status in every row."""
    first = next(csv.DictReader(io.StringIO(three.render("csv", table="units"))))
    there = {status.value: first[status.value] for status in Status}
    assert there.pop("overdue") == there.pop("behind") == "1"
    assert {*there.values()} == {"0"}


def test_the_table_of_ranks_has_both(three):
    """One row a project, furthest behind first."""
    rows = list(csv.DictReader(io.StringIO(three.render("csv", table="ranking"))))
    ranks = [(r["project"], r["execution_rate_rank"], r["variance_rank"]) for r in rows]
    assert ranks == [("B", "1", "1"), ("A", "2", "2"), ("C", "3", "3")]


def test_a_table_that_there_is_not_is_refused(three):
    """The message names those that there are."""
    with pytest.raises(InvalidInput, match="units, sources, groups, ranking, months"):
        three.render("csv", table="projects")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [80, 100])
def test_long_rankings_show_their_ends(width, language):
    """Five from either end, the rest as dots, and no control character is obeyed."""
    text = hostile_report().portfolio().render("text", width=width, language=language)
    assert text.count("\n …\n") == 2
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_units_come_in_order_of_code(ledger):
    """Whatever order their projects were approved in."""
    amounts = (Funding(source="fiscal", amount=100),)
    ledger.append(
        *(approval(f"P-{n:02}", unit=f"U-{99 - n}", amounts=amounts) for n in range(40))
    )
    units = [unit.unit for unit in ledger.monthly_report(2023, 1).portfolio().by_unit]
    assert units == sorted(units)
    assert len(units) == 40

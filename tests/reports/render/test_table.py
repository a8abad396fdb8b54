"""Tables as CSV and tidy rows: read back they are the report, and nothing runs."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given

from ledger import InvalidInput, Language, Ledger, Rating, Settings
from ledger.reports import vocabulary as words
from ledger.reports.render import json as as_json
from ledger.reports.render.monthly_table import _TABLES as TABLES
from ledger.spreadsheet.safe_text import unguarded
from support import approval, day, fen, indicator
from support_reports import HOSTILE, hostile_report, reports

MONTHS = "planned disbursed cumulative_planned cumulative_disbursed".split()


def rows(text):
    """Read CSV back."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def paid(ledger):
    """Return a ledger of one project with a payment, results and an explanation."""
    quality = indicator("质量", "效果显著", level2="质量指标")
    ledger.append(approval(indicators=(indicator("次数"), quality)))
    ledger.disburse("P-1", fen(12_345), voucher="V", on=day(2))
    ledger.report_result("P-1", "质量", Rating.PARTLY, on=day(3))
    why = {"indicator": "次数"}
    for on in (day(3), day(9)):
        ledger.explain_variance("P-1", "staffing", "=招聘", on=on, **why)
    return ledger


@given(reports())
def test_projects_read_back_are_the_values_of_the_json(report):
    """Every figure, exact; absent is empty."""
    read = rows(report.render("csv"))
    assert len(read) == len(report.projects)
    for row, project in zip(read, report.to_dict()["projects"], strict=True):
        for key in {*project} - {"by_source", "months", "indicators"}:
            assert row[key] == str(project[key] if project[key] is not None else "")
        for source, figures in project["by_source"].items():
            for figure, value in figures.items():
                assert row[f"by_source.{source}.{figure}"] == (value or "")


@given(reports())
def test_months_read_back_sum_to_the_totals(report):
    """What was disbursed in the months is what is disbursed."""
    read = rows(report.render("csv", table="months"))
    disbursed = sum(Decimal(row["disbursed"]) for row in read if row["disbursed"])
    assert disbursed == report.totals.disbursed
    planned = sum(Decimal(r["planned"]) for r in read if r["month"] <= report.month)
    assert planned == report.totals.planned


@given(reports())
def test_records_sum_to_the_totals(report):
    """One row for each project, month and figure; figures to date in the month itself."""
    records = report.to_records()

    def total(figure):
        found = [r for r in records if r["figure"] == figure]
        return sum(r["value"] for r in found if r["value"] is not None)

    names = [(r["project"], r["month"], r["figure"]) for r in records]
    assert len(set(names)) == len(names) == len(report.projects) * (12 * 4 + 27)
    for figure in (
        "disbursed",
        "original_budget",
        "current_budget",
        "available",
        "variance",
    ):
        assert total(figure) == getattr(report.totals, figure)
    last = [r for r in records if r["month"] == report.month]
    cumulative = [r["value"] for r in last if r["figure"] == "cumulative_disbursed"]
    assert sum(cumulative) == report.totals.disbursed


@given(reports())
def test_indicators_read_back_are_the_values_of_the_json(report):
    """As CSV and as records."""
    read = rows(report.render("csv", table="indicators"))
    told = [
        i for project in report.to_dict()["projects"] for i in project["indicators"]
    ]
    assert [row["result"] for row in read] == [i["result"] or "" for i in told]
    assert [row["score"] for row in read] == [i["score"] or "" for i in told]
    assert [row["status"] for row in read] == [i["status"] for i in told]
    scores = [
        r["value"] for r in report.to_records("indicators") if r["figure"] == "score"
    ]
    assert [as_json.plain(score) for score in scores] == [i["score"] for i in told]


def test_records_are_plain_values(paid):
    """A data frame takes them as they are: text, numbers, and nothing where there is none."""
    records = paid.monthly_report(2023, 3).to_records()
    assert records[4] == {
        "project": "P-1",
        "name": "project P-1",
        "unit": "U-1",
        "fiscal_year": 2023,
        "month": "2023-02",
        "figure": "planned",
        "value": records[4]["value"],
    }
    found = {(r["month"], r["figure"]): r["value"] for r in records}
    assert found["2023-02", "disbursed"] == Decimal("123.45")
    assert found["2023-04", "disbursed"] is None
    assert found["2023-03", "execution_rate"] == Decimal("0.123450")
    assert ("2023-02", "execution_rate") not in found


def test_results_that_are_no_number_are_no_record_value(paid):
    """A rating is no figure; its attainment would be, had a share been claimed."""
    records = paid.monthly_report(2023, 3).to_records("indicators")
    results = {r["indicator"]: r["value"] for r in records if r["figure"] == "result"}
    assert results == {"次数": None, "质量": None}


@pytest.mark.parametrize("table", TABLES)
def test_every_key_of_the_json_has_its_column(paid, table):
    """Those of a project, an indicator and a month; nested ones with dots."""
    report = paid.monthly_report(2023, 3)
    project = report.to_dict()["projects"][0]
    keys = {
        "projects": {*project} - {"by_source", "months", "indicators"},
        "indicators": {*project["indicators"][0]} - {"explanation"},
        "months": {*project["months"][0]},
    }
    assert keys[table] <= set(rows(report.render("csv", table=table))[0])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("language", Language)
def test_heads_in_words_are_all_different(paid, table, language):
    """Two columns of one name could not be told apart."""
    text = paid.monthly_report(2023, 3).render("csv", table=table, language=language)
    heads = next(csv.reader(io.StringIO(text)))
    assert len(set(heads)) == len(heads)
    assert all(heads)


def test_words_stand_for_statuses_ratings_and_categories(paid):
    """In the language that was asked for; the figures stay the same."""
    report = paid.monthly_report(2023, 9)
    count, quality = rows(report.render("csv", table="indicators", language="zh"))
    assert (count["状态"], count["计量方式"], count["已到期"]) == (
        "逾期",
        "累计",
        "是",
    )
    assert count["偏差原因"] == "人员保障"
    assert quality["完成值"] == "部分完成"
    (project,) = rows(report.render("csv", language="zh"))
    assert project["已支出（元）"] == "123.45"
    assert project["财政资金 执行率"] == "0.123450"
    assert rows(report.render("csv", language="en"))[0]["status"] == "behind"


def test_the_file_is_as_spreadsheets_want_it(paid, tmp_path):
    """A byte order mark before it, CRLF after each line, every cell quoted."""
    report = paid.monthly_report(2023, 3)
    report.write(tmp_path / "projects.csv")
    text = report.render("csv")
    written = (tmp_path / "projects.csv").read_bytes()
    assert written == b"\xef\xbb\xbf" + text.encode()
    assert written.count(b"\r\n") == written.count(b"\n") == 2
    assert all(cell.startswith('"') for cell in text.split("\r\n")[1].split(","))


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_can_be_taken_for_a_formula(table):
    """And what was guarded is there in full, behind an apostrophe."""
    read = rows(hostile_report().render("csv", table=table))
    for row in read:
        for cell in row.values():
            number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
            assert number or not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
            assert not cell.startswith(("\t", "\r", "\n"))
    key = {"projects": "name", "indicators": "project_name", "months": "name"}[table]
    assert {unguarded(row[key]) for row in read} == set(HOSTILE)


def test_a_funding_source_can_be_no_formula_either(ledger):
    """Its name is in the heads."""
    ledger.append(
        approval(
            amounts=(approval().amounts[0].__class__(source="=1.2", amount=5),),
            new_source=True,
        )
    )
    report = ledger.monthly_report(2023, 3)
    assert "by_source.=1.2.disbursed" in rows(report.render("csv"))[0]
    assert "'=1.2 已支出（元）" in rows(report.render("csv", language="zh"))[0]
    assert (
        rows(report.portfolio().render("csv", table="sources"))[0]["source"] == "'=1.2"
    )


@pytest.mark.parametrize("table", TABLES)
def test_an_empty_report_has_its_heads(ledger, table):
    """And no rows."""
    text = ledger.monthly_report(2023, 3).render("csv", table=table)
    assert text.startswith('"project","')
    assert text.count("\r\n") == 1
    assert ledger.monthly_report(2023, 3).to_records() == []


def test_what_there_is_not_is_refused(paid, tmp_path):
    """A table, a language, a folder: each error says what would be right."""
    report = paid.monthly_report(2023, 3)
    with pytest.raises(
        InvalidInput,
        match="one of projects, indicators, months",
    ):
        report.write(tmp_path / "x.csv", table="units")
    with pytest.raises(InvalidInput, match="one of months, indicators"):
        report.to_records("projects")
    with pytest.raises(InvalidInput, match="one of zh, en"):
        report.write(tmp_path / "x.csv", language="fr")
    with pytest.raises(InvalidInput, match="a folder that exists"):
        report.write(tmp_path / "no" / "x.csv")
    assert not list(tmp_path.glob("*.csv"))


def test_amounts_have_the_decimals_of_their_currency(path):
    """A currency without a minor unit shows none."""
    settings = Settings(currency=Settings().currency.__class__("KRW"))
    with Ledger.open(path, actor="a", settings=settings) as ledger:
        ledger.append(approval(budget=5000))
        report = ledger.monthly_report(2023, 3)
    assert rows(report.render("csv"))[0]["original_budget"] == "5000"
    assert "original budget (KRW)" in rows(report.render("csv", language="en"))[0]


def test_every_word_is_there_in_both_languages():
    """A missing one would show as an empty head."""
    for language in Language:
        assert all(words.words(language).values())

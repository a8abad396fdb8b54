"""Registers of a year: carry-over, two years, adjustments, closed months."""

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pytest
from click import Context
from click.testing import CliRunner
from openpyxl import load_workbook

from ledger import InvalidInput, Language, Ledger, Settings
from ledger.app.register_rows import REGISTERS
from ledger.app.view import View
from ledger.cli import main
from ledger.messages import section
from support import approval, day

MARCH = date(2024, 3, 31)
YEAR_END = date(2023, 12, 31)
COMMANDS = {row.verb: row.name for row in REGISTERS}
"""The method of a ledger that each command hands out."""


@pytest.fixture
def ledger(path):
    """Keep two units over two years, with a month that was closed and restated."""
    with Ledger(path, actor="t", settings=Settings(language="en")) as made:
        made.append(approval("P", 100_000, unit="U-1"))
        made.append(approval("Q", 50_000, unit="U-2"))
        made.disburse("P", 300, voucher="1", on=day(3, 5))
        made.adjust_budget("Q", "supplement", 100, on=day(4, 1), document="财预5号")
        made.adjust_budget("Q", "reduction", 30, on=day(5, 1), document="财预6号")
        made.close_period("2023-03-31")
        made.reopen_period(
            "2023-03-01", "2023-03-31", until="2099-01-01", reason="late"
        )
        made.disburse("P", 50, voucher="2", on=day(3, 6))
        made.close_project("P", year=2023, carried_over={"fiscal": 200})
        made.append(
            approval("P", 70_000, unit="U-1", on=date(2024, 1, 1), fiscal_year=2024)
        )
        made.carry_over("P", on="2024-02-01", amounts={"fiscal": 150})
        made.disburse("P", 20, voucher="1", source="carried_over/fiscal", on=MARCH)
        yield made


def rows(register, table=None):
    return register.to_records(table)


def amount(row, key):
    return Decimal(row[key])


@pytest.mark.parametrize(("through", "year"), [(MARCH, 2023), (MARCH, 2024)])
def test_what_came_in_is_what_went_out_and_what_is_left(ledger, through, year):
    """Of each source, unit and in all; nothing is left of a closed year."""
    register = ledger.carried_over(through=through, year=year)
    whole = register.to_dict()
    for row in [
        *rows(register),
        *whole["by_unit"],
        whole["totals"],
        *rows(register, "sources"),
    ]:
        assert amount(row, "opening") + amount(row, "new_money") == sum(
            amount(row, key)
            for key in ("disbursed", "carried_over", "lapsed", "unspent")
        )
    for row in rows(register):
        assert not row["closed_on"] or amount(row, "unspent") == 0


def test_what_is_handed_on_opens_the_next_year(ledger):
    """Carried 200, handed on 150, which is what the next year begins with."""
    (given, _) = rows(ledger.carried_over(through=MARCH, year=2023))
    assert (given["carried_over"], given["handed_on"]) == ("200.00", "150.00")
    assert given["lapsed"] == "450.00"
    taken = {row["source"]: row for row in rows(ledger.carried_over(through=MARCH))}
    assert taken["carried_over/fiscal"]["opening"] == "150.00"
    assert taken["carried_over/fiscal"]["unspent"] == "130.00"
    assert taken["fiscal"]["opening"] == "0.00"
    assert taken["fiscal"]["new_money"] == "700.00"
    assert taken["carried_over/fiscal"]["free"] == "130.00"
    before = rows(ledger.carried_over(through="2024-01-31", year=2023))[0]
    assert before["handed_on"] == "0.00"


def test_two_years_stand_side_by_side_at_the_same_day(ledger):
    """A project that one of the years has not has nothing there."""
    register = ledger.two_years(through=MARCH)
    assert register.through_before == date(2023, 3, 31)
    own = {row["project"]: row for row in rows(register)}
    assert own["P"]["disbursed_before"] == "350.00"
    assert own["P"]["disbursed"] == "20.00"
    assert own["P"]["growth"] == "-330.00"
    assert own["P"]["new_money"] == "700.00"
    assert own["P"]["execution_rate_before"] == "0.350000"
    assert own["Q"]["current_budget"] is None
    assert own["Q"]["current_budget_before"] == "500.00"
    assert register.totals["disbursed_before"] == 350
    assert ledger.two_years(through="2024-12-31").through_before == YEAR_END
    leap = ledger.two_years(through="2024-02-29")
    assert leap.through_before == date(2023, 2, 28)


def test_the_parts_of_budgets_make_the_current_ones(ledger):
    """By kind, and the list of what was adjusted comes to the same."""
    register = ledger.adjustments(through=YEAR_END)
    for row in [*rows(register), register.to_dict()["totals"]]:
        kinds = ("reductions", "virements_out", "recalls", "carry_returned")
        taken = sum(amount(row, key) for key in kinds)
        given = sum(
            Decimal(value)
            for key, value in row.items()
            if key not in (*kinds, "current_budget", "unit", "project", "project_name")
        )
        assert given - taken == amount(row, "current_budget")
    listed = rows(register, "adjustments")
    assert [(row["kind"], row["amount"], row["document"]) for row in listed] == [
        ("supplement", "100.00", "财预5号"),
        ("reduction", "-30.00", "财预6号"),
    ]
    assert rows(ledger.adjustments(through=day(4, 1)), "adjustments") == listed[:1]


def test_a_closed_month_shows_what_was_restated_since(ledger):
    """What it was when it was closed, what it is, and the facts between."""
    register = ledger.closed_months(through=YEAR_END)
    months = {(row["month"], row["unit"]): row for row in rows(register)}
    assert {month for month, _ in months} == {"2023-01", "2023-02", "2023-03"}
    march = months["2023-03", "U-1"]
    assert (march["disbursed_closed"], march["disbursed"]) == ("300.00", "350.00")
    assert (march["disbursed_restated"], march["facts"]) == ("50.00", 1)
    assert months["2023-02", "U-1"]["facts"] == 0
    assert months["2023-03", "U-2"]["disbursed_restated"] == "0.00"
    (fact,) = rows(register, "facts")
    assert (fact["day"], fact["event"]) == ("2023-03-06", "Disbursed")
    known = ledger.closed_months(through=YEAR_END, known_at=7)
    assert rows(known, "facts") == []
    assert rows(ledger.closed_months(through=MARCH)) == []


@pytest.mark.parametrize(
    ("kind", "asked", "changed"),
    [
        (
            "ApprovalWithdrawn",
            lambda one, on: one.withdraw_approval("N", on=on, reason="x"),
            [("2023-02-01", "U-3")],
        ),
        (
            "FormRevised",
            lambda one, on: one.revise_form("N", on=on, to_unit="U-2"),
            [("2023-02-01", "U-3"), ("2023-02-01", "U-2")],
        ),
        (
            "FormRevised",
            lambda one, on: one.revise_form("N", on=on, name="x", correction=True),
            [("2023-01-01", "U-3")],
        ),
        (
            "Disbursed",
            lambda one, on: one.disburse("M", 1, voucher="9", on=on),
            [("2023-02-01", "U-1"), ("2023-03-01", "U-2")],
        ),
    ],
)
def test_a_fact_is_counted_in_each_unit_whose_figures_it_changed(
    ledger, kind, asked, changed
):
    """That which a project left, was withdrawn from or belongs to later."""
    open_again = {"until": "2099-01-01", "reason": "x"}
    ledger.reopen_period("2023-01-01", "2023-03-31", **open_again)
    ledger.append(approval("N", unit="U-3"), approval("M", unit="U-1"))
    ledger.revise_form("M", on=day(3), to_unit="U-2")
    ledger.close_period("2023-04-30")
    ledger.reopen_period("2023-01-01", "2023-04-30", **open_again)
    known = ledger.position
    asked(ledger, day(2))
    register = ledger.closed_months(through=YEAR_END)
    later = [row for row in rows(register, "facts") if row["position"] > known]
    assert [(row["day"], row["unit"]) for row in later] == changed
    assert {row["event"] for row in later} == {kind}
    months = {(row["month"], row["unit"]): row["facts"] for row in rows(register)}
    assert all(months[on[:7], unit] for on, unit in changed)


def test_a_unit_that_is_closed_alone_is_there_alone(ledger):
    """The others' months are as far as all units were closed."""
    ledger.close_period("2023-04-30", unit="U-2")
    months = {
        (row["month"], row["unit"])
        for row in rows(ledger.closed_months(through=YEAR_END))
    }
    assert ("2023-04", "U-2") in months
    assert ("2023-04", "U-1") not in months


@pytest.mark.parametrize("row", REGISTERS, ids=lambda row: row.name)
def test_a_row_has_its_methods_its_command_and_its_tables(ledger, row):
    """Of a view and of a ledger, the same for any year; CSV has what it says."""
    view = ledger.view(through=MARCH)
    made = [
        getattr(ledger, row.name)(through=MARCH, year=2023),
        getattr(view, row.name)(year=2023),
    ]
    assert made[0].to_dict() == made[1].to_dict()
    assert tuple(table.key for table in made[0].tables) == tuple(row.tables)
    for kind in (Ledger, View):
        method = getattr(kind, row.name)
        assert (method.__name__, method.__doc__) == (row.name, row.make.__doc__)
    assert main.get_command(Context(main), row.verb).name == row.verb


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", COMMANDS)
def test_each_register_is_there_in_every_format(ledger, tmp_path, name, language):
    """The command writes what a script does; the same rows are in all of them."""
    register = getattr(ledger, COMMANDS[name])(through=MARCH)
    path = ledger._parts.log.path
    for form in register.renderings:
        ours, theirs = tmp_path / f"ours.{form}", tmp_path / f"theirs.{form}"
        spoken = {} if form == "json" else {"language": language}
        register.write(ours, format=form, **spoken)
        words = [name, str(path), "--through", "2024-03-31", "--format", form]
        words += ["--out", str(theirs), *(["--lang", language] if spoken else [])]
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        if form != "xlsx":
            assert ours.read_bytes() == theirs.read_bytes()
    shown = json.loads(register.render("json"))
    book = load_workbook(io.BytesIO(register.render("xlsx", language=language)))
    assert len(book.worksheets) == len(register.tables)
    for table in register.tables:
        made = csv.reader(io.StringIO(register.render("csv", table=table.key)))
        assert len(list(made)) - 1 == len(shown[table.name]) == len(table.rows)
        register.render("csv", table=table.key, language=language)
    with pytest.raises(InvalidInput, match="did you mean"):
        register.render("csv", table=f"{register.tables[0].key}s")


def test_sums_of_a_workbook_are_formulas(ledger):
    """Of a unit, and of all, which leave out the sums among them."""
    register = ledger.carried_over(through=MARCH, year=2023)
    sheet = load_workbook(io.BytesIO(register.render("xlsx"))).worksheets[0]
    found = [cell.value for row in sheet.iter_rows() for cell in row]
    formulas = [value for value in found if str(value).startswith("=")]
    assert len(formulas) == 3 * 11
    assert "=SUBTOTAL(9,F3:F6)" in formulas


def test_a_page_runs_nothing_of_what_was_recorded(path):
    """Names are text there, and a name of a unit makes no mark."""
    with Ledger(path, actor="t", settings=Settings(language="en")) as made:
        made.append(approval("P", 100, unit="<script>x</script>"))
        page = made.carried_over(through=MARCH, year=2023).render("html")
    assert "<script>" not in page
    assert "&lt;script&gt;x&lt;/script&gt;" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Closed for the year through 2023-12-31", "for anna until 2099-01-01")),
        ("zh", ("已年终结账至 2023-12-31", "2099-01-01 前只限 anna 补记")),
    ],
)
def test_a_report_says_that_a_year_is_closed_and_for_whom_it_is_open(
    ledger, language, said
):
    """A month that is closed is open to what closes the year; a year is not."""
    days = "2023-12-01", "2023-12-31"
    ledger.close_period("2023-12-31", year_end=True)
    ledger.reopen_period(*days, until="2099-01-01", for_actor="anna", reason="late")
    report = ledger.monthly_report(2023, 12)
    for form in ("text", "html"):
        shown = report.render(form, language=language)
        assert all(one in shown for one in said)
    closed = report.to_dict()["closed"][0]
    assert closed["year_end"] is True
    assert closed["reopened"][-1]["for_actor"] == "anna"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_says_what_is_closed_and_what_was_reopened(ledger, language):
    """As text, page, workbook and JSON; a report that was made before does not."""
    ledger.close_period("2023-04-30", unit="U-2")
    report = ledger.monthly_report(2023, 3)
    sheet = load_workbook(io.BytesIO(report.render("xlsx", language=language)))
    shown = (
        report.render("text", language=language, width=200),
        report.render("html", language=language),
        str(sheet.worksheets[0]["A1"].value),
    )
    word = {"en": "Closed through 2023-03-31", "zh": "已结账至 2023-03-31"}[language]
    again = {"en": "Reopened from 2023-03-01", "zh": "反结账 2023-03-01"}[language]
    for text in shown:
        assert word in text
        assert again in text
        assert "2023-04-30" in text
        assert "late" in text
    whole, unit = report.to_dict()["closed"]
    assert (whole["unit"], whole["through"]) == (None, "2023-03-31")
    assert whole["year_end"] is False
    assert whole["reopened"][0]["until"] == "2099-01-01"
    assert (unit["unit"], unit["reopened"]) == ("U-2", [])
    assert ledger.verify_report(report.to_dict()).ok
    hidden = report.to_dict()
    hidden["closed"] = []
    assert len(ledger.verify_report(hidden).problems) == 2  # And the digest.
    later = ledger.monthly_report(2023, 5).render("text", language=language, width=200)
    assert word in later
    before = ledger.monthly_report(2023, 3, known_at=5)
    assert before.to_dict()["closed"] == []
    assert "2023-03-31 (" not in before.render("text", width=200)
    assert ledger.monthly_report(2024, 3).to_dict()["closed"] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_looks_ahead_of_closed_days_is_noted_where_it_is_shown(path, language):
    """The least that is free to the year's end: not in lists, nor where it is none."""
    say = section("word", Language(language))
    note = say["free_looks_ahead"]
    with Ledger(path, actor="t", settings=Settings(language="en")) as ledger:
        ledger.append(approval("P", 100_000))
        ledger.close_period("2023-03-31")
        report = ledger.monthly_report(2023, 3)
        assert note not in report.render("html", language=language)
        ledger.disburse("P", 300, voucher="1", on=day(5, 5))
        report = ledger.monthly_report(2023, 3)
        page = report.render("html", language=language)
        detail = report.render("text", language=language, project="P")
        later = ledger.monthly_report(2023, 4).render("html", language=language)
    assert say["free"] in page
    assert note in page
    assert note in detail
    assert note not in later
    assert note not in report.render("text", language=language, width=200)
    book = load_workbook(io.BytesIO(report.render("xlsx", language=language)))
    noted = [note in str(sheet["A1"].value) for sheet in book.worksheets]
    assert noted == [True, *[False] * (len(noted) - 1)]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_report_has_the_registers_that_have_rows(ledger, language):
    """A sheet and a section of contracts and of what is carried over; else none."""
    ledger.commit("P", "HT-1", 10, on=date(2024, 2, 2), payee="<b>payee</b>")
    report = ledger.monthly_report(2024, 3)
    names = {"en": ["Contracts", "Carry-over"], "zh": ["合同", "结转结余"]}[language]
    book = load_workbook(io.BytesIO(report.render("xlsx", language=language)))
    assert book.sheetnames[3:] == names
    found = [cell.value for row in book[names[1]].iter_rows() for cell in row]
    assert {"en": "carried over/fiscal", "zh": "上年结转资金/财政资金"}[
        language
    ] in found
    assert "HT-1" in [cell.value for row in book[names[0]].iter_rows() for cell in row]
    page = report.render("html", language=language)
    for name in names:
        assert f">{name}</h2>" in page
    assert "HT-1" in page
    assert "<b>payee" not in page
    before = ledger.monthly_report(2023, 3)
    assert len(load_workbook(io.BytesIO(before.render("xlsx"))).sheetnames) == 3
    assert 'id="balances"' not in before.render("html")


def test_of_very_many_rows_a_report_has_the_sums_of_units(ledger, monkeypatch):
    """And no contracts: the registers themselves list all of them."""
    ledger.commit("P", "HT-1", 10, on=date(2024, 2, 2))
    ledger.commit("P", "HT-2", 10, on=date(2024, 2, 2))
    monkeypatch.setattr("ledger.reports.values.report_registers._MOST", 1)
    report = ledger.monthly_report(2024, 3)
    book = load_workbook(io.BytesIO(report.render("xlsx")))
    assert book.sheetnames[3:] == ["Carry-over"]
    found = [cell.value for row in book["Carry-over"].iter_rows() for cell in row]
    assert "U-1" in found
    assert "carried over/fiscal" not in found
    assert 'id="contracts"' not in report.render("html")

"""Refunds of earlier years at every door, in every register, and in verify."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from click.testing import CliRunner

from ledger import Funding, Ledger
from ledger.cli import main
from support import approval
from support_refunds import (
    END,
    JANUARY,
    JUNE,
    approved,
    back,
    closed_year,
    opened,
    pay,
)
from support_tampering import rewrite


@pytest.fixture
def ledger():
    """Close the project's 2023; nothing is approved for 2024."""
    with closed_year() as made:
        yield made


def test_a_key_records_once_through_either_door(ledger):
    """The request is compared as it was asked."""
    asked = {"of": "1", "voucher": "R", "on": JANUARY, "key": "k"}
    first = ledger.reverse_disbursement("P", 200, **asked)
    assert ledger.reverse_disbursement("P", 200, **asked).id == first.id
    assert back(ledger, 1, voucher="R2", key="k2").id == (
        back(ledger, 1, voucher="R2", key="k2").id
    )


LINES = (
    {
        "type": "DisbursementReversed",
        "project": "P",
        "on": "2024-03-01",
        "voucher": "V",
        "of": "7",
        "amount": "10.00",
    },
    {
        "type": "DisbursementReversed",
        "project": "P",
        "on": "2024-03-01",
        "voucher": "W",
        "of": "1",
        "amount": "20.00",
    },
    {
        "type": "Disbursed",
        "project": "P",
        "on": "2024-02-01",
        "voucher": "7",
        "amount": "30.00",
        "source": "fiscal/county",
    },
    {
        "type": "PriorYearRefund",
        "project": "P",
        "on": "2024-03-01",
        "voucher": "X",
        "of": "7",
        "of_year": 2023,
        "amount": "5.00",
    },
)


@pytest.mark.parametrize("turned", [False, True])
def test_a_file_is_read_in_any_order(ledger, tmp_path, turned):
    """A payment of the same year may come behind its reversal, whatever others had."""
    ledger.reopen_project("P", year=2023, reason="late")
    pay(ledger, 40, "7", on=END)
    ledger.append(approved("P", 2024))
    path = tmp_path / "facts.jsonl"
    rows = LINES[::-1] if turned else LINES
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert ledger.record(path).new == 4
    line = ledger.view(through=JUNE).project("P")
    assert (line.disbursed, line.refunded) == (20, 25)
    assert ledger.record(path).new == 0


def test_a_table_has_a_row_for_a_refund(ledger, tmp_path):
    """With the columns that the others have."""
    path = tmp_path / "facts.csv"
    path.write_text(
        "type,project,on,voucher,of,of_year,amount,payee\n"
        "PriorYearRefund,P,2024-01-09,R,1,2023,12.50,\n"
        "收回以前年度支出,P,2024-01-10,R2,1,,2.50,mill\n",
        "utf-8",
    )
    assert ledger.record(path).new == 2
    rows = ledger.refunds(through=JUNE).to_records()
    assert [(row["refunded"], row["payee"]) for row in rows] == [
        ("12.50", "builder"),
        ("2.50", "mill"),
    ]


def test_the_command_line_records_and_lists(tmp_path):
    """Both verbs; the register as every format."""
    path = tmp_path / "p.ledger"
    opened(path).close()
    run = CliRunner(catch_exceptions=False).invoke
    given = ["--of", "1", "--on", "2024-01-09"]
    for verb, voucher in (("refund", "R"), ("reverse", "S")):
        whole = [verb, str(path), "P", "100", *given, "--voucher", voucher]
        assert run(main, whole).exit_code == 0
    for form in ("text", "json", "csv"):
        asked = ["refunds", str(path), "--through", "2024-06-30", "--format", form]
        done = run(main, asked)
        assert done.exit_code == 0
        assert done.output.count("100.00") == 2
    late = ["refund", str(path), "P", "801", *given, "--voucher", "T"]
    assert run(main, late).exit_code == 1


def test_the_register_says_where_each_came_from(ledger):
    """Per unit and in all, those of projects without a budget of the year as well."""
    ledger.append(approved("Q", 2023, unit="U-2"))
    pay(ledger, 70, "Q-1", code="Q")
    back(ledger, 200)
    ledger.refund("Q", 70, of="Q-1", voucher="R", on=JUNE, reason="double")
    register = ledger.refunds(through=JUNE)
    first, last = register.to_records()
    assert first["project"] == "P"
    assert last == {
        "unit": "U-2",
        "project": "Q",
        "project_name": "project Q",
        "on": "2024-06-30",
        "voucher": "R",
        "of_year": 2023,
        "of": "Q-1",
        "takes_back": None,
        "payee": "builder",
        "source": "fiscal/county",
        "refunded": "70.00",
    }
    assert [row["refunded"] for row in register.by_unit] == [200, 70]
    assert register.totals == {"refunded": 270}
    assert ledger.refunds(through=END).to_records() == []
    assert ledger.view(through=JUNE).by_unit()["U-2"].refunded == 70


def test_a_report_of_the_year_shows_it(ledger):
    """A figure of the project and in all, with its register; forms have no row."""
    back(ledger, 200)
    report = ledger.monthly_report(2024, 6)
    told = report.to_dict()
    assert told["totals"]["refunded"] == "200.00"
    assert told["totals"]["by_source"]["fiscal"]["refunded"] == "200.00"
    [project] = told["projects"]
    assert (project["refunded"], project["current_budget"]) == ("200.00", "0.00")
    assert "收回以前年度支出" in report.render("html", language="zh")
    assert ledger.monitoring(2024, 6).projects == []
    assert ledger.self_evaluation(2024).projects == []
    assert ledger.carried_over(through=JUNE).to_records() == []
    assert ledger.adjustments(through=JUNE).to_records() == []
    assert ledger.verify_report(json.loads(report.render("json"))).ok


def test_money_of_a_year_of_refunds_alone_is_not_judged(ledger):
    """Nothing is known of what it plans; an approval has it judged from its day on."""
    back(ledger, 200)
    report = ledger.monthly_report(2024, 6)
    [project] = report.to_dict()["projects"]
    assert (project["status"], project["money_status"]) == ("not due", "not due")
    why = ledger.explain("P", "money_status", through=JUNE).to_dict("en")
    assert why["value"] == "not due"
    assert "not judged" in why["formula"]
    assert "on track" not in report.render("text", language="en")
    ledger.append(approved("P", 2024))
    assert ledger.view(through=JUNE).project("P").status == "behind"


def test_a_list_of_projects_has_what_came_back_where_something_did(ledger):
    """Of each project, and in all."""
    ledger.append(approved("P", 2024))
    before = ledger.monthly_report(2024, 6).render("text", language="en")
    assert "refunded" not in before.lower()
    back(ledger, 200)
    after = ledger.monthly_report(2024, 6).render("text", language="en")
    assert after.count("200.00") == 2


def test_explanations_and_changes_name_it(ledger):
    """And nothing else: no other figure rests on it."""
    position = back(ledger, 200).position
    for subject, figure in (
        ("P", "refunded"),
        ("P", "by_source.fiscal/county.refunded"),
    ):
        why = ledger.view(through=JUNE).explain(subject, figure)
        assert why.value == 200
        assert [each.position for each in why.rests_on()] == [position]
    assert ledger.view(through=JUNE).explain("totals", "refunded").value == 200
    ledger.append(approved("P", 2024))
    known = ledger.position
    later = back(ledger, 5, voucher="R2", on=JUNE).position
    changes = ledger.differences(known, through=date(2024, 7, 1))
    assert {each.path.rpartition(".")[2] for each in changes} == {"refunded"}
    assert {cause.position for each in changes for cause in each.causes} == {later}


def planted(path, change):
    """Forge the refund that was recorded last, and return what verify says."""

    def forged(rows):
        row = rows[-1]
        place = next(i for i, each in enumerate(row) if str(each).startswith("{"))
        payload = json.loads(row[place]) | change
        row[place] = json.dumps(
            payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return rows

    rewrite(path, forged)
    with Ledger.open(path) as ledger:
        return ledger.verify()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": 800_01}, "0.01"),
        ({"of": "x-9"}, "x-9"),
        ({"source": "other"}, "other"),
        ({"of_year": 2022}, "2022"),
        ({"of_year": 2024}, "2024"),
    ],
)
def test_a_refund_that_was_planted_is_found(tmp_path, change, said):
    """By what is left of its payment, which is of another stream."""
    path = tmp_path / "p.ledger"
    with opened(path) as ledger:
        back(ledger, 200)
        back(ledger, 10, voucher="R2")
    done = planted(path, change)
    assert not done.ok
    assert done.first_wrong == 4
    assert any(said in each.message for each in done.findings)


@pytest.fixture
def above():
    """Refund in 2024 money of a source above the one that the year has."""
    with opened() as made:
        for year, source in ((2023, "fiscal"), (2024, "fiscal/central")):
            budget = (Funding(source=source, amount=1_500_00),)
            start = date(year, 1, 1)
            made.append(approval("Q", amounts=budget, on=start, fiscal_year=year))
        pay(made, 500, "7", source="fiscal", code="Q")
        pay(made, 300, "8", on=JANUARY, source="fiscal/central", code="Q")
        made.refund("Q", 200, of="7", voucher="R", on=JUNE)
        made.commit("Q", "C", {"fiscal/central": 40}, on=JANUARY, due_on=JANUARY)
        yield made


def test_a_source_has_what_stands_below_it_in_every_form(above):
    """A refund may be of a source above one of its year."""
    line = above.view(through=JUNE).project("Q")
    report = above.monthly_report(2024, 6)
    told = json.loads(report.render("json"))["projects"]
    shown = next(each for each in told if each["project"] == "Q")["by_source"]
    rows = csv.DictReader(StringIO(report.render("csv").removeprefix("\ufeff")))
    row = next(each for each in rows if each["project"] == "Q")
    assert shown["fiscal"]["refunded"] == "200.00"
    assert shown["fiscal/central"]["refunded"] == "0.00"
    for source in ("fiscal", "fiscal/central"):
        assert line.by_source[source].disbursed == 300
        for key, amount in shown[source].items():
            figure = f"by_source.{source}.{key}"
            assert row[figure] == (amount or ""), figure
            value = above.explain("Q", figure, through=JUNE).value
            assert str(value) == str(amount), figure


def test_the_carry_over_table_counts_nothing_below_a_source_twice(above):
    """Its rows are of each source alone."""
    sources = {each.source.path for each in above.carried_over(year=2024).sources}
    assert "fiscal/central" in sources
    assert "fiscal" not in sources

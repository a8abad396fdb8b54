"""A year read month by month: what each report says, and why that is right."""

import json

import pytest

import illustrate
from ledger import Ledger
from ledger.intake import SAMPLE
from support_month_tables import (
    FOLDER,
    MONTHS,
    UNIT,
    YEAR,
    alerted,
    by_month,
    differing,
    expected,
    month_end,
    read,
    recorded,
    told,
)

BUILDS_UP = {
    ("13052923P00584010832X", "参保率（%）"),
    ("13052923P00584010832X", "征缴收入（万元）"),
    ("13052923P00584010831A", "征缴收入（万元）"),
    ("13052923P00584010838K", "参保人数"),
    ("13052923P00584010835Q", "我县人数全部认证"),
    ("13052923P005840109475", "资金使用率"),
}
"""What grows to its target over the year, as a person confirmed."""

COUNTED = "13052923P00584010941F"
"""The project whose count collapses, and with it that of the department."""


def forms():
    """Return the 19 forms of the department, with what a person confirmed of them."""
    given = json.loads(SAMPLE.read_text("utf-8"))
    for project in given["projects"]:
        for one in project["indicators"]:
            if (project["project_code"], one["level3"]) in BUILDS_UP:
                one["builds_up"] = True
    return given


def with_faults():
    """Return the facts of the quiet year with seven faults planted."""
    planted = {(row["code"], row["what"]): row for row in read("faults.csv")}
    facts = read("year-facts.csv")
    assert planted.keys() <= {(row["code"], row["what"]) for row in facts}
    return [planted.get((row["code"], row["what"]), row) for row in facts]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder for the forms."""
    return tmp_path_factory.mktemp("months")


@pytest.fixture(scope="module")
def quiet(folder):
    """Return the year in which nothing goes wrong."""
    with recorded(forms(), read("year-facts.csv"), folder) as ledger:
        yield ledger


@pytest.fixture(scope="module")
def faulty(folder):
    """Return the same year with seven faults planted."""
    with recorded(forms(), with_faults(), folder) as ledger:
        yield ledger


def test_a_quiet_year_reads_as_the_table_has_it(quiet):
    """All 19 projects and the department, in each month."""
    table = expected("year.csv")
    assert len(table) == 20 * 12
    assert differing(told(quiet), table) == []


def test_nothing_is_red_or_yellow_in_a_quiet_year(quiet):
    """A report that cries wolf is not read."""
    assert {line.status for line in told(quiet).values()} <= {"on track", ""}
    assert not any(line.worst for line in told(quiet).values())


def test_seven_faults_turn_red_in_their_months_and_nothing_else_does(faulty):
    """What the table of faults does not name is as in the quiet year."""
    table = {**expected("year.csv"), **expected("year-with-faults.csv")}
    assert differing(told(faulty), table) == []


def test_each_fault_is_red_from_the_month_that_the_table_of_faults_names(faulty):
    """Seven faults, seven projects, and the first red month of each."""
    red = {"behind", "overdue", "missed"}
    first = {}
    for (code, month), line in told(faulty).items():
        if red & {line.status, line.worst_status}:
            first[code] = min(month, first.get(code, month))
    assert first == {
        **{row["code"]: int(row["red_from"]) for row in read("faults.csv")},
        UNIT: first[COUNTED],
    }


def test_nothing_is_alerted_in_a_quiet_year(quiet):
    """Nor what is paid in December as planned, nor one amount in several projects."""
    assert alerted(quiet) == set()


def test_each_fault_is_alerted_in_its_months_and_since_when(faulty):
    """The list of each month has what the table has for it, and nothing else."""
    names = ("severity", "alert", "code", "indicator", "since")
    table = {
        (month, *(row[name] for name in names)) for month, row in by_month("alerts.csv")
    }
    found = alerted(faulty)
    assert sorted(found - table) == []
    assert sorted(table - found) == []


def test_a_list_says_what_is_new_and_what_turned_it(faulty):
    """A fact where one was short, and the day alone where what was known was not enough."""
    words = {"by_day": "day", "by_events": "fact"}
    found = {
        (month, row["code"], row["indicator"] or "", words[row["turned_by"]])
        for month in MONTHS[1:]
        for row in faulty.alerts(YEAR, month, since=month_end(month - 1)).to_dict()[
            "alerts"
        ]
        if row["is_new"]
    }
    table = {
        (int(row["since"][-2:]), row["alert"], row["indicator"], row["turned_by"])
        for row in read("alerts.csv")
        if row["turned_by"]
    }
    assert found == table


@pytest.fixture(scope="module")
def known(folder):
    """Return the year of the situations that reviewers know."""
    given = json.loads((FOLDER / "situations.json").read_text("utf-8"))
    with recorded(given, read("situations-facts.csv"), folder) as ledger:
        yield ledger


def test_known_situations_read_as_the_table_has_them(known):
    """What a finance bureau sends back when a report tells it wrongly."""
    assert differing(told(known), expected("situations.csv")) == []


@pytest.mark.parametrize("month", MONTHS)
def test_the_monitoring_asks_for_what_the_report_shows(known, month):
    """A result where one is overdue; a reason where something is short of a target."""
    asked, to_explain = set(), set()
    for project in known.monthly_report(YEAR, month).to_dict()["projects"]:
        for place, status in statuses(project):
            if status == "overdue":
                asked.add(place)
            elif status in {"at risk", "behind", "missed"}:
                to_explain.add(place)
    findings = known.monitoring(YEAR, month).findings
    assert {each.place for each in findings if each.code == "result.overdue"} == asked
    unexplained = (each for each in findings if each.code == "variance.unexplained")
    assert {each.place for each in unexplained} == to_explain


def statuses(project):
    """Yield the status of a project's money and of its indicators, with their places."""
    code = project["project"]
    yield code, project["money_status"]
    for each in project["indicators"]:
        yield f"{code} › {each['name']}", each["status"]


def test_the_illustrative_year_says_what_was_made_up_for_it(monkeypatch):
    """
    One project is behind, as its story has it; what no row names is on track.

    What people say of the months moves no status, and is left out.
    """
    monkeypatch.setattr(illustrate, "watch", lambda *_: None)
    clock, settings = illustrate.Clock(), illustrate.SETTINGS
    with Ledger.open(":memory:", actor="t", clock=clock, settings=settings) as ledger:
        illustrate.record_year(ledger, clock)
        found = {
            key: (line.money, line.worst, line.worst_status, line.status)
            for key, line in told(ledger).items()
            if line.worst or line.status not in {"on track", ""}
        }
    names = ("money", "worst", "worst_status", "status")
    assert found == {
        (row["code"], month): tuple(row[name] for name in names)
        for month, row in by_month("illustrative-year.csv")
    }

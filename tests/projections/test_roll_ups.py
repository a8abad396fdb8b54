"""Totals of a funding source hold what stands on it and below it, once."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import Funding, Settings
from ledger.figures import registry
from ledger.figures.figure import FigureKind, Scope
from ledger.projections.amounts import KnownMoney, Money
from ledger.projections.execution_total import ExecutionTotal, total
from support import approval, day, disbursement

THROUGH, SETTINGS = date(2023, 6, 30), Settings()
PROJECTS = {
    "P-1": {"fiscal/central": 600, "other": 400},
    "P-2": {"fiscal/county": 500},
    "P-3": {"fiscal": 100, "carried_over/fiscal/central": 50},
}


@pytest.fixture
def levels(ledger):
    """Open a ledger of three projects with sources at different levels."""
    for project, parts in PROJECTS.items():
        amounts = tuple(Funding(source=s, amount=a * 100) for s, a in parts.items())
        ledger.append(approval(project, amounts=amounts))
    for number, source in (("1", "fiscal/central"), ("2", "fiscal/county")):
        project = f"P-{number}"
        ledger.append(disbursement(4_000, number, project=project, source=source))
    return ledger


def test_totals_roll_up_and_count_nothing_twice(levels):
    """``fiscal`` holds all levels; the whole is the sum of what has no level."""
    totals = levels.monthly_report(2023, 6).totals
    budgets = {name: part.current_budget for name, part in totals.by_source.items()}
    assert budgets == {
        "carried_over": 50,
        "carried_over/fiscal": 50,
        "carried_over/fiscal/central": 50,
        "fiscal": 1_200,
        "fiscal/central": 600,
        "fiscal/county": 500,
        "other": 400,
    }
    assert totals.current_budget == 1_650
    assert totals.by_source["fiscal"].disbursed == totals.disbursed == 80


def test_a_project_has_its_sources_as_they_are(levels):
    """None above them: none stands below another there."""
    project = levels.view(through=THROUGH).project("P-1")
    assert set(project.by_source) == {"fiscal/central", "other"}
    assert project.of_source("fiscal").current_budget == 600
    assert project.of_source("carried_over") is None


def test_every_rendering_has_the_sums(levels):
    """JSON, the portfolio's tables, and the columns of projects in CSV."""
    report = levels.monthly_report(2023, 6)
    assert report.to_dict()["totals"]["by_source"]["fiscal"]["disbursed"] == "80.00"
    rows = csv.DictReader(report.render("csv").removeprefix("\ufeff").splitlines())
    fiscal = [row["by_source.fiscal.current_budget"] for row in rows]
    assert sorted(fiscal) == ["100.00", "500.00", "600.00"]
    records = report.portfolio().to_records(table="sources", wide=True)
    named = {row["source"]: row["current_budget"] for row in records}
    assert named["fiscal"] == 1_200


def test_a_sum_is_explained_by_the_projects_that_stand_below(levels):
    """Each with what it has of the source, at whatever level."""
    said = levels.explain("totals", "by_source.fiscal.disbursed", through=THROUGH)
    assert said.value == 80
    assert [each.value for each in said.terms] == [40, 40, 0]


def test_what_restated_a_sum_is_named(levels):
    """An event below a source bears on the sum above it."""
    before = levels.position
    levels.disburse("P-2", "1.00", voucher="late", on=day(5), source="fiscal/county")
    found = levels.differences(before, through=THROUGH)
    causes = {
        str(each.path): [one.position for one in each.causes]
        for each in found
        if "by_source" in str(each.path) and "disbursed" in str(each.path)
    }
    totals = [where for where in causes if "totals" in where and "county" not in where]
    assert totals
    assert all(causes[where] == [before + 1] for where in totals)


def test_official_rows_follow_the_root(levels):
    """当年财政拨款 holds every level; carried-over money has a row of its own."""
    forms = levels.self_evaluation(2023).to_dict()["projects"]
    rows = {one["code"]: one["money"] for one in forms}
    assert rows["P-1"]["fiscal"]["current_budget"] == "600.00"
    assert rows["P-2"]["fiscal"]["disbursed"] == "40.00"
    assert rows["P-3"]["carried_over"]["current_budget"] == "50.00"
    assert rows["P-3"]["carried_over"]["original_budget"] == "0.00"


def test_an_official_row_without_a_source_is_blank(levels):
    """In JSON and in rows for data frames, as in the form; not a row of nothing."""
    evaluation = levels.self_evaluation(2023)
    forms = {one["code"]: one["money"] for one in evaluation.to_dict()["projects"]}
    assert forms["P-1"]["carried_over"] is None
    assert forms["P-1"]["fiscal"]["forecast"] is not None
    values = {
        (each["code"], each["row"]): each["value"]
        for each in evaluation.to_records("money")
        if each["figure"] in {"current_budget", "forecast"}
    }
    assert values["P-1", "carried_over"] is None
    assert values["P-3", "carried_over"] is not None
    (wide,) = (
        each
        for each in evaluation.to_records("money", wide=True)
        if (each["code"], each["row"]) == ("P-1", "carried_over")
    )
    assert {wide["disbursed"], wide["forecast"]} == {None}


PATHS = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)


@given(st.lists(st.dictionaries(PATHS, st.integers(0, 10**6)), min_size=1, max_size=4))
def test_a_path_holds_what_stands_on_it_and_below(projects):
    """For amounts at any level; the paths of one component make the whole."""
    whole = total([_line(parts) for parts in projects], THROUGH, SETTINGS)
    pairs = [(path, amount) for parts in projects for path, amount in parts.items()]
    for source, part in whole.by_source.items():
        own = [a for path, a in pairs if f"{path}/".startswith(f"{source}/")]
        assert part.minor_current == sum(own)
    tops = [p.minor_current for s, p in whole.by_source.items() if "/" not in s]
    assert sum(tops) == whole.minor_current == sum(amount for _, amount in pairs)
    again = total([whole, whole], THROUGH, SETTINGS)
    for source, part in again.by_source.items():
        assert part.minor_current == 2 * whole.by_source[source].minor_current
    for row in registry.money(Scope.SOURCE):
        if row.kind is FigureKind.MONEY:
            tops = [row.of(p) for s, p in whole.by_source.items() if "/" not in s]
            assert sum(tops, Decimal(0)) == row.of(whole)


def _line(parts):
    """Return a sum with a budget from each source."""
    by_path = {path: _money(amount) for path, amount in parts.items()}
    made = _money(sum(parts.values()))
    fields = {name: getattr(made, name) for name in Money.__struct_fields__}
    return ExecutionTotal(
        **fields,
        minor_plans=0,
        minor_first_plans=0,
        unplanned=0,
        elapsed=SETTINGS.year(2023).elapsed(THROUGH),
        by_path=by_path,
    )


def _money(amount):
    """Return a current budget and nothing else."""
    empty = dict.fromkeys(Money.__struct_fields__, 0)
    given = {
        "currency": SETTINGS.currency,
        "minor_current": amount,
        "minor_parts": {},
        "held": (KnownMoney(2 * amount, amount, []),),
    }
    return Money(**{**empty, **given})

"""The register of completeness: which results that were due came, of whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import Ledger
from ledger.domain.measure import Measure
from ledger.domain.objective import Objective
from support import PROJECT, YEAR, approval, indicator

LABEL = "开展就业培训数"
QUARTERS = [date(YEAR, month, day) for month, day in ((3, 31), (6, 30), (9, 30))]
QUARTERS.append(date(YEAR, 12, 31))
DAYS = st.dates(date(YEAR, 1, 1), QUARTERS[-1])


def asked(ledger, through, **more):
    """Return due, answered and missing since, of each indicator by a day."""
    rows = ledger.completeness(through=through, **more).to_dict()["indicators"]
    return {
        row["indicator"]: (
            row["results_due"],
            row["results_answered"],
            row["missing_since"],
        )
        for row in rows
    }


def project(ledger, *targets, **more):
    """Approve a project with an indicator for each target."""
    rows = [
        indicator(name=f"i{n}", target=target, level2="质量指标")
        for n, target in enumerate(targets)
    ]
    ledger.append(approval(indicators=tuple(rows), **more))


def test_each_quarter_is_answered_or_missing(ledger):
    """Nothing is due before the first; a late result answers until the next is due."""
    ledger.append(approval())
    assert asked(ledger, "2023-03-30") == {LABEL: (0, 0, None)}
    assert asked(ledger, "2023-04-30") == {LABEL: (1, 0, "2023-03-31")}
    ledger.report_result(PROJECT, LABEL, 1, on="2023-05-01")
    assert asked(ledger, "2023-04-30") == {LABEL: (1, 0, "2023-03-31")}
    assert asked(ledger, "2023-06-30") == {LABEL: (2, 2, None)}
    assert asked(ledger, "2023-12-31") == {LABEL: (4, 2, "2023-09-30")}
    ledger.report_result(PROJECT, LABEL, 1, on="2023-12-31")
    assert asked(ledger, "2023-12-31") == {LABEL: (4, 3, "2023-09-30")}


def test_what_needs_no_result_is_no_pair(ledger):
    """A sum that is all there; one of which nothing is expected yet; no target."""
    count = indicator(name="count", target="≥3次")
    full = indicator(name="full", target="≥10人", measure=Measure.SUM)
    none = indicator(name="none", target="")
    ledger.append(approval(indicators=(count, full, none)))
    ledger.report_result(PROJECT, "full", 10, on="2023-02-01")
    own = asked(ledger, "2023-09-30")
    assert own["count"] == (2, 0, "2023-06-30")
    assert own["full"] == (1, 1, None)
    assert own["none"] == (0, 0, None)


def test_what_is_no_figure_to_compare_answers_nothing(ledger):
    """A rating that came before a number was asked for leaves the indicator due."""
    project(ledger, "效果显著")
    ledger.report_result(PROJECT, "i0", "attained", on="2023-02-01")
    ledger.revise_target(PROJECT, "i0", "≥95%", on="2023-02-02")
    assert asked(ledger, "2023-04-30") == {"i0": (1, 0, "2023-03-31")}
    assert asked(ledger, "2023-07-30") == {"i0": (2, 0, "2023-03-31")}


def test_months_count_one_by_one(ledger):
    """A month is answered by what was reported of it, and by nothing later."""
    ledger.append(approval(indicators=(indicator(name="m", target="≥4次/月"),)))
    for month in (2, 3, 5):
        ledger.report_result(PROJECT, "m", 4, on=f"2023-0{month}-10")
    assert asked(ledger, "2023-06-15") == {"m": (4, 3, "2023-04-30")}


def test_a_closed_project_is_asked_no_more(ledger):
    """What was asked for by the closing counts; nothing after it does."""
    ledger.append(approval())
    ledger.close_project(PROJECT, on="2023-07-10", reason="r")
    assert asked(ledger, "2023-12-31") == {LABEL: (2, 0, "2023-03-31")}


def test_projects_units_and_the_whole_are_sums(ledger):
    """Rates come from the sums; a selection has its own."""
    project(ledger, "≥95%", "≥90%")
    ledger.append(approval("P-2", unit="U-2", indicators=(indicator(),)))
    ledger.set_objectives(
        "U-1",
        "unit one",
        [Objective(title="g", indicators=(indicator(name="own"),))],
        fiscal_year=YEAR,
        on="2023-01-01",
    )
    ledger.report_result(PROJECT, "i0", 99, on="2023-03-20")
    register = ledger.completeness(through="2023-03-31")
    shown = register.to_dict()
    assert shown["totals"] == {
        "results_due": 4,
        "results_answered": 1,
        "completeness": "0.250000",
    }
    by_unit = {row["unit"]: row["completeness"] for row in shown["by_unit"]}
    assert by_unit == {"U-1": "0.333333", "U-2": "0.000000"}
    rows = [(r["unit"], r["project"], r["project_name"]) for r in shown["projects"]]
    assert rows == [
        ("U-1", "", "unit one"),
        ("U-1", PROJECT, f"project {PROJECT}"),
        ("U-2", "P-2", "project P-2"),
    ]
    own = ledger.completeness(through="2023-03-31", unit="U-2").to_dict()
    assert own["totals"]["results_due"] == 1
    text = register.render("text", language="en")
    assert "25.0%" in text
    assert "10,000" not in text  # It has no amounts.
    assert "填报率" in register.render("csv", language="zh")


def test_a_ledger_at_an_earlier_position_says_what_was_known(ledger):
    """The same from the log as from stored states."""
    ledger.append(approval())
    before = ledger.view().position
    ledger.report_result(PROJECT, LABEL, 1, on="2023-03-01")
    assert asked(ledger, "2023-03-31", known_at=before) == {LABEL: (1, 0, "2023-03-31")}
    assert asked(ledger, "2023-03-31") == {LABEL: (1, 1, None)}


@given(days=st.lists(DAYS, max_size=5), through=DAYS)
@settings(max_examples=40, deadline=None)
def test_a_level_is_complete_as_its_days_say(days, through):
    """Each quarter passed is answered by a result between those around it."""
    expected = [
        any(
            (QUARTERS[n - 1] if n else date.min) < day < until
            for day in days
            if day <= through
        )
        for n, (quarter, until) in enumerate(
            zip(QUARTERS, [*QUARTERS[1:], date.max], strict=True)
        )
        if quarter <= through
    ]
    with Ledger(":memory:", actor="t") as own:
        project(own, "≥95%")
        for day in sorted(days):
            own.report_result(PROJECT, "i0", 99, on=day)
        due, answered, since = asked(own, through)["i0"]
        assert (due, answered) == (len(expected), sum(expected))
        missing = [q for q, came in zip(QUARTERS, expected, strict=False) if not came]
        assert since == (missing[0].isoformat() if missing else None)
        status = own.view(through=through).attainment(PROJECT)[0].status.value
        assert (status == "overdue") == (bool(expected) and not expected[-1])


@pytest.mark.parametrize("through", ["2023-06-30", "2023-12-31"])
def test_what_is_missing_last_is_overdue(ledger, through):
    """The register and the statuses agree on the last due day of a level."""
    project(ledger, "≥95%", "≥90%")
    ledger.report_result(
        PROJECT, "i1", 95, on=date.fromisoformat(through) - timedelta(days=3)
    )
    own = asked(ledger, through)
    lines = ledger.view(through=through).attainment(PROJECT)
    assert own["i0"][1] == 0
    assert lines[0].status.value == "overdue"
    assert own["i1"][1] == 2  # Late for the one before, in time for the last.

"""Facts of several fiscal years: a project-year has a stream of its own."""

from datetime import date

import pytest

from ledger import Checkpoint, Ledger, Settings, SpendingPlan
from ledger.errors import UnknownProject, UnknownUnit
from support import PROJECT, approval

YEARS = (2023, 2024)
PLAN = SpendingPlan(checkpoints=(Checkpoint(date(2024, 3, 31), 100_000),))
UNIT = "U-1"


@pytest.fixture
def ledger():
    """Return a ledger with a project approved for two fiscal years."""
    with Ledger(":memory:", actor="tester") as ledger:
        ledger.append(approval(), approval(on=date(2023, 12, 20), fiscal_year=2024))
        for year in YEARS:
            on = date(year, 3, 1)
            ledger.disburse(PROJECT, year - 2000, voucher="1", on=on)
        yield ledger


def test_each_year_has_a_budget_of_its_own(ledger):
    """The same voucher number may be used in both; neither sees the other's money."""
    end = ledger.view(through="2024-12-31")
    for year in YEARS:
        line = end.project(PROJECT, year=year)
        assert (line.fiscal_year, line.disbursed) == (year, year - 2000)
    assert end.project(PROJECT) == end.project(PROJECT, year=2024)
    assert ledger.view(through="2023-12-31").project(PROJECT).disbursed == 23


def test_streams_are_named_by_the_year(ledger):
    """An approval names its year, whatever its day; other facts are of their day's."""
    streams = [each.stream for each in ledger.events()]
    assert streams == [f"project:{year}:{PROJECT}" for year in (*YEARS, *YEARS)]
    assert [each.stream for each in ledger.events(stream=PROJECT)] == streams
    one = list(ledger.events(stream=f"project:2024:{PROJECT}"))
    assert [each.position for each in one] == [2, 4]


def test_an_early_approval_is_in_force_from_the_first_day_of_its_year(ledger):
    """It was given on 20 December; the eve of its year does not have it."""
    for through, known in (("2023-12-31", False), ("2024-01-01", True)):
        view = ledger.view(through=through)
        if known:
            assert view.project(PROJECT, year=2024).disbursed == 0
            assert view.attainment(PROJECT, year=2024)
            continue
        with pytest.raises(UnknownProject, match="in 2024"):
            view.project(PROJECT, year=2024)


def test_a_report_is_of_the_year_of_its_month(ledger):
    """Neither a stored state nor an event of another year is in it."""
    for stored in (False, True):
        if stored:
            ledger.rebuild()
        for year in YEARS:
            report = ledger.monthly_report(year, 6)
            assert report.totals.disbursed == year - 2000
            assert [each.execution.fiscal_year for each in report.projects] == [year]


def test_a_year_without_an_approval_is_refused_by_name(ledger):
    """A payment, a change and a result of it alike."""
    on = "2025-01-31"
    with pytest.raises(UnknownProject, match=f"{PROJECT}.*in 2025"):
        ledger.disburse(PROJECT, 1, voucher="9", on=on)
    with pytest.raises(UnknownProject, match=f"{PROJECT}.*in 2025"):
        ledger.adjust_budget(PROJECT, "supplement", 1, on=on)
    with pytest.raises(UnknownProject, match=f"{PROJECT}.*in 2025"):
        ledger.report_result(PROJECT, "开展就业培训数", value=1, on=on)
    with pytest.raises(UnknownUnit, match=f"{UNIT}.*in 2025"):
        ledger.report_score(None, 1, unit=UNIT, on=on)
    assert ledger.position == 4


def test_projects_are_listed_with_their_years(ledger):
    """One row a code, however many years it lives."""
    (project,) = ledger.projects()
    assert (project.project, project.years) == (PROJECT, YEARS)
    assert project.name == approval().name


def test_the_year_follows_the_ledgers_calendar():
    """A year that begins in April is named by the calendar year in which it begins."""
    with Ledger(":memory:", actor="t", settings=Settings(first_month=4)) as ledger:
        ledger.append(approval(on=date(2023, 4, 1), fiscal_year=2023, plan=PLAN))
        ledger.disburse(PROJECT, 1, voucher="1", on="2024-03-31")
        with pytest.raises(UnknownProject, match="in 2024"):
            ledger.disburse(PROJECT, 1, voucher="2", on="2024-04-01")
        streams = {each.stream for each in ledger.events()}
    assert streams == {f"project:2023:{PROJECT}"}

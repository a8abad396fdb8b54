"""Ledgers whose fiscal years do not begin in January, from the door to the report."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from ledger import Checkpoint, Ledger, Settings, SpendingPlan
from ledger.cli import main
from support import Clock, approval, disbursement


@pytest.fixture
def april(tmp_path):
    """Open a ledger of years from 6 April with one project of 2023/24."""
    settings = Settings(first_month=4, first_day=6, currency="GBP")
    path = tmp_path / "april.ledger"
    plan = SpendingPlan(checkpoints=(Checkpoint(date(2024, 4, 5), 1_200),))
    with Ledger.open(path, actor="t", clock=Clock(), settings=settings) as ledger:
        ledger.append(approval(budget=1_200, on=date(2023, 4, 6), plan=plan))
        ledger.append(disbursement(100, "1", on=date(2023, 5, 5)))
        ledger.append(disbursement(200, "2", on=date(2023, 5, 6)))
        yield ledger


def test_months_begin_on_the_day_of_the_year(april):
    """A payment of 5 May is one of the month that began in April."""
    report = april.monthly_report(2023, 4)
    assert (report.month, report.through) == ("2023-04", date(2023, 5, 5))
    april_month, may, *_, march = (
        april.monthly_report(2024, 3).projects[0].execution.months
    )
    assert (april_month.month, april_month.disbursed) == ("2023-04", 1)
    assert (may.month, may.disbursed) == ("2023-05", 2)
    assert (march.month, march.cumulative_planned) == ("2024-03", 12)


def test_a_month_is_explained_by_its_own_events(april):
    """Explanations and differences take the same days."""
    explained = april.explain("P-1", "months.2023-05.disbursed", through="2023-06-01")
    counted = [each for each in explained.events if each.left_out is None]
    assert [str(each.on) for each in counted] == ["2023-05-06"]
    for month in april.monthly_report(2023, 12).projects[0].execution.months:
        for figure in ("disbursed", "cumulative_planned", "planned"):
            name = f"months.{month.month}.{figure}"
            through = april.settings.month_end(2023, 12)
            told = april.explain("P-1", name, through=through)
            assert told.value == getattr(month, figure)
    found = april.differences(2, through=date(2023, 6, 5))
    months = [each for each in found if "2023-05" in str(each)]
    assert {cause.position for each in months for cause in each.causes} == {3}


def test_conventions_are_kept_and_printed(april, tmp_path):
    """They stand in the file, and with every report."""
    said = april.monthly_report(2023, 4).to_dict()["settings"]
    assert said["first_day"] == 6
    assert said["year_named_for"] == "start"
    april.close()
    with Ledger.open(tmp_path / "april.ledger", read_only=True) as again:
        assert again.settings.first_day == 6


def run(*words):
    """Run a command; return the result."""
    return CliRunner().invoke(main, ["--lang", "en", *map(str, words)])


def test_the_command_line_takes_a_calendar_and_its_years(path):
    """``init`` fixes it; a year is asked for by either name, and never by half."""
    init = ("init", path, "--first-month", 10, "--year-named-for", "end")
    assert run(*init).exit_code == 0
    for year in ("2021", "FY2020/21", "2020-21"):
        done = run("evaluate", path, "--year", year, "--format", "json")
        assert json.loads(done.stdout)["fiscal_year"] == 2021
    refused = run("evaluate", path, "--year", "FY21")
    assert (refused.exit_code, "2023/24" in refused.output) == (2, True)

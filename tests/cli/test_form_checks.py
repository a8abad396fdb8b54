"""`monitor --check` and `evaluate --check` end with 1 until all is answered."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "julu_2023"))

import illustrate
from ledger import Ledger
from ledger.cli import main
from support import PROJECT, approval

JUNE, END = date(2023, 6, 30), date(2023, 12, 31)
MONITOR = ("monitor", "--month", "2023-06", "--check")
EVALUATE = ("evaluate", "--year", "2023", "--check")


@pytest.fixture
def half(path):
    """Approve a project of one goal and no indicators, and spend half."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(approval(indicators=(), goals=("办好。",)))
        ledger.disburse(PROJECT, 500, voucher="V", on=JUNE)
        yield ledger


def checked(path, command, *more):
    """Return the exit code of a check, and the codes of what it lists."""
    words = [command[0], str(path), *command[1:], "--format", "json", *more]
    done = CliRunner().invoke(main, words)
    return done.exit_code, [each["code"] for each in json.loads(done.stdout)]


def test_a_month_is_complete_when_its_outlook_is_stated(half, path):
    """One cell is left, and then none."""
    assert checked(path, MONITOR) == (1, ["outlook.money_missing"])
    half.state_outlook(PROJECT, on=JUNE, as_planned=True)
    assert checked(path, MONITOR) == (0, [])


def test_a_year_is_complete_when_goals_and_conclusion_are(half, path):
    """The conclusion is asked for where the layout has a cell for it."""
    half.disburse(PROJECT, 500, voucher="W", on=END)
    code, missing = checked(path, EVALUATE)
    assert (code, "goal.unassessed" in missing) == (1, True)
    half.assess_goal(PROJECT, 1, "attained", "已办好", on=END, about=2023)
    _, national = checked(path, EVALUATE)
    _, sichuan = checked(path, EVALUATE, "--layout", "sichuan")
    assert [*national, "conclusion.missing"] == sichuan
    half.state_conclusion(PROJECT, "好", on=END, about=2023)
    assert checked(path, EVALUATE, "--layout", "sichuan")[1] == national


@pytest.mark.usefixtures("half")
@pytest.mark.parametrize("command", [MONITOR, EVALUATE])
def test_a_check_writes_no_file(path, command, tmp_path):
    """What is listed stands on the terminal."""
    words = [command[0], str(path), *command[1:], "--out", str(tmp_path / "x")]
    assert CliRunner().invoke(main, words).exit_code == 2


@pytest.fixture(scope="module")
def illustrative(tmp_path_factory):
    """Make the illustrative year; return its file."""
    file = tmp_path_factory.mktemp("year") / "julu.ledger"
    illustrate.create(file)
    return file


@pytest.mark.parametrize(
    "command",
    [
        *(
            ("monitor", "--month", f"2023-{month:02}", "--check")
            for month in (1, 6, 12)
        ),
        EVALUATE,
    ],
)
def test_the_illustrative_year_is_complete(illustrative, command):
    """Its monitoring of a month and its self-evaluation have no gap."""
    done = CliRunner().invoke(main, [command[0], str(illustrative), *command[1:]])
    assert done.exit_code == 0, done.stdout

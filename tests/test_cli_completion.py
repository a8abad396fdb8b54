"""A shell completes commands, options and values; a real bash is asked."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

from ledger import Ledger
from ledger.cli import COMMANDS, main
from support import approval

FOLDER = Path(sys.executable).parent
ENV = {**os.environ, "PATH": f"{FOLDER}:{os.environ['PATH']}", "LC_ALL": "zh_CN.UTF-8"}

BASH = """
set -e
eval "$SCRIPT"
compopt() { echo "$*"; }
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_budget_ledger_completion budget-ledger
printf '%s\\n' "${COMPREPLY[@]}"
"""


@cache
def script(shell):
    """Return what makes a shell complete, as the command prints it."""
    done = subprocess.run(
        [FOLDER / "budget-ledger", "completion", shell],
        env=ENV, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def completed(*words):
    """Return what is offered for the last of these words, asked as by a shell."""
    shell = BashComplete(main, {}, "budget-ledger", "_BUDGET_LEDGER_COMPLETE")
    *typed, begun = map(str, words)
    return [item.value for item in shell.get_completions(typed, begun)]


def completed_by_bash(*words):
    """Return what bash would offer for the last of these words."""
    done = subprocess.run(
        ["bash", "-c", BASH, "bash", "budget-ledger", *map(str, words)],
        env={**ENV, "LC_ALL": "C.UTF-8", "SCRIPT": script("bash")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout.split()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Make a ledger with two projects of 2023."""
    path = tmp_path_factory.mktemp("completion") / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.append(approval("P-1"))
        ledger.append(approval("P-2"))
    return path


def test_bash_offers_what_is_completed(made):
    """It hands on what was typed, and shows what it is told."""
    assert completed_by_bash("re") == completed("re")
    words = ("explain", made, "P-1", "exec")
    assert completed_by_bash(*words) == completed(*words) == ["execution_rate"]


def test_commands_are_completed():
    """All of them, or those that begin so."""
    assert completed("") == list(COMMANDS)
    assert completed("re") == [name for name in COMMANDS if name.startswith("re")]


def test_options_and_their_choices_are_completed(made):
    """Before the command and after it."""
    assert {"--month", "--lang", "--out"} <= {*completed("report", made, "--")}
    assert completed("report", made, "--format", "x") == ["xlsx"]
    assert completed("--lang", "") == ["zh", "en"]
    assert completed("adjust", made, "P-1", "s") == ["supplement"]


def test_projects_and_months_of_the_ledger_are_completed(made):
    """And figures and types, which are the same in every ledger."""
    assert completed("show", made, "") == ["P-1", "P-2"]
    assert completed("transfer", made, "P-1", "") == ["P-1", "P-2"]
    assert completed("explain", made, "") == ["totals", "P-1", "P-2"]
    assert completed("explain", made, "P-1", "exec") == ["execution_rate"]
    months = [f"2023-{month:02}" for month in range(1, 13)]
    assert completed("report", made, "--month", "") == months


@pytest.mark.parametrize("content", [None, b"", b"a letter", b"SQLite format 3\0 not"])
def test_no_ledger_is_no_error(tmp_path, content):
    """Nothing is offered, nothing is made, and nothing is said."""
    path = tmp_path / "a.ledger"
    if content is not None:
        path.write_bytes(content)
    assert completed("report", path, "--month", "2") == []
    assert path.exists() == (content is not None)


def test_a_file_is_completed_by_the_shell():
    """It knows how names of files are quoted."""
    assert completed_by_bash("report", "") == ["-o", "default"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_is_printed(shell):
    """The shell itself takes it, where it is installed."""
    assert "_BUDGET_LEDGER_COMPLETE" in script(shell)
    if shutil.which(shell) is not None:
        read = subprocess.run(
            [shell, "-n"],
            input=script(shell),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (read.returncode, read.stderr) == (0, "")


def test_what_a_command_does_is_shown_in_the_language_of_the_reader(made):
    """By shells that show it, such as fish."""
    words = {"COMP_WORDS": f"budget-ledger show {made} P-1", "COMP_CWORD": "P-1"}
    for env, texts in (
        (words, ["P-1\tproject P-1"]),
        ({"COMP_WORDS": "budget-ledger ve", "COMP_CWORD": "ve"}, ["verify\t核对"]),
        (
            {"COMP_WORDS": "budget-ledger verify --h", "COMP_CWORD": "--h"},
            ["--help\t显示"],
        ),
    ):
        done = subprocess.run(
            [FOLDER / "budget-ledger"],
            env={**ENV, **env, "_BUDGET_LEDGER_COMPLETE": "fish_complete"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        for text in texts:
            assert text in done.stdout


def test_the_program_without_words_shows_its_help():
    """And no fault of its own."""
    done = subprocess.run(
        [FOLDER / "budget-ledger"], env=ENV, capture_output=True, text=True, check=False
    )
    assert "用法" in done.stdout + done.stderr
    assert "LEDGER_TRACEBACK" not in done.stderr

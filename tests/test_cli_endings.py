"""What --out ends with, languages, and readers that nobody knows."""

import getpass
import subprocess
import sys

import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from support import approval


@pytest.fixture
def made(path):
    """Make a ledger with one approval."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(approval())
    return path


def run(*words):
    """Run a command; return the result."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xls", ".unknown"])
@pytest.mark.parametrize("verb", ["report", "portfolio", "monitor"])
def test_an_ending_that_no_format_has_is_refused(made, tmp_path, verb, ending):
    """Those that there are are named, and nothing is written."""
    done = run(verb, made, "--month", "2023-06", "--out", tmp_path / f"x{ending}")
    assert done.exit_code == 2
    assert ".json" in done.stderr
    assert not (tmp_path / f"x{ending}").exists()


def test_a_language_without_effect_is_refused(made, tmp_path):
    """The official form as a workbook is in Chinese alone; JSON has none."""
    words = ("monitor", made, "--month", "2023-06")
    out = tmp_path / "x.xlsx"
    assert run(*words, "--out", out, "--lang", "en").exit_code == 2
    assert run(*words, "--format", "json", "--lang", "en").exit_code == 2
    assert run(*words, "--out", out, "--lang", "zh").exit_code == 0


def test_reading_asks_for_no_user(made, monkeypatch):
    """A user without a name reads, and records under a number."""

    def unknown():
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert run("show", made).exit_code == 0
    with Ledger.open(made) as ledger:
        (recorded,) = ledger.append(approval("P-2"))
    assert recorded.actor.startswith("uid ")


def test_an_interrupt_gives_one_line_and_130():
    """Also before any command has begun."""
    program = "import signal, sys; sys.argv = ['budget-ledger']; import ledger.interrupting as one; one.while_loading(); signal.raise_signal(2)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"budget-ledger: interrupted\n")

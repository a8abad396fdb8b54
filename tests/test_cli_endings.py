"""What --out ends with, languages, and readers that nobody knows."""

import getpass
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from ledger.errors import LogError
from support import PROJECT, approval
from support_office import cells


@pytest.fixture
def made(path):
    """Make a ledger with one approval."""
    with Ledger.open(path, actor="a") as ledger:
        ledger.append(approval())
    return path


def run(*words):
    """Run a command; return the result."""
    return CliRunner().invoke(main, ["--lang", "en", *map(str, words)])


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".xls", ".unknown"])
@pytest.mark.parametrize("verb", ["report", "portfolio", "monitor"])
def test_an_ending_that_no_format_has_is_refused(made, tmp_path, verb, ending):
    """Those that there are are named, and nothing is written."""
    done = run(verb, made, "--month", "2023-06", "--out", tmp_path / f"x{ending}")
    assert done.exit_code == 2
    assert ".json" in done.stderr
    assert not (tmp_path / f"x{ending}").exists()


@pytest.mark.parametrize("name", ["t.pdf", "t.docx", "t.xls", "t", "t.CSV"])
@pytest.mark.parametrize("month", [(), ("--month", "2023-06")])
def test_a_template_has_the_ending_of_what_it_is(made, tmp_path, name, month):
    """A workbook ends in .xlsx; only that of a month may be a .csv."""
    done = run("template", made, tmp_path / name, *month)
    right = bool(month) and name == "t.CSV"
    assert done.exit_code == (0 if right else 2)
    assert right or "ends in '.xlsx'" in done.stderr
    assert right or bool(month) == ("or '.csv'" in done.stderr)
    assert (tmp_path / name).exists() == right


def test_a_language_without_effect_is_refused(made, tmp_path):
    """JSON has none; of a workbook of forms it is that of the sheets around them."""
    words = ("monitor", made, "--month", "2023-06")
    assert run(*words, "--format", "json", "--lang", "en").exit_code == 2
    for language, name in (("en", "Summary"), ("zh", "汇总")):
        out = tmp_path / f"{language}.xlsx"
        assert run(*words, "--out", out, "--lang", language).exit_code == 0
        assert next(iter(cells(out))) == name


def test_reading_asks_for_no_user(made, monkeypatch):
    """A user without a name reads, and records under a number."""

    def unknown():
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert run("show", made).exit_code == 0
    with Ledger.open(made) as ledger:
        (recorded,) = ledger.append(approval("P-2"))
    assert recorded.actor.startswith("uid ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "what is shown cannot be written: a full disk"),
        ("zh", "内容无法输出：磁盘已满"),
    ],
)
def test_what_cannot_be_shown_is_told_from_what_cannot_be_recorded(
    made, language, said
):
    """The fact is there: who reads of a full disk alone would enter it again."""
    words = [
        "disburse",
        str(made),
        PROJECT,
        "1",
        "--voucher",
        "7",
        "--on",
        "2023-03-01",
    ]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ledger", "--lang", language, *words],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    assert done.returncode == 1
    assert said in done.stderr
    with Ledger.open(made) as ledger:
        assert ledger.position == 2


def test_an_interrupt_gives_one_line_and_130():
    """Also before any command has begun."""
    program = "import signal, sys; sys.argv = ['budget-ledger']; import ledger.interrupting as one; one.while_loading(); signal.raise_signal(2)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (130, b"budget-ledger: interrupted\n")


def test_an_interrupt_that_falls_into_what_can_raise_nothing_comes_again():
    """Where a destructor swallows it, the work that goes on is interrupted soon."""
    program = """
import signal, sys, time
import ledger.interrupting as one
class Swallows:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)
one.while_working()
try:
    Swallows()
    time.sleep(20)
except one.Interrupted:
    one.tell("interrupted")
    sys.exit(one.CODE)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=15
    )
    assert (done.returncode, done.stderr) == (130, b"budget-ledger: interrupted\n")


WITHOUT_EFFECT = {
    "a table of no CSV": ["report", "--month", "2023-06", "--table", "months"],
    "a table of JSON": [
        *["report", "--month", "2023-06", "--format", "json"],
        *["--table", "projects"],
    ],
    "a table of text": ["portfolio", "--month", "2023-06", "--table", "sources"],
    "a layout of text": ["monitor", "--month", "2023-06", "--layout", "national"],
    "a layout of JSON": [
        *["evaluate", "--year", "2023", "--format", "json", "--layout", "national"],
    ],
    "a layout of a list": [
        *["monitor", "--month", "2023-06", "--check", "--layout", "national"],
    ],
    "two days": [
        *["explain", "P-1", "disbursed", "--month", "2023-06"],
        *["--through", "2023-05-01"],
    ],
}


@pytest.mark.parametrize("what", WITHOUT_EFFECT)
def test_an_option_without_effect_is_refused(made, what):
    """Whoever asks for it would take the answer for another."""
    verb, *words = WITHOUT_EFFECT[what]
    assert run(verb, made, *words).exit_code == 2


def test_a_report_is_not_held_to_what_the_record_is(made, tmp_path):
    """With --report neither --checkpoint nor --key would be looked at."""
    report, seal = tmp_path / "june.json", tmp_path / "seal"
    assert run("seal", made, "--out", seal).exit_code == 0
    run("report", made, "--month", "2023-06", "--out", report)
    done = run("verify", made, "--report", report, "--checkpoint", seal)
    assert done.exit_code == 2
    assert run("verify", made, "--report", report).exit_code == 0


@pytest.mark.parametrize("name", ["forms", "forms.csv", "forms.pdf", "forms.xls"])
def test_a_template_of_forms_is_a_workbook(made, tmp_path, name):
    """Under another ending no program would open it; a month's may be a table too."""
    done = run("template", made, tmp_path / name)
    assert done.exit_code == 2
    assert ".xlsx" in done.stderr
    assert not (tmp_path / name).exists()
    done = run("template", made, tmp_path / "march.CSV", "--month", "2023-03")
    assert done.exit_code == 0


@pytest.mark.parametrize("read_only", [True, False])
def test_a_ledger_by_another_name_is_refused_while_it_has_events_beside_it(
    made, tmp_path, read_only
):
    """SQLite looks for the newest events by name, and would pass over them."""
    other = tmp_path / "other.ledger"
    other.hardlink_to(made)
    with Ledger.open(made, actor="a") as ledger:
        ledger.append(approval("P-2"))
        with pytest.raises(LogError, match="by another name"):
            Ledger.open(other, actor="a", read_only=read_only)
    with Ledger.open(other, actor="a", read_only=read_only) as ledger:
        assert ledger.position == 2


@pytest.mark.parametrize("ending", [".pdf", ".XLSX", ".csv"])
@pytest.mark.parametrize(
    "command",
    [
        "init {out}",
        "seal {own} --out {out}",
        "export {own} --out {out}",
        "backup {own} {out}",
        "keygen {out} --name auditor",
    ],
)
def test_what_is_no_document_is_not_called_one(made, tmp_path, command, ending):
    """A checkpoint that is called a workbook would be opened as one."""
    out = tmp_path / f"kept{ending}"
    done = run(*[each.format(own=made, out=out) for each in command.split()])
    assert done.exit_code == 2
    assert f"kept{ending}" in done.stderr
    assert f"{ending.lower()} is that of a document" in done.stderr
    assert [each for each in tmp_path.iterdir() if "kept" in each.name] == []
    with closing(sqlite3.connect(made)) as file:
        assert file.execute("SELECT count(*) FROM checkpoints").fetchone() == (0,)

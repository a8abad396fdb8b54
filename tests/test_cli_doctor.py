"""The doctor says what is there, what is lost without it, and how to get it."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from contextlib import closing

import pytest
from click.testing import CliRunner

from ledger import Ledger, Settings
from ledger.cli import ledger_place, main, surroundings
from ledger.messages import Language, codes
from ledger.store.opening import open_store
from support import approval
from support_sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def run(*words, language="en"):
    """Run the doctor."""
    return CliRunner().invoke(main, ["--lang", language, "doctor", *map(str, words)])


def found(*words):
    """Return the checks by name, and the exit code."""
    done = run(*words, "--format", "json")
    shown = json.loads(done.stdout)
    assert shown["ok"] == (done.exit_code == 0)
    return {check["name"]: check for check in shown["checks"]}, done.exit_code


@pytest.fixture
def made(tmp_path):
    """Make a ledger with one event."""
    path = tmp_path / "a.ledger"
    with Ledger.open(path) as ledger:
        ledger.append(approval())
    return path


@pytest.mark.parametrize(
    ("language", "sayings"),
    [
        ("en", ("above the budget are {}", "two year-ends is {}", "refused", "taken")),
        ("zh", ("按例外登记：{}", "再转入下年：{}", "不允许", "允许")),
    ],
)
def test_what_a_ledger_was_made_with_is_said(tmp_path, language, sayings):
    """Exceptions and old money too, refused or taken, in either language."""
    spent, carried, refused, taken = sayings
    for number, chosen in enumerate((False, True)):
        path = tmp_path / f"{number}.ledger"
        settings = Settings(allow_exceptions=chosen, refuse_old_carry=chosen)
        Ledger.open(path, settings=settings).close()
        shown = "".join(run(path, language=language).stdout.split("\n"))
        assert spent.format(taken if chosen else refused) in shown
        assert carried.format(refused if chosen else taken) in shown


def test_how_fiscal_years_are_named_is_said_in_words(made):
    """No name of a program stands in a sentence."""
    assert "按起始年份命名" in run(made, language="zh").stdout
    assert "named for their start" in run(made).stdout


def test_what_is_needed_is_what_the_package_requires():
    """With the lower bounds that the package states."""
    stated = {
        name: tuple(map(int, oldest.split(".")))
        for name, oldest in (each.split(">=") for each in PROJECT["dependencies"])
    }
    assert stated == surroundings.REQUIRED
    extras = PROJECT["optional-dependencies"]
    for extra, (package, _) in surroundings.EXTRAS.items():
        assert extras[extra][0].startswith(f"{package}>=")
    oldest = ".".join(map(str, surroundings.OLDEST_PYTHON))
    assert PROJECT["requires-python"] == f">={oldest}"


def test_a_sound_computer_and_ledger_give_0(made):
    """All that is needed works."""
    checks, code = found(made)
    assert code == 0
    needed = {name for name, check in checks.items() if check["needed"]}
    assert needed == {"python", "packages", "engine", "recording", "opens"}
    assert checks["engine"]["found"] == f"SQLite {sqlite3.sqlite_version}"
    assert "1 event" in checks["opens"]["found"]
    assert checks["lock"]["state"] == "ok"
    assert not made.with_name("a.ledger-wal").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_missing_is_said_with_its_remedy(monkeypatch, language):
    """Extras, fonts and programs are no reason for exit code 1."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(surroundings, "_FONT_FOLDERS", ())
    monkeypatch.setattr(surroundings, "find_spec", lambda _: None)
    done = run(language=language)
    assert done.exit_code == 0
    for package, _ in surroundings.EXTRAS.values():
        assert f"pip install {package}" in done.stdout
    checks, _ = found()
    for name in ("pdf", "parquet", "sign", "xls", "font", "office", "browser"):
        assert checks[name]["state"] == "missing"
        assert checks[name]["lost"]
        assert checks[name]["remedy"]


def test_a_package_that_is_needed_and_missing_gives_1(monkeypatch):
    """It is named with the version that is needed."""
    needed = {**surroundings.REQUIRED, "no-such-package": (2, 1), "attrs": (999,)}
    monkeypatch.setattr(surroundings, "REQUIRED", needed)
    checks, code = found()
    assert code == 1
    assert "no-such-package>=2.1" in checks["packages"]["found"]
    assert "attrs>=999" in checks["packages"]["found"]


def test_a_check_that_fails_itself_is_reported(monkeypatch):
    """The others are made all the same, and there is no traceback."""

    def broken():
        raise RuntimeError("a strange computer")

    monkeypatch.setitem(surroundings._LOOKS, "font", broken)
    checks, code = found()
    assert code == 0
    assert "a strange computer" in checks["font"]["found"]
    monkeypatch.setitem(surroundings._LOOKS, "python", broken)
    assert found()[1] == 1


@pytest.mark.parametrize("content", [None, b"", b"a letter", b"SQLite format 3\0 not"])
def test_what_is_no_ledger_gives_1(tmp_path, content):
    """In words; nothing is made."""
    path = tmp_path / "a.ledger"
    if content is not None:
        path.write_bytes(content)
    checks, code = found(path)
    assert code == 1
    assert checks["opens"]["state"] == "wrong"
    assert "lock" not in checks
    assert path.exists() == (content is not None)


def test_a_ledger_that_another_program_writes_to_is_locked(made):
    """It can be read: that is no reason for exit code 1."""
    with closing(open_store(made)) as store, store.writing():
        checks, code = found(made)
    assert code == 0
    assert checks["lock"]["found"] == "another program is recording"


@pytest.mark.parametrize(
    ("kind", "remote"),
    [
        ("nfs4", True),
        ("cifs", True),
        ("smb3", True),
        ("fuse.sshfs", True),
        ("9p", True),
        ("ext4", False),
        ("overlay", False),
        ("tmpfs", False),
    ],
)
def test_a_network_drive_is_told(made, monkeypatch, kind, remote):
    """By the type of its file system."""
    monkeypatch.setattr(ledger_place, "_file_system", lambda _: kind)
    checks, code = found(made)
    assert code == 0
    assert (checks["disk"]["state"] == "wrong") == remote
    assert checks["disk"]["found"] == kind


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux")
def test_the_type_of_a_file_system_is_known():
    """That of the folder's own mount, not of one above it."""
    assert ledger_place._file_system("/proc/self") == "proc"
    assert ledger_place._file_system("/")


def test_a_synchronised_folder_is_told(tmp_path):
    """By names of programs that synchronise."""
    folder = tmp_path / "OneDrive" / "财务"
    folder.mkdir(parents=True)
    Ledger.open(folder / "a.ledger").close()
    assert found(folder / "a.ledger")[0]["synchronised"]["state"] == "wrong"


def test_every_check_has_its_words():
    """What it is, what is lost without it and a remedy, in each language."""
    names = [*surroundings._LOOKS, "opens", *ledger_place._LOOKS]
    for language in Language:
        for name in names:
            extra = name in surroundings.EXTRAS  # Its remedy names its package.
            for section in ("examined", "lost", *([] if extra else ["remedy"])):
                assert f"{section}.{name}" in codes(language), (section, name)


def test_the_doctor_speaks_chinese(made):
    """No English word but names, versions and places."""
    done = run(made, language="zh")
    heads = [line.partition("：")[0] for line in done.stdout.splitlines()]
    assert done.stdout.endswith("必需的项目都正常\n")
    known = "Python|PDF|Parquet|PostgreSQL"
    assert [h for h in heads if re.search("[A-Za-z]", re.sub(known, "", h))] == []


def test_the_doctor_runs_on_a_plain_terminal(made):
    """In English, and it says what the encoding is."""
    done = subprocess.run(
        [sys.executable, "-m", "ledger", "doctor", made],
        env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"wrong    encoding of the terminal: ascii" in done.stdout

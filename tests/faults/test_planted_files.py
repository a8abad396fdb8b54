"""Somebody leaves files named as libraries where the ledger is looked at."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.app import replaying
from ledger.audit import verify as verifying
from support_faults import filled
from support_helper_process import meeting, spied

LIBRARIES = """
attr attrs cffi click cryptography dateutil jinja2 ledger_plugins markupsafe msgspec
openpyxl pdfplumber pyarrow python_calamine rich sqlite_utils xlsxwriter
""".split()
STANDARD = """
collections datetime decimal enum hashlib json pathlib re sitecustomize sqlite3 subprocess
tempfile threading typing usercustomize
""".split()
SCRIPT = Path(sys.executable).with_name("budget-ledger")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """Make a ledger."""
    return filled(tmp_path_factory.mktemp("planted") / "sound.ledger")


@pytest.fixture
def folder(tmp_path):
    """Make a folder in which anything that is imported leaves a trace."""
    made = tmp_path / "downloads"
    made.mkdir()
    return made


def plant(folder, names):
    """Put a file and a package for each name into a folder."""
    program = f"open({str(folder / 'ran')!r}, 'a').write(__name__ + '\\n')\n"
    for name in names:
        (folder / f"{name}.py").write_text(program)


@pytest.fixture
def two(monkeypatch):
    """Have even a small ledger looked at by two processes; return those started."""
    monkeypatch.setattr(verifying, "_PAYS", 1)
    monkeypatch.setattr(replaying, "PAYS", 1)
    return spied(monkeypatch)


@pytest.mark.parametrize("variable", ["", "PYTHONPATH", "PYTHONUSERBASE"])
def test_a_helper_process_runs_nothing_of_the_current_folder(
    sound, folder, two, monkeypatch, variable
):
    """Nor of one that a variable names; and what it says is heard all the same."""
    plant(folder, LIBRARIES + STANDARD)
    if variable:
        monkeypatch.setenv(variable, str(folder))
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend("")
    meeting(monkeypatch)
    with Ledger.open(sound, read_only=True, actor="a") as ledger:
        assert ledger.verify().ok
        assert not ledger.stale_snapshots()
        list(ledger.replay(replaying.EXECUTION))
    assert len(two) >= 2
    assert {each._process.returncode for each in two} == {0}
    assert not (folder / "ran").exists()


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ([SCRIPT], LIBRARIES + STANDARD),
        ([sys.executable, "-P", "-m", "ledger"], LIBRARIES + STANDARD),
        ([sys.executable, "-m", "ledger"], LIBRARIES),
    ],
)
def test_the_command_line_runs_no_library_of_the_current_folder(
    sound, folder, command, names
):
    """Neither the script nor the module; Python itself reads more in the last case."""
    plant(folder, names)
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    done = subprocess.run(
        [*command, "verify", str(sound)],
        cwd=folder,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not (folder / "ran").exists()

"""No output of a command takes the place of anything that the command reads."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.app.register_rows import REGISTERS
from ledger.cli import main
from ledger.cli.options import Command, Output
from support import PROJECT, approval, commands, disbursement

COMMANDS = {
    "seal": ["seal", "L", "--key", "key", "--out", "OUT"],
    "seal without a key": ["seal", "L", "--out", "OUT"],
    "prove": ["prove", "L", "2", "--out", "OUT"],
    "export": ["export", "L", "--out", "OUT"],
    "layout": ["layout", "national", "--out", "OUT"],
    "sample": ["sample", "--out", "OUT"],
    "import, checked": ["import", "L", "forms.csv", "--check", "--out", "OUT"],
    "record, checked": ["record", "L", "events.csv", "--check", "--out", "OUT"],
    "export, the checkpoint": ["export", "L", "--checkpoint", "OUT"],
    "export, both": ["export", "L", "--out", "free", "--checkpoint", "OUT"],
    "report": ["report", "L", "--month", "2023-06", "--out", "OUT"],
    "report, JSON": [
        "report",
        "L",
        "--month",
        "2023-06",
        "--format",
        "json",
        "--out",
        "OUT",
    ],
    "report, CSV": [
        "report",
        "L",
        "--month",
        "2023-06",
        "--format",
        "csv",
        "--out",
        "OUT",
    ],
    "report, HTML": [
        "report",
        "L",
        "--month",
        "2023-06",
        "--format",
        "html",
        "--out",
        "OUT",
    ],
    "report, workbook": [
        "report",
        "L",
        "--month",
        "2023-06",
        "--format",
        "xlsx",
        "--out",
        "OUT",
    ],
    "portfolio": ["portfolio", "L", "--month", "2023-06", "--out", "OUT"],
    "portfolio, CSV": [
        "portfolio",
        "L",
        "--month",
        "2023-06",
        "--format",
        "csv",
        "--out",
        "OUT",
    ],
    "alerts": ["alerts", "L", "--month", "2023-06", "--out", "OUT"],
    "monitor": ["monitor", "L", "--month", "2023-06", "--out", "OUT"],
    "monitor, workbook": [
        "monitor",
        "L",
        "--month",
        "2023-06",
        "--format",
        "xlsx",
        "--out",
        "OUT",
    ],
    "evaluate": ["evaluate", "L", "--year", "2023", "--out", "OUT"],
    "evaluate, workbook": [
        "evaluate",
        "L",
        "--year",
        "2023",
        "--format",
        "xlsx",
        "--out",
        "OUT",
    ],
    "keygen": ["keygen", "OUT", "--name", "n"],
    "template": ["template", "L", "OUT"],
    "template of a month": ["template", "L", "OUT", "--month", "2023-06"],
    "backup": ["backup", "L", "OUT"],
    "table": ["table", "L", "OUT"],
    "explain": [
        *["explain", "L", PROJECT, "disbursed", "--format", "json"],
        *["--out", "OUT"],
    ],
    "diff": [
        *["diff", "L", "--month", "2023-06", "--known-at", "1", "--format", "json"],
        *["--out", "OUT"],
    ],
    "verify": ["verify", "L", "--format", "json", "--out", "OUT"],
    **{row.verb: [row.verb, "L", "--out", "OUT"] for row in REGISTERS},
    "init": ["init", "OUT"],
    "restore": ["restore", "OUT", "lines", "--checkpoint", "note"],
}
READ = {
    "the ledger": "L",
    "its hard link": "hard",
    "a link to it": "soft",
    "its name by another way": "folder/../L",
    "its write-ahead log": "L-wal",
    "its shared memory": "L-shm",
    "its journal": "L-journal",
    "a hard link to its write-ahead log": "hard-wal-of-it",
    "another ledger": "other",
    "a private key": "key",
    "a hard link to the key": "hard-key",
    "a public key": "key.pub",
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Fill a folder with ledgers, keys and links; one ledger is open meanwhile."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("outputs"))
    run("keygen", "key", "--name", "n")
    Path("folder").mkdir()
    for name in ("L", "other"):
        with Ledger.open(name, actor="a") as ledger:
            ledger.append(approval())
            ledger.append(disbursement())
            ledger.export("lines", checkpoint="note")
    Path("events.csv").write_text("type,project\nDisbursed,P-1\n", "utf-8")
    Path("forms.csv").write_text("项目编码,三级指标,指标值\nP,a,≥1个\n", "utf-8")
    os.link("L", "hard")
    Path("soft").symlink_to("L")
    os.link("key", "hard-key")
    with Ledger.open("L", actor="a") as ledger:
        ledger.append(disbursement(2, "V-2"))
        os.link("L-wal", "hard-wal-of-it")
        yield Path.cwd()
    os.chdir(before)


@pytest.fixture
def place(filled, monkeypatch):
    """Stand in that folder; no test may change what is there."""
    monkeypatch.chdir(filled)
    before = os.umask(0o022)
    yield
    os.umask(before)


def run(*words):
    """Run a command; return the result."""
    return CliRunner().invoke(main, ["--lang", "en", *words])


def contents():
    """Return what is in a folder: what each file holds, but for locks in memory."""
    return {
        each.name: each.read_bytes()
        for each in Path().iterdir()
        if each.is_file() and not each.name.endswith("-shm")
    }


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("what", READ)
@pytest.mark.parametrize("name", COMMANDS)
def test_no_output_is_an_input(name, what):
    """It is refused in a line, and every file is as it was."""
    before = contents()
    done = run(*(READ[what] if word == "OUT" else word for word in COMMANDS[name]))
    # The name of no workbook is none that a template can have, whatever is there.
    assert done.exit_code == (2 if name.startswith("template") else 1), done.output
    assert isinstance(done.exception, SystemExit)
    assert done.stderr.startswith("budget-ledger: ")
    assert contents() == before


def test_the_table_names_every_output():
    """A new option that writes a file belongs into the table above."""
    for name, command in commands().items():
        for param in command.params:
            if isinstance(param.type, Output):
                option = max(param.opts, key=len)
                assert any(
                    words[0] == name and words[words.index(option) + 1] == "OUT"
                    for words in COMMANDS.values()
                    if option in words
                ), (name, option)
    assert all(isinstance(each, Command) for each in commands().values())


@pytest.mark.usefixtures("place")
def test_two_outputs_of_an_export_are_two_files():
    """Nothing is written where they would be one."""
    before = contents()
    assert run("export", "L", "--out", "x", "--checkpoint", "x").exit_code == 1
    assert contents() == before


@pytest.mark.usefixtures("place")
def test_copies_of_a_closed_ledger_are_closed():
    """A ledger that only its owner reads gives copies that only its owner reads."""
    Path("L").chmod(0o600)
    assert run("backup", "L", "b").exit_code == 0
    assert run("export", "L", "--out", "e").exit_code == 0
    assert run("prove", "L", "1", "--out", "p").exit_code == 0
    assert run("seal", "L", "--out", "s").exit_code == 0
    assert run("table", "L", "t").exit_code == 0
    assert run("restore", "r", "e").exit_code == 0
    assert run("report", "L", "--month", "2023-06", "--out", "page.txt").exit_code == 0
    modes = {
        name: Path(name).stat().st_mode & 0o777
        for name in "b e e.checkpoint p s t r page.txt".split()
    }
    assert modes.pop("page.txt") == 0o644
    assert modes.pop("t") == 0o700
    assert set(modes.values()) == {0o600}
    assert run("verify", "r").exit_code == run("verify", "b").exit_code == 0

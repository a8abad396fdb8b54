"""Whatever stands on the command line, the answer is a line and an exit code."""

import click
import pytest
from click.testing import CliRunner

from ledger import Ledger
from ledger.cli import main
from support import approval, commands, disbursement

TEXTS = [
    "",
    " ",
    "-",
    "\0",
    "n" * 300,
    "\udcff",
    "\x1b[2J",
    "'",
    "a:b",
    "project:",
    "²",
]
NUMBERS = [
    "0",
    "-1",
    "1" * 30,
    "1" * 5000,
    "1e999",
    "NaN",
    "Infinity",
    "-0",
    "٣",
    "0x10",
    "1.5",
]
DATES = [
    "0000-01",
    "0001-01",
    "9999-12",
    "10000-01",
    "2023-13",
    "2023-00",
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "2023-02-30",
]
INSTANTS = [
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2023-01-01T00:00:00",
    "2023-01-01T25:00Z",
    "2023-01-01T00:00:00+99:99",
]
EXTREMES = [*TEXTS, *NUMBERS, *DATES, *INSTANTS]
USUAL = {
    "month": "2023-06", "through": "2023-06", "year": "2023", "position": "1",
    "project": "P-1", "source_project": "P-1", "target_project": "P-2", "subject": "P-1",
    "figure": "disbursed", "amount": "1", "voucher": "V-1", "of": "V-1", "on": "2023-05-01",
    "indicator": "开展就业培训数", "value": "3", "text": "≥10次", "kind": "supplement",
    "moments": "1", "name": "julu",
}  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Make a ledger, and what else commands read; return the path of each."""
    folder = tmp_path_factory.mktemp("extremes")
    with Ledger.open(folder / "L", actor="a") as ledger:
        ledger.append(approval())
        ledger.append(disbursement())
        ledger.export(folder / "lines")
        report = ledger.monthly_report(2023, 6)
        report.write(folder / "report.json")
        (folder / "proof").write_text(ledger.prove(1).render("json"))
    return {
        "file": folder / "L",
        "lines": folder / "lines",
        "bundle": folder / "proof",
        "forms": folder / "report.json",
        "events": folder / "report.json",
    }


def words(command, places, **given):
    """Return a command's words: what it needs, and what is *given*."""
    options, arguments = [], []
    for param in command.params:
        usual = str(places.get(param.name) or USUAL.get(param.name) or "x")
        value = given.get(param.name, usual)
        if isinstance(param, click.Argument):
            if param.required or param.name in given:
                arguments.append(value)
        elif param.name in given or param.required:
            options += [param.opts[-1]] + (
                [] if getattr(param, "is_flag", False) else [value]
            )
    return [*options, "--", *arguments]


CASES = [
    (name, param.name)
    for name, command in commands().items()
    for param in command.params
    if not getattr(param, "is_flag", False)
]


SHARES = 8
"""Each of the quick ones has its own share of the extremes."""

ALL = pytest.param(1, marks=pytest.mark.long)


@pytest.mark.parametrize("shares", [SHARES, ALL])
@pytest.mark.parametrize(("name", "param"), CASES)
def test_no_extreme_ends_in_a_traceback(
    name, param, shares, places, monkeypatch, tmp_path
):
    """Exit code 0, 1 or 2, whatever one of the values is."""
    monkeypatch.chdir(tmp_path)
    command = commands()[name]
    where = dict(places)
    if name in {"init", "restore"}:
        where["file"] = tmp_path / "new"
    for extreme in EXTREMES[CASES.index((name, param)) % shares :: shares]:
        given = words(command, where, **{param: extreme})
        done = CliRunner().invoke(main, ["--lang", "en", name, *given])
        assert done.exception is None or isinstance(done.exception, SystemExit), given
        assert done.exit_code in {0, 1, 2}, given
        assert not [
            c for c in done.output if not c.isprintable() and c not in "\n\t\u3000"
        ], given

"""The exit code of each mistake: 2 where it was typed, 1 where it is anywhere else."""

import click
import pytest
from click.testing import CliRunner

from ledger.cli import COMMANDS, main
from support import PROJECT, commands
from test_cli_doors import RECORDING, laid_out

GARBAGE = "#?"
MONTH = ["--month", "2023-03"]
OTHERS = {
    "backup": ["copy.ledger"],
    "carry-over": ["P-3", "--year", "2023", "--on", "2024-01-09"],
    "check": ["p.json"],
    "close-period": ["--through", "2023-03-31"],
    "completion": ["bash"],
    "diff": [*MONTH, "1", "2"],
    "doctor": [],
    "evaluate": ["--year", "2023"],
    "events": [PROJECT],
    "explain": [PROJECT, "disbursed", *MONTH],
    "export": ["out.jsonl"],
    "init": [],
    "keygen": ["k", "--name", "n"],
    "layout": ["national"],
    "monitor": MONTH,
    "portfolio": MONTH,
    "projects": [],
    "prove": ["1", "--out", "p.json"],
    "rebuild": [],
    "refunds": [],
    "reopen-period": ["2023-03-01", "2023-03-31", "--until", "2023-04-30"],
    "replay": [],
    "report": MONTH,
    "restore": ["lines.jsonl"],
    "return-carry": ["P-3", "--year", "2023", "--on", "2024-01-09"],
    "sample": [],
    "seal": [],
    "show": [PROJECT],
    "table": ["folder"],
    "target": ["≥10次"],
    "template": ["t.xlsx"],
    "verify": [],
}
GIVEN = {
    **dict.fromkeys(COMMANDS, MONTH),
    **{name: [] for name in COMMANDS if name not in OTHERS},
    **RECORDING,
    **OTHERS,
}
"""What each command is given, beside the ledger."""

NEED_NONE = set(
    "check completion doctor keygen layout sample target init restore".split()
)
TEXTS = set(
    "actor added basis cause codes commitment conclusion description disbursement document "
    "evidence expected for_actor from_project goal goals indicator key measures name number "
    "note of payee problems project purpose reason remedy renamed requirement source "
    "source_project "
    "stream subject target_project text title to_project to_unit unit unit_name voucher "
    "allowed_by carried_from".split()
)
"""What takes any text: what people call things, and what may be in a ledger."""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Stand in a folder with a ledger and files to record."""
    monkeypatch.chdir(tmp_path)
    return laid_out(tmp_path)


def params():
    """Yield each option and argument of each command that does not take any text."""
    for name, command in sorted(commands().items()):
        for param in command.params:
            texts = {*TEXTS, "target"} if name == "revise-target" else TEXTS
            free = param.name in texts and param.type is click.STRING
            file = isinstance(param.type, click.Path)
            flag = isinstance(param, click.Option) and param.is_flag
            if not (free or file or flag):
                yield pytest.param(name, param, id=f"{name} {param.opts[-1]}")


def typed(name, param):
    """Return the words of a command with garbage in one place."""
    given = list(GIVEN[name])
    file = [] if name in NEED_NONE and name not in {"init", "restore"} else ["a.ledger"]
    if name in {"init", "restore"}:
        file = ["new.ledger"]
    if isinstance(param, click.Option):
        if param.opts[-1] in given:
            given[given.index(param.opts[-1]) + 1] = GARBAGE
            return [name, *file, *given]
        return [name, *file, *given, param.opts[-1], GARBAGE]
    own = [each for each in commands()[name].params if isinstance(each, click.Argument)]
    at = own.index(param) - len(file)
    while len(given) <= at or (given and given[at].startswith("--")):
        given.insert(at, "x")
    given[at] = GARBAGE
    return [name, *file, *given]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(("name", "param"), [*params()])
def test_what_is_typed_and_can_be_nothing_ends_with_2(name, param):
    """Whichever option of whichever command it is."""
    words = typed(name, param)
    run = CliRunner(env={"LC_ALL": "en_GB.UTF-8"})
    done = run.invoke(main, ["--lang", "en", *words])
    assert done.exit_code == 2, (words, done.output)

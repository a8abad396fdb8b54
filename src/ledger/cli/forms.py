"""Commands that take back a form of approval, or an adjustment."""

from pathlib import Path
from typing import Any

from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    Day,
    command,
    one_of,
    opened,
    print_recorded,
    recording,
)


@command()
@FILE
@argument("project", shell_complete=one_of("project"))
@option("--on", type=Day(), required=True)
@option("--year", help="year.approval")
@option("--reason", required=True)
@recording(key="key.once")
def withdraw(
    file: Path, project: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Withdraw the approval of PROJECT, on which nothing rests yet."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded([ledger.withdraw_approval(project, **fields)], form)


@command("correct-adjustment")
@FILE
@argument("of", metavar="ADJUSTMENT")
@option("--on", type=Day(), help="on.correction")
@option("--reason", required=True)
@recording(key="key.once")
def correct_adjustment(
    file: Path, of: str, actor: str | None, form: str, **fields: Any
) -> None:
    """Correct an adjustment that was a mistake: from a day on it is none."""
    with opened(file, actor=actor, create=False) as ledger:
        print_recorded(ledger.correct_adjustment(of, **fields), form)


COMMANDS = (withdraw, correct_adjustment)

"""Commands about a form of approval that is recorded."""

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


COMMANDS = (withdraw,)

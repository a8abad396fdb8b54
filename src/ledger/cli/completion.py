"""The command that prints what makes a shell complete commands, options and values."""

from typing import Final

import click
from click.shell_completion import (
    BashComplete,
    FishComplete,
    ShellComplete,
    ZshComplete,
)

from ledger.cli.choices import Choice
from ledger.cli.help import argument
from ledger.cli.options import command
from ledger.cli.printing import say_lines
from ledger.interrupting import PROGRAM

_SHELLS: Final[dict[str, type[ShellComplete]]] = {
    "bash": BashComplete,
    "fish": FishComplete,
    "zsh": ZshComplete,
}


@command()
@argument("shell", type=Choice(list(_SHELLS)))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """
    Print what makes SHELL complete commands, options, project codes and months.

    To install it: budget-ledger completion bash >> ~/.bashrc, and open a new terminal.
    """
    variable = f"_{PROGRAM.replace('-', '_').upper()}_COMPLETE"
    completer = _SHELLS[shell](context.find_root().command, {}, PROGRAM, variable)
    # Not that of bash, which starts one to ask for its version.
    say_lines(ShellComplete.source(completer))


COMMANDS = (completion,)

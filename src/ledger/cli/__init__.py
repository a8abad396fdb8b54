"""The command line: parse, call :class:`ledger.Ledger`, print."""

import sys
from typing import Any

import click

from ledger.cli import approvals, audit, facts, proofs, reports, views
from ledger.cli.printing import say_lines
from ledger.domain.errors import LedgerError


class Refusing(click.Group):
    """A group whose commands end a refusal with its message and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Invoke the command."""
        try:
            return super().invoke(ctx)
        except LedgerError as problem:
            say_lines(f"budget-ledger: {problem}", err=True)
            raise click.exceptions.Exit(1) from None


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="ledger", prog_name="budget-ledger")
def main() -> None:
    """
    Record budget approvals, disbursements and results; report any month.

    Every command takes the ledger file first. Exit code 0: sound; 1: findings, or a
    refusal; 2: wrong usage.
    """


for _module in (approvals, facts, views, reports, audit, proofs):
    for _command in _module.COMMANDS:
        main.add_command(_command)


def run() -> None:
    """Run the command line; text that the terminal cannot show is marked."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    main(prog_name="budget-ledger")

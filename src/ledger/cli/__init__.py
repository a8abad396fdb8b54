"""The command line: parse, call :class:`ledger.Ledger`, print."""

import errno
import io
import os
import sys
from pathlib import Path
from typing import Any, Final, NoReturn

import click
from click.shell_completion import CompletionItem

from ledger import __version__, interrupting
from ledger.app.register_rows import REGISTERS
from ledger.cli.help import SpokenCommand, SpokenGroup, first_sentence, option
from ledger.cli.printing import say, say_lines
from ledger.cli.reader import language, spoken
from ledger.cli.streams import prepare, tell_of_escapes
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.interrupting import PROGRAM
from ledger.loading import load
from ledger.messages import message, said_by_system
from ledger.store.state.collecting import collector_spared

_LONGEST: Final = 300

_WORDS: Final = f"{__name__}.words"
"""Where a context keeps what was typed."""

_OTHERS: Final = {
    "close-rectification": "ledger.cli.rectifications",
    "order-rectification": "ledger.cli.rectifications",
    "report-rectification": "ledger.cli.rectifications",
    "assess-goal": "ledger.cli.judgements",
    "adjust": "ledger.cli.facts",
    "adjust-commitment": "ledger.cli.commitments",
    "alerts": "ledger.cli.alerts",
    "backup": "ledger.cli.proofs",
    "carry-over": "ledger.cli.closings",
    "check": "ledger.cli.proofs",
    "close": "ledger.cli.closings",
    "close-period": "ledger.cli.periods",
    "commit": "ledger.cli.commitments",
    "completion": "ledger.cli.completion",
    "correct-adjustment": "ledger.cli.forms",
    "diff": "ledger.cli.audit",
    "disburse": "ledger.cli.facts",
    "doctor": "ledger.cli.doctor",
    "evaluate": "ledger.cli.official_forms",
    "events": "ledger.cli.audit",
    "explain": "ledger.cli.audit",
    "explain-variance": "ledger.cli.judgements",
    "export": "ledger.cli.proofs",
    "import": "ledger.cli.approvals",
    "init": "ledger.cli.approvals",
    "keygen": "ledger.cli.proofs",
    "layout": "ledger.cli.official_forms",
    "monitor": "ledger.cli.official_forms",
    "portfolio": "ledger.cli.reports",
    "projects": "ledger.cli.views",
    "prove": "ledger.cli.proofs",
    "rebuild": "ledger.cli.audit",
    "record": "ledger.cli.facts",
    "refund": "ledger.cli.facts",
    "refunds": "ledger.cli.registers",
    "release-commitment": "ledger.cli.commitments",
    "reopen": "ledger.cli.closings",
    "reopen-period": "ledger.cli.periods",
    "set-policy": "ledger.cli.policies",
    "replay": "ledger.cli.audit",
    "report": "ledger.cli.reports",
    "restore": "ledger.cli.proofs",
    "result": "ledger.cli.facts",
    "retract": "ledger.cli.facts",
    "return-carry": "ledger.cli.closings",
    "reverse": "ledger.cli.facts",
    "revise-form": "ledger.cli.forms",
    "revise-plan": "ledger.cli.forms",
    "revise-target": "ledger.cli.forms",
    "sample": "ledger.cli.official_forms",
    "score": "ledger.cli.judgements",
    "seal": "ledger.cli.proofs",
    "show": "ledger.cli.views",
    "state-conclusion": "ledger.cli.judgements",
    "state-outlook": "ledger.cli.judgements",
    "table": "ledger.cli.audit",
    "target": "ledger.cli.approvals",
    "template": "ledger.cli.approvals",
    "transfer": "ledger.cli.facts",
    "verify": "ledger.cli.proofs",
    "withdraw": "ledger.cli.forms",
}

_REGISTERS: Final = dict.fromkeys(
    (row.verb for row in REGISTERS), "ledger.cli.registers"
)
COMMANDS: Final = dict(sorted({**_OTHERS, **_REGISTERS}.items()))
"""The module of each command: it loads when the command is asked for, to start fast."""


class Refusing(SpokenGroup):
    """
    A group whose commands end a refusal with its message and exit code 1.

    That is 2 where what cannot be taken was typed. Commands are those of
    :data:`COMMANDS`.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        del ctx
        return list(COMMANDS)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Return the commands and options that begin so; no command is loaded."""
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        items = [CompletionItem(name, help=first_sentence(name)) for name in names]
        return items + SpokenCommand.shell_complete(self, ctx, incomplete)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command, with the others of its module."""
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            with collector_spared():
                beside = load(COMMANDS, cmd_name).COMMANDS
            for command in beside:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep what was typed, and parse it."""
        ctx.meta[_WORDS] = [*args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Invoke the command."""
        try:
            return super().invoke(ctx)
        except LedgerError as problem:
            first, *others = problem.lines(language())
            for line in (f"{PROGRAM}: {first}", *others):
                say(line, err=True)
            code = 2 if _is_typed(problem, ctx.meta[_WORDS]) else 1
            raise click.exceptions.Exit(code) from None


def _is_typed(problem: LedgerError, words: list[str]) -> bool:
    """
    Return whether what cannot be taken is a text on the command line.

    A value that was read there, and that a rule or the ledger refuses, is none.
    """
    if not isinstance(problem, InvalidInput) or problem.where.code.startswith("place."):
        return False
    values = (part for word in words for part in (word, word.partition("=")[2] or word))
    return any(problem.found in (value, Path(value).name) for value in values)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        say(message("line.version", program=PROGRAM, version=__version__))
        ctx.exit()


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"]})
@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help="version",
)
def main() -> None:
    """
    Record budget approvals, disbursements and results; report any month.

    The ledger file comes first after the command; check, completion, keygen, layout,
    sample and target take none, and doctor may. Exit code 0: sound; 1: findings, or a
    refusal; 2: what was typed cannot be taken.
    """


def run() -> NoReturn:
    """
    Run the command line; whatever happens, it ends with a line and an exit code.

    Text that the terminal cannot show is escaped. Ctrl-C gives 130.
    """
    try:
        interrupting.while_working()
        prepare()
        code = _code()
        tell_of_escapes()
        interrupting.while_ending()
    except interrupting.Interrupted:
        interrupting.while_ending()
        _tell()
        code = interrupting.CODE
    sys.exit(code)


def _tell() -> None:
    """Say that the command was interrupted."""
    interrupting.tell(spoken("line.interrupted"))


def _code() -> int:
    """Run a command; return its exit code."""
    try:
        done = main(prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as problem:
        shown = io.StringIO()
        problem.show(file=shown)
        say_lines(shown.getvalue(), err=True)
        return problem.exit_code
    except click.Abort:
        _tell()
        return interrupting.CODE
    except OSError as problem:
        # What is still in the buffer would be tried once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if problem.errno != errno.EPIPE:
            place = problem.filename or spoken("line.unwritable")
            said = spoken("line.target", what=place, value=said_by_system(problem))
            say(f"{PROGRAM}: {said}", err=True)
        return 1
    except Exception as problem:
        if os.environ.get("LEDGER_TRACEBACK"):
            raise
        what = f"{type(problem).__name__}: {problem}"[:_LONGEST]
        say(f"{PROGRAM}: {spoken('line.fault', what=what)}", err=True)
        return 1
    return done if isinstance(done, int) else 0

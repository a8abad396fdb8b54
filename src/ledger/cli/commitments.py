"""Commands about commitments: what records them, and the register of contracts."""

from datetime import date
from pathlib import Path
from typing import Any

from ledger.cli.help import Choice, argument, option
from ledger.cli.options import (
    ACTOR,
    FILE,
    FORMAT,
    Day,
    command,
    one_of,
    opened,
    print_recorded,
)
from ledger.domain.commitment import (
    CommitmentAdjustmentKind,
    CommitmentStage,
    ContinuedCommitment,
    ReleaseReason,
)


@command()
@FILE
@argument("project", shell_complete=one_of("project"))
@argument("commitment")
@argument("amount")
@option("--on", type=Day(), required=True)
@option(
    "--stage",
    type=Choice([each.value for each in CommitmentStage]),
    default=CommitmentStage.CONTRACTED.value,
    show_default=True,
)
@option("--of", help="of.reservation")
@option("--source", help="source")
@option("--payee")
@option("--document")
@option("--due-on", type=Day(), help="due_on")
@option("--continues", help="continues")
@option("--key", help="key.once")
@ACTOR
@FORMAT
def commit(
    file: Path,
    project: str,
    commitment: str,
    amount: str,
    continues: str | None,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that AMOUNT yuan are promised by a contract, or reserved for one."""
    earlier = None if continues is None else ContinuedCommitment.of(continues)
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.commit(
            project, commitment, amount, continues=earlier, **fields
        )
        print_recorded([recorded], form)


@command()
@FILE
@argument("project", shell_complete=one_of("project"))
@argument("commitment")
@argument("kind", type=Choice([each.value for each in CommitmentAdjustmentKind]))
@argument("amount")
@option("--on", type=Day(), required=True)
@option("--reason", required=True)
@option("--source", help="source.commitment")
@option("--document")
@option("--key", help="key.once")
@ACTOR
@FORMAT
def adjust_commitment(
    file: Path,
    project: str,
    commitment: str,
    kind: str,
    amount: str,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that a commitment became AMOUNT yuan larger or smaller."""
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.adjust_commitment(project, commitment, kind, amount, **fields)
        print_recorded([recorded], form)


@command()
@FILE
@argument("project", shell_complete=one_of("project"))
@argument("commitment")
@argument("amount", required=False)
@option("--on", type=Day(), required=True)
@option("--why", type=Choice([each.value for each in ReleaseReason]), required=True)
@option("--source", help="source.commitment")
@option("--key", help="key.once")
@ACTOR
@FORMAT
def release_commitment(
    file: Path,
    project: str,
    commitment: str,
    amount: str | None,
    on: date,
    actor: str | None,
    form: str,
    **fields: Any,
) -> None:
    """Record that AMOUNT yuan, else all that is open, are needed no more."""
    with opened(file, actor=actor, create=False) as ledger:
        recorded = ledger.release_commitment(
            project, commitment, amount, on=on, **fields
        )
        print_recorded([recorded], form)


COMMANDS = (commit, adjust_commitment, release_commitment)

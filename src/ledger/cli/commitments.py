"""Commands that record commitments."""

from pathlib import Path
from typing import Any

from ledger.app.ledger import Ledger
from ledger.cli.choices import MemberOf
from ledger.cli.help import argument, option
from ledger.cli.options import (
    FILE,
    ON,
    PROJECT,
    Day,
    RecordedEvents,
    command,
    opened,
    print_recorded,
    recording,
    records,
)
from ledger.domain.commitment import (
    CommitmentAdjustmentKind,
    CommitmentStage,
    ContinuedCommitment,
    ReleaseReason,
)


@command()
@FILE
@PROJECT
@argument("commitment")
@argument("amount")
@ON
@option(
    "--stage",
    type=MemberOf(CommitmentStage),
    default=CommitmentStage.CONTRACTED.value,
    show_default=True,
    help="stage",
)
@option("--of", help="of.reservation")
@option("--source", help="source")
@option("--payee", help="payee")
@option("--document", help="document")
@option("--due-on", type=Day(), help="due_on")
@option("--continues", help="continues")
@recording(key="key.once")
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
        print_recorded(recorded, form)


@command()
@FILE
@PROJECT
@argument("commitment")
@argument("kind", type=MemberOf(CommitmentAdjustmentKind))
@argument("amount")
@ON
@option("--reason", required=True, help="reason")
@option("--source", help="source.commitment")
@option("--document", help="document")
@records(key="key.once")
def adjust_commitment(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record that a commitment became AMOUNT yuan larger or smaller."""
    return ledger.adjust_commitment(**fields)


@command()
@FILE
@PROJECT
@argument("commitment")
@argument("amount", required=False)
@ON
@option("--why", type=MemberOf(ReleaseReason), required=True, help="why")
@option("--source", help="source.commitment")
@records(key="key.once")
def release_commitment(ledger: Ledger, **fields: Any) -> RecordedEvents:
    """Record that AMOUNT yuan, else all that is open, are needed no more."""
    return ledger.release_commitment(**fields)


COMMANDS = (commit, adjust_commitment, release_commitment)

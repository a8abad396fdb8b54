"""The facts of commitments that people record: one function for each."""

from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.app.stated_amounts import Amounts, fundings
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.choice_words import (
    CommitmentAdjustmentKindWord,
    CommitmentStageWord,
    ReleaseReasonWord,
)
from ledger.domain.commitment import (
    CommitmentAdjustmentKind,
    CommitmentStage,
    ContinuedCommitment,
    ReleaseReason,
)
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.envelope import Envelope, RecordedEvent


def commit(
    ledger: OpenLedger,
    /,
    project: str,
    commitment: str,
    amount: Amounts,
    *,
    on: DateLike,
    stage: CommitmentStage | CommitmentStageWord = CommitmentStage.CONTRACTED,
    of: str | None = None,
    source: str | None = None,
    payee: str | None = None,
    document: str | None = None,
    due_on: DateLike | None = None,
    continues: ContinuedCommitment | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record money that is promised by a contract, or reserved for a purchase.

    Args:
        commitment: Its number, unique in the project.

        amount: One amount, or amounts by funding source.

        of: The number of the reservation that a contract takes over.

        source: By default the only funding source that the project has.

        due_on: The day by which it is to be paid.

        continues: The commitment of an earlier year that it goes on with, which the
            ledger must have where it has that year of the project.

    Raises:
        BudgetExceeded: Less is free on some day from *on*; it is named.
        CommitmentUsed: The project has a commitment of that number.
        InvalidInput: *of* is no reservation, or no *source* is given and the project
            has several.
        BeforeCommitment, CommitmentEnded: Of the reservation.
        UnknownCommitment: There is no such reservation, or *continues* names none.
        DatedAhead: *on* is more than a day away.
    """
    event = CommitmentEntered(
        project=project,
        on=parse_date(on),
        commitment=commitment,
        amounts=fundings(ledger, source, amount),
        stage=stage,
        of=of,
        payee=payee,
        document=document,
        due_on=None if due_on is None else parse_date(due_on, name="due_on"),
        continues=continues,
    )
    return ledger.append(event, **envelope)[0]


def adjust_commitment(
    ledger: OpenLedger,
    /,
    project: str,
    commitment: str,
    kind: CommitmentAdjustmentKind | CommitmentAdjustmentKindWord,
    amount: Amounts,
    *,
    on: DateLike,
    reason: str,
    source: str | None = None,
    document: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that a commitment became larger or smaller; *amount* is positive.

    An increase opens a commitment again that had ended.

    Args:
        source: By default the only funding source that the commitment has.

    Raises:
        BudgetExceeded: An increase is more than is free on some day from *on*.
        CommitmentExceeded: A decrease is more than is open on some day from *on*.
        BeforeCommitment, CommitmentEnded, UnknownCommitment: As their names say.
    """
    event = CommitmentAdjusted(
        project=project,
        on=parse_date(on),
        commitment=commitment,
        kind=kind,
        amounts=fundings(ledger, source, amount),
        reason=reason,
        document=document,
    )
    return ledger.append(event, **envelope)[0]


def release_commitment(
    ledger: OpenLedger,
    /,
    project: str,
    commitment: str,
    amount: Amounts | None = None,
    *,
    on: DateLike,
    why: ReleaseReason | ReleaseReasonWord,
    source: str | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record that what is open of a commitment is needed no more.

    Args:
        amount: By default all that is open; that ends the commitment.

        source: By default the only funding source that the commitment has.

    Raises:
        CommitmentExceeded: Less is open on some day from *on*.
        InvalidInput: All is released, and a later fact lives on it.
        BeforeCommitment, CommitmentEnded, UnknownCommitment: As their names say.
    """
    event = CommitmentReleased(
        project=project,
        on=parse_date(on),
        commitment=commitment,
        why=why,
        amounts=() if amount is None else fundings(ledger, source, amount),
    )
    return ledger.append(event, **envelope)[0]

"""
What happens to commitments, in the past tense.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.choice_words import (
    CommitmentAdjustmentKindWord,
    CommitmentStageWord,
    ReleaseReasonWord,
)
from ledger.domain.choices import one_of
from ledger.domain.commitment import (
    Commitment,
    CommitmentAdjustmentKind,
    CommitmentStage,
    ContinuedCommitment,
    ReleaseReason,
    commitment_identity,
)
from ledger.domain.funding import Funding


def _stage(value: CommitmentStage | CommitmentStageWord | None) -> CommitmentStage:
    if value is None:
        return CommitmentStage.CONTRACTED
    return one_of(CommitmentStage, "stage", value)


def _kind(
    value: CommitmentAdjustmentKind | CommitmentAdjustmentKindWord,
) -> CommitmentAdjustmentKind:
    return one_of(CommitmentAdjustmentKind, "kind", value)


def _why(value: ReleaseReason | ReleaseReasonWord) -> ReleaseReason:
    return one_of(ReleaseReason, "why", value)


@all_checked
@frozen(kw_only=True)
class CommitmentEntered:
    """
    Money was reserved for a purchase, or promised by a contract.

    Attributes:
        commitment: Its number, as printed; unique in the project, however spelled.

        of: The reservation that a contract takes over.

        taken_over: What it takes of that one, computed; the rest must be free.

        due_on: The day by which it is to be paid.

        continues: The commitment of an earlier year that it goes on with.
    """

    project: str
    on: date
    commitment: str
    amounts: tuple[Funding, ...]
    stage: CommitmentStage = field(default=CommitmentStage.CONTRACTED, converter=_stage)
    of: str | None = None
    taken_over: tuple[Funding, ...] = ()
    payee: str | None = None
    document: str | None = None
    due_on: date | None = None
    continues: ContinuedCommitment | None = None


@all_checked
@frozen(kw_only=True)
class CommitmentAdjusted:
    """
    A commitment became larger or smaller.

    Attributes:
        amounts: Positive; the kind says whether they add or take.

        stage: That of the commitment, computed.
    """

    project: str
    on: date
    commitment: str
    kind: CommitmentAdjustmentKind = field(converter=_kind)
    amounts: tuple[Funding, ...]
    reason: str
    document: str | None = None
    stage: CommitmentStage | None = None


@all_checked
@frozen(kw_only=True)
class CommitmentReleased:
    """
    What was open of a commitment is free again, all of it or a part.

    Attributes:
        amounts: What of it; none for all that is open, which ends the commitment.

        released: What was released, computed.

        stage: That of the commitment, computed.
    """

    project: str
    on: date
    commitment: str
    why: ReleaseReason = field(converter=_why)
    amounts: tuple[Funding, ...] = ()
    released: tuple[Funding, ...] = ()
    stage: CommitmentStage | None = None


def entered(event: CommitmentEntered) -> Commitment:
    """Return the commitment that *event* enters, before its movements."""
    return Commitment(
        event.commitment,
        event.stage,
        event.on,
        [],
        [],
        event.payee,
        event.document,
        event.due_on,
        None if event.of is None else commitment_identity(event.of),
        event.continues,
    )

"""What the rules forbid of commitments; the tree is that of the errors."""

from collections.abc import Sequence
from datetime import date

from ledger.domain.refusals import Refused
from ledger.messages import Message


class CommitmentUsed(Refused):
    """A commitment's number that the project has already."""

    code = "error.commitment_used"

    def __init__(self, project: str, commitment: str, since: date) -> None:
        self.commitment, self.since = commitment, since
        super().__init__(project=project, commitment=commitment, since=since)


class BeforeCommitment(Refused):
    """A fact about a commitment that was not entered yet on that day."""

    code = "error.before_commitment"

    def __init__(self, project: str, commitment: str, on: date, since: date) -> None:
        self.commitment, self.on, self.since = commitment, on, since
        super().__init__(project=project, commitment=commitment, on=on, since=since)


class CommitmentEnded(Refused):
    """A fact about a commitment that had ended by that day."""

    code = "error.commitment_ended"

    def __init__(self, project: str, commitment: str, on: date, ended_on: date) -> None:
        self.commitment, self.on, self.ended_on = commitment, on, ended_on
        super().__init__(
            project=project, commitment=commitment, on=on, ended_on=ended_on
        )


class CommitmentExceeded(Refused):
    """
    More of a commitment than is open.

    Attributes:
        requested: The amount asked for, in minor units.

        left: The least that is open from *on* to the end, in minor units.

        day: The first day on which the request would take more.
    """

    code = "error.commitment_exceeded"

    def __init__(
        self, message: Message | str, *, requested: int, left: int, day: date
    ) -> None:
        self.requested, self.left, self.day = requested, left, day
        super().__init__(message)


class CommitmentsOpen(Refused):
    """A closing of a project that has open commitments."""

    code = "error.commitments_open"

    def __init__(self, project: str, on: date, commitments: Sequence[Message]) -> None:
        self.on = on
        super().__init__(project=project, on=on, commitments=[*commitments])

"""Requests that were refused, or were short of money, while an append is not whole."""

from typing import Final, NamedTuple

from attrs import define, field

from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.errors import LedgerError
from ledger.domain.events import Event
from ledger.domain.shortage import Shortage
from ledger.domain.subject import Stream
from ledger.intake.requests import Request
from ledger.messages import Message


class Waiting(NamedTuple):
    """
    A request that is not taken, for the time being.

    Attributes:
        problem: Why it was refused; ``None`` if it was not tried yet.
    """

    number: int
    request: Request
    problem: LedgerError | None = None


class Short(NamedTuple):
    """A request that was taken although money was short, to be judged at the end."""

    waiting: Waiting
    stream: Stream
    shortage: Shortage
    problem: LedgerError


TURNS: Final = frozenset({ApprovalWithdrawn, ProjectClosed, ProjectReopened})
"""What takes effect in the order in which it was asked for."""


@define
class Turns:
    """
    The closings, reopenings and withdrawals of one append.

    Attributes:
        last: By project-year, the place of the last closing or reopening.

        lifted: The project-years that are open again, or whose approval is withdrawn.
    """

    last: dict[Stream, int] = field(factory=dict)
    lifted: set[Stream] = field(factory=set)

    def keep(
        self, stream: Stream, event: Event, place: int, waited: Waiting | None
    ) -> None:
        """
        Take note of what is taken.

        Raises:
            LedgerError: It waited, and one that was asked for after it was taken.
        """
        if not isinstance(event, ProjectClosed):
            self.lifted.add(stream)
        if isinstance(event, ApprovalWithdrawn):
            return
        problem = waited.problem if waited is not None else None
        if problem is not None and place < self.last.get(stream, 0):
            raise problem
        self.last[stream] = place


def said_of(problem: LedgerError | Message) -> Message | str:
    """Return what a refusal says."""
    return problem if isinstance(problem, Message) else problem.message


def number_of(problem: tuple[int, object]) -> int:
    """Return the place of the request that was refused, to sort by."""
    return problem[0]

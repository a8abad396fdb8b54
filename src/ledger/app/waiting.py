"""Requests that were refused, or were short of money, while an append is not whole."""

from typing import Final, NamedTuple

from attrs import define, field

from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.errors import LedgerError
from ledger.domain.shortage import Shortage
from ledger.domain.subject import Stream
from ledger.intake.requests import Request
from ledger.messages import Message


class Waiting(NamedTuple):
    """A request that was refused, for the time being."""

    number: int
    request: Request
    problem: LedgerError


class Short(NamedTuple):
    """A request that was taken although money was short, to be judged at the end."""

    waiting: Waiting
    stream: Stream
    shortage: Shortage


TURNS: Final = frozenset({ProjectClosed, ProjectReopened})
"""What takes effect in the order in which it was asked for."""


@define
class Turns:
    """
    The closings and reopenings of one append.

    Attributes:
        last: By project-year, the place of the last one that was taken.
    """

    last: dict[Stream, int] = field(factory=dict)

    def keep(self, stream: Stream, place: int, waited: Waiting | None) -> None:
        """
        Take note of a closing or reopening that is taken.

        Raises:
            LedgerError: It waited, and one that was asked for after it was taken.
        """
        if waited is not None and place < self.last.get(stream, 0):
            raise waited.problem
        self.last[stream] = place


def said_of(problem: LedgerError | Message) -> Message | str:
    """Return what a refusal says."""
    return problem if isinstance(problem, Message) else problem.message


def number_of(problem: tuple[int, object]) -> int:
    """Return the place of the request that was refused, to sort by."""
    return problem[0]

"""Requests that were refused, or were short of money, while an append is not whole."""

from typing import NamedTuple

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


def said_of(problem: LedgerError | Message) -> Message | str:
    """Return what a refusal says."""
    return problem if isinstance(problem, Message) else problem.message


def number_of(problem: tuple[int, object]) -> int:
    """Return the place of the request that was refused, to sort by."""
    return problem[0]

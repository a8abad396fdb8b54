"""Requests that were refused, or were short of money, while an append is not whole."""

from typing import NamedTuple

from ledger.domain.errors import LedgerError
from ledger.domain.shortage import Shortage
from ledger.domain.subject import Stream
from ledger.intake.requests import Request


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

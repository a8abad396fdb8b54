"""What is asked of an append that is under way by those who add to it."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple, Protocol

from ledger.app.carries import Carries
from ledger.app.refunds import Refunds
from ledger.app.repeats import Repeats
from ledger.app.waiting import Short, Turns, Waiting
from ledger.app.written import Written
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError
from ledger.domain.events import Event
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream
from ledger.domain.virements import Virements
from ledger.intake.requests import Request
from ledger.messages import Message
from ledger.store.protocol import Writer
from ledger.store.state.held_states import HeldStates
from ledger.store.state.stream_states import States


class Called(NamedTuple):
    """
    A fact of an append that may call for legs.

    Attributes:
        number: The place of its request.

        less: What a revised form prints less than the one before, by source.

        cause: Its event id.
    """

    number: int
    request: Request
    stream: Stream
    fact: Event
    less: Mapping[str, int]
    cause: str


class PendingWrites(Protocol):
    """Who writes, for those that only read what is there by now."""

    @property
    def saved(self) -> int:
        """The position through which snapshots are stored."""

    def flush(self) -> None:
        """Let what was appended be read."""


class MoneyOfOthers(Protocol):
    """What is asked of money that others have: of an append, or of a ledger."""

    @property
    def states(self) -> States:
        """Those of all streams, as they are by now."""

    @property
    def settings(self) -> Settings:
        """Those of the ledger."""

    @property
    def writer(self) -> PendingWrites:
        """Who writes."""


class AppendUnderWay(Protocol):
    """
    An append that takes facts, until all of it is there.

    Attributes:
        waiting: What was refused before all others were there.

        later: What is taken when all else is there.

        called: What may still call for legs.

        problems: What was refused, by the places of requests.
    """

    writer: Writer
    states: States
    settings: Settings
    source: str
    repeats: Repeats
    number: int
    taken: int
    virements: Virements
    written: Written
    of_ledger: list[tuple[int, Request]]
    waiting: list[Waiting]
    later: list[Waiting]
    behind: set[tuple[type, Stream]]
    whole: bool
    short: list[Short]
    called: list[Called]
    problems: list[tuple[int, LedgerError | Message]]

    @property
    def carries(self) -> Carries:
        """Legs of carry-overs so far."""

    @property
    def refunds(self) -> Refunds:
        """What came back of payments of earlier years."""

    @property
    def turns(self) -> Turns:
        """Closings, reopenings and withdrawals so far."""

    def rule_on(self, day: date) -> ScoringRule:
        """Return the rule of points by which a score of a day lies in its weight."""

    def take_late(self, each: Waiting) -> RecordedEvent:
        """Append a request when all requests are known."""

    def fact(
        self,
        held: HeldStates,
        request: Request,
        stream: Stream,
        waited: Waiting | None,
    ) -> Event:
        """Return what a request becomes by the rules, of its day and of periods too."""

    def write(
        self,
        held: HeldStates,
        request: Request,
        stream: Stream,
        decided: Event,
        digest: str | None,
    ) -> RecordedEvent:
        """Append a fact, and fold it into the states of its stream."""

    def refuse(self, number: int, request: Request, problem: LedgerError) -> None:
        """Keep a refusal, to be raised with the others; some are raised at once."""

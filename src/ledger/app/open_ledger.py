"""An open ledger: the log, its states and the right to record."""

import getpass
import os
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, Unpack

from attrs import define, field

from ledger.app.services import service
from ledger.app.view import View
from ledger.domain.calendar import DateLike, parse_given
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.envelope_names import check_version, checked_name
from ledger.domain.errors import InvalidInput, LogError
from ledger.domain.events import Event
from ledger.domain.finding import Finding
from ledger.domain.money import Amount
from ledger.domain.policies import Judging, judging, policy_facts
from ledger.domain.policy import Policy
from ledger.domain.policy_events import PolicySet
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.selection import EVERYTHING, Selection
from ledger.domain.settings import Settings
from ledger.domain.subject import LEDGER
from ledger.intake.requests import Request
from ledger.messages import message
from ledger.store.clock import clock_finding, instant
from ledger.store.protocol import EventStore
from ledger.store.records import Head
from ledger.store.state.collecting import CollectorPaused
from ledger.store.state.stream_states import States

if TYPE_CHECKING:
    from ledger.app.recording import Recorder


@define
class OpenLedger:
    """
    What is open while a ledger is: its log, its states and the right to record.

    Each method of :class:`ledger.Ledger` is a function of one of these.

    Attributes:
        policy, scoring: The caller's own, by which its views judge; ``None`` for what
            the ledger has set, else the usual.

        actor: Who records; ``None`` until the user of the computer is looked up.

        findings: About clocks and days, since the ledger was opened.
    """

    log: EventStore
    policy: Policy | None
    scoring: ScoringRule | None
    states: States = field(repr=False)
    actor: str | None
    findings: list[Finding] = field(init=False, factory=list)
    is_closed: bool = field(init=False, default=False)

    @cached_property
    def recorder(self) -> "Recorder":
        """The write side, which loads with the first fact: to read needs none of it."""
        made: Recorder = service("recording").Recorder(
            self.log,
            self.states,
            self.scoring,
            self.findings,
            self.user,
            self.check_clock,
        )
        return made

    def user(self) -> str:
        """
        Return who records: by default the user's name, or the number of one without.

        Raises:
            InvalidInput: The system does not say.
        """
        if self.actor is None:
            self.actor = _user_of_the_computer()
        return self.actor

    def check_clock(self) -> None:
        """Say, once, if the clock is behind the last instant of the log."""
        last = self.log.last_instant()
        behind = clock_finding(self.log.now(), last) if last else None
        if behind is not None and behind.code not in {f.code for f in self.findings}:
            self.findings.append(behind)

    def close(self) -> None:
        """
        Close the file.

        Snapshots that are far behind are stored first, as far as nobody else writes.
        """
        with suppress(LogError):
            self.states.catch_up()
        self.log.close()
        self.is_closed = True

    def check_open(self) -> None:
        """
        Check that it is open, for what looks at the file apart from the log.

        Raises:
            LogError: It was closed.
        """
        if self.is_closed:
            raise LogError(message("error.sqlite.closed", path=self.log.place))

    @property
    def settings(self) -> Settings:
        """The settings fixed when the ledger was created."""
        return self.log.settings

    @property
    def position(self) -> int:
        """How many events the ledger holds."""
        return self.log.head().size

    def append(
        self,
        *events: Event,
        **envelope: Unpack[Envelope],
    ) -> list[RecordedEvent]:
        """
        Record *events*, all or none, each checked by the rules; return them recorded.

        What is returned is in the order of *events*; one that others of them make
        possible, such as a disbursement of what is reversed, has a later position.
        After an approval or a closing come the legs of carry-overs that it calls for.

        Amounts inside events are integer minor units; see :meth:`minor`. Money is
        judged by the ends of days, whatever the order of the events.

        Args:
            envelope: As :class:`ledger.Envelope` says; *key* is that of all *events*
                together.

        Raises:
            Refused: A rule forbids one of them.
            InvalidInput: A field cannot be taken.
            VersionConflict: The stream has moved.
            KeyConflict: The key has another request.
        """
        key, cause = envelope.get("key"), envelope.get("cause")
        actor, expected = envelope.get("actor"), envelope.get("expected_version")
        if actor is not None:
            checked_name(actor, name="actor")
        check_version(expected)
        requests = [
            Request(event=event, key=key, cause=cause, actor=actor) for event in events
        ]
        with CollectorPaused():
            recorded = self.recorder.record(requests, expected_version=expected)
            try:
                return [event for _, event in sorted(recorded, key=itemgetter(0))]
            finally:
                recorded.close()

    def minor(self, amount: Amount) -> int:
        """Return *amount* as the integer minor units that events hold."""
        return self.settings.currency.minor(amount)

    def view(
        self,
        *,
        through: DateLike | None = None,
        known_at: datetime | int | str | None = None,
        unit: str | None = None,
        project: str | None = None,
    ) -> View:
        """
        Return the ledger as of two dates.

        Args:
            through: Facts effective by this day; by default by the last one recorded,
                at most by today.

            known_at: Facts recorded by this instant, also as text in ISO form with its
                zone, or up to this position, where an append ends; by default all. The
                view does not move when more is recorded.

            unit: Only the projects of this unit and of those below it, as codes show,
                and their objectives, are in its lists, sums and reports.

            project: Only this one is.

        Raises:
            InvalidInput: *through* is no date; there is no such position, or it splits
                an append; both a unit and a project are named.
            UnknownProject, UnknownUnit: The ledger has none of the code.
        """
        if isinstance(known_at, str):
            known_at = self._instant("known_at", known_at)
        head = self.log.head()
        position = head.size if known_at is None else self.position_at(known_at)
        asked = instant(known_at) if isinstance(known_at, datetime) else known_at
        day = parse_given(through, name="through") or self._last_day(position)
        return View(
            through=day,
            position=position,
            known_at=None if asked is None else str(asked),
            judging=self._judging(day, position, head),
            selection=self._selection(unit, project),
            log=self.log,
        )

    def _selection(self, unit: str | None, project: str | None) -> Selection:
        """Return what a view is of."""
        if unit is None and project is None:
            return EVERYTHING
        selection: Selection = service("selecting").selected(unit, project, self.log)
        return selection

    def judging(self) -> Judging:
        """Return what figures are judged by on the last day, or today if it is past."""
        head = self.log.head()
        return self._judging(self._last_day(head.size), head.size, head)

    def _judging(self, on: date, position: int, head: Head) -> Judging:
        """Return what figures of a day are judged by, as far as a position."""
        facts: list[RecordedEvent] = []
        if head.counts.get(PolicySet.__name__):  # Few ledgers set one.
            facts = policy_facts(self.log.read_stream(LEDGER, until=position))
        return judging(facts, on, self.policy, self.scoring)

    def position_at(
        self, known_at: datetime | int | str | None, name: str = "known_at"
    ) -> int:
        """
        Return the position of a cut, which parts no append.

        Raises:
            InvalidInput: There is no such position, or an append goes on beyond it.
        """
        size = self.log.head().size
        if known_at is None:
            return size
        if isinstance(known_at, str):
            known_at = self._instant(name, known_at)
        if isinstance(known_at, datetime):
            return self.log.position_at(known_at)
        if type(known_at) is not int or not 0 <= known_at <= size:
            raise InvalidInput(
                name, known_at, message("expected.position_to", size=size)
            )
        if 0 < known_at < size:
            before, end = self.log.append_around(known_at)
            if known_at != end:
                right = message("expected.end_of_append", before=before, end=end)
                raise InvalidInput(name, known_at, right)
        return known_at

    def _instant(self, name: str, text: str) -> datetime:
        """Return the instant that a text gives in ISO form, with its zone."""
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            at = None
        if at is None or at.tzinfo is None:
            size = self.log.head().size
            raise InvalidInput(name, text, message("expected.position_to", size=size))
        return at

    def _last_day(self, position: int) -> date:
        day, today = self.log.last_day(until=position), self.log.today()
        return today if day is None else min(day, today)


def _user_of_the_computer() -> str:
    try:
        return checked_name(getpass.getuser(), name="actor")
    except (ImportError, KeyError, OSError) as problem:
        if hasattr(os, "getuid"):
            return f"uid {os.getuid()}"
        raise InvalidInput("actor", None, message("expected.who_records")) from problem

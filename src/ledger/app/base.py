"""An open ledger: the log, its states and the right to record."""

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from operator import itemgetter
from types import TracebackType
from typing import Any, Self

from attrs import define, field

from ledger.app.recording import Recorder
from ledger.app.view import View
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidInput, LogError
from ledger.domain.events import Event
from ledger.domain.finding import Finding
from ledger.domain.money import Amount
from ledger.domain.names import checked_name
from ledger.domain.settings import Settings
from ledger.domain.weights import ScoringRule
from ledger.intake.requests import Request
from ledger.projections.attainment import ATTAINMENT
from ledger.projections.policy import Policy
from ledger.store.clock import Clock, Entropy, instant, utc_now
from ledger.store.opening import open_store
from ledger.store.protocol import EventStore
from ledger.store.state.packed import EXECUTION
from ledger.store.state.snapshot_reader import AnyProjection
from ledger.store.state.stream_states import States

_BUILT_IN: tuple[AnyProjection, ...] = (EXECUTION, ATTAINMENT)


@define
class OpenLedger:
    """A ledger file that is open; the parts of :class:`ledger.Ledger` stand on it."""

    _log: EventStore
    policy: Policy
    scoring: ScoringRule
    _states: States = field(repr=False)
    _recorder: Recorder = field(repr=False)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        actor: str | None = None,
        settings: Settings | None = None,
        create: bool = True,
        read_only: bool = False,
        timeout: float = 30.0,
        projections: Sequence[AnyProjection] = (),
        policy: Policy | None = None,
        scoring: ScoringRule | None = None,
        clock: Clock = utc_now,
        entropy: Entropy = os.urandom,
    ) -> Self:
        """
        Open the ledger at *path*; create it if there is none.

        Args:
            path: A file, or ``:memory:``.

            actor: Who records; by default the user of the computer, who is looked up
                when a fact is recorded: to read needs none.

            settings: For a new ledger: currency, fiscal year, convention.

            create: Whether a missing file is created.

            timeout: Seconds to wait while another process writes.

            projections: Your own, kept up in each append beside the built-in ones.

            clock: Returns the instant that events are recorded at.

            entropy: Returns random bytes, for event ids.

        Raises:
            NotALedger, NewerLedger, ReadOnlyLedger, LedgerLocked: As their names say.
        """
        every = (*_BUILT_IN, *projections)
        names = [projection.name for projection in every]
        if len(set(names)) < len(names):
            raise InvalidInput("projections", names, "names that are used once")
        who = None if actor is None else checked_name(actor, name="actor")
        log = open_store(
            path,
            settings=settings,
            create=create,
            read_only=read_only,
            timeout=timeout,
            clock=clock,
            entropy=entropy,
        )
        return cls._kept_in(log, who, every, policy=policy, scoring=scoring)

    @classmethod
    def _kept_in(
        cls,
        store: EventStore,
        actor: str | None = None,
        projections: Sequence[AnyProjection] = _BUILT_IN,
        *,
        policy: Policy | None = None,
        scoring: ScoringRule | None = None,
    ) -> Self:
        """
        Return a ledger whose log is kept in an open store, whatever that is made of.

        Args:
            projections: The built-in ones first.
        """
        states = States(store, tuple(projections))
        rule = scoring or ScoringRule()
        recorder = Recorder(store, actor, states, rule)
        recorder.check_clock()
        return cls(store, policy or Policy(), rule, states, recorder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """
        Close the file.

        Snapshots that are far behind are stored first, as far as nobody else writes.
        """
        with suppress(LogError):
            self._states.catch_up()
        self._log.close()

    @property
    def settings(self) -> Settings:
        """What was fixed when the ledger was created."""
        return self._log.settings

    @property
    def position(self) -> int:
        """How many events the ledger holds."""
        return self._log.head().size

    @property
    def findings(self) -> tuple[Finding, ...]:
        """
        What is to be said of clocks and days since this was opened.

        ``clock.behind`` or ``clock.day_behind`` where the clock is behind the last
        instant of the log; ``result.dated_ahead`` for a result, recorded here, of a day
        that had not come.
        """
        return tuple(self._recorder.findings)

    @property
    def root(self) -> str:
        """The root over all lines, in hex: the same root, the same record."""
        return self._log.head().root.hex()

    def append(
        self,
        *events: Event,
        key: str | None = None,
        cause: str | None = None,
        expected_version: int | None = None,
    ) -> list[RecordedEvent]:
        """
        Record *events*, all or none, each held to the rules; return them recorded.

        What is returned is in the order of *events*; one that others of them make
        possible, such as a disbursement of what is reversed, has a later position.

        Amounts inside events are integer minor units; see :meth:`minor`. Money is
        judged by the ends of days, whatever the order of the events.

        Args:
            key: Your own id of the request, all events together. The same request with
                the same key is recorded once: what was recorded is returned, with
                ``already`` true.

            expected_version: Of the first event's stream, before the append; a request
                that its key says was recorded is not held to it.

        Raises:
            Refused: A rule forbids one of them.
            InvalidInput: A field cannot be taken.
            VersionConflict: The stream has moved.
            KeyConflict: The key has another request.
        """
        requests = [Request(event=event, key=key, cause=cause) for event in events]
        recorded = self._recorder.record(requests, expected_version=expected_version)
        return [each for _, each in sorted(recorded, key=itemgetter(0))]

    def minor(self, amount: Amount) -> int:
        """Return *amount* as the integer minor units that events hold."""
        return self.settings.currency.minor(amount)

    def view(
        self,
        *,
        through: date | None = None,
        known_at: datetime | int | None = None,
    ) -> View:
        """
        Return the ledger as of two dates.

        Args:
            through: Facts effective by this day; by default by the last one recorded,
                at most by today.

            known_at: Facts recorded by this instant, or up to this position, where an
                append ends; by default all. The view does not move when more is
                recorded.

        Raises:
            InvalidInput: *through* is no date; there is no such position, or it parts
                an append.
        """
        if through is not None and type(through) is not date:
            raise InvalidInput("through", through, "a date")
        position = self._position(known_at)
        asked = instant(known_at) if isinstance(known_at, datetime) else known_at
        return View(
            through=through or self._last_day(position),
            position=position,
            known_at=None if asked is None else str(asked),
            policy=self.policy,
            scoring=self.scoring,
            log=self._log,
        )

    def _one(self, event: Event, envelope: Mapping[str, Any]) -> RecordedEvent:
        return self.append(event, **envelope)[0]

    def _position(self, known_at: datetime | int | None, name: str = "known_at") -> int:
        """
        Return the position of a cut, which parts no append.

        Raises:
            InvalidInput: There is no such position, or an append goes on beyond it.
        """
        size = self._log.head().size
        if known_at is None:
            return size
        if isinstance(known_at, datetime):
            return self._log.position_at(known_at)
        if type(known_at) is not int or not 0 <= known_at <= size:
            raise InvalidInput(name, known_at, f"a position from 0 to {size}")
        if 0 < known_at < size:
            before, end = self._log.append_around(known_at)
            if known_at != end:
                right = f"a position where an append ends: {before} or {end}"
                raise InvalidInput(name, known_at, right)
        return known_at

    def _last_day(self, position: int) -> date:
        day, today = self._log.last_day(until=position), self._log.today()
        return today if day is None else min(day, today)

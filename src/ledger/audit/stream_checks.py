"""Checks each stream: its lines, its rules and its snapshots."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from math import inf
from operator import itemgetter
from typing import Any, Final

from attrs import define, field

from ledger.audit.carry_checks import check_carries
from ledger.audit.carry_facts import CARRIES, CollectedCarry, carry_of
from ledger.audit.link_checks import LINKED, LinkChecks
from ledger.audit.period_checks import PeriodChecks
from ledger.audit.protocol import MOST_NOTES, NONSENSE, Check, Protocol
from ledger.audit.refund_checks import CollectedRefund, check_refunds, collected
from ledger.audit.row_checks import RowChecks, RowValues
from ledger.audit.snapshot_checks import KeptSnapshots, SnapshotChecks
from ledger.domain.budget import Budget
from ledger.domain.catalogue import LEGS, leg_of
from ledger.domain.decisions import HAPPENED, check_day, decide
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError, LogError, said_by
from ledger.domain.events import Disbursed, Event, ResultReported, ResultRetracted
from ledger.domain.finding import Finding
from ledger.domain.periods import OF_ITS_OWN_DAY
from ledger.domain.progress import TOGETHER, Progress, silent
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refusals import BudgetExceeded, VoucherUsed
from ledger.domain.settings import Settings
from ledger.domain.shortage import Shortage, UnlimitedBudget
from ledger.domain.streams import OF_LEDGER
from ledger.domain.subject import Stream
from ledger.domain.virements import Virements
from ledger.domain.voucher_lines import decided_line
from ledger.messages import Message, message
from ledger.projections.doubts import entered_twice
from ledger.projections.likely_twice import likely_twice
from ledger.projections.overspending import overspent_in_the_end
from ledger.projections.projection import Projection, Steps
from ledger.store.envelope_checks import spelled_date
from ledger.store.forensics import Forensics
from ledger.store.line import Row

_PART: Final = 200
"""How many rows are checked together."""

_DATED: Final = HAPPENED | {ResultReported}
"""Types whose day is compared with the day of recording."""

_UNBOUND: Final = OF_ITS_OWN_DAY - OF_LEDGER
"""Types that no closing of earlier days than their own binds."""

_SPANNING: Final = LINKED | CARRIES
_STREAM, _TYPE, _DAY = map(Row._fields.index, ("stream", "type", "on"))
_stream = itemgetter(_STREAM)


@define
class StreamChecks:
    """
    The checks that follow one stream at a time; memory does not grow with the log.

    Attributes:
        projections: The first two are execution and attainment: their states are what
            the rules look at.

        counts: How many events of each type were read.

        last_on: The latest effective date that was read, as it is stored.

        virements: Their legs, by instant of recording, day and document.

        refunds, carries: What came back of earlier years, what goes to the next.

        periods: Which days are closed.
    """

    inspection: Forensics
    settings: Settings
    projections: Sequence[Projection[Any]]
    saved: int
    progress: Progress = silent
    protocol: Protocol = field(factory=Protocol)
    counts: Counter[str] = field(factory=Counter)
    last_on: str = ""
    virements: Virements = field(factory=Virements.none)
    periods: PeriodChecks = field()
    refunds: list[CollectedRefund] = field(factory=list)
    carries: list[CollectedCarry] = field(factory=list)
    steps: Steps = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.steps = Steps(self.projections)

    @periods.default
    def _recorded_periods(self) -> PeriodChecks:
        return PeriodChecks(self.inspection, self.settings)

    def run(self, after: str = "", until: str | None = None) -> None:
        """Check the streams that come after one, up to another."""
        rows, one = self.inspection.leaved_rows(after, until), None
        kept = KeptSnapshots(self.inspection, after, until)
        for stream, part in stream_parts(rows):
            if one is None or one.stream != stream:
                if one is not None:
                    one.finish()
                one = _StreamCheck(self, stream, kept)
            one.take(part)
        if one is not None:
            one.finish()

    def count(self, columns: Sequence[RowValues]) -> None:
        """Count rows that were read, and are checked next."""
        types, days = columns[_TYPE], {*columns[_DAY]}
        self.counts.update(types)
        if {*map(type, days)} != {str}:
            days = {day for day in days if type(day) is str}
        self.last_on = max([self.last_on, *days])
        for check in (Check.LINES, Check.EVENTS, Check.RULES):
            self.protocol.examined[check] += len(types)
        self.progress(len(types))

    def finish(self) -> None:
        """Check what spans streams, when all were read."""
        check_refunds(self.refunds, self.inspection, self.settings, self.protocol)
        check_carries(self.carries, self.periods, self.protocol)
        for problem, legs in self.virements.problems(self.settings):
            self.protocol.fault(Check.VIREMENTS, problem, position=legs.first)


class _StreamCheck:
    """The checks of one stream, as its rows come."""

    def __init__(
        self, checks: StreamChecks, stream: Stream, kept: KeptSnapshots
    ) -> None:
        self.checks = checks
        self.protocol = checks.protocol
        self.settings = checks.settings
        self.stream = stream
        self.rows = RowChecks(
            checks.inspection.codec,
            checks.settings,
            checks.protocol,
            stream,
            checks.saved,
        )
        self.sound = True
        self.append = ""
        self.written: list[Event] = []
        self.links = LinkChecks(checks.inspection, stream)
        self.short: list[tuple[int, Message | str, Shortage]] = []
        self.states = [each.initial(stream) for each in checks.projections]
        self.steps = checks.steps
        self.kinds: dict[type[Event], int] = {}
        self.ahead: dict[str, tuple[Finding, int]] = {}
        self.closed: tuple[float, float, date] = (inf, -inf, date.min)
        self.snapshots = SnapshotChecks(
            kept, self.protocol, checks.projections, stream, checks.saved
        )

    def take(self, stored: Sequence[tuple[Any, ...]]) -> None:
        """Check some more rows with their leaves, and fold their events."""
        columns = [*zip(*stored, strict=True)]
        self.checks.count(columns)
        self._follow(self.rows.take(columns))

    def _follow(self, events: Iterable[RecordedEvent | None]) -> None:
        """Check events by the rules, and fold them until one cannot be folded."""
        written, kept, ahead = self.written, self.snapshots.kept, self.rows.ahead
        states, steps, kinds = self.states, self.steps, self.kinds
        settings, (since, until, closed) = self.settings, self.closed
        for recorded in events:
            if recorded is None:
                self.sound = False
                continue
            event = recorded.event
            kind = type(event)
            if ahead or kind in _SPANNING:
                self._span(recorded, kind)
            if recorded.recorded_at != self.append:
                if self.short:
                    self._judge()
                self.append = recorded.recorded_at
                written.clear()
            if self.sound:
                position = recorded.position
                # Most come after all closed days, and change none before their own.
                try:
                    usual = (
                        since <= position <= until
                        and event.on > closed
                        and kind in _UNBOUND
                        and decide(states[0], states[1], event, settings) is event
                    )
                except NONSENSE:
                    usual = False
                if not usual:
                    self._decide(recorded, event, kind)
                    since, until, closed = self.closed
                written.append(event)
                try:
                    for i, step in steps[kind]:
                        states[i] = step(states[i], recorded)
                except NONSENSE as problem:
                    said = message("fault.not_folded", problem=said_by(problem))
                    self._fault(Check.RULES, said, position)
                    self.sound = False
                if kind not in kinds:
                    self._meet(kind, position)
                kinds[kind] += 1
                version = recorded.version
                if version in kept:
                    self.snapshots.compare(version, position, states, self._followed())

    def _check_day(self, recorded: RecordedEvent) -> None:
        """Compare the day of what happened with the day of its recording."""
        day = recorded.recorded_at[:10]
        try:
            said = check_day(recorded.event, date.fromisoformat(day))
        except (LedgerError, ValueError) as problem:
            self._fault(Check.RULES, said_by(problem), recorded.position)
            return
        if said is None:
            return
        if len(self.ahead) < MOST_NOTES:  # It may be retracted later on.
            self.ahead[recorded.id] = said, recorded.position
        else:
            self.protocol.note(said, recorded.position)

    def finish(self) -> None:
        """Check what is left when the stream has ended; note what nobody retracted."""
        self._judge()
        for note, position in self.ahead.values():
            self.protocol.note(note, position)
        for note in likely_twice(self.states[0], date.max, self.checks.settings):
            self.protocol.note(note)
        for note in overspent_in_the_end(self.states[0], self.checks.settings):
            self.protocol.note(note)
        for note in entered_twice(self.states[1], self.checks.settings.language):
            self.protocol.note(note)
        if self.sound:
            self.snapshots.finish(self.rows.version, self.rows.saved)

    def _decide(self, recorded: RecordedEvent, event: Event, kind: type[Event]) -> None:
        states, position = self.states, recorded.position
        periods, (since, until, closed) = self.checks.periods, self.closed
        if not since <= position <= until:
            self.closed = since, until, closed = periods.known.span(position)
        try:
            if (
                (position >= periods.first or kind in OF_LEDGER)
                and (event.on <= closed or kind not in _UNBOUND)
                and periods.is_of_periods(recorded, states)
            ):
                return
            try:
                decided = decide(states[0], states[1], event, self.settings)
            except (BudgetExceeded, VoucherUsed):
                decided = self._decided_with_others(recorded)
        except NONSENSE as problem:
            self._fault(Check.RULES, said_by(problem), position)
            return
        if decided is not event and decided != event:
            self._fault(Check.RULES, message("fault.other_words"), position)

    def _decided_with_others(self, recorded: RecordedEvent) -> Event:
        """Return the fact that stands only with others of its append."""
        event, (money, indicators, *_) = recorded.event, self.states
        settings = self.checks.settings

        def by_rules(money: Budget) -> Event:
            try:
                return decide(money, indicators, event, settings)
            except BudgetExceeded as problem:
                enough = UnlimitedBudget.with_(money)
                fact = decide(enough, indicators, event, settings)
                shortage = Shortage.of(fact)
                self.short.append((recorded.position, problem.message, shortage))
                return fact

        try:
            return by_rules(money)
        except VoucherUsed as used:
            return decided_line(event, self.written, used, money, by_rules)

    def _judge(self) -> None:
        """Check that the money of a whole append covers the end of each of its days."""
        for position, problem, shortage in self.short if self.sound else ():
            if shortage.stands(self.states[0], self.written):
                self._fault(Check.RULES, problem, position)
        self.short.clear()

    def _span(self, recorded: RecordedEvent, kind: type[Event]) -> None:
        """Look at an event's day, and at others that it has to do with."""
        if kind in LINKED:
            for fault in self.links.faults(recorded):
                self._fault(Check.RULES, fault, recorded.position)
        if kind is not Disbursed:  # Which spans no other streams.
            self._collect(recorded, kind)
        if self.rows.ahead and kind in _DATED and _is_ahead(recorded):
            self._check_day(recorded)

    def _collect(self, recorded: RecordedEvent, kind: type[Event]) -> None:
        """Keep what is looked at when all streams were read."""
        event = recorded.event
        if kind in LEGS and leg_of(event) is not None:
            self.protocol.examined[Check.VIREMENTS] += 1
            # One append has one instant, and no other has it.
            at, position = recorded.recorded_at, recorded.position
            self.checks.virements.add(at, event, position=position)
        if kind is PriorYearRefund:
            self.checks.refunds += collected(recorded, self.stream)
        if kind in CARRIES:
            self.checks.carries += carry_of(recorded, self.stream)
        if isinstance(event, ResultRetracted):
            self.ahead.pop(event.of, None)

    def _meet(self, kind: type[Event], position: int) -> None:
        """Note the first event of a type, and which snapshots are due for it."""
        self.kinds[kind] = 0
        if position <= self.checks.saved:
            self.snapshots.due.update(i for i, _ in self.steps[kind])

    def _followed(self) -> list[int]:
        """Return how many events each of the states follows from."""
        followed = [0] * len(self.states)
        for kind, count in self.kinds.items():
            for i, _ in self.steps[kind]:
                followed[i] += count
        return followed

    def _fault(self, check: Check, what: Message | str, position: int | None) -> None:
        self.protocol.fault(check, what, position=position, place=self.stream)


def _is_ahead(recorded: RecordedEvent) -> bool:
    # A day comes before each of its instants, as texts.
    return spelled_date(recorded.on) >= recorded.recorded_at


def stream_parts(
    rows: Iterator[tuple[Any, ...]],
) -> Iterator[tuple[Stream, Sequence[tuple[Any, ...]]]]:
    """
    Yield each stream with some of its rows, which come one behind the other.

    Raises:
        LogError: As *rows* do, after all that came before.
    """
    end: LogError | None = None
    while end is None:
        some: list[tuple[Any, ...]] = []
        try:
            some.extend(islice(rows, TOGETHER))
        except LogError as problem:
            end = problem
        if not some:
            break
        streams, start = list(map(_stream, some)), 0
        while start < len(some):
            stream = streams[start]
            end_of_part = start + streams[start : start + _PART].count(stream)
            yield stream, some[start:end_of_part]
            start = end_of_part
    if end is not None:
        raise end

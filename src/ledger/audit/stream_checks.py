"""Checks each stream: its lines, its rules and its snapshots."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby, islice
from operator import attrgetter
from typing import Any, Final

from attrs import define, field

from ledger.audit.carry_checks import check_carries
from ledger.audit.carry_facts import CARRIES, CollectedCarry, carry_of
from ledger.audit.link_checks import LINKED, LinkChecks
from ledger.audit.period_checks import PeriodChecks
from ledger.audit.refund_checks import CollectedRefund, check_refunds, collected
from ledger.audit.snapshot_checks import SnapshotChecks
from ledger.audit.verification import MOST_NOTES, NONSENSE, Check, Protocol
from ledger.domain.budget import Budget
from ledger.domain.catalogue import leg_of
from ledger.domain.decisions import HAPPENED, check_day, decide
from ledger.domain.envelope import RecordedEvent
from ledger.domain.envelope_names import are_names
from ledger.domain.errors import InvalidInput, LedgerError, LogCorrupted, said_by
from ledger.domain.events import Event, ResultReported, ResultRetracted
from ledger.domain.finding import Finding
from ledger.domain.progress import TOGETHER, Progress, silent
from ledger.domain.refusals import BudgetExceeded, VoucherUsed
from ledger.domain.settings import Settings
from ledger.domain.shortage import Shortage, UnlimitedBudget
from ledger.domain.streams import YEAR_STATED, stream_of
from ledger.domain.subject import Stream, year_of
from ledger.domain.virements import Virements
from ledger.domain.voucher_lines import decided_line
from ledger.messages import Message, Value, message, quoted
from ledger.projections.doubts import entered_twice
from ledger.projections.likely_twice import likely_twice
from ledger.projections.overspending import overspent_in_the_end
from ledger.projections.projection import Projection, Steps
from ledger.store.codec import are_plain_texts
from ledger.store.envelope_checks import is_stream, spelled_date
from ledger.store.forensics import Forensics
from ledger.store.line import LONGEST_LINE, Row, line
from ledger.store.merkle import leaf_hash
from ledger.store.records import StoredRow
from ledger.store.request_digest import DIGEST
from ledger.store.state.collecting import collector_paused
from ledger.store.stored_texts import check_texts

_PART: Final = 200
"""How many rows are checked together."""

_DATED: Final = HAPPENED | {ResultReported}
"""Types whose day is compared with the day of recording."""

_SPANNING: Final = LINKED | CARRIES
_stream: Final[Callable[[StoredRow], Stream]] = attrgetter("row.stream")


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
    periods: PeriodChecks = field(init=False)
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
        read, told = 0, 0
        rows = self.inspection.rows(after, until)
        with collector_paused():
            for stream, own in groupby(rows, key=_stream):
                one = _StreamCheck(self, stream)
                while part := list(islice(own, _PART)):
                    one.take(part)
                    read += len(part)
                    if read - told >= TOGETHER:
                        self.progress(read - told)
                        told = read
                one.finish()
        self.progress(read - told)
        examined = self.protocol.examined
        for check in (Check.LINES, Check.EVENTS, Check.RULES):
            examined[check] += read

    def finish(self) -> None:
        """Check what spans streams, when all were read."""
        check_refunds(self.refunds, self.inspection, self.settings, self.protocol)
        check_carries(self.carries, self.periods, self.protocol)
        for problem, legs in self.virements.problems(self.settings):
            self.protocol.fault(Check.VIREMENTS, problem, position=legs.first)


class _StreamCheck:
    """The checks of one stream, as its rows come."""

    def __init__(self, checks: StreamChecks, stream: Stream) -> None:
        self.checks = checks
        self.protocol = checks.protocol
        self.decoded = checks.inspection.codec.recorded
        self.spelled = checks.inspection.codec.spelled
        self.schemas = checks.inspection.codec.schemas
        self.stream = stream
        self.named = is_stream(stream)
        year = year_of(stream) if self.named else None
        days = None if year is None else checks.settings.year(year)
        self.days = (
            ("", "") if days is None else tuple(map(str, (days.start, days.end)))
        )
        self.version = self.saved = self.position = 0
        self.sound = True
        self.append = ""
        self.written: list[Event] = []
        self.links = LinkChecks(checks.inspection, stream)
        self.short: list[tuple[int, Message | str, Shortage]] = []
        self.states = [each.initial(stream) for each in checks.projections]
        self.followed = [0] * len(self.states)
        self.ahead: dict[str, tuple[Finding, int]] = {}
        self.snapshots = SnapshotChecks(
            checks.inspection, self.protocol, checks.projections, stream, checks.saved
        )

    def take(self, stored: Sequence[StoredRow]) -> None:
        """
        Check some more rows, and fold their events.

        Each step is taken for all of them before the next: a tenth faster than row by
        row.
        """
        rows = [row for row, _ in stored]
        self._check_lines(stored)
        self._check_order(rows)
        self._check_envelopes(rows)
        self._follow(self._decoded(rows))

    def _check_lines(self, stored: Sequence[StoredRow]) -> None:
        for row, leaf in stored:
            try:
                raw = line(row)
            except LogCorrupted:
                raw = b""
            if leaf_hash(raw) != leaf:
                self._fault(Check.LINES, message("fault.line"), row.position)
            if len(raw) > LONGEST_LINE:
                long = message("fault.long_line", size=len(raw))
                self._fault(Check.LINES, long, row.position)

    def _check_order(self, rows: Sequence[Row]) -> None:
        counts, saved = self.checks.counts, self.checks.saved
        for row in rows:
            position, version = row.position, row.version
            if version != self.version + 1 or position <= self.position:
                said = message(
                    "fault.version",
                    version=version,
                    before=self.position,
                    expected=self.version + 1,
                )
                self._fault(Check.ORDER, said, position)
            self.position, self.version = position, version
            if position <= saved:
                self.saved = version
            counts[row.type] += 1
            if row.request is not None or row.key is not None:
                self._check_request(position, row.request)
        dates = [row.on for row in rows if type(row.on) is str]
        self.checks.last_on = max([self.checks.last_on, *dates])

    def _check_request(self, position: int, digest: object) -> None:
        """Check that an event that was asked for with a key has the digest of that."""
        if type(digest) is not str or not DIGEST(digest):
            said = message("fault.request", digest=str(digest))
            self._fault(Check.ORDER, said, position)

    def _check_envelopes(self, rows: Sequence[Row]) -> None:
        """Check that actors, keys and causes may be recorded."""
        for name in ("actor", "key", "cause"):
            found = list(map(attrgetter(name), rows))
            some = found if name == "actor" else [v for v in found if v is not None]
            if are_names(some):
                continue
            for row, value in zip(rows, found, strict=True):
                if not are_names([value]) and (value is not None or name == "actor"):
                    said = message(f"fault.{name}", value=_quoted(value))
                    self._fault(Check.EVENTS, said, row.position)

    def _decoded(self, rows: Sequence[Row]) -> list[RecordedEvent | None]:
        """Return the events in rows; ``None`` for one that cannot be read."""
        decoded: list[RecordedEvent | None] = []
        for row in rows:
            try:
                decoded.append(self.decoded(row))
            except LogCorrupted as problem:
                self._fault(Check.EVENTS, problem.message, row.position)
                decoded.append(None)
        read = zip(decoded, rows, strict=True)
        plain = are_plain_texts([row.payload for event, row in read if event])
        schemas, spelled, (first, last) = self.schemas, self.spelled, self.days
        for recorded, row in zip(decoded, rows, strict=True):
            if recorded is None:
                continue
            event, on = recorded.event, row.on
            if row.payload != spelled(event) and row.schema == schemas[row.type]:
                self._fault(Check.EVENTS, message("fault.spelling"), row.position)
            if not plain:
                self._check_texts(event, row)
            own = first <= on <= last and type(event) not in YEAR_STATED
            if on != spelled_date(event.on) or not (own or self._is_own(event)):
                said = message(
                    "fault.date_and_stream",
                    on=_quoted(row.on),
                    stream=_quoted(self.stream),
                    right=quoted(event.on.isoformat()),
                    its=quoted(stream_of(event, self.checks.settings)),
                )
                self._fault(Check.EVENTS, said, row.position)
        return decoded

    def _is_own(self, event: Event) -> bool:
        """Check whether an event belongs to the stream; most do, by their days."""
        return self.named and stream_of(event, self.checks.settings) == self.stream

    def _check_texts(self, event: Event, row: Row) -> None:
        try:
            check_texts(event)
        except InvalidInput as problem:
            said = message("fault.text", problem=problem.message)
            self._fault(Check.EVENTS, said, row.position)

    def _follow(self, events: Iterable[RecordedEvent | None]) -> None:
        """Check events by the rules, and fold them until one cannot be folded."""
        written, kept = self.written, self.snapshots.kept
        for recorded in events:
            if recorded is None:
                self.sound = False
                continue
            event = recorded.event
            kind = type(event)
            if kind in _SPANNING:
                self._span(recorded)
            # A day comes before each of its instants, as texts.
            if kind in _DATED and spelled_date(recorded.on) >= recorded.recorded_at:
                self._check_day(recorded)
            if recorded.recorded_at != self.append:
                self._judge()
                self.append = recorded.recorded_at
                written.clear()
            if self.sound:
                self._decide(recorded)
                written.append(event)
                self._fold(recorded, kind)
                version = recorded.version
                if version in kept:
                    at = recorded.position
                    self.snapshots.compare(version, at, self.states, self.followed)

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
            self.snapshots.finish(self.version, self.saved)

    def _decide(self, recorded: RecordedEvent) -> None:
        event, (money, indicators, *_) = recorded.event, self.states
        checks = self.checks
        settings, known = checks.settings, checks.periods
        try:
            if recorded.position >= known.first and known.is_of_periods(
                recorded, self.states
            ):
                return
            try:
                decided = decide(money, indicators, event, settings)
            except (BudgetExceeded, VoucherUsed):
                decided = self._decided_with_others(recorded)
        except NONSENSE as problem:
            self._fault(Check.RULES, said_by(problem), recorded.position)
            return
        if decided is not event and decided != event:
            self._fault(Check.RULES, message("fault.other_words"), recorded.position)

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

    def _span(self, recorded: RecordedEvent) -> None:
        """Look at what an event has to do with others, of its stream and beyond."""
        event = recorded.event
        if leg_of(event) is not None:
            self.protocol.examined[Check.VIREMENTS] += 1
            # One append has one instant, and no other has it.
            at, position = recorded.recorded_at, recorded.position
            self.checks.virements.add(at, event, position=position)
        self.checks.refunds += collected(recorded, self.stream)
        self.checks.carries += carry_of(recorded, self.stream)
        for fault in self.links.faults(recorded):
            self._fault(Check.RULES, fault, recorded.position)
        if isinstance(event, ResultRetracted):
            self.ahead.pop(event.of, None)

    def _fold(self, recorded: RecordedEvent, kind: type[Event]) -> None:
        states, followed = self.states, self.followed
        try:
            for i, step in self.checks.steps[kind]:
                states[i] = step(states[i], recorded)
                if not followed[i] and recorded.position <= self.checks.saved:
                    self.snapshots.due.add(i)
                followed[i] += 1
        except NONSENSE as problem:
            said = message("fault.not_folded", problem=said_by(problem))
            self._fault(Check.RULES, said, recorded.position)
            self.sound = False

    def _fault(self, check: Check, what: Message | str, position: int | None) -> None:
        self.protocol.fault(check, what, position=position, place=self.stream)


def _quoted(found: object) -> Value:
    """Return a value of any type, a text in quotation marks."""
    return quoted(found) if isinstance(found, str) else repr(found)

"""The write side: requests are decided, appended and folded, all or none."""

import getpass
import os
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

import attrs
from attrs import define, field

from ledger.domain.codes import checked_code
from ledger.domain.errors import (
    InvalidBatch,
    InvalidInput,
    KeyConflict,
    LedgerError,
    UnknownResult,
    VersionConflict,
    VirementUnbalanced,
)
from ledger.domain.events import (
    BudgetAdjusted,
    Event,
    ResultReported,
    ResultRetracted,
    stream_of,
)
from ledger.domain.finding import Finding
from ledger.domain.names import checked_name
from ledger.domain.project import check_day, decide
from ledger.domain.recorded import Problem, RecordedEvent, Request
from ledger.domain.results import Indicators
from ledger.domain.virements import Virements
from ledger.log.clocks import clock_finding
from ledger.log.sqlite import SqliteLog
from ledger.log.writer import Writer
from ledger.states import States

_MOST_PROBLEMS: Final = 1_000


@define
class Recorder:
    """
    Records requests against the rules, in one transaction each time.

    The first two projections are execution and attainment: their states are what the
    rules look at.

    Attributes:
        findings: What was said of clocks and days since the ledger was opened.
    """

    log: SqliteLog
    actor: str | None
    states: States
    findings: list[Finding] = field(factory=list)

    def record(
        self,
        requests: Iterable[Request | Problem],
        *,
        source: str = "",
        expected_version: int | None = None,
    ) -> Iterator[RecordedEvent]:
        """
        Append *requests*; nothing is kept unless all can be.

        Yields each event as it is appended. It counts once the iterator has ended:
        until then the transaction is open.

        Args:
            source: Names the file that they come from; then every bad line is listed,
                and without it the first refusal is raised as it is.

            expected_version: Of the first request's stream.
        """
        problems: list[str] = []
        legs = Virements.none()
        try:
            with self.log.writing() as writer:
                self.states.begin(writer.changes)
                if writer.behind:
                    self.check_clock()
                for request in requests:
                    if len(problems) >= _MOST_PROBLEMS:
                        problems.append("and more; reading stopped here")
                        break
                    if isinstance(request, Problem):
                        problems.append(f"{request.place}: {request.message}")
                        continue
                    if expected_version is not None:
                        _check_version(writer, request, expected_version)
                        expected_version = None
                    try:
                        recorded = self._take(writer, request)
                    except LedgerError as problem:
                        if not source:
                            raise
                        problems.append(f"{request.place}: {problem}")
                    else:
                        if isinstance(recorded.event, BudgetAdjusted):
                            legs.add("", recorded.event, request.place)
                        yield recorded
                if problems or legs.groups:
                    found = legs.problems(self.log.settings)
                    unbalanced = [
                        f"{', '.join(of.places)}: {what}" for what, of in found
                    ]
                    _check_whole(source, problems, unbalanced)
                self.states.save(writer)
        except BaseException:
            self.states.forget()
            raise

    def check_clock(self) -> None:
        """Say, once, if the clock is behind the last instant of the log."""
        last = self.log.last_instant()
        said = clock_finding(self.log.now(), last) if last else None
        if said is not None and said.code not in {each.code for each in self.findings}:
            self.findings.append(said)

    def _user(self) -> str:
        """Return who records; the user of the computer where nobody was named."""
        if self.actor is None:
            self.actor = user()
        return self.actor

    def _take(self, writer: Writer, request: Request) -> RecordedEvent:
        """Append one request unless its key has recorded it already."""
        event, key = request.event, request.key
        stream = stream_of(event)
        held = self.states.held.get(stream)
        if held is None:
            self.states.make_room(writer)
            checked_code(stream.partition(":")[2], name="project or unit")
            held = self.states.of(stream)
        if held.waiting:
            self.states.unpack(held, type(event))
        if type(event) is ResultRetracted:
            event = _resolved(writer, event)
        money, indicators = held.states[0], held.states[1]
        if request.cause is not None:
            checked_name(request.cause, name="cause")
        if key is not None:
            checked_name(key, name="key")
            known = writer.find_key(stream, type(event).__name__, key)
            if known is not None:
                _check_same(known, event, indicators)
                return known
        if type(event.on) is not date:
            raise InvalidInput("on", event.on, "a date")
        decided = decide(money, indicators, event, self.log.settings)
        if event.on > writer.today:
            said = check_day(decided, writer.today)
            if said is not None:
                self.findings.append(said)
        who = request.actor
        recorded = writer.append(
            stream,
            decided,
            actor=checked_name(who, name="actor") if who else self._user(),
            key=key,
            cause=request.cause,
            after=held.version,
        )
        self.states.evolve(held, recorded)
        return recorded


def user() -> str:
    """
    Return who uses the computer: the user's name, or the number where it has none.

    Raises:
        InvalidInput: The system does not say.
    """
    try:
        return checked_name(getpass.getuser(), name="actor")
    except (ImportError, KeyError, OSError) as problem:
        if hasattr(os, "getuid"):
            return f"uid {os.getuid()}"
        raise InvalidInput("actor", None, "the name of who records") from problem


def _check_whole(source: str, lines: list[str], legs: list[str]) -> None:
    """Let the batch pass only if every line can and its virements sum to zero."""
    if source and (lines or legs):
        raise InvalidBatch(source, [*lines, *legs], "facts that the rules allow")
    if legs:
        raise VirementUnbalanced("; ".join(legs))


def _check_version(writer: Writer, request: Request, expected: int) -> None:
    stream = stream_of(request.event)
    actual = writer.version(stream)
    if actual != expected:
        raise VersionConflict(stream, expected, actual)


def _check_same(known: RecordedEvent, event: Event, indicators: Indicators) -> None:
    """Hold a request to the content that its key has recorded already."""
    for a in attrs.fields(type(event)):
        asked, stored = getattr(event, a.name), getattr(known.event, a.name)
        if a.name == "indicator" and asked is not None:
            asked = indicators.label(asked)
        absent = asked is None or asked == ()
        if asked != stored and not absent:
            assert known.key is not None
            raise KeyConflict(known.stream, known.key, a.name, known.position)


def _resolved(writer: Writer, event: ResultRetracted) -> ResultRetracted:
    """Return a retraction that names its result by event id and version."""
    stream = stream_of(event)
    found = writer.find_key(stream, "ResultReported", event.of) or writer.find(event.of)
    if (
        found is None
        or found.stream != stream
        or not isinstance(found.event, ResultReported)
    ):
        raise UnknownResult(event.of, within=f"{stream}, {event.indicator}")
    return attrs.evolve(event, of=found.id, version=found.version)

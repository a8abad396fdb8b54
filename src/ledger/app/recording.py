"""The write side: requests are decided, appended and folded, all or none."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from typing import Any

from attrs import define, evolve, field

from ledger.app.appending import Append, raise_misfit
from ledger.app.judging import check
from ledger.app.repeats import KeylessLines, Repeats
from ledger.app.resembling import Resembling
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import InvalidBatch, KeyConflict, LedgerError
from ledger.domain.finding import Finding, finding
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.subject import Subject
from ledger.intake.requests import Problem, Request
from ledger.messages import Message
from ledger.store.protocol import EventStore
from ledger.store.state.stream_states import States


@define
class Recorder:
    """
    Records requests against the rules, in one transaction each time.

    The first two projections are execution and attainment: their states are what the
    rules look at.

    Attributes:
        findings: About clocks and days, since the ledger was opened.

        user: Says who records, where a request does not.

        check_clock: Adds to *findings* if the clock is behind the log.
    """

    log: EventStore
    states: States
    scoring: ScoringRule | None
    findings: list[Finding]
    user: Callable[[], str]
    check_clock: Callable[[], None]
    resembling: Resembling = field(init=False, repr=False)

    @resembling.default
    def _of_the_log(self) -> Resembling:
        return Resembling(self.log)

    def knows(
        self,
        key: str,
        digest: str,
        differing: Callable[[Sequence[RecordedEvent], str | None], str],
    ) -> bool:
        """
        Return whether a request was recorded under its key.

        Args:
            differing: Names what differs, given the facts of another request and its
                digest.

        Raises:
            KeyConflict: Another was.
        """
        found = self.log.find_request(key)
        if not found:
            return False
        facts, its = [fact for fact, _ in found], found[0][1]
        if its != digest:
            subject = Subject.of(facts[0].stream).words
            field = differing(facts, its)
            raise KeyConflict(subject, key, field, facts[0].position)
        return True

    def record(
        self,
        requests: Iterable[Request | Problem],
        *,
        source: str = "",
        expected_version: int | None = None,
        keyless: KeylessLines | None = None,
    ) -> Generator[tuple[int, RecordedEvent], None, None]:
        """
        Append *requests*; nothing is kept unless all can be.

        Their order does not matter: one that the rules refuse waits for the others, and
        money is judged at the ends of days when all are there.

        Yields each event as it is appended, and what was there already, with the place
        of its request; the first is 1. It counts once the iterator has ended: until
        then the transaction is open, and who stops before closes it.

        Args:
            source: Names the file that they come from; then every bad line is listed,
                and without it the first refusal is raised as it is.

            expected_version: Of the first request's stream, unless its key says that
                it was recorded before.

            keyless: Knows the lines of a file that have no key.
        """
        before = len(self.findings)
        try:
            with self.log.writing() as writer:
                self.states.begin(writer.changes)
                if writer.behind:
                    self.check_clock()
                append = Append(
                    writer,
                    self.states,
                    self.scoring,
                    self.user,
                    self.findings,
                    source,
                    Repeats(writer),
                    self.resembling,
                    keyless,
                    expected_version,
                )
                if isinstance(requests, list) and len(requests) > 1:
                    writer.expect(
                        [each.event for each in requests if type(each) is Request]
                    )
                for append.number, request in enumerate(requests, 1):
                    recorded = None
                    if isinstance(request, Problem):
                        append.note(request)
                    else:
                        try:
                            recorded = append.take(request)
                        except LedgerError as problem:
                            append.put_off(request, problem)
                        except Exception as problem:
                            raise_misfit(request, problem)
                            raise
                    if recorded is not None:
                        yield append.number, recorded
                    elif append.is_full():
                        break
                if append.waiting or append.later or append.called:
                    yield from append.rest()
                check(append)
                self.states.save(writer)
        except BaseException:
            self.states.forget()
            self.resembling = Resembling(self.log)
            del self.findings[before:]  # Findings would be about what was not recorded.
            raise

    def refusals(self, requests: Sequence[Request], *, source: str) -> list[Finding]:
        """
        Return an error for each thing for which *requests* would be refused.

        They are recorded in a copy that is thrown away.
        """
        if not requests:
            return []
        with closing(self.log.copied()) as copy:
            states = States(copy, self.states.projections)
            trial = evolve(self, log=copy, states=states, findings=[])
            try:
                deque(trial.record(requests, source=source), maxlen=0)
            except InvalidBatch as refused:
                return as_findings(refused)
        return []


def as_findings(refused: InvalidBatch) -> list[Finding]:
    """Return an error for each bad line of a batch."""
    return [_refusal(problem) for problem in refused.bad]


def _refusal(problem: Message | str) -> Finding:
    """Return the error that a form has for a bad line of its batch."""
    if not isinstance(problem, Message) or problem.code != "line.placed":
        return finding("form.invalid", problem=problem)
    place: Any = problem.values["place"]
    return finding("form.invalid", place=place, problem=problem.values["what"])

"""One append while it is made: requests decided, put off, judged and written."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Final

from attrs import define, field

from ledger.app.announcing import CALLING, written_calling
from ledger.app.by_more import BY_MORE, decided_by_more
from ledger.app.carries import Carries
from ledger.app.completing import COMPLETED, completed
from ledger.app.judging import MOST_PROBLEMS
from ledger.app.refunds import Refunds
from ledger.app.repeats import KeylessLines, Repeats
from ledger.app.resembling import Resembling
from ledger.app.suggestions import Suggestions
from ledger.app.told_findings import told_of
from ledger.app.turns import IN_ORDER, LATER, Rest, put_off_with, stream_about
from ledger.app.typed_results import read_in_unit
from ledger.app.underway import Called
from ledger.app.waiting import TURNS, Short, Turns, Waiting
from ledger.app.written import Written
from ledger.domain.arguments import misfit_within
from ledger.domain.calendar import expected_date
from ledger.domain.catalogue import LEGS
from ledger.domain.codes import checked_code
from ledger.domain.decisions import ABOUT_MONEY, decide
from ledger.domain.envelope import RecordedEvent
from ledger.domain.envelope_names import checked_name
from ledger.domain.errors import InvalidInput, KeyConflict, LedgerError, VersionConflict
from ledger.domain.events import Disbursed, Event, ResultReported, ResultRetracted
from ledger.domain.finding import Finding
from ledger.domain.likenesses import RESEMBLING
from ledger.domain.periods import NewFact, PeriodEvent, check_fact
from ledger.domain.policies import judging
from ledger.domain.refusals import BudgetExceeded, VoucherUsed
from ledger.domain.scoring_rule import ScoringRule
from ledger.domain.settings import Settings
from ledger.domain.statement_events import ScoreReported
from ledger.domain.streams import OF_LEDGER, code_about, kind_about, stream_of
from ledger.domain.subject import LEDGER, Stream, Subject
from ledger.domain.virements import Virements
from ledger.domain.whole_parts import check_whole
from ledger.intake.requests import Problem, Request, as_headed
from ledger.messages import Message, message
from ledger.store.protocol import Writer
from ledger.store.request_digest import asked
from ledger.store.state.held_states import HeldStates
from ledger.store.state.stream_states import States

_MOST_FINDINGS: Final = 1_000
_MOST_WAITING: Final = 50_000

_NOTED: Final = TURNS | CALLING

_AT_ONCE: Final = KeyConflict, VersionConflict
"""What no other request of the same append can put right."""


@define
class Append:
    """
    Requests on their way into one append.

    Attributes:
        user: Says who records, where a request does not.

        findings: Findings about days are added to them.

        source: Names the file that they come from, if any.

        expected: The version that the first new request's stream must have.

        waiting: Those that were refused before all others were there.

        later: Those that are taken when all others are there.

        behind: By type and stream, what waits as others of its kind do.

        whole: Whether all requests are known.
    """

    writer: Writer
    states: States
    scoring: ScoringRule | None
    user: Callable[[], str]
    findings: list[Finding]
    source: str
    repeats: Repeats
    resembling: Resembling
    keyless: KeylessLines | None = None
    expected: int | None = None
    number: int = 0
    settings: Settings = field(init=False)
    virements: Virements = field(factory=Virements.none)
    taken: int = 0
    written: Written = field(factory=Written)
    of_ledger: list[tuple[int, Request]] = field(factory=list)
    waiting: list[Waiting] = field(factory=list)
    later: list[Waiting] = field(factory=list)
    behind: set[tuple[type, Stream]] = field(factory=set)
    whole: bool = False
    short: list[Short] = field(factory=list)
    problems: list[tuple[int, LedgerError | Message]] = field(factory=list)
    called: list[Called] = field(factory=list)
    _actor: str = ""
    _carries: Carries | None = None
    _refunds: Refunds | None = None
    _turns: Turns | None = None
    _suggestions: Suggestions | None = None

    @settings.default
    def _settings(self) -> Settings:
        return self.states.log.settings

    # Most appends need none of these.

    @property
    def carries(self) -> Carries:
        """Legs of carry-overs so far."""
        self._carries = self._carries or Carries()
        return self._carries

    @property
    def refunds(self) -> Refunds:
        """What came back of payments of earlier years."""
        self._refunds = self._refunds or Refunds(self.writer, self.states)
        return self._refunds

    @property
    def turns(self) -> Turns:
        """Closings, reopenings and withdrawals so far."""
        self._turns = self._turns or Turns()
        return self._turns

    @property
    def suggestions(self) -> Suggestions:
        """What names of refused lines may have meant."""
        self._suggestions = self._suggestions or Suggestions()
        return self._suggestions

    def note(self, problem: Problem) -> None:
        """Keep what is wrong of a line that is no request."""
        for part in problem.problems:
            self.suggestions.tell(part, self.states.log, self.written.before)
        said = message("line.placed", place=problem.place, what=problem.message)
        self.problems.append((self.number, said))

    def put_off(self, request: Request, problem: LedgerError) -> None:
        """
        Keep a request that was refused, since others may make it possible.

        Raises:
            LedgerError: It can never be, and comes from no file.
        """
        if isinstance(problem, VersionConflict):
            raise problem  # It is about the whole request, and not a line of its file.
        refused = problem.with_traceback(None)
        if isinstance(problem, _AT_ONCE):
            self.refuse(self.number, request, refused)
        else:
            self._wait(request, self.waiting, refused)

    def is_full(self) -> bool:
        """Return whether so many were refused that the rest need not be read."""
        if len(self.waiting) >= _MOST_WAITING:
            right = message("expected.facts_in_order")
            found = message("found.waiting_lines", count=f"{_MOST_WAITING:,}")
            self.problems.append((self.number, InvalidInput(self.source, found, right)))
            return True
        return len(self.problems) >= MOST_PROBLEMS

    def rest(self) -> Iterator[tuple[int, RecordedEvent]]:
        """Append what waits for others, or is an end of them."""
        self.whole = True
        return Rest(self).taken()

    def take_late(self, each: Waiting) -> RecordedEvent:
        """Append a request when all are known: what was alone has not waited."""
        alone = self.number == 1 and each.problem is None
        try:
            recorded = self.take(each.request, None if alone else each)
        except LedgerError:
            raise
        except Exception as problem:
            raise_misfit(each.request, problem)
            raise
        assert recorded is not None
        return recorded

    def _wait(
        self, request: Request, among: list[Waiting], problem: LedgerError | None
    ) -> None:
        """Keep a request for later, with its event's place among those of its key."""
        among.append(Waiting(self.number, request, problem))
        kind = type(request.event)
        if kind in IN_ORDER:
            self.behind.add((kind, stream_about(self, request.event)))
        if request.key is not None and request.digest is None:
            with suppress(InvalidInput):  # Then it is refused again.
                self.repeats.wait(request.key, asked(request.event))

    def _kept(self, request: Request, digest: str | None) -> str | None:
        """Return the digest that is kept of a request, which may have waited."""
        if request.key is None or request.digest is not None or digest is None:
            return digest
        return self.repeats.digest(request.key, digest)

    def refuse(self, number: int, request: Request, problem: LedgerError) -> None:
        """Keep a refusal, to be raised with the others; some are raised at once."""
        if not self.source and isinstance(problem, _AT_ONCE):
            raise problem
        if self.source:
            self.suggestions.tell(problem, self.states.log, self.written.before)
        what = as_headed(problem, request.heads)
        said = message("line.placed", place=request.place, what=what)
        self.problems.append((number, said if self.source else problem))

    def take(
        self, request: Request, waited: Waiting | None = None
    ) -> RecordedEvent | None:
        """
        Append one request unless it is there or ends others; it may have waited.

        Returns ``None`` where it has to wait for all others.

        Raises:
            LedgerError: It is refused by what is there by now.
        """
        event = request.event
        if type(event.on) is not date:
            raise InvalidInput("on", event.on, expected_date(event.on))
        stream = stream_of(event, self.settings)
        held = self.states.held.get(stream)
        if held is None:
            held = self._opened(stream, event)
        if request.typed is not None:
            self._unpack(held, ResultReported)
            request = read_in_unit(request, held)
            event = request.event
        digest = request.digest
        if request.key is not None or self.keyless is not None:
            digest = digest or asked(event)
            known = self._known(request, digest, stream, held)
            if known is not None:
                self.expected = None
                return known
        if self.expected is not None:
            self._check_version(stream)
        when = LATER.get(type(event))
        if (when is not None and when(event)) or self.behind:
            others = put_off_with(self, event, stream, held)
            if others is not None:
                self._wait(request, others, None)
                return None
        if request.cause is not None:
            checked_name(request.cause, name="cause")
        decided = self.fact(held, request, stream, waited)
        digest = self._kept(request, digest) if self.repeats.waiting else digest
        if type(decided) in _NOTED:
            place = waited.number if waited else self.number
            if type(decided) in TURNS:
                self.turns.keep(stream, decided, place, waited)
            if type(decided) in CALLING:
                noted = held, request, stream, decided, digest
                return written_calling(self, place, *noted)
        return self.write(held, request, stream, decided, digest)

    def _opened(self, stream: Stream, event: Event) -> HeldStates:
        """Return the states of a stream that were not held."""
        self.states.make_room(self.writer)
        if stream != LEDGER:
            checked_code(code_about(event), name=kind_about(event).value)
        return self.states.of(stream)

    def write(
        self,
        held: HeldStates,
        request: Request,
        stream: Stream,
        decided: Event,
        digest: str | None,
    ) -> RecordedEvent:
        """Append a fact, and fold it into the states of its stream."""
        if request.actor:
            actor = checked_name(request.actor, name="actor")
        else:
            actor = self._actor or self._named()
        self.written.before.setdefault(stream, held.version)
        key, cause, after = request.key, request.cause, held.version
        recorded = self.writer.append(stream, decided, actor, key, cause, digest, after)
        self.states.evolve(held, recorded)
        self.taken += 1
        self.findings += request.notes
        kind = type(decided)
        if kind in OF_LEDGER:
            self.states.note_of_ledger(recorded)
            self.of_ledger.append((self.number, request))
        elif kind in LEGS:
            self.virements.add("", recorded.event, str(request.place))
            self.carries.add(recorded.event)
        if self.keyless is not None:
            self.keyless.added(stream, recorded.version)
        return recorded

    def fact(
        self,
        held: HeldStates,
        request: Request,
        stream: Stream,
        waited: Waiting | None,
    ) -> Event:
        """Return what a request becomes by the rules, of its day and of periods too."""
        event, kind = request.event, type(request.event)
        if held.waiting:
            self._unpack(held, kind)
        if kind in COMPLETED:
            event = completed(self, event, stream, held, last=self.whole)
        try:
            if kind in BY_MORE:
                fact = decided_by_more(self, held, event, stream, waited)
            else:
                money, indicators = held.states[0], held.states[1]
                rule = self.rule_on(event.on) if kind is ScoreReported else None
                fact = decide(money, indicators, event, self.settings, rule)
                if isinstance(fact, ResultReported) and fact.parts:
                    terms = judging(self.states.known_policies(), fact.on)
                    check_whole(indicators, fact, terms.policy)
        except (BudgetExceeded, VoucherUsed):  # Others of its append may allow it.
            fact = decided_by_more(self, held, event, stream, waited)
        if kind in RESEMBLING:
            fact = self.resembling.noted(fact, held.states[0], stream, self.writer)
        periods = self.states.periods or self.states.known_periods()
        if periods.may_bind(fact):
            self._check_period(held, fact, request)
        if kind is ResultReported or event.on > self.writer.today:
            told = told_of(fact, held.states[1], self.writer.today)
            self.findings += told[: _MOST_FINDINGS - len(self.findings)]
        return fact

    def rule_on(self, day: date) -> ScoringRule:
        """Return the rule of points by which a score of a day lies in its weight."""
        own = self.scoring
        return own or judging(self.states.known_policies(), day).scoring

    def _known(
        self, request: Request, digest: str, stream: Stream, held: HeldStates
    ) -> RecordedEvent | None:
        """Return what was recorded of a request before; ``None`` if it is new."""
        key, whole = request.key, request.digest is not None
        if key is not None:
            checked_name(key, name="key")
            return self.repeats.find(request.event, key, digest, whole=whole)
        return self.keyless.find(stream, held.version, digest) if self.keyless else None

    def _unpack(self, held: HeldStates, kind: type) -> None:
        """Have the states ready by which an event of a class is decided."""
        self.states.unpack(held, kind)
        if kind in ABOUT_MONEY:  # They speak of money and indicators, and change none.
            self.states.unpack(held, Disbursed)
            self.states.unpack(held, ResultRetracted)

    def _named(self) -> str:
        """Return who records, asked once."""
        self._actor = self.user()
        return self._actor

    def _check_period(self, held: HeldStates, event: Event, request: Request) -> None:
        """Refuse what changes a closed day that is not reopened for who records."""
        if isinstance(event, PeriodEvent):
            return
        for kind in (ResultRetracted, Disbursed) if held.waiting else ():
            self.states.unpack(held, kind)
        who = request.actor or self._actor or self._named()
        given = NewFact(event, who, self.writer.today)
        stream = stream_of(event, self.settings)
        parts = partial(self.states.unit_parts, stream, self.writer)
        known = self.states.known_periods()
        check_fact(known, given, held.states, parts, self.settings)

    def _check_version(self, stream: Stream) -> None:
        expected, actual = self.expected, self.writer.version(stream)
        self.expected = None
        if expected is not None and actual != expected:
            raise VersionConflict(stream, expected, actual, Subject.of(stream).words)


def raise_misfit(request: Request, problem: Exception) -> None:
    """
    Raise what a request has that no field can, if that explains a problem.

    Raises:
        InvalidInput: A value is not of its field's type.
    """
    refusal = misfit_within(request.event)
    if refusal is not None:
        raise refusal from problem

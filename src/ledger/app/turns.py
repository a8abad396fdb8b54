"""
What of an append takes effect after the rest of it, whatever the order of its lines.

What opens a project-year says whose it is, as the years before say it once they hold
all of their facts. An end is one of all that comes before it by its day: a closing of
its year, a final payment and a release of their commitment. A plan ends at the budget
of all of it; a carry-over without amounts hands on what others leave.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from datetime import date
from operator import attrgetter
from typing import Any, Final

from attrs import define, field

from ledger.app.announcing import legs_called
from ledger.app.carries import Giver, giver_of, givers_among
from ledger.app.underway import AppendUnderWay
from ledger.app.waiting import Waiting
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.budget import Budget, opened_on
from ledger.domain.catalogue import BY_CLASS, LEGS
from ledger.domain.closing_events import CarriedOver, CarryReturned, ProjectClosed
from ledger.domain.commitment_events import CommitmentEntered, CommitmentReleased
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError
from ledger.domain.events import (
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    Event,
    ResultReported,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.domain.rectification_events import RectificationClosed
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.statement_events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    ScoreReported,
    VarianceExplained,
)
from ledger.domain.streams import stream_of
from ledger.domain.subject import LEDGER, Stream, year_of
from ledger.messages import message
from ledger.store.state.held_states import HeldStates


def _always(_event: Event) -> bool:
    return True


def _goes_on(event: Any) -> bool:
    """Return whether a commitment takes over a reservation, or one of a year before."""
    return event.of is not None or event.continues is not None


def _by_itself(event: Any) -> bool:
    """Return whether a plan is no part of a form: that one may end elsewhere."""
    return event.form is None


def _of_all(event: Any) -> bool:
    """Return whether all that is left is handed on, or given back."""
    return not event.amounts


def _of_money(event: Any) -> bool:
    """Return whether an outlook is on the money, which all else of the append moves."""
    return event.indicator is None


def _takes_over(event: Any) -> bool:
    """Return whether a leg says what the other does: since when the money is."""
    return bool(event.kind.is_carry)


LATER: Final[Mapping[type, Callable[[Any], object]]] = {
    PriorYearRefund: _always,
    DisbursementReversed: _always,
    CommitmentEntered: _goes_on,
    Disbursed: attrgetter("final"),
    CommitmentReleased: _always,
    SpendingPlanRevised: _by_itself,
    ProjectClosed: _always,
    CarriedOver: _of_all,
    CarryReturned: _of_all,
    BudgetAdjusted: _takes_over,
    OutlookStated: _of_money,
    RectificationClosed: _always,
}
"""
What is taken when all else of an append is there, in this order, and which of it.

Refunds are where they open a project-year. A leg that takes over and opens none waits
for all its givers, and for nothing else.
"""

IN_ORDER: Final = frozenset(
    {
        ConclusionStated,
        FormRevised,
        GoalAssessed,
        OutlookStated,
        ResultReported,
        ScoreReported,
        TargetRevised,
        VarianceExplained,
    }
)
"""Of two of these about one thing and day the later holds: none passes another."""

_PHASES: Final = {kind: phase for phase, kind in enumerate(LATER)}
_PHASES[CommitmentReleased] = _PHASES[Disbursed]
_OPENING: Final = (PriorYearRefund, DisbursementReversed, BudgetAdjusted)
_PHASES.update(dict.fromkeys(_OPENING, 0))
_Turn = tuple[int, int, int, bool, int]
"""
Year, kind, day, whether it ends what it is of, and place of what comes later.

It has a year of 0 where it is of no one.
"""

_BY_YEAR: Final = (
    *(SpendingPlanRevised, ProjectClosed, CarriedOver, CarryReturned),
    OutlookStated,
)


def stream_about(append: AppendUnderWay, event: Event) -> Stream:
    """Return the stream of an event; that of the ledger where it names none."""
    if type(event.on) is date:
        with suppress(LedgerError):  # For it, the request is refused.
            return stream_of(event, append.settings)
    return LEDGER


def _may_open(append: AppendUnderWay, held: HeldStates) -> bool:
    """Return whether money that comes to a project-year may be the first of it."""
    append.states.unpack(held, PriorYearRefund)
    money: Budget = held.states[0]
    return opened_on(money) is None and not money.refunds


def put_off_with(
    append: AppendUnderWay, event: Event, stream: Stream, held: HeldStates
) -> list[Waiting] | None:
    """
    Return those with which a request is put off; ``None`` if it is taken now.

    Raises:
        VirementUnbalanced: All is there, and it takes over from nobody.
    """
    if (type(event), stream) in append.behind and not append.whole:
        return append.waiting
    when = LATER.get(type(event))
    if when is None or not when(event):
        return None
    if append.whole:
        if isinstance(event, BudgetAdjusted):
            append.carries.check_giver(event)
        return None
    if isinstance(event, _OPENING):
        if _may_open(append, held):
            return append.later
        if not isinstance(event, BudgetAdjusted) or append.carries.has_all_of(event):
            return None
        return append.waiting
    if isinstance(event, ProjectClosed):
        append.states.unpack(held, ProjectClosed)
        if held.states[0].closed_on is not None:
            return None  # It is refused, unless a reopening stands before it.
    return append.later


@define
class Rest:
    """
    What of an append is not taken yet, when all requests are known.

    Attributes:
        last: By place, why each was refused last.

        giving: How many legs of each giver are not taken yet.
    """

    append: AppendUnderWay
    last: dict[int, LedgerError] = field(factory=dict)
    giving: Counter[Giver] = field(factory=Counter)

    def taken(self) -> Iterator[tuple[int, RecordedEvent]]:
        """Take what waits, again while others come that it may wait for; then ends."""
        append = self.append
        put_off = (*append.waiting, *append.later)
        self.giving.update(givers_among(each.request.event for each in put_off))
        trying = sorted(append.waiting, key=_order)
        later = sorted(self._turns())
        going = True
        while going:
            ends = [each for _, each in later]
            if not any(type(each.request.event) in LEGS for each in (*trying, *ends)):
                yield from legs_called(append)
            left = yield from self._tried(trying)
            going = len(left) < len(trying)
            trying, at = left, 0
            while not going and at < len(later):
                turn = later[at][0][:2]
                ends = [each for key, each in later[at:] if key[:2] == turn]
                left = yield from self._tried(ends)
                going = len(left) < len(ends)
                kept = [pair for pair in later[at : at + len(ends)] if pair[1] in left]
                later[at : at + len(ends)] = kept
                at += len(kept)
            if not going and append.called and not append.problems:
                yield from legs_called(append)
                going = True
        refused = (*trying, *(each for _, each in later))
        for each in refused:
            if not self._is_early(each.request.event):  # Its giver is refused itself.
                yield from self._refused(each)

    def _turns(self) -> Iterator[tuple[_Turn, Waiting]]:
        """
        Yield ends with their turns: by kind, or by year and kind, then by day.

        Closings of one project-year come by their places, the first by its day.
        """
        firsts = dict[Stream, int]()
        for each in self.append.later:
            event = each.request.event
            year, phase, on = 0, _PHASES[type(event)], event.on.toordinal()
            if isinstance(event, _BY_YEAR):
                stream = stream_about(self.append, event)
                year = year_of(stream) or 0
                if isinstance(event, ProjectClosed):
                    on = firsts.setdefault(stream, on)
            elif isinstance(event, SpendingPlanRevised):
                on = 0
            # A release of a part comes before what ends a commitment that day.
            ends = not (isinstance(event, CommitmentReleased) and event.amounts)
            yield (year, phase, on, ends, each.number), each

    def _is_early(self, leg: Event) -> bool:
        """Return whether a leg takes over from others that are still to be taken."""
        if not isinstance(leg, BudgetAdjusted):
            return False
        giver = giver_of(leg)
        if giver is None or self.giving[giver] <= 0:
            return False
        return not self.append.carries.has_all_of(leg)

    def _tried(
        self, trying: list[Waiting]
    ) -> Generator[tuple[int, RecordedEvent], None, list[Waiting]]:
        """Take what can be now; return what cannot."""
        left, behind = list[Waiting](), set[tuple[type, Stream]]()
        for each in trying:
            kind = type(each.request.event)
            place = (
                kind,
                stream_about(self.append, each.request.event)
                if kind in IN_ORDER
                else LEDGER,
            )
            if place in behind or self._is_early(each.request.event):
                left.append(each)
                continue
            problem = each.problem or self.last.get(each.number)
            try:
                yield each.number, self.append.take_late(each._replace(problem=problem))
                self.giving.subtract(givers_among([each.request.event]))
            except LedgerError as problem:
                self.last[each.number] = problem.with_traceback(None)
                left.append(each)
                if kind in IN_ORDER:
                    behind.add(place)
        return left

    def _refused(self, each: Waiting) -> Iterator[tuple[int, RecordedEvent]]:
        """Refuse what could not be taken; what stood behind another is tried first."""
        if each.number not in self.last:
            left = yield from self._tried([each])
            if not left:
                return
        problem = self.last[each.number]
        if each.problem is not None and type(each.problem) is type(problem):
            problem = each.problem
        stream = stream_about(self.append, each.request.event)
        ends = isinstance(each.request.event, ApprovalWithdrawn)
        if stream in self.append.turns.lifted or (
            ends and stream in self.append.written.before
        ):
            problem.message = message("line.in_turn", what=problem.message)
        self.append.refuse(each.number, each.request, problem)


def _order(each: Waiting) -> int:
    """Return the place of a request's type among those that wait."""
    return BY_CLASS[type(each.request.event)].order

"""What is refused, and with which errors; an empty answer is a yes."""

import itertools
from datetime import date
from typing import Any

import attrs

from ledger import Funding
from ledger.events import (
    AdjustmentCorrected,
    ApprovalWithdrawn,
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    Disbursed,
    DisbursementReversed,
    FormRevised,
    PriorYearRefund,
    ProjectClosed,
    ProjectReopened,
    SpendingPlanRevised,
)

from . import (
    announcements,
    balance,
    carries,
    commitments,
    corrections,
    form_rules,
    money,
    openings,
    outlooks,
    periods,
    refunds,
    statements,
    told,
    vouchers,
    withdrawals,
)
from .book import Book, Fact, stream_of, under_approval
from .calendar import ONE_DAY, Year
from .judged_rules import judgement, way_to, weighed
from .spelling import Exact
from .turns import as_taken

AHEAD = (
    Disbursed,
    DisbursementReversed,
    PriorYearRefund,
    ProjectClosed,
    ApprovalWithdrawn,
    CarriedOver,
    CarryReturned,
    *commitments.OF_COMMITMENTS,
)


def refusals(
    book: Book, facts: list[Fact], request: list[Fact], today: date
) -> set[str]:
    """Return the errors that a request may end in; none where it is taken."""
    found: set[str] = set()
    written, taken = list(facts), list(facts)
    made: list[Any] = []
    for fact in as_taken(book, facts, request, today, one_fact, completed):
        wrong = one_fact(book, written, fact.event, today)
        found |= wrong
        whole = fact._replace(event=completed(book, written, fact.event))
        made.append(whole.event)
        if "AlreadyApproved" not in wrong:  # It would hide what is overdrawn.
            written.append(whole)
        if not wrong:
            taken.append(whole)
    events = [fact.event for fact in request]
    found |= balance.unbalanced(made)
    alone = [one for one in events if isinstance(one, periods.OF_LEDGER)]
    if alone and len(events) > 1:
        found.add("InvalidInput")
    found |= balance.overdrawn(book, facts, written, events)
    found |= announcements.called(book, written, events, today, one_fact)[1]
    if found:  # A refused reversal gives nothing that another fact may spend.
        found |= balance.overdrawn(book, facts, balance.paired(taken, facts), events)
        found |= openings.unopened(book, facts, events)
        if any(isinstance(event, ProjectReopened) for event in events):
            found.add("NotClosed")  # By what is tried once more after it.
    if found:  # A batch is judged in any order: each may stand after all others.
        for fact in request:
            others = [one for one in request if one is not fact]
            opened = [one for one in others if isinstance(one.event, BudgetApproved)]
            kept = [one for one in others if type(one.event) is not ApprovalWithdrawn]
            for before in (others, opened, kept):
                found |= one_fact(book, [*facts, *before], fact.event, today)
    return found


def one_fact(book: Book, facts: list[Fact], event: Any, today: date) -> set[str]:
    """Return the errors that one more fact may end in."""
    if isinstance(event, DisbursementReversed):  # Perhaps of an earlier year.
        known = under_approval(facts, date.max)
        event = refunds.completed(known, event, book.year_about(event))
    if isinstance(event, periods.OF_LEDGER):  # Of units that ever were.
        return periods.decided(book, facts, event, today)
    withdrawn = withdrawals.last(book, facts, event)
    opens = isinstance(event, BudgetApproved) or openings.comes(event)
    if opens and event.on < withdrawn:
        return {"InvalidInput"} | _allowed(book, facts, event, today)
    return _allowed(book, facts, event, today)


def _allowed(book: Book, every: list[Fact], event: Any, today: date) -> set[str]:
    facts = under_approval(every, date.max)
    made = completed(book, facts, event)
    locked = periods.refused(book, every, made, today)
    if isinstance(event, FormRevised):
        year = book.year_about(event)
        stream = stream_of(event, year)
        return locked | form_rules.refused(facts, stream, event, book.year(year))

    if not isinstance(event, money.MONEY):
        return locked | judgement(book, facts, event)
    year = book.year_about(event)
    locked = locked | carries.continued(facts, year, event)
    own = money.of_project(facts, event.project, year)
    over = refunds.refused(facts, own, event, year)
    return locked | over | _money(book, facts, event, today)


def _money(book: Book, facts: list[Fact], event: Any, today: date) -> set[str]:
    calendar = book.calendar
    own = money.of_project(facts, event.project, book.year_about(event))
    found: set[str] = set()
    if isinstance(event, BudgetApproved):
        gives = announcements.giver(book, under_approval(facts, date.max), event)
        found = gives if isinstance(gives, set) else set()
        return found | _approval(own, event, Year(event.fiscal_year, calendar))
    stated = getattr(event, "year", None)
    closes = isinstance(event, ProjectClosed) and stated is not None
    if closes and event.on < Year(stated, calendar).first:
        return {"InvalidInput"}
    begun, comes = carries.opening(own), openings.comes(event)
    back = isinstance(event, PriorYearRefund)
    on = carries.in_year(event, Year(book.year_about(event), calendar)).on
    ahead = isinstance(event, AHEAD) and on > today + ONE_DAY
    if begun is None and not (comes or back):
        return _unknown(facts, event, ahead=ahead)
    if begun is None:
        found |= openings.unnamed(book, facts, own, event)
    year = Year(book.year_about(event), calendar)
    event = carries.in_year(event, year)
    if ahead:
        found.add("DatedAhead")
    if isinstance(event, carries.OF_YEARS):
        return found | carries.refused(own, event, Year(year.name + 1, calendar))
    early = begun is not None and event.on < begun.on
    if early and not (comes or back):
        found.add("BeforeApproval")
    if money.closing(own) is not None:
        found.add("AfterClosure")
    if isinstance(event, ApprovalWithdrawn):
        found |= {"UnknownProject"} if money.approval(own) is None else set()
        return found | withdrawals.refused(facts, own, event, year)
    if event.on not in year:
        found |= {"OutsideFiscalYear", "UnknownProject"}
    if isinstance(event, AdjustmentCorrected):
        return found | corrections.refused(facts, own, event, year.name)
    if isinstance(event, SpendingPlanRevised):
        budget = _with_called(book, facts, event, today)
        return found | _plan(event.plan, year, money.current(budget, None, event.on))
    found |= _number(book, facts, own, event, year.name)
    found |= _exception(book, own, event)
    found |= announcements.supplement(book, facts, event)
    return found | _JUDGED[type(event)](own, event)


def _with_called(book: Book, facts: list[Fact], event: Any, today: date) -> list[Any]:
    """Return the money of a year with the legs that its request calls for so far."""
    now = [f.event for f in facts if f.at == book.now]
    legs, _ = announcements.called(book, facts, now, today, one_fact)
    made = [book.fact(0, facts[-1].at, "leg", leg) for leg in legs]
    return money.of_project([*facts, *made], event.project, book.year_about(event))


def _exception(book: Book, own: list[Any], event: Any) -> set[str]:
    """Return what is wrong of a payment that says who allowed it above the budget."""
    if getattr(event, "exception", None) is None:
        return set()
    found = set() if book.allow_exceptions else {"ExceptionNotAllowed"}
    if money.mixed(money.filled(own) | {event.source}):
        found.add("SourceLevelsMixed")
    return found | (set() if event.commitment is None else {"InvalidInput"})


def _unknown(facts: list[Fact], event: Any, *, ahead: bool) -> set[str]:
    """Return the errors of a fact of a year in which nothing is known of a project."""
    if not isinstance(event, DisbursementReversed):
        return {"UnknownProject"}
    found = {"UnknownProject", "UnknownVoucher"}  # It is of one of an earlier year.
    if vouchers.came_back(facts, event):
        found.add("InvalidInput")
    return found | ({"DatedAhead"} if ahead else set())


def _approval(own: list[Any], event: BudgetApproved, year: Year) -> set[str]:
    found: set[str] = set()
    if money.approval(own) is not None:
        found.add("AlreadyApproved")
    if money.closing(own) is not None:
        found.add("AfterClosure")
    if money.mixed(money.filled(own) | {a.source for a in event.amounts}):
        found.add("SourceLevelsMixed")
    for one in event.indicators:
        found |= way_to(one, one.target, year)
    found |= weighed(event.indicators)
    if event.plan is None:
        return found
    return found | _plan(event.plan, year, sum(a.amount for a in event.amounts))


def _commitment(own: list[Any], event: Any) -> set[str]:
    known = money.sources(own)
    found = commitments.refused(own, event)
    if any(a.source not in known for a in event.amounts):
        found = found | {"UnknownSource"}
    return found


def _plan(plan: Any, year: Year, budget: int) -> set[str]:
    days = [point.on for point in plan.checkpoints]
    amounts = [point.amount for point in plan.checkpoints]
    right = (
        bool(days)
        and all(day in year for day in days)
        and all(a < b for a, b in itertools.pairwise(days))
        and all(a <= b for a, b in itertools.pairwise(amounts))
        and amounts[-1] == budget
    )
    return set() if right else {"InvalidPlan"}


def _payment(own: list[Any], event: Disbursed) -> set[str]:
    found: set[str] = set()
    if event.amount <= 0:
        found |= {"InvalidInput", "InvalidAmount"}
    if event.source not in money.sources(own):
        found.add("UnknownSource")
    if event.commitment is not None:
        found |= commitments.refused(own, event)
    return found


def _reversal(own: list[Any], event: DisbursementReversed) -> set[str]:
    return vouchers.reversal(own, event) | commitments.refused(own, event)


def _number(
    book: Book, facts: list[Fact], own: list[Any], event: Any, year: int
) -> set[str]:
    """Say whether a voucher's number is that of another; its lines have one."""
    event = refunds.completed(facts, event, year)
    if not isinstance(event, Disbursed | DisbursementReversed | PriorYearRefund):
        return set()
    if not vouchers.used(own, event.voucher) or vouchers.free_again(own, event):
        return set()
    now = [f for f in facts if f.at == book.now and f.year == year]
    append = money.of_project(now, event.project, year)
    return vouchers.further(own, append, event)


def _closing(own: list[Any], event: ProjectClosed) -> set[str]:
    found: set[str] = set()
    ends = (*carries.OF_YEARS, ProjectClosed)
    if any(f.on > event.on for f in own if not isinstance(f, ends)):
        found |= {"InvalidInput", "AfterClosure"}
    if commitments.open_in(own, None, event.on):
        found |= {"CommitmentsOpen", "InvalidInput", "AfterClosure"}
    stated = {a.source for a in (*event.carried_over, *event.lapsed)}
    if not stated <= {*money.sources(own)}:  # What is below is carried by itself.
        found |= {"UnknownSource", "InvalidInput", "AfterClosure"}
    for source in {*money.sources(own), *stated}:
        left = money.unclaimed(own, Exact(source), event.on)
        if left < 0:
            found |= {"SourceOverspent", "AfterClosure"}
        over = sum(a.amount for a in event.carried_over if a.source == source)
        lost = [a.amount for a in event.lapsed if a.source == source]
        if over < money.handed_on(own, Exact(source), date.max):
            found |= {"InvalidInput", "AfterClosure"}
        if over > left or (lost and sum(lost) != left - over):
            wrong = {"BudgetExceeded", "InvalidInput", "UnknownSource"}
            found |= wrong | {"AfterClosure"}  # A batch is judged in any order.
    return found


def completed(book: Book, facts: list[Fact], event: Any) -> Any:
    """Return a fact as it is recorded: what lapses, what is released and the like."""
    if isinstance(event, periods.OF_LEDGER):
        return event
    facts, year = under_approval(facts, date.max), book.year_about(event)
    if isinstance(event, FormRevised):
        return form_rules.completed(facts, stream_of(event, year), event)
    if not isinstance(event, money.MONEY):
        event = statements.dated(book, event)
        if not hasattr(event, "indicator"):
            return event
        stream = stream_of(event, year)
        event = told.labelled(facts, stream, event, event.on)
        return outlooks.completed(facts, stream, event, year)
    event = refunds.completed(facts, event, year)
    own = money.of_project(facts, event.project, year)
    if isinstance(event, BudgetApproved):
        return announcements.completed(book, facts, event)
    if isinstance(event, ApprovalWithdrawn):
        return withdrawals.completed(own, event, book)
    if isinstance(event, AdjustmentCorrected):
        return corrections.completed(facts, event, book.year_about(event))
    if isinstance(event, carries.OF_YEARS):
        return carries.completed(own, event)
    if openings.comes(event) and carries.opening(own) is None:
        return openings.opened(book, facts, own, event)
    if not isinstance(event, ProjectClosed):
        return commitments.completed(own, event)
    event = carries.in_year(event, book.year(book.year_about(event)))
    stated = {a.source for a in event.lapsed}
    lapsed = list(event.lapsed)
    for source in money.sources(own):
        over = sum(a.amount for a in event.carried_over if a.source == source)
        rest = money.unclaimed(own, Exact(source), event.on) - over
        if source not in stated and rest:
            lapsed.append(Funding(source=source, amount=rest))
    return attrs.evolve(event, lapsed=tuple(lapsed))


def _adjustment(own: list[Any], event: BudgetAdjusted) -> set[str]:
    found: set[str] = set()
    if any(a.amount <= 0 for a in event.amounts):
        found |= {"InvalidInput", "InvalidAmount"}
    known = money.sources(own)
    if event.kind in carries.KINDS:
        return found | carries.taking(own, event)
    may_be_new = event.new_source and money.ADDS[event.kind] > 0
    if any(a.source not in known for a in event.amounts) and not may_be_new:
        found |= {"UnknownSource", "BudgetExceeded"}
    if may_be_new and money.mixed(
        {*money.filled(own), *(a.source for a in event.amounts)}
    ):
        found.add("SourceLevelsMixed")
    return found


_JUDGED = {
    BudgetAdjusted: _adjustment,
    Disbursed: _payment,
    DisbursementReversed: _reversal,
    PriorYearRefund: lambda *_: set(),
    ProjectClosed: _closing,
    **dict.fromkeys(commitments.OF_COMMITMENTS, _commitment),
}

"""
The plainest thing that answers for a project's money, and how events change it.

The store keeps another, packed one, that answers the same faster.
"""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Final

from attrs import define, field, frozen
from attrs import evolve as replace

from ledger.domain import plain_commitments
from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.announcements import announcement_of, since_of_announcement
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.budget import (
    Adjustment,
    CarriedIn,
    Correction,
    HandedOn,
    PlanInForce,
    Resemblance,
    adjustment_kind,
    approved_by,
    current_by_source,
    first_carried_in,
    least_after_hand_over,
    only_source,
    opened_on,
    since_of,
)
from ledger.domain.carried_money import Announcement
from ledger.domain.catalogue import (
    BY_CLASS,
    effects_of,
    undone_voucher,
)
from ledger.domain.closing_events import (
    OpenedProject,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.commitment import (
    Commitment,
    CommitmentStage,
    committed_on,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.envelope import MISPLACED, RecordedEvent, misplaced
from ledger.domain.event_type import Flow
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    Event,
    SpendingPlanRevised,
)
from ledger.domain.exceptions_taken import ExceptionTaken
from ledger.domain.identity import voucher_identity
from ledger.domain.likenesses import NEAR
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refunds import Refund
from ledger.domain.subject import ProjectCode, UnitCode
from ledger.domain.titles import Title, since_of_title
from ledger.domain.vouchers import Movement, movement_of, relatives, settled

_NO_UNIT: Final = UnitCode("")


@frozen
class PlainDisbursements:
    """The movements of one source, in order of day."""

    movements: tuple[Movement, ...]

    def spent(self, through: date) -> int:
        """Return the amount disbursed by *through*, net of reversals by then."""
        return sum(one.amount for one in self.movements if one.on <= through)

    def timeline(self) -> tuple[int, Sequence[int], Sequence[int]]:
        """
        Return an ordinal, the days since then of each movement in order, its amount.
        """
        days = [one.on.toordinal() for one in self.movements]
        return 0, days, [one.amount for one in self.movements]

    def names(self) -> list[str]:
        """Return the identity of the voucher of each movement, in that order."""
        return [one.voucher for one in self.movements]


@define(kw_only=True)
class PlainBudget:
    """
    A project's money as facts in the order of recording, added up when asked.

    Each event makes a new one; none is changed.
    """

    project: ProjectCode
    name: str = ""
    unit: UnitCode = _NO_UNIT
    unit_name: str | None = None
    fiscal_year: int = 0
    approved_on: date | None = None
    carried_in_on: date | None = None
    closed_on: date | None = None
    original: dict[str, int] = field(factory=dict)
    origin: BudgetOrigin = BudgetOrigin.ANNUAL
    adjustments: tuple[Adjustment, ...] = ()
    plans: list[PlanInForce] = field(factory=list)
    movements: tuple[Movement, ...] = ()
    carried_over: dict[str, int] = field(factory=dict)
    lapsed: dict[str, int] = field(factory=dict)
    handed_on: tuple[HandedOn, ...] = ()
    carried_in: tuple[CarriedIn, ...] = ()
    commitments: dict[str, Commitment] = field(factory=dict)
    liquidations: dict[str, dict[str, str]] = field(factory=dict)
    corrections: dict[str, Correction] = field(factory=dict)
    resemblances: tuple[Resemblance, ...] = ()
    withdrawn_on: date | None = None
    withdrawn: tuple["PlainBudget", ...] = ()
    titles: tuple[Title, ...] = ()
    exceptions: tuple[ExceptionTaken, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def disbursements(self) -> dict[str, PlainDisbursements]:
        """What left and came back, by source."""
        ordered = sorted(self.movements, key=lambda one: one.on)
        return {
            source: PlainDisbursements(tuple(m for m in ordered if m.source == source))
            for source in dict.fromkeys(one.source for one in self.movements)
        }

    @property
    def last_fact_on(self) -> date | None:
        """The last day of a fact about its money; ``None`` before it is opened."""
        opened = opened_on(self)
        if opened is None:
            return None
        approved = self.approved_on or opened
        return max([approved, *self._days, *map(since_of, self.plans)])

    def current(self, through: date) -> int:
        """Return the budget after the adjustments effective by *through*."""
        return sum(current_by_source(self, through).values())

    def free(self, source: str, on: date) -> tuple[int, date]:
        """Return the least available from *source* from *on* on, and its first day."""
        days = {on, *self._days, self.approved_on or on, self.closed_on or on}
        later = [day for day in days if day >= on]
        least = min((self._balance(source, day), day) for day in later)
        end = self._balance(source, max(later))
        return least_after_hand_over(self, source, on, end, least)

    @property
    def _days(self) -> list[date]:
        paid = [movement.on for movement in self.movements]
        adjusted = [change.on for change in self.adjustments]
        refunded = [each.on for each in self.refunds]
        committed = committed_on(self.commitments.values())
        return [*paid, *adjusted, *committed, *refunded]

    def _balance(self, source: str, on: date) -> int:
        """Return what is left of *source* at the end of a day."""
        balance = approved_by(self, on).get(source, 0)
        for change in self.adjustments:
            if change.source == source and change.on <= on:
                balance += change.amount
        for movement in self.movements:
            if movement.source == source and movement.on <= on:
                balance -= movement.amount
        for commitment in self.commitments.values():
            balance -= commitment.open(on).get(source, 0)
        if self.closed_on is not None and self.closed_on <= on:
            balance -= self.carried_over.get(source, 0) + self.lapsed.get(source, 0)
        return balance

    def open_commitments(self, stage: CommitmentStage, through: date) -> dict[str, int]:
        """Return what is open of the commitments of a stage by *through*, by source."""
        sums: dict[str, int] = {}
        for commitment in self.commitments.values():
            if commitment.stage is stage:
                for source, amount in commitment.open(through).items():
                    sums = _plus(sums, source, amount)
        return sums

    def liquidated(self, voucher: str, source: str) -> str | None:
        """Return the commitment that money is paid on, or given back to."""
        return self.liquidations.get(voucher, {}).get(source)

    def has_voucher(self, voucher: str) -> bool:
        """Return whether *voucher* was used, in whatever spelling."""
        identity = voucher_identity(voucher)
        refunded = any(each.has_voucher(voucher) for each in self.refunds)
        return refunded or any(one.voucher == identity for one in self.movements)

    def has_disbursement(self, amount: int, on: date) -> bool:
        """Return whether so much was disbursed at once within five days of a day."""
        return any(
            one.amount == amount and abs((one.on - on).days) <= NEAR
            for one in self.movements
        )

    def movements_of(self, voucher: str) -> list[Movement]:
        """Return what *voucher* moved, and all that moved the money of it."""
        found = relatives(self.movements, voucher_identity(voucher))
        return sorted(found, key=attrgetter("on"))


def evolve(budget: PlainBudget, recorded: RecordedEvent) -> PlainBudget:
    """
    Return the money after one more event; ignore indicators.

    Raises:
        LogCorrupted: The event does not follow from what is there.
    """
    try:
        return after(budget, recorded.event)
    except MISPLACED as problem:
        raise misplaced(recorded) from problem


def after(budget: PlainBudget, event: Event) -> PlainBudget:
    """
    Return *budget* with what *event* says, and with its effects on the money.

    Raises:
        LookupError: It reverses a voucher that no disbursement has, or names a
            commitment that was not entered.
    """
    if isinstance(event, ApprovalWithdrawn):
        return _withdrawn(budget, event.on)
    founds = BY_CLASS[type(event)].founds
    budget = _told(budget, event)
    if isinstance(event, Disbursed | BudgetAdjusted) and event.resembles:
        known = (*budget.resemblances, Resemblance.of_event(event))
        budget = replace(budget, resemblances=known)
    if isinstance(event, Disbursed) and event.exception is not None:
        taken = (*budget.exceptions, ExceptionTaken.of_event(event))
        budget = replace(budget, exceptions=taken)
    for flow, named, amount, *_ in effects_of(event):
        source = named or only_source(budget, undone_voucher(event) or "")
        match flow:
            case Flow.BUDGET if founds:
                budget = replace(budget, original=budget.original | {source: amount})
            case Flow.BUDGET:
                kind = adjustment_kind(event, amount)
                corrects = getattr(event, "adjusted_on", None)
                change = Adjustment(event.on, source, amount, kind, corrects)
                budget = replace(budget, adjustments=(*budget.adjustments, change))
            case Flow.DISBURSED:
                movement = movement_of(event, source, amount)
                budget = replace(budget, movements=(*budget.movements, movement))
            case Flow.CARRIED_OVER:
                carried_over = _plus(budget.carried_over, source, amount)
                budget = replace(budget, carried_over=carried_over)
            case Flow.LAPSED:
                budget = replace(budget, lapsed=_plus(budget.lapsed, source, amount))
            case Flow.HANDED_ON:
                gone = HandedOn(event.on, source, amount)
                budget = replace(budget, handed_on=(*budget.handed_on, gone))
            case Flow.REFUNDED:
                assert isinstance(event, PriorYearRefund)
                budget = _refunded(budget, event, source, amount)
            case Flow.RESERVED | Flow.CONTRACTED:
                pass  # What is open follows below.
    of = undone_voucher(event)
    owner = (
        "" if of is None else getattr(event, "source", None) or only_source(budget, of)
    )
    return replace(
        budget,
        commitments=plain_commitments.after(budget.commitments, event, owner),
        liquidations=plain_commitments.liquidated(budget.liquidations, event, owner),
    )


def _withdrawn(budget: PlainBudget, on: date) -> PlainBudget:
    """Return the money of a project-year that has no approval any more."""
    known = replace(budget, withdrawn_on=on, withdrawn=())
    return PlainBudget(
        project=budget.project,
        fiscal_year=budget.fiscal_year,
        withdrawn=(*budget.withdrawn, known),
    )


def _told(budget: PlainBudget, event: Event) -> PlainBudget:
    """Return *budget* with what *event* says other than amounts of money."""
    if isinstance(event, BudgetApproved | FormRevised):
        budget = _announced(budget, event)
    match event:
        case BudgetApproved():
            return _approved(budget, event)
        case BudgetAdjusted() if event.since:
            sign = event.kind.sign
            parts = [
                CarriedIn(event.on, part.source, part.since, sign * part.amount)
                for part in event.since
            ]
            return replace(budget, carried_in=(*budget.carried_in, *parts))
        case FormRevised() if title := Title.of(event, budget.approved_on or event.on):
            titles = sorted([*budget.titles, title], key=since_of_title)
            return replace(budget, titles=tuple(titles))
        case SpendingPlanRevised():
            return replace(budget, plans=_planned(budget, event))
        case BudgetAdjusted():
            first = first_carried_in(budget.carried_in_on, event)
            budget = replace(budget, carried_in_on=first)
            if event.opens is None or budget.approved_on is not None:
                return budget
            return _entitled(budget, event.opens)
        case ProjectClosed():
            return replace(budget, closed_on=event.on)
        case ProjectReopened():
            return replace(budget, closed_on=None)
        case AdjustmentCorrected():
            known = {event.of: Correction.of_event(event)}
            return replace(budget, corrections=budget.corrections | known)
        case Disbursed() if event.booked_again:
            again = voucher_identity(event.voucher)
            done = tuple(settled(one, again) for one in budget.movements)
            return replace(budget, movements=done)
        case _:
            return budget


def _approved(budget: PlainBudget, event: BudgetApproved) -> PlainBudget:
    """Return the money of a year with its approval; one with titles keeps those."""
    approved = replace(
        budget,
        approved_on=event.on,
        origin=event.origin or BudgetOrigin.ANNUAL,
        plans=_planned(budget, event),
    )
    if budget.titles:
        titles = [*budget.titles, Title.of_approval(event)]
        return replace(approved, titles=tuple(sorted(titles, key=since_of_title)))
    unit = UnitCode(event.unit)
    return replace(approved, name=event.name, unit=unit, unit_name=event.unit_name)


def _announced(budget: PlainBudget, event: BudgetApproved | FormRevised) -> PlainBudget:
    """Return *budget* with what a form prints of the year before, if it does."""
    announcement = announcement_of(budget, event)
    if announcement is None:
        return budget
    known = sorted([*budget.announcements, announcement], key=since_of_announcement)
    return replace(budget, announcements=tuple(known))


def _refunded(
    budget: PlainBudget, event: PriorYearRefund, source: str, amount: int
) -> PlainBudget:
    """Return the money with what came back of an earlier year."""
    if event.opens is not None:
        budget = _entitled(budget, event.opens)
    came = Refund.of_event(event, source, amount)
    return replace(budget, refunds=(*budget.refunds, came))


def _entitled(budget: PlainBudget, opens: OpenedProject) -> PlainBudget:
    """Return a project-year that a fact opens, with what that says whose it is."""
    unit = UnitCode(opens.unit)
    return replace(budget, name=opens.name, unit=unit, unit_name=opens.unit_name)


def _planned(
    budget: PlainBudget, event: BudgetApproved | SpendingPlanRevised
) -> list[PlanInForce]:
    """Return the plans with that of an event, if it has one, in order of day."""
    if event.plan is None:
        return budget.plans
    return sorted([*budget.plans, PlanInForce.of(event.on, event.plan)], key=since_of)


def _plus(amounts: dict[str, int], source: str, amount: int) -> dict[str, int]:
    """Return *amounts* with more of a source, without those that are 0."""
    sums = amounts | {source: amounts.get(source, 0) + amount}
    return {name: each for name, each in sums.items() if each}

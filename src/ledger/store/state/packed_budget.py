"""The money of one project as it is stored: columns, and the fold that is fast."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Final

import msgspec

from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.budget import (
    Adjustment,
    CarriedIn,
    Correction,
    HandedOn,
    PlanInForce,
    Resemblance,
    adjustment_kind,
    current_by_source,
    least_after_hand_over,
    opened_on,
    since_of,
)
from ledger.domain.carried_money import Announcement
from ledger.domain.catalogue import effects_of, followed, undone_voucher
from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.commitment import (
    CommitmentStage,
    commitment_identity,
    committed_on,
)
from ledger.domain.commitment_events import (
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.envelope import MISPLACED, RecordedEvent, misplaced
from ledger.domain.event_type import Flow, Fold
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    Event,
    SpendingPlanRevised,
)
from ledger.domain.exceptions_taken import ExceptionTaken
from ledger.domain.identity import voucher_identity
from ledger.domain.refunds import Refund
from ledger.domain.subject import ProjectCode, UnitCode
from ledger.domain.titles import Title
from ledger.domain.vouchers import Movement, movement_of
from ledger.store.state.packed_commitments import PackedCommitments, PlainCommitments
from ledger.store.state.packed_disbursements import PackedDisbursements, taken_back
from ledger.store.state.packed_opening import (
    add_amount,
    approve,
    approved_by_and_after,
    carry_in,
    follow_plan,
    refund,
    remark,
    revise_form,
)

_NO_UNIT: Final = UnitCode("")


class PackedBudget(msgspec.Struct, array_like=True, gc=False):
    """What is known of a project's money: a stored budget, which its fold changes."""

    project: ProjectCode
    name: str = ""
    unit: UnitCode = _NO_UNIT
    unit_name: str | None = None
    fiscal_year: int = 0
    approved_on: date | None = None
    closed_on: date | None = None
    original: dict[str, int] = {}
    adjustments: tuple[Adjustment, ...] = ()
    plans: list[PlanInForce] = []
    disbursements: dict[str, PackedDisbursements] = {}
    carried_over: dict[str, int] = {}
    lapsed: dict[str, int] = {}
    handed_on: tuple[HandedOn, ...] = ()
    promised: PackedCommitments = msgspec.field(default_factory=PackedCommitments)
    origin: BudgetOrigin = BudgetOrigin.ANNUAL
    carried_in: tuple[CarriedIn, ...] = ()
    withdrawn_on: date | None = None
    withdrawn: tuple["PackedBudget", ...] = ()
    corrections: dict[str, Correction] = {}
    resemblances: tuple[Resemblance, ...] = ()
    titles: tuple[Title, ...] = ()
    carried_in_on: date | None = None
    exceptions: tuple[ExceptionTaken, ...] = ()
    announcements: tuple[Announcement, ...] = ()
    refunds: tuple[Refund, ...] = ()

    @property
    def commitments(self) -> PlainCommitments:
        """What was promised, by identity."""
        return PlainCommitments(self.promised.by_identity)

    def open_commitments(self, stage: CommitmentStage, through: date) -> dict[str, int]:
        """Return what is open of the commitments of a stage by *through*, by source."""
        return self.promised.open_by_source(stage, through)

    def liquidated(self, voucher: str, source: str) -> str | None:
        """Return the commitment that money is paid on, or given back to."""
        return self.promised.liquidated(voucher, source)

    def current(self, through: date) -> int:
        """Return the budget after the adjustments effective by *through*."""
        return sum(current_by_source(self, through).values())

    def free(self, source: str, on: date) -> tuple[int, date]:
        """
        Return the least available from *source* at the end of any day from *on*.

        The day is the first on which it is so little. A payment of at most this amount
        leaves every day of the effective timeline within the budget.
        """
        balance, later = approved_by_and_after(self, source, on)
        for adjustment in self.adjustments:
            if adjustment.source != source:
                continue
            if adjustment.on <= on:
                balance += adjustment.amount
            else:
                later[adjustment.on] = later.get(adjustment.on, 0) + adjustment.amount
        disbursements = self.disbursements.get(source)
        if disbursements is not None:
            amounts, passed = disbursements.amounts, disbursements.count(on)
            balance -= sum(amounts if passed == len(amounts) else amounts[:passed])
            for place in range(passed, len(amounts)):
                day = disbursements.day(place)
                later[day] = later.get(day, 0) - amounts[place]
        claims = self.promised.claims.get(source)
        if claims is not None:
            balance -= claims.open_by_and_after(on, later)
        if self.closed_on is not None:
            closing = self.carried_over.get(source, 0) + self.lapsed.get(source, 0)
            if self.closed_on <= on:
                balance -= closing
            else:
                later[self.closed_on] = later.get(self.closed_on, 0) - closing
        least, first = balance, on
        for day in sorted(later) if later else ():
            balance += later[day]
            if balance < least:
                least, first = balance, day
        return least_after_hand_over(self, source, on, balance, (least, first))

    @property
    def last_fact_on(self) -> date | None:
        """The last day of a fact about its money; ``None`` before it is opened."""
        opened = opened_on(self)
        if opened is None:
            return None
        days = [p.day(-1) for p in self.disbursements.values() if p.days]
        days += [adjustment.on for adjustment in self.adjustments]
        days += committed_on(self.commitments.values())
        days += [each.on for each in self.refunds]
        return max([self.approved_on or opened, *days, *map(since_of, self.plans)])

    def has_voucher(self, voucher: str) -> bool:
        """Return whether *voucher* was used, in whatever spelling."""
        line = f"\n{voucher_identity(voucher)}\n"
        for disbursements in self.disbursements.values():
            if line in disbursements.vouchers:
                return True
        return bool(self.refunds) and any(e.has_voucher(voucher) for e in self.refunds)

    def has_disbursement(self, amount: int, on: date) -> bool:
        """Return whether so much was disbursed at once within five days of a day."""
        for disbursements in self.disbursements.values():
            if amount in disbursements.amounts and disbursements.has_near(amount, on):
                return True
        return False

    def movements_of(self, voucher: str) -> list[Movement]:
        """Return what *voucher* moved, and all that moved the money of it."""
        identity, found = voucher_identity(voucher), list[Movement]()
        for source, disbursements in self.disbursements.items():
            if disbursements.has(identity):
                found += disbursements.movements_of(identity, source)
        return sorted(found, key=attrgetter("on"))

    def disburse(
        self, source: str, on: date, amount: int, voucher: str, of: str | None = None
    ) -> None:
        """
        Take one more movement of money.

        Args:
            voucher, of: As the columns have them.
        """
        disbursements = self.disbursements.get(source)
        if disbursements is None:
            disbursements = self.disbursements[source] = PackedDisbursements()
        disbursements.add(on, amount, voucher, of)


def evolve(budget: PackedBudget, recorded: RecordedEvent) -> PackedBudget:
    """
    Follow the project's money; ignore its indicators.

    Raises:
        LogCorrupted: The event does not follow from what is there.
    """
    follow = _FOLLOWED_BY.get(type(recorded.event))
    if follow is not None:
        try:
            follow(budget, recorded.event)
        except MISPLACED as problem:
            raise misplaced(recorded) from problem
    return budget


def _disburse(budget: PackedBudget, event: Disbursed) -> None:
    if event.booked_again:
        _settle(budget, event)
    voucher = voucher_identity(event.voucher)
    budget.disburse(event.source, event.on, event.amount, voucher)
    if event.resembles or event.exception is not None:
        remark(budget, event)
    if event.commitment is not None:
        budget.promised.pay(event, commitment_identity(event.commitment), voucher)


def _reverse(budget: PackedBudget, event: DisbursementReversed) -> None:
    owner = event.source or _source_of(budget, event.of)
    leaves = event.disbursement is not None and not event.taken_back
    moved = movement_of(event, owner, event.amount if leaves else -event.amount)
    budget.disburse(owner, event.on, moved.amount, moved.voucher, taken_back(moved))
    if event.restores is not None:
        budget.promised.follow(event, owner)
        budget.promised.liquidate(event, owner)


def _source_of(budget: PackedBudget, voucher: str) -> str:
    """Return the source of the money that a voucher moved."""
    identity = voucher_identity(voucher)
    for source, disbursements in budget.disbursements.items():
        if disbursements.has(identity):
            return source
    raise LookupError(voucher)


def _settle(budget: PackedBudget, event: Disbursed) -> None:
    """Know that what was paid and came back of a voucher is over: it is used again."""
    voucher = voucher_identity(event.voucher)
    for each in budget.disbursements.values():
        each.settle(voucher)
    budget.promised.settle(voucher)


def _enter(budget: PackedBudget, event: CommitmentEntered) -> None:
    budget.promised.enter(event)


def _release(budget: PackedBudget, event: CommitmentReleased) -> None:
    budget.promised.release(event)


def _adjust(budget: PackedBudget, event: BudgetAdjusted) -> None:
    sign = event.kind.sign
    if event.resembles:
        remark(budget, event)
    budget.adjustments += tuple(
        Adjustment(event.on, part.source, sign * part.amount, event.kind)
        for part in event.amounts
    )
    if event.kind.is_carry:
        carry_in(budget, event)


def _withdraw(budget: PackedBudget, event: ApprovalWithdrawn) -> None:
    known = msgspec.structs.replace(budget, withdrawn_on=event.on, withdrawn=())
    empty = PackedBudget(
        project=budget.project,
        fiscal_year=budget.fiscal_year,
        withdrawn=(*budget.withdrawn, known),
    )
    for name in PackedBudget.__struct_fields__:
        setattr(budget, name, getattr(empty, name))


def _close(budget: PackedBudget, event: ProjectClosed) -> None:
    budget.closed_on = event.on
    _follow_effects(budget, event)


def _reopen(budget: PackedBudget, event: ProjectReopened) -> None:
    budget.closed_on = None
    _follow_effects(budget, event)


def _follow_effects(budget: PackedBudget, event: Event) -> None:
    """Follow an event of a type that has no faster way here."""
    if isinstance(event, Disbursed) and event.booked_again:
        _settle(budget, event)
    if isinstance(event, Disbursed | BudgetAdjusted):
        remark(budget, event)
    of, own = undone_voucher(event), getattr(event, "source", None) or ""
    if of is not None and not own:
        own = _source_of(budget, of)
    for flow, source, amount, *_ in effects_of(event):
        owner = source or own
        match flow:
            case Flow.BUDGET:
                kind, corrects = adjustment_kind(event, amount), None
                if isinstance(event, AdjustmentCorrected):
                    corrects = event.adjusted_on
                    budget.corrections[event.of] = Correction.of_event(event)
                change = Adjustment(event.on, owner, amount, kind, corrects)
                budget.adjustments += (change,)
            case Flow.DISBURSED:
                moved = movement_of(event, owner, amount)
                budget.disburse(
                    owner, event.on, amount, moved.voucher, taken_back(moved)
                )
            case Flow.CARRIED_OVER | Flow.LAPSED:
                add_amount(getattr(budget, flow.value), owner, amount)
            case Flow.HANDED_ON:
                budget.handed_on += (HandedOn(event.on, owner, amount),)
            case Flow.REFUNDED:
                refund(budget, event, owner, amount)
    budget.promised.follow(event, own)
    if isinstance(event, BudgetAdjusted):
        carry_in(budget, event)
    if isinstance(event, Disbursed | DisbursementReversed):
        budget.promised.liquidate(event, own)


_FOLLOWED_BY: Final[dict[type, Callable[..., None]]] = {
    **dict.fromkeys(followed(Fold.EXECUTION), _follow_effects),
    Disbursed: _disburse,
    DisbursementReversed: _reverse,
    BudgetAdjusted: _adjust,
    SpendingPlanRevised: follow_plan,
    BudgetApproved: approve,
    ApprovalWithdrawn: _withdraw,
    FormRevised: revise_form,
    ProjectClosed: _close,
    ProjectReopened: _reopen,
    CommitmentEntered: _enter,
    CommitmentReleased: _release,
}

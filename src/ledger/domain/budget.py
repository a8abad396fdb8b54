"""
The money of one project: what may be asked of it.

:class:`Budget` is what rules and figures ask. The plainest thing that answers is in
:mod:`ledger.domain.plain_budget`; the store keeps another, packed one, that answers
the same faster.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple, Protocol

from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin
from ledger.domain.carried_money import Announcement
from ledger.domain.commitment import (
    Commitment,
    CommitmentStage,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.events import (
    BudgetAdjusted,
    Disbursed,
    Event,
)
from ledger.domain.exceptions_taken import ExceptionTaken
from ledger.domain.identity import voucher_identity
from ledger.domain.in_force import latest
from ledger.domain.plan import SpendingPlan
from ledger.domain.refunds import Refund
from ledger.domain.subject import ProjectCode, UnitCode
from ledger.domain.titles import Title
from ledger.domain.vouchers import Movement

_NO_UNIT: Final = UnitCode("")

LONGEST_TEXT = 10_000
"""How many characters a text of one event may have."""


class Adjustment(NamedTuple):
    """
    A signed change of the budget of one source, in minor units.

    Attributes:
        corrects: The day of the adjustment that it takes back, if it does.
    """

    on: date
    source: str
    amount: int
    kind: AdjustmentKind
    corrects: date | None = None


class Correction(NamedTuple):
    """
    A correction of an adjustment, with what it says of that.

    Attributes:
        source, amount: The first of its amounts, signed.
    """

    on: date
    document: str
    source: str
    amount: int
    kind: AdjustmentKind

    @classmethod
    def of_event(cls, event: AdjustmentCorrected) -> "Correction":
        """Return that which an event records."""
        kind, first = event.kind, event.amounts[0]
        if kind is None:
            raise LookupError(event.of)
        amount = kind.sign * first.amount
        return cls(event.on, event.document or "", first.source, amount, kind)


class Resemblance(NamedTuple):
    """
    A payment or an adjustment that may be recorded already.

    Attributes:
        name: Its voucher or its document, as printed.

        of: What it resembles: vouchers, or event ids.

        source, amount: Of an adjustment the first of its amounts, signed.

        kind: Of an adjustment; ``None`` for a payment.
    """

    on: date
    name: str
    of: tuple[str, ...]
    source: str
    amount: int
    kind: AdjustmentKind | None = None

    @classmethod
    def of_event(cls, event: Disbursed | BudgetAdjusted) -> "Resemblance":
        """Return that of an event that resembles others."""
        if isinstance(event, Disbursed):
            own, amount = event.voucher, event.amount
            return cls(event.on, own, event.resembles, event.source, amount)
        first, kind = event.amounts[0], event.kind
        amount, document = kind.sign * first.amount, event.document or ""
        of, source = event.resembles, first.source
        return cls(event.on, document, of, source, amount, kind)


class HandedOn(NamedTuple):
    """What went on to the year after, or came back (negative), in minor units."""

    on: date
    source: str
    amount: int


class CarriedIn(NamedTuple):
    """
    Carried-over money of a year before the last one, signed, in minor units.

    Attributes:
        since: The fiscal year in whose budget it first was.
    """

    on: date
    source: str
    since: int
    amount: int


class PlanInForce(NamedTuple):
    """
    A plan as columns, and the day from which it holds.

    Attributes:
        days: Ordinals of its checkpoints.

        amounts: Cumulative, in minor units.
    """

    since: date
    days: list[int]
    amounts: list[int]

    @classmethod
    def of(cls, since: date, plan: SpendingPlan) -> "PlanInForce":
        """Return *plan* as it holds from *since*."""
        return cls(
            since,
            [checkpoint.on.toordinal() for checkpoint in plan.checkpoints],
            [checkpoint.amount for checkpoint in plan.checkpoints],
        )

    @property
    def end(self) -> int:
        """What it ends at."""
        return self.amounts[-1] if self.amounts else 0


def since_of(plan: PlanInForce) -> date:
    """Return the day from which *plan* holds, to sort by."""
    return plan.since


def plan_at(plans: Sequence[PlanInForce], on: date) -> PlanInForce | None:
    """Return the plan in force on a day, of plans in order of day; ``None``: none."""
    return latest(plans, on, since_of)


class Disbursements(Protocol):
    """What left (positive) and came back (negative) from one source."""

    def spent(self, through: date) -> int:
        """Return the amount disbursed by *through*, net of reversals by then."""

    def timeline(self) -> tuple[int, Sequence[int], Sequence[int]]:
        """
        Return an ordinal, the days since then of each movement in order, its amount.
        """

    def names(self) -> Sequence[str]:
        """Return the identity of the voucher of each movement, in that order."""


class Budget(Protocol):
    """
    What is known of a project's money, at no particular date.

    Amounts are minor units, by funding source where they are mappings.

    Attributes:
        carried_in_on: The first day on which something was carried in.

        original: The amounts approved first.

        origin: Whether they are of the year's budget, or an approval within the year.

        plans: The plan approved first, if any, and its revisions, in order of day.

        carried_in: What came from the year before and is older than that.

        announcements: What its forms print of the year before, in order of day.

        handed_on: Of what closings carried over; its days are in the year after.

        name, unit, unit_name: As they were approved.

        titles: What revised them, in order of day.

        refunds: What came back of earlier years, in the order of recording.

        resemblances: Payments and adjustments that may have been recorded twice.

        corrections: Of adjustments, by the event ids of those.

        withdrawn_on: The day from which the approval does not hold, where it was
            withdrawn.

        exceptions: Disbursements that it did not have to cover.
    """

    project: ProjectCode
    name: str
    unit: UnitCode
    unit_name: str | None
    fiscal_year: int
    approved_on: date | None
    carried_in_on: date | None
    closed_on: date | None
    original: dict[str, int]
    origin: BudgetOrigin
    adjustments: tuple[Adjustment, ...]
    plans: list[PlanInForce]
    carried_over: dict[str, int]
    lapsed: dict[str, int]
    handed_on: tuple[HandedOn, ...]
    carried_in: tuple[CarriedIn, ...]
    announcements: tuple[Announcement, ...]
    corrections: dict[str, Correction]
    resemblances: tuple[Resemblance, ...]
    withdrawn_on: date | None
    titles: tuple[Title, ...]
    exceptions: tuple[ExceptionTaken, ...]
    refunds: tuple[Refund, ...]

    @property
    def withdrawn(self) -> "Sequence[Budget]":
        """What is known under approvals that were withdrawn, in order."""

    @property
    def disbursements(self) -> Mapping[str, Disbursements]:
        """What left and came back, by source."""

    @property
    def commitments(self) -> Mapping[str, Commitment]:
        """What was promised, by identity."""

    @property
    def last_fact_on(self) -> date | None:
        """The last day of a fact about its money; ``None`` before it is opened."""

    def open_commitments(self, stage: CommitmentStage, through: date) -> dict[str, int]:
        """Return what is open of the commitments of a stage by *through*, by source."""

    def liquidated(self, voucher: str, source: str) -> str | None:
        """
        Return the commitment that money is paid on, or given back to, by its identity.

        Args:
            voucher: What the money is known by: see ``Movement.liquidation``.
        """

    def current(self, through: date) -> int:
        """Return the budget after the adjustments effective by *through*."""

    def free(self, source: str, on: date) -> tuple[int, date]:
        """
        Return the least available from *source* at the end of any day from *on*.

        The day is the first on which it is so little. A payment of at most this amount
        leaves every day of the effective timeline within the budget.
        """

    def has_voucher(self, voucher: str) -> bool:
        """Return whether *voucher* was used, in whatever spelling."""

    def has_disbursement(self, amount: int, on: date) -> bool:
        """Return whether so much was disbursed at once within five days of a day."""

    def movements_of(self, voucher: str) -> Sequence[Movement]:
        """
        Return what *voucher* moved, and all that moved the money of its disbursements.

        In order of day; nothing of what was booked again since.
        """


def only_source(budget: Budget, voucher: str) -> str:
    """
    Return the source of the money that *voucher* moved: that of its first line.

    Raises:
        LookupError: It moved none, or nothing that can still be taken back.
    """
    identity = voucher_identity(voucher)
    for each in budget.movements_of(voucher):
        if each.voucher == identity:
            return each.source
    raise LookupError(voucher)


def opened_on(budget: Budget) -> date | None:
    """Return the day from which a project-year has money: approved, or carried in."""
    approved, carried = budget.approved_on, budget.carried_in_on
    if carried is None or approved is None:
        return carried if approved is None else approved
    return min(approved, carried)


def is_opened_by(budget: Budget, day: date) -> bool:
    """Return whether a project-year has a budget by a day."""
    opened = opened_on(budget)
    return opened is not None and opened <= day


def first_carried_in(before: date | None, event: BudgetAdjusted) -> date | None:
    """Return the first day of money carried in, with one more adjustment."""
    if event.kind is not AdjustmentKind.CARRIED_IN:
        return before
    return event.on if before is None else min(before, event.on)


def approved_by(budget: Budget, through: date) -> dict[str, int]:
    """Return the amounts approved by a day: money may be carried in before that."""
    day = budget.approved_on
    return budget.original if day is None or day <= through else {}


def current_by_source(budget: Budget, through: date) -> dict[str, int]:
    """Return the budget of each source with the adjustments effective by *through*."""
    current = dict(approved_by(budget, through))
    for adjustment in budget.adjustments:
        if adjustment.on <= through:
            source = adjustment.source
            current[source] = current.get(source, 0) + adjustment.amount
    for taken in budget.exceptions:  # They may come before the money of their source.
        if taken.on <= through:
            current.setdefault(taken.source, 0)
    return current


def withheld(budget: Budget, source: str) -> tuple[int, date]:
    """
    Return what of a source cannot be spent as it was handed on, and since when.

    That is nothing of a closed year: what it carries over is more. Of one that was
    opened again it counts on whatever day it was handed on, or came back.
    """
    if budget.closed_on is not None or not budget.handed_on:
        return 0, date.min
    own = [each for each in budget.handed_on if each.source == source]
    first = min((each.on for each in own), default=date.min)
    return sum(each.amount for each in own), first


def least_after_hand_over(
    budget: Budget, source: str, on: date, end: int, least: tuple[int, date]
) -> tuple[int, date]:
    """
    Return the least available of a source, and its day, less what was handed on.

    Args:
        end: What is available at the end, before that is taken.

        least: The least of the days from *on*, and its day.
    """
    if not budget.handed_on:
        return least
    held, since = withheld(budget, source)
    return (end - held, max(on, since)) if end - held < least[0] else least


def adjustment_kind(event: Event, amount: int) -> AdjustmentKind:
    """Return how *event* changes a budget; by the sign, where it is no adjustment."""
    if isinstance(event, BudgetAdjusted):
        return event.kind
    if isinstance(event, AdjustmentCorrected) and event.kind is not None:
        return event.kind
    return AdjustmentKind.SUPPLEMENT if amount > 0 else AdjustmentKind.REDUCTION

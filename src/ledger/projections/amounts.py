"""Amounts of money: of a project, a funding source, or a sum of them, at a date."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Final, NamedTuple

import msgspec

from ledger.domain.adjustment_kind import (
    NO_PARTS,
    AdjustmentKind,
    BudgetOrigin,
    BudgetPart,
    BudgetParts,
    added,
)
from ledger.domain.budget import Budget
from ledger.domain.errors import LogCorrupted, said_by
from ledger.domain.exact_numbers import Exact, quotient
from ledger.domain.money import Currency, major, share
from ledger.messages import message

_UNREADABLE: Final = (ValueError, LookupError, OverflowError)
"""What a damaged state ends in where it is asked late, when a figure is shown."""


class HeldMoney(msgspec.Struct, frozen=True, gc=False, eq=False):
    """
    What a budget says of a source besides sums at a day, asked when it is shown.

    Two are equal where they say the same, whatever keeps their budgets.
    """

    budget: Budget
    source: str
    on: date

    def __eq__(self, other: object) -> bool:
        return isinstance(other, HeldMoney) and known((self,)) == known((other,))

    def __hash__(self) -> int:
        return hash((self.free, self.overdue))

    @property
    def free(self) -> int:
        """The least available from the day to the year's end, in minor units."""
        try:
            return self.budget.free(self.source, self.on)[0]
        except _UNREADABLE as problem:
            raise _unreadable(problem) from problem

    @property
    def overdue(self) -> int:
        """What is open of commitments that were due before the day."""
        every = self.budget.commitments.values()
        try:
            return sum(each.overdue(self.on).get(self.source, 0) for each in every)
        except _UNREADABLE as problem:
            raise _unreadable(problem) from problem

    @property
    def overdue_days(self) -> list[int]:
        """For how long each of these is, of which it is the first source."""
        return [
            days
            for each in self.budget.commitments.values()
            if (days := each.days_overdue(self.on)) is not None
            and min(each.overdue(self.on)) == self.source
        ]


def _unreadable(problem: Exception) -> LogCorrupted:
    return LogCorrupted(message("error.corrupted.state", problem=said_by(problem)))


class KnownMoney(NamedTuple):
    """The same, once it was asked."""

    free: int
    overdue: int
    overdue_days: list[int]


Held = tuple[HeldMoney | KnownMoney, ...]


def known(held: Held) -> Held:
    """Return what budgets say, which are not asked any more."""
    return tuple(
        KnownMoney(each.free, each.overdue, each.overdue_days) for each in held
    )


class Money(msgspec.Struct, frozen=True, gc=False):
    """
    The amounts of a project, a funding source or a sum of them, at a date.

    Inside they are integer minor units; properties give them in the main unit of the
    ledger's currency, exact.

    Attributes:
        minor_withheld: What was handed on of projects that are open again.

        minor_final: What closed projects disbursed, to which nothing is added.

        minor_refunded: What came back of earlier years; in no other amount.

        minor_parts: What each part of the budget other than the original one comes to.

        held: What later days leave, and what is overdue, of each of its sources.
    """

    currency: Currency
    minor_original: int
    minor_current: int
    minor_disbursed: int
    minor_carried_over: int
    minor_lapsed: int
    minor_final: int
    minor_reserved: int
    minor_contracted: int
    minor_handed_on: int
    minor_withheld: int
    minor_refunded: int
    minor_parts: BudgetParts
    held: Held

    @property
    def original_budget(self) -> Decimal:
        """The budget approved for the year, without carried-over money (年初预算数)."""
        return major(self.currency, self.minor_original)

    @property
    def in_year_budget(self) -> Decimal:
        """What was approved within the year (年中下达)."""
        return self._part(BudgetOrigin.IN_YEAR)

    @property
    def supplements(self) -> Decimal:
        """What was added (追加)."""
        return self._part(AdjustmentKind.SUPPLEMENT)

    @property
    def reductions(self) -> Decimal:
        """What was taken (追减)."""
        return self._part(AdjustmentKind.REDUCTION)

    @property
    def virements_in(self) -> Decimal:
        """What came from other projects (调入)."""
        return self._part(AdjustmentKind.VIREMENT_IN)

    @property
    def virements_out(self) -> Decimal:
        """What went to other projects (调出)."""
        return self._part(AdjustmentKind.VIREMENT_OUT)

    @property
    def recalls(self) -> Decimal:
        """What was taken back (收回)."""
        return self._part(AdjustmentKind.RECALL)

    @property
    def carried_in(self) -> Decimal:
        """What came from the year before (上年结转)."""
        return self._part(AdjustmentKind.CARRIED_IN)

    @property
    def carry_returned(self) -> Decimal:
        """What went back to the year before (退回结转)."""
        return self._part(AdjustmentKind.CARRY_RETURNED)

    @property
    def opening(self) -> Decimal:
        """What came from the year before, less what went back (年初结转)."""
        return major(self.currency, self._minor_opening)

    @property
    def new_money(self) -> Decimal:
        """The current budget without what came from the year before (当年新增)."""
        return major(self.currency, self.minor_current - self._minor_opening)

    @property
    def _minor_opening(self) -> int:
        parts = self.minor_parts
        returned = parts.get(AdjustmentKind.CARRY_RETURNED.value, 0)
        return parts.get(AdjustmentKind.CARRIED_IN.value, 0) - returned

    @property
    def unspent(self) -> Decimal:
        """Neither disbursed nor carried over or lapsed: 0 of a closed year (结余)."""
        return major(
            self.currency,
            self.minor_current
            - self.minor_disbursed
            - self.minor_carried_over
            - self.minor_lapsed,
        )

    def _part(self, part: BudgetPart) -> Decimal:
        return major(self.currency, self.minor_parts.get(part.value, 0))

    @property
    def current_budget(self) -> Decimal:
        """The budget with the adjustments effective by the date (全年预算数)."""
        return major(self.currency, self.minor_current)

    @property
    def disbursed(self) -> Decimal:
        """What left, net of the reversals effective by the date."""
        return major(self.currency, self.minor_disbursed)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._in_short}>"

    @property
    def _in_short(self) -> str:
        return f"{self.disbursed}/{self.current_budget} {self.currency.code}"

    def plus(self, other: "Money", held: Held | None = None) -> "Money":
        """
        Return the sums of both.

        Args:
            held: In the place of what both hold, for a sum of very many.
        """
        return Money(
            self.currency,
            self.minor_original + other.minor_original,
            self.minor_current + other.minor_current,
            self.minor_disbursed + other.minor_disbursed,
            self.minor_carried_over + other.minor_carried_over,
            self.minor_lapsed + other.minor_lapsed,
            self.minor_final + other.minor_final,
            self.minor_reserved + other.minor_reserved,
            self.minor_contracted + other.minor_contracted,
            self.minor_handed_on + other.minor_handed_on,
            self.minor_withheld + other.minor_withheld,
            self.minor_refunded + other.minor_refunded,
            added(self.minor_parts, other.minor_parts),
            self.held + other.held if held is None else held,
        )

    @property
    def carried_over(self) -> Decimal:
        """What closings left to the year after (结转)."""
        return major(self.currency, self.minor_carried_over)

    @property
    def lapsed(self) -> Decimal:
        """What closings gave back (结余收回)."""
        return major(self.currency, self.minor_lapsed)

    @property
    def handed_on(self) -> Decimal:
        """What went on to the year after, less what came back (已转下年)."""
        return major(self.currency, self.minor_handed_on)

    @property
    def withheld(self) -> Decimal:
        """What was handed on of years that are open again: it cannot be spent."""
        return major(self.currency, self.minor_withheld)

    @property
    def refunded(self) -> Decimal:
        """What came back of payments of earlier years (收回以前年度支出)."""
        return major(self.currency, self.minor_refunded)

    @property
    def reserved(self) -> Decimal:
        """What is open of reservations (采购计划)."""
        return major(self.currency, self.minor_reserved)

    @property
    def contracted(self) -> Decimal:
        """What is open of contracts (合同)."""
        return major(self.currency, self.minor_contracted)

    @property
    def open(self) -> Decimal:
        """What is committed and not yet paid (已承诺未支付)."""
        return major(self.currency, self.minor_reserved + self.minor_contracted)

    @property
    def committed(self) -> Decimal:
        """What is disbursed or open."""
        open_ = self.minor_reserved + self.minor_contracted
        return major(self.currency, self.minor_disbursed + open_)

    @property
    def commitment_rate(self) -> Decimal | None:
        """Disbursed and open ÷ current budget; ``None`` without a budget."""
        open_ = self.minor_reserved + self.minor_contracted
        return share(self.minor_disbursed + open_, self.minor_current)

    @property
    def exact_commitment_rate(self) -> Exact | None:
        """The commitment rate before it is rounded."""
        whole, open_ = self.minor_current, self.minor_reserved + self.minor_contracted
        return quotient(self.minor_disbursed + open_, whole) if whole else None

    @property
    def available(self) -> Decimal:
        """
        Current budget − disbursed − open − carried over − lapsed: 0 once it is closed.

        Of a year that is open again, less what was handed on.
        """
        return major(
            self.currency,
            self.minor_current
            - self.minor_disbursed
            - self.minor_carried_over
            - self.minor_lapsed
            - self.minor_reserved
            - self.minor_contracted
            - self.minor_withheld,
        )

    @property
    def free(self) -> Decimal:
        """The least available of each source from the date to the year's end."""
        return major(self.currency, sum(each.free for each in self.held))

    @property
    def overdue_open(self) -> Decimal:
        """What is open of commitments that were due before the date (逾期未支付)."""
        return major(self.currency, sum(each.overdue for each in self.held))

    @property
    def execution_rate(self) -> Decimal | None:
        """Disbursed ÷ current budget; ``None`` without a budget."""
        return share(self.minor_disbursed, self.minor_current)

    @property
    def exact_rate(self) -> Exact | None:
        """The execution rate before it is rounded."""
        whole = self.minor_current
        return quotient(self.minor_disbursed, whole) if whole else None


def no_money(currency: Currency) -> Money:
    """Return the sum of nothing."""
    return Money(currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NO_PARTS, ())


def summed_money(parts: Iterable[Money], currency: Currency) -> Money:
    """Return the sum of some amounts, or of none."""
    return reduce(Money.plus, parts, no_money(currency))

"""Amounts of money against plan: a funding source's, and sums with their rates."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import reduce

import msgspec

from ledger.domain.adjustment_kind import (
    NO_PARTS,
    AdjustmentKind,
    BudgetOrigin,
    BudgetPart,
    BudgetParts,
    added,
)
from ledger.domain.arguments import checked
from ledger.domain.exact_numbers import PLACES, Exact, quotient, rounded
from ledger.domain.funding import is_below
from ledger.domain.money import Currency, major, share
from ledger.domain.settings import Settings
from ledger.messages import Message, message


class Money(msgspec.Struct, frozen=True, gc=False):
    """
    The amounts of a project, a funding source or a sum of them, at a date.

    Inside they are integer minor units; properties give them in the main unit of the
    ledger's currency, exact.

    Attributes:
        minor_withheld: What was handed on of projects that are open again.

        minor_final: What closed projects disbursed, to which nothing is added.

        minor_parts: What each part of the budget other than the original one comes to.
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
    minor_parts: BudgetParts

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
        return self.carried_in - self.carry_returned

    @property
    def new_money(self) -> Decimal:
        """The current budget without what came from the year before (当年新增)."""
        return self.current_budget - self.opening

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
        return major(self.currency, self.minor_parts.get(part, 0))

    @property
    def current_budget(self) -> Decimal:
        """The budget with the adjustments effective by the date (全年预算数)."""
        return major(self.currency, self.minor_current)

    @property
    def disbursed(self) -> Decimal:
        """What left, net of the reversals effective by the date."""
        return major(self.currency, self.minor_disbursed)

    def plus(self, other: "Money") -> "Money":
        """Return the sums of both."""
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
            added(self.minor_parts, other.minor_parts),
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
    return Money(currency, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NO_PARTS)


def summed_money(parts: Iterable[Money], currency: Currency) -> Money:
    """Return the sum of some amounts, or of none."""
    return reduce(Money.plus, parts, no_money(currency))


class ExecutionTotal(Money, frozen=True, gc=False):
    """
    Money against plan: a project's, or a sum of projects; rates come from the sums.

    Attributes:
        minor_plans: What the plans in force at the date plan by then.

        minor_first_plans: What the plans that came first plan by then.

        unplanned: How many projects have no plan: then what is planned is not known.

        elapsed: Exact share of the fiscal year elapsed.

        by_path: The amounts of each funding source, without what stands below it.
    """

    minor_plans: int
    minor_first_plans: int
    unplanned: int
    elapsed: Fraction
    by_path: dict[str, Money]

    @property
    def by_source(self) -> dict[str, Money]:
        """
        The amounts of each funding source, with what stands below it.

        Sources above them are there as well: their amounts add up to the whole only at
        one level.
        """
        return _rolled_up(self.by_path)

    @checked
    def of_source(self, source: str) -> Money | None:
        """Return the amounts of a source and of what stands below it, if any."""
        parts = [
            part
            for path, part in self.by_path.items()
            if path == source or is_below(path, source)
        ]
        return summed_money(parts, self.currency) if parts else None

    @property
    def time_progress(self) -> Decimal:
        """Share of the fiscal year elapsed (序时进度), to six decimals."""
        return rounded(self.elapsed, PLACES)

    @property
    def minor_planned(self) -> int | None:
        """What is planned by the date, in minor units; ``None`` where none knows."""
        return None if self.unplanned else self.minor_plans

    @property
    def planned(self) -> Decimal | None:
        """Planned cumulative spending at the date; ``None`` where a plan is lacking."""
        return None if self.unplanned else major(self.currency, self.minor_plans)

    @property
    def original_planned(self) -> Decimal | None:
        """Planned cumulative spending at the date by the plan that came first."""
        return None if self.unplanned else major(self.currency, self.minor_first_plans)

    @property
    def plan_reason(self) -> Message | None:
        """
        Why nothing is known of what is planned; ``None`` where it is.

        What the others plan is never said to be what all of them plan, next to what
        all of them disbursed.
        """
        if not self.unplanned:
            return None
        return message("reason.unplanned", count=self.unplanned)

    @property
    def variance(self) -> Decimal | None:
        """Disbursed − planned, negative = behind; ``None`` where a plan is lacking."""
        if self.unplanned:
            return None
        return major(self.currency, self.minor_disbursed - self.minor_plans)

    @property
    def plan_rate(self) -> Decimal | None:
        """Disbursed ÷ planned; ``None`` where nothing is planned, or that unknown."""
        planned = self.minor_planned
        return None if planned is None else share(self.minor_disbursed, planned)

    @property
    def pace(self) -> int:
        """
        Disbursed ÷ planned in 2⁻¹⁰⁷ths, to sort by; 1 where nothing is planned.

        Amounts are below 2⁵³, so that two quotients that differ, differ by more.
        """
        whole = self.minor_planned
        return (self.minor_disbursed << 107) // whole if whole else 1 << 107


def _rolled_up(by_path: dict[str, Money]) -> dict[str, Money]:
    """Return the amounts of each source and of all above it, by name."""
    if not any("/" in path for path in by_path):
        return by_path
    sums: dict[str, Money] = {}
    for path, part in by_path.items():
        upper = path
        while upper:
            sums[upper] = sums[upper].plus(part) if upper in sums else part
            upper = upper.rpartition("/")[0]
    return {source: sums[source] for source in sorted(sums)}


def total(
    lines: Iterable[ExecutionTotal], through: date, settings: Settings
) -> ExecutionTotal:
    """Return the sum of *lines*, or of sums; rates come from sums, never from rates."""
    currency = settings.currency
    nothing = no_money(currency)
    whole, due, due_first, unplanned = nothing, 0, 0, 0
    sources: dict[str, Money] = {}
    for line in lines:
        whole, due = whole.plus(line), due + line.minor_plans
        due_first += line.minor_first_plans
        unplanned += line.unplanned
        for source, part in line.by_path.items():
            sources[source] = sources.get(source, nothing).plus(part)
    return ExecutionTotal(
        currency,
        whole.minor_original,
        whole.minor_current,
        whole.minor_disbursed,
        whole.minor_carried_over,
        whole.minor_lapsed,
        whole.minor_final,
        whole.minor_reserved,
        whole.minor_contracted,
        whole.minor_handed_on,
        whole.minor_withheld,
        whole.minor_parts,
        due,
        due_first,
        unplanned,
        settings.year_of(through).elapsed(through),
        {source: sources[source] for source in sorted(sources)},
    )

"""Money against plan: a project's, and sums of projects with their rates."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from msgspec.structs import replace

from ledger.domain.arguments import checked
from ledger.domain.exact_numbers import PLACES, rounded
from ledger.domain.funding import is_below, is_within
from ledger.domain.money import major, share
from ledger.domain.settings import Settings
from ledger.messages import Message, message
from ledger.projections.amounts import (
    HeldMoney,
    KnownMoney,
    Money,
    known,
    no_money,
    summed_money,
)


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
        parts = [part for path, part in self.by_path.items() if is_within(path, source)]
        return summed_money(parts, self.currency) if parts else None

    @property
    def overdue_commitments(self) -> int:
        """How many commitments were due before the date, and are open still."""
        return sum(len(each.overdue_days) for each in self.held)

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
        known = self.minor_planned
        return None if known is None else major(self.currency, known)

    @property
    def original_planned(self) -> Decimal | None:
        """Planned cumulative spending at the date by the plan that came first."""
        if self.minor_planned is None:
            return None
        return major(self.currency, self.minor_first_plans)

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
        known = self.minor_planned
        if known is None:
            return None
        return major(self.currency, self.minor_disbursed - known)

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


T = TypeVar("T", bound=ExecutionTotal)


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


def joined(by_path: dict[str, Money]) -> dict[str, Money]:
    """Return the amounts of each source with those of the sources below it."""
    if len(by_path) == 1:
        return by_path
    upper = [path for path in by_path if any(is_below(each, path) for each in by_path)]
    if not upper:
        return by_path
    sums = _rolled_up(by_path)
    return {path: sums[path] for path in by_path}


def total(
    lines: Iterable[ExecutionTotal], through: date, settings: Settings
) -> ExecutionTotal:
    """Return the sum of *lines*, or of sums; rates come from sums, never from rates."""
    currency = settings.currency
    nothing = no_money(currency)
    whole, due, due_first, unplanned = nothing, 0, 0, 0
    sources: dict[str, Money] = {}
    held = list[HeldMoney | KnownMoney]()
    own: dict[str, list[HeldMoney | KnownMoney]] = {}
    for line in lines:
        whole, due = whole.plus(line, ()), due + line.minor_plans
        held += line.held
        due_first += line.minor_first_plans
        unplanned += line.unplanned
        for source, part in line.by_path.items():
            sources[source] = sources.get(source, nothing).plus(part, ())
            own.setdefault(source, []).extend(part.held)
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
        whole.minor_refunded,
        whole.minor_parts,
        tuple(held),
        due,
        due_first,
        unplanned,
        settings.year_of(through).elapsed(through),
        {
            source: replace(sources[source], held=tuple(own[source]))
            for source in sorted(sources)
        },
    )


def settled(whole: T) -> T:
    """Return the same sum, of which nothing is asked of budgets any more."""
    held, by_path = known(whole.held), {}
    for source, part in whole.by_path.items():
        own = held if part.held is whole.held else known(part.held)
        by_path[source] = replace(part, held=own)
    return replace(whole, held=held, by_path=by_path)

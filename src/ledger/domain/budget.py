"""The money of one project: its state, and what the rules allow next (design 3.4)."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NamedTuple

import msgspec
from attrs import evolve as replace

from ledger.domain.calendar import FiscalYear
from ledger.domain.errors import (
    AfterClosure,
    AlreadyApproved,
    BeforeApproval,
    BudgetExceeded,
    InvalidInput,
    InvalidPlan,
    OutsideFiscalYear,
    ReversalExceeded,
    UnknownProject,
    UnknownSource,
    UnknownVoucher,
    VoucherUsed,
)
from ledger.domain.events import (
    AdjustmentKind,
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    Funding,
    MoneyEvent,
    ProjectClosed,
    SpendingPlanRevised,
)
from ledger.domain.indicator import check_indicators
from ledger.domain.plan import SpendingPlan
from ledger.domain.recorded import RecordedEvent
from ledger.domain.settings import Settings

LONGEST_TEXT = 10_000
"""How many characters a text of one event may have."""


class Payments(msgspec.Struct, array_like=True, gc=False):
    """
    What left (positive) and came back (negative) from one source, as columns by day.

    Attributes:
        start: The ordinal of the day of the first one recorded.

        days: Since then, in order; small numbers are read without making objects.

        amounts: Minor units.

        vouchers: Each between line ends: one text is read faster than many.

        reversed: The voucher that a reversal takes from; ``None`` where none does.
    """

    start: int = 0
    days: list[int] = []
    amounts: list[int] = []
    vouchers: str = "\n"
    reversed: list[str | None] | None = None

    def add(self, on: date, amount: int, voucher: str, of: str | None = None) -> None:
        """Take one more movement, behind those of the same day."""
        length = len(self.days)
        if not length:
            self.start = on.toordinal()
        day = on.toordinal() - self.start
        place = bisect_right(self.days, day)
        self.days.insert(place, day)
        self.amounts.insert(place, amount)
        if place == length:
            self.vouchers += f"{voucher}\n"
        else:
            lines = self.vouchers.split("\n")
            lines.insert(place + 1, voucher)
            self.vouchers = "\n".join(lines)
        if of is not None and self.reversed is None:
            self.reversed = [None] * length
        if self.reversed is not None:
            self.reversed.insert(place, of)

    def has(self, voucher: str) -> bool:
        """Say whether *voucher* was used."""
        return f"\n{voucher}\n" in self.vouchers

    def spent(self, through: date) -> int:
        """Return what left by *through*, net of what came back by then."""
        passed = self.count(through)
        whole = passed == len(self.days)
        return sum(self.amounts if whole else self.amounts[:passed])

    def count(self, through: date) -> int:
        """Return how many of them are effective by *through*."""
        days, since = self.days, through.toordinal() - self.start
        if not days or days[-1] <= since:
            return len(days)
        return bisect_right(days, since)

    def day(self, place: int) -> date:
        """Return the day of the one at *place*."""
        return date.fromordinal(self.start + self.days[place])

    def left_of(self, voucher: str) -> tuple[date, int] | None:
        """
        Return the day of a disbursement and what is not reversed yet of it.
        """
        if not self.has(voucher):
            return None
        place = self.vouchers.split("\n").index(voucher) - 1
        left = self.amounts[place]
        if self.reversed is not None:
            if self.reversed[place] is not None:
                return None
            pairs = zip(self.amounts, self.reversed, strict=True)
            left += sum(amount for amount, of in pairs if of == voucher)
        return self.day(place), left


class Adjustment(NamedTuple):
    """A signed change of the budget of one source, in minor units."""

    on: date
    source: str
    amount: int
    kind: AdjustmentKind


class PlanInForce(msgspec.Struct, array_like=True, frozen=True):
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


def in_force(plans: list[PlanInForce], on: date) -> PlanInForce:
    """Return the last of *plans* that holds from *on* or before, else the first."""
    plan = plans[0]
    for revision in plans[1:]:
        if revision.since <= on:
            plan = revision
    return plan


class Budget(msgspec.Struct, array_like=True, gc=False):
    """
    What is known of a project's money, at no particular date.

    A fold owns the state that it is given and changes it in place.
    """

    project: str
    name: str = ""
    unit: str = ""
    unit_name: str | None = None
    fiscal_year: int = 0
    approved_on: date | None = None
    closed_on: date | None = None
    original: dict[str, int] = {}
    adjustments: list[Adjustment] = []
    plans: list[PlanInForce] = []
    payments: dict[str, Payments] = {}
    closing: dict[str, int] = {}

    def current(self, through: date) -> int:
        """Return the budget after the adjustments effective by *through*."""
        return sum(self.original.values()) + sum(
            adjustment.amount
            for adjustment in self.adjustments
            if adjustment.on <= through
        )

    def available(self, source: str, on: date) -> tuple[int, date]:
        """
        Return the least available from *source* at the end of any day from *on*.

        The day is the first on which it is so little. A payment of at most this amount
        leaves every day of the effective timeline within the budget.
        """
        balance = self.original.get(source, 0)
        later: dict[date, int] = {}
        for adjustment in self.adjustments:
            if adjustment.source != source:
                continue
            if adjustment.on <= on:
                balance += adjustment.amount
            else:
                later[adjustment.on] = later.get(adjustment.on, 0) + adjustment.amount
        payments = self.payments.get(source)
        if payments is not None:
            balance -= payments.spent(on)
            for place in range(payments.count(on), len(payments.days)):
                day = payments.day(place)
                later[day] = later.get(day, 0) - payments.amounts[place]
        if self.closed_on is not None:
            closing = self.closing.get(source, 0)
            if self.closed_on <= on:
                balance -= closing
            else:
                later[self.closed_on] = later.get(self.closed_on, 0) - closing
        least, first = balance, on
        for day in sorted(later):
            balance += later[day]
            if balance < least:
                least, first = balance, day
        return least, first

    def disbursement(self, voucher: str) -> tuple[str, date, int] | None:
        """Return the source and day of a disbursement, and what is left of it."""
        for source, payments in self.payments.items():
            found = payments.left_of(voucher)
            if found is not None:
                return source, *found
        return None

    def pay(
        self, source: str, on: date, amount: int, voucher: str, of: str | None = None
    ) -> None:
        """Take one more movement of money."""
        payments = self.payments.get(source)
        if payments is None:
            payments = self.payments[source] = Payments()
        payments.add(on, amount, voucher, of)


def evolve(budget: Budget, recorded: RecordedEvent) -> Budget:
    """Follow the project's money; ignore its indicators."""
    event = recorded.event
    match event:
        case Disbursed():
            budget.pay(event.source, event.on, event.amount, event.voucher)
        case DisbursementReversed():
            paid = budget.disbursement(event.of)
            assert paid is not None
            budget.pay(paid[0], event.on, -event.amount, event.voucher, event.of)
        case BudgetAdjusted():
            sign = event.kind.sign
            budget.adjustments += [
                Adjustment(event.on, part.source, sign * part.amount, event.kind)
                for part in event.amounts
            ]
        case SpendingPlanRevised():
            revision = PlanInForce.of(event.on, event.plan)
            insort(budget.plans, revision, key=_since)
        case BudgetApproved():
            budget.name = event.name
            budget.unit = event.unit
            budget.unit_name = event.unit_name
            budget.fiscal_year = event.fiscal_year
            budget.approved_on = event.on
            budget.original = {part.source: part.amount for part in event.amounts}
            budget.plans = [PlanInForce.of(event.on, event.plan)]
        case ProjectClosed():
            budget.closed_on = event.on
            for part in (*event.carried_over, *event.lapsed):
                budget.closing[part.source] = (
                    budget.closing.get(part.source, 0) + part.amount
                )
        case _:
            pass
    return budget


def decide(budget: Budget, event: MoneyEvent, settings: Settings) -> MoneyEvent:
    """
    Return the fact that a request for *event* becomes.

    Raises:
        Refused: A rule of design 3.4 forbids it; the subclass says which.
        InvalidInput: A field of *event* cannot be taken.
    """
    return _DECIDED_BY[type(event)](budget, event, settings)


def decide_approval(
    budget: Budget, event: BudgetApproved, settings: Settings
) -> BudgetApproved:
    """Approve a project once, with a plan that ends at its budget."""
    if budget.approved_on is not None:
        raise AlreadyApproved(f"project {event.project}")
    year = settings.year(event.fiscal_year)
    earliest = year.start.replace(year=year.start.year - 1)
    if not earliest <= event.on <= year.end:
        raise OutsideFiscalYear(event.project, event.on, earliest, year.end)
    _check_text("name", event.name)
    _check_text("unit", event.unit)
    _check_amounts(event.amounts, least=0)
    _check_plan(event.plan, sum(part.amount for part in event.amounts), year, settings)
    check_indicators(event.indicators)
    return event


def decide_disbursement(
    budget: Budget, event: Disbursed, settings: Settings
) -> Disbursed:
    """Pay if every day from then on stays within the budget of the source."""
    check_open(budget, event.project, event.on, settings)
    _check_voucher(budget, event.voucher)
    source, amount = event.source, event.amount
    _check_text("source", source)
    _check_amount(amount, least=1)
    _check_source(budget, source, event.on)
    _check_available(budget, source, amount, event.on, "disburse", settings)
    return event


def decide_reversal(
    budget: Budget, event: DisbursementReversed, settings: Settings
) -> DisbursementReversed:
    """Take back at most what is left of a disbursement, not before it was made."""
    check_open(budget, event.project, event.on, settings)
    _check_voucher(budget, event.voucher)
    paid = budget.disbursement(event.of)
    if paid is None:
        raise UnknownVoucher(event.of, within=event.project)
    _, paid_on, left = paid
    _check_amount(event.amount, least=1)
    if event.on < paid_on:
        raise InvalidInput(
            "on", event.on, f"a day from {paid_on} on, when {event.of!r} was disbursed"
        )
    if event.amount > left:
        raise ReversalExceeded(
            f"{event.project}: cannot reverse {settings.money(event.amount)} of "
            f"voucher {event.of!r}, {settings.money(left)} are left of it",
            requested=event.amount,
            left=left,
        )
    return event


def decide_adjustment(
    budget: Budget, event: BudgetAdjusted, settings: Settings
) -> BudgetAdjusted:
    """Change the budget, never below what is disbursed on any later day."""
    check_open(budget, event.project, event.on, settings)
    _check_amounts(event.amounts)
    if event.kind.sign < 0:
        for part in event.amounts:
            _check_source(budget, part.source, event.on)
            source, amount, verb = part.source, part.amount, f"take by {event.kind}"
            _check_available(budget, source, amount, event.on, verb, settings)
    return event


def decide_plan(
    budget: Budget, event: SpendingPlanRevised, settings: Settings
) -> SpendingPlanRevised:
    """Replace the plan by one that ends at the budget of that day."""
    year = check_open(budget, event.project, event.on, settings)
    _check_plan(event.plan, budget.current(event.on), year, settings)
    return event


def decide_closure(
    budget: Budget, event: ProjectClosed, settings: Settings
) -> ProjectClosed:
    """
    Close a project; what is neither carried over nor lapsed in the request lapses.
    """
    check_open(budget, event.project, event.on, settings)
    _check_amounts((*event.carried_over, *event.lapsed), least=0, once=False)
    last = max((p.day(-1) for p in budget.payments.values()), default=event.on)
    if last > event.on:
        raise InvalidInput("on", event.on, f"a day from {last} on, the last payment's")
    lapsed = {part.source: part.amount for part in event.lapsed}
    for source in _sources(budget):
        left, _ = budget.available(source, event.on)
        claimed = sum(p.amount for p in event.carried_over if p.source == source)
        if not event.lapsed and left > claimed:
            lapsed[source] = left - claimed
        if claimed + lapsed.get(source, 0) != left:
            raise InvalidInput(
                "carried_over and lapsed",
                f"{settings.money(claimed + lapsed.get(source, 0))} of {source}",
                f"what is left of {source}, {settings.money(left)}",
            )
    parts = [Funding(source=s, amount=a) for s, a in lapsed.items() if a]
    return replace(event, lapsed=tuple(parts))


def check_open(
    budget: Budget, project: str, on: date, settings: Settings
) -> FiscalYear:
    """
    Hold a fact to the project's life, and return its fiscal year.

    Raises:
        UnknownProject: It was never approved.
        OutsideFiscalYear: *on* is not a day of its fiscal year.
        BeforeApproval: It was not approved yet on that day.
        AfterClosure: It was closed by then.
    """
    if budget.approved_on is None:
        raise UnknownProject(project)
    year = settings.year(budget.fiscal_year)
    if on not in year:
        raise OutsideFiscalYear(project, on, year.start, year.end)
    if on < budget.approved_on:
        raise BeforeApproval(project, on, budget.approved_on)
    if budget.closed_on is not None and on > budget.closed_on:
        raise AfterClosure(project, on, budget.closed_on)
    return year


def _since(plan: PlanInForce) -> date:
    return plan.since


def _sources(budget: Budget) -> list[str]:
    return sorted(budget.original.keys() | {a.source for a in budget.adjustments})


def _check_available(
    budget: Budget, source: str, amount: int, on: date, verb: str, settings: Settings
) -> None:
    available, day = budget.available(source, on)
    if amount > available:
        raise BudgetExceeded(
            f"{budget.project}: cannot {verb} {settings.money(amount)} from {source} "
            f"on {on}; {settings.money(available)} are available on {day}",
            requested=amount,
            available=available,
            day=day,
        )


def _check_source(budget: Budget, source: str, on: date) -> None:
    if source in budget.original:
        return
    known = _sources(budget)
    if source not in known:
        raise UnknownSource(source, within=f"{budget.project} on {on}", known=known)


def _check_voucher(budget: Budget, voucher: str) -> None:
    _check_text("voucher", voucher)
    if not voucher.isprintable():
        raise InvalidInput("voucher", voucher, "printable characters on one line")
    for payments in budget.payments.values():
        if payments.has(voucher):
            raise VoucherUsed(budget.project, voucher)


def _check_text(name: str, text: object) -> None:
    if not isinstance(text, str) or not text.strip() or len(text) > LONGEST_TEXT:
        raise InvalidInput(
            name, text, f"a text of 1 to {LONGEST_TEXT} characters, not blank"
        )


def _check_amount(amount: object, *, least: int) -> None:
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise InvalidInput("amount", amount, "integer minor units")
    if amount < least:
        raise InvalidInput("amount", amount, f"at least {least} minor unit(s)")


def _check_amounts(
    amounts: Iterable[Funding], *, least: int = 1, once: bool = True
) -> None:
    seen: set[str] = set()
    for part in amounts:
        _check_text("source", part.source)
        _check_amount(part.amount, least=least)
        if once and part.source in seen:
            raise InvalidInput("source", part.source, "each funding source once")
        seen.add(part.source)
    if least and not seen:
        raise InvalidInput("amounts", "nothing", "at least one amount")


def _check_plan(
    plan: SpendingPlan, budget: int, year: FiscalYear, settings: Settings
) -> None:
    before = 0
    last: date | None = None
    for checkpoint in plan.checkpoints:
        if checkpoint.on not in year or (last is not None and checkpoint.on <= last):
            raise InvalidPlan(
                "plan",
                str(checkpoint.on),
                f"days in order, from {year.start} to {year.end}",
            )
        if checkpoint.amount < before:
            raise InvalidPlan(
                "plan",
                settings.money(checkpoint.amount),
                f"cumulative amounts, {settings.money(before)} or more",
            )
        before, last = checkpoint.amount, checkpoint.on
    if before != budget:
        raise InvalidPlan(
            "plan",
            settings.money(before),
            f"a plan that ends at the budget, {settings.money(budget)}",
        )


_DECIDED_BY: Final[dict[type, Callable[..., MoneyEvent]]] = {
    BudgetApproved: decide_approval,
    Disbursed: decide_disbursement,
    DisbursementReversed: decide_reversal,
    BudgetAdjusted: decide_adjustment,
    SpendingPlanRevised: decide_plan,
    ProjectClosed: decide_closure,
}

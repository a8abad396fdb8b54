"""Random facts about money: approvals, payments, adjustments, plans, closings."""

from datetime import date, timedelta
from random import Random
from typing import Any

from ledger import Funding
from ledger.events import (
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    ProjectClosed,
    SpendingPlanRevised,
)

from . import money
from .book import Book, approvals
from .calendar import Year
from .shapes import Shapes
from .spelling import canonical, other_source, other_voucher


class MoneyDraws:
    """Draws what people say about money."""

    rng: Random
    book: Book
    year: Year
    shapes: Shapes
    vouchers: int
    today: date

    def project(self) -> str:
        """Choose a project; seldom one that is not there."""
        codes = [a.project for a in approvals(self.book.facts)]
        if self.rng.random() < 0.02 or not codes:
            return "P-999"
        return self.rng.choice(codes)

    def own(self, project: str) -> list[Any]:
        """Return the money facts of a project."""
        return money.of_project((f.event for f in self.book.facts), project)

    def day(self, project: str) -> date:
        """Choose an effective day: mostly between approval and today."""
        rng = self.rng
        own = self.own(project)
        approved = money.approval(own)
        first = approved.on if approved is not None else self.year.first
        latest = min(self.today, self.plan_year(own).last)
        kind = rng.random()
        if kind < 0.03:
            return first - timedelta(days=rng.randint(1, 40))
        if kind < 0.06:
            return self.today + timedelta(days=rng.randint(1, 60))
        if kind < 0.2:
            return latest
        days = [f.on for f in own if f.on <= self.today]
        if days and kind < 0.5:
            return rng.choice(days)
        span = max((latest - first).days, 0)
        return first + timedelta(days=rng.randint(0, span))

    def source(self, own: list[Any]) -> str:
        """Choose a source: mostly one of the project."""
        known = money.sources(own)
        if not known or self.rng.random() < 0.04:
            return self.rng.choice(["fiscal", "other", "special_account"])
        name = self.rng.choice(known)
        return other_source(self.rng, name) if self.rng.random() < 0.05 else name

    def voucher(self) -> str:
        """Choose a voucher number: mostly a new one."""
        if self.vouchers and self.rng.random() < 0.03:
            used = f"V-{self.rng.randint(1, self.vouchers)}"
            return self.rng.choice([used, other_voucher(self.rng, used)])
        self.vouchers += 1
        return f"V-{self.vouchers}"

    def share(self, left: int) -> int:
        """Choose an amount up to what is left, seldom more or nothing."""
        kind = self.rng.random()
        if kind < 0.02:
            return 0
        if kind < 0.08:
            return max(left, 0) + self.rng.randint(1, 1000)
        if kind < 0.14:
            return max(left, 1)
        return self.rng.randint(1, max(left // self.rng.choice([1, 2, 4, 9]), 1))

    @staticmethod
    def left(own: list[Any], source: str) -> int:
        """Return what a source has left in the end."""
        name = canonical(Funding(source=source, amount=1)).source
        return money.available(own, name, date.max) if own else 100

    def payment(self) -> tuple[Any, ...]:
        """Pay something."""
        project = self.project()
        own, day = self.own(project), self.day(project)
        source = self.source(own)
        left = self.left(own, source)
        return (
            Disbursed(
                project=project,
                on=day,
                amount=self.share(left),
                source=source,
                voucher=self.voucher(),
                payee=self.rng.choice([None, "县中医院", "邮政"]),
            ),
        )

    def reversal(self) -> tuple[Any, ...]:
        """Reverse a payment."""
        project = self.project()
        own = self.own(project)
        paid = [f for f in own if isinstance(f, Disbursed)]
        of = self.rng.choice(paid).voucher if paid else "V-0"
        day = self.day(project)
        if paid and self.rng.random() < 0.8:
            since = next(f.on for f in paid if f.voucher == of)
            day = max(day, since)
        left = money.left_of(own, of)
        return (
            DisbursementReversed(
                project=project,
                on=day,
                voucher=self.voucher(),
                of=self.named(of),
                amount=self.share(left),
            ),
        )

    def named(self, of: str) -> str:
        """Name a payment, seldom in another spelling or a wrong one."""
        kind = self.rng.random()
        if kind < 0.05:
            return other_voucher(self.rng, of)
        return "V-0" if kind > 0.98 else of

    def adjustment(self) -> tuple[Any, ...]:
        """Give to a budget, or take from it."""
        project = self.project()
        own = self.own(project)
        source = self.source(own)
        kind = self.rng.choice(["supplement", "reduction", "recall"])
        left = self.left(own, source)
        most = 5_000_000 if kind == "supplement" else left
        return (
            BudgetAdjusted(
                project=project,
                on=self.day(project),
                kind=self.shapes.kind(kind),
                amounts=(Funding(source=source, amount=self.share(most)),),
                new_source=self.rng.random() < 0.3,
            ),
        )

    def virement(self) -> tuple[Any, ...]:
        """Move money from a project to another; seldom badly."""
        giver, taker = self.project(), self.project()
        own = self.own(giver)
        source, day = self.source(own), self.day(giver)
        amount = self.share(self.left(own, source))
        wrong = self.rng.random()
        legs = []
        for project, kind in ((giver, "virement_out"), (taker, "virement_in")):
            into = kind == "virement_in"
            legs.append(
                BudgetAdjusted(
                    project=project,
                    on=day + timedelta(days=into and wrong < 0.03),
                    kind=self.shapes.kind(kind),
                    amounts=(
                        Funding(
                            source="other" if into and wrong > 0.97 else source,
                            amount=amount + (into and 0.03 < wrong < 0.06),
                        ),
                    ),
                    document=self.rng.choice(["No 7", "No 7", "No 7", None]),
                    new_source=into and self.rng.random() < 0.3,
                )
            )
        return tuple(legs[: 1 if 0.06 < wrong < 0.08 else 2])

    def plan(self) -> tuple[Any, ...]:
        """Revise a plan; seldom to another end."""
        project, own = self.project(), []
        own = self.own(project)
        day = self.day(project)
        budget = money.current(own, None, day) + (self.rng.random() < 0.05)
        plan = Shapes(self.rng, self.plan_year(own)).plan(budget)
        return (SpendingPlanRevised(project=project, on=day, plan=plan),)

    def plan_year(self, own: list[Any]) -> Year:
        """Return the year of a project."""
        approved = money.approval(own)
        name = approved.fiscal_year if approved is not None else self.year.name
        return Year(name, self.book.calendar)

    def closing(self) -> tuple[Any, ...]:
        """Close a project: some of what is left is carried, the rest lapses."""
        project = self.project()
        own = self.own(project)
        day = self.day(project)
        if own and self.rng.random() < 0.8:
            day = max(day, *(f.on for f in own))
        carried, lapsed = [], []
        for source in money.sources(own):
            left = money.available(own, source, day)
            over = self.rng.choice([0, left, self.rng.randint(0, max(left, 0))])
            if self.rng.random() < 0.05:
                over += 1
            if over > 0:
                carried.append(Funding(source=source, amount=over))
            if left - over > 0:
                lapsed.append(Funding(source=source, amount=left - over))
        return (
            ProjectClosed(
                project=project,
                on=day,
                carried_over=tuple(carried),
                lapsed=tuple(lapsed),
            ),
        )

"""Random facts about money: approvals, payments, adjustments, plans, closings."""

from datetime import date, timedelta
from random import Random
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
    ProjectClosed,
    ProjectReopened,
    SpendingPlanRevised,
)

from . import carries, money, refunds, withdrawals
from .book import Book, Fact, approvals, under_approval
from .calendar import ONE_DAY, Year
from .shapes import Shapes
from .spelling import canonical, other_source, other_voucher


class MoneyDraws:
    """Draws what people say about money."""

    rng: Random
    book: Book
    year: Year
    shapes: Shapes
    vouchers: int
    years_of: dict[str, int]
    today: date

    def project(self) -> str:
        """Choose a project; seldom one that is not there."""
        known = [(a.project, a.fiscal_year) for a in approvals(self.book.facts)]
        known += [
            (f.event.project, f.year)
            for f in self.book.facts
            if getattr(f.event, "opens", None) is not None
        ]
        if self.rng.random() < 0.02 or not known:
            return "P-999"
        project, self.years_of[project] = self.rng.choice(known)
        return project

    def own(self, project: str) -> list[Any]:
        """Return the money facts of a project in the year that was chosen with it."""
        year = self.years_of.get(project, self.year.name)
        return money.of_project(self.facts_now(), project, year)

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
        facts = [f.event for f in self.book.facts]
        known = [f.voucher for f in facts if hasattr(f, "voucher")]
        if known and self.rng.random() < 0.05:
            used = self.rng.choice(known)
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

    def refund(self) -> tuple[Any, ...]:
        """Have money of an earlier year come back, or take that back."""
        found = refunds.drawn(self.rng, self.book, self.facts_now(), self.today)
        if found is None:
            return ()
        event, left = found
        amount = self.share(left)
        made = attrs.evolve(event, voucher=self.voucher(), amount=amount)
        return (refunds.vague(self.rng, made),)

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
            day = max(day, *(f.on for f in own if not isinstance(f, carries.OF_YEARS)))
        carried, lapsed = [], []
        for source in money.sources(own):
            left = money.unclaimed(own, source, day)
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
                carried_over=tuple(carried),
                lapsed=tuple(lapsed) if self.rng.random() < 0.5 else (),
                **self.ended(own, day),
            ),
        )

    def ended(self, own: list[Any], day: date) -> dict[str, Any]:
        """State the year that a closing ends, often; then it may be dated after it."""
        if not own or self.rng.random() < 0.4:
            return {"on": day}
        year = self.plan_year(own)
        after = self.today > year.last and self.rng.random() < 0.5
        return {"on": self.today if after else day, "year": year.name}

    def correction(self) -> tuple[Any, ...]:
        """Take back an adjustment, mostly all legs of it; seldom one that is none."""
        rng = self.rng
        known = [f for f in self.book.facts if isinstance(f.event, BudgetAdjusted)]
        if not known:
            return ()
        one = rng.choice(known)
        legs = [f for f in known if f.at == one.at and f.event.on == one.event.on]
        legs = [f for f in legs if f.event.document == one.event.document]
        if "virement" not in one.event.kind or rng.random() < 0.05:
            legs = [one]
        day = one.event.on + timedelta(days=rng.choice([0, 0, 1, 30, -1]))
        return tuple(
            AdjustmentCorrected(project=f.event.project, on=day, of=f.id, reason="误")
            for f in legs
        )

    def withdrawal(self) -> tuple[Any, ...]:
        """Withdraw an approval, mostly one on which nothing rests."""
        known = {(f.event.project, f.year) for f in self.approved_facts()}
        bare = [
            (code, year)
            for code, year in sorted(known)
            if withdrawals.is_bare(money.of_project(self.facts_now(), code, year))
        ]
        if not bare or self.rng.random() < 0.2:
            bare = sorted(known)
        if not bare:
            return ()
        project, year = self.rng.choice(bare)
        self.years_of[project] = year
        day = self.day(project)
        stated = {"year": year} if self.rng.random() < 0.7 else {}
        return (ApprovalWithdrawn(project=project, on=day, reason="误", **stated),)

    def facts_now(self) -> list[Fact]:
        """Return the facts under the approvals that hold in the end."""
        return under_approval(self.book.facts, date.max)

    def approved_facts(self) -> list[Fact]:
        """Return the approvals that were not made by a form."""
        return [
            f
            for f in self.facts_now()
            if isinstance(f.event, BudgetApproved) and f.event.project[:1] == "P"
        ]

    def reopening(self) -> tuple[Any, ...]:
        """Open a closed year again; seldom one that is open."""
        closed = [f for f in self.book.facts if isinstance(f.event, ProjectClosed)]
        project = self.project()
        year = self.years_of.get(project, self.year.name)
        if closed and self.rng.random() < 0.9:
            one = self.rng.choice(closed)
            project, year = one.event.project, one.year
        last = Year(year, self.book.calendar).last
        return (ProjectReopened(project=project, on=last, year=year, reason="迟到"),)

    def passing_on(self) -> tuple[Any, ...]:
        """Hand on what a closed year claims, or give it back; seldom badly."""
        rng = self.rng
        closed = [f for f in self.book.facts if isinstance(f.event, ProjectClosed)]
        if not closed:
            return ()
        claimed = [f for f in closed if f.event.carried_over]
        one = rng.choice(claimed if claimed and rng.random() < 0.9 else closed)
        project, year = one.event.project, one.year
        after = Year(year + 1, self.book.calendar)
        takers = [a for a in approvals(self.book.facts) if a.fiscal_year == year + 1]
        taker = rng.choice([project, *(a.project for a in takers)])
        own = money.of_project(self.book.facts, project, year)
        gone = [
            f.to_project or project
            for f in own
            if isinstance(f, CarriedOver) and f.amounts
        ]
        back = rng.random() < (0.5 if gone else 0.05)
        if back and gone and rng.random() < 0.9:
            taker = rng.choice(gone)
        span = max((min(self.today, after.last) - after.first).days, 0)
        day = after.first + timedelta(days=rng.randint(0, span))
        leg = CarryReturned if back else CarriedOver
        other = None if taker == project and rng.random() < 0.5 else taker
        giver = leg(
            project=project,
            on=day if rng.random() < 0.97 else after.last + ONE_DAY,
            year=year,
            document=rng.choice([None, "No 2"]),
            **{"from_project" if back else "to_project": other},
        )
        known = carries.left(own, giver)
        wanted = {s: self.share(a) for s, a in known.items() if rng.random() < 0.7}
        if not wanted:
            wanted = known or {"fiscal": self.share(100)}
        return self.legs(giver, taker, wanted, whole=wanted == known)

    def legs(
        self, giver: Any, taker: str, wanted: dict[str, int], *, whole: bool
    ) -> tuple[Any, ...]:
        """Make both legs of what passes on; seldom one alone, or two that differ."""
        rng = self.rng
        parts = tuple(Funding(source=s, amount=a) for s, a in sorted(wanted.items()))
        if not whole or rng.random() < 0.5:
            giver = attrs.evolve(giver, amounts=parts)
        wrong = rng.random()
        kind = "carry_returned" if isinstance(giver, CarryReturned) else "carried_in"
        sums: dict[str, int] = {}
        for part in parts:
            name = carries.carried(part.source) if wrong < 0.98 else part.source
            sums[name] = sums.get(name, 0) + part.amount + (wrong < 0.02)
        other = BudgetAdjusted(
            project=taker,
            on=giver.on,
            kind=self.shapes.kind(kind),
            amounts=tuple(Funding(source=s, amount=a) for s, a in sums.items()),
            document=giver.document,
        )
        both = (giver, other) if rng.random() < 0.5 else (other, giver)
        return both[:1] if 0.02 < wrong < 0.04 else both

"""Random revisions of forms: names, units, and the rows of indicators."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import attrs

from ledger import Direction, Funding, Measure
from ledger.domain.indicator import ClearedField
from ledger.events import FormRevised

from . import announced, money, revised
from .book import Book, Fact
from .shapes import Shapes

UNITS = ("301", "301001", "302")


class FormDraws:
    """Draws how forms are revised."""

    rng: Random
    book: Book
    shapes: Shapes
    project: Callable[[], str]
    day: Callable[[str], date]
    years_of: dict[str, int]
    approved_facts: Callable[[], list[Fact]]
    facts_now: Callable[[], list[Fact]]

    def form_revision(self) -> tuple[Any, ...]:
        """Revise a form: from its own day on, or as a correction; seldom badly."""
        rng = self.rng
        carried = [f for f in self.facts_now() if getattr(f.event, "opens", None)]
        begun = [*self.approved_facts(), *carried]
        known = sorted({(f.event.project, f.year) for f in begun})
        if not known:
            return ()
        project, year = rng.choice(known)
        self.years_of[project] = year
        day, said = self.day(project), dict[str, Any]()
        kind = rng.random()
        if kind < 0.45:
            said |= self.retitled(project)
        if kind > 0.35:
            said |= self.row_revised(f"project:{year}:{project}", day)
        if kind > 0.9 or (not said and rng.random() < 0.7):
            said["added"] = self.added(f"project:{year}:{project}")
        correction = rng.random() < 0.3
        return (FormRevised(project=project, on=day, correction=correction, **said),)

    def announcement(self) -> tuple[Any, ...]:
        """Revise what a form prints of the year before, seldom of one that did not."""
        rng = self.rng
        forms = [
            f for f in self.approved_facts() if f.event.carried or rng.random() < 0.02
        ]
        if not forms:
            return ()
        facts = self.facts_now()
        brought = [f for f in forms if announced.came(own(facts, f), announced.BARE)]
        if not brought and rng.random() < 0.7:
            return ()
        chosen = rng.choice(brought if brought and rng.random() < 0.8 else forms)
        project, year = chosen.event.project, chosen.year
        self.years_of[project] = year
        known = announced.forms(facts, project, year)
        now = known[-1].amounts if known else {announced.BARE: 100}
        had = announced.came(own(facts, chosen), announced.BARE)
        changed = {}
        for source, printed in (now or {announced.BARE: 500}).items():
            amount = had if had and rng.random() < 0.7 else printed
            change = rng.choice([-amount, -1, 0, 1, -(amount // 3), 900])
            changed[source] = max(amount + change, 0)
        if rng.random() < 0.05:
            changed = {"fiscal": 1}
        carried = tuple(Funding(source=s, amount=a) for s, a in changed.items())
        correction = rng.random() < 0.2
        on = self.day(project)
        said = {"carried": carried, "correction": correction}
        return (FormRevised(project=project, on=on, **said),)

    def retitled(self, project: str) -> dict[str, Any]:
        """Draw another name, another unit or another purpose."""
        rng = self.rng
        said: dict[str, Any] = {}
        if rng.random() < 0.5:
            name = f"项目{project}第{rng.randint(1, 99)}号"
            said["name"] = name if rng.random() < 0.97 else " "
        if rng.random() < 0.5:
            said["to_unit"] = rng.choice(UNITS)
        if rng.random() < 0.3:
            said["unit_name"] = rng.choice(["", "新局"])
        if rng.random() < 0.1:
            said |= {"goals": ("办好",), "purpose": "惠民"}
        if rng.random() < 0.1:
            said["project_category"] = rng.choice(["personnel", "运转类"])
        return said

    def row_revised(self, stream: str, day: date) -> dict[str, Any]:
        """Draw what becomes of one indicator."""
        rng, facts = self.rng, self.facts_now()
        rows = revised.rows_at(facts, stream, day)
        if not rows or rng.random() < 0.02:
            return {"indicator": "没有的指标", "removed": True}
        label, row = rng.choice([*zip(revised.labels(rows), rows, strict=True)])
        known = sorted(revised.meanings(facts, stream))
        if known and rng.random() < 0.1:
            label = rng.choice(known)
        said: dict[str, Any] = {"indicator": label}
        kind = rng.random()
        if kind < 0.15:
            return said | {"removed": True}
        if kind < 0.45:
            said["renamed"] = f"指标{rng.randint(1, 40)}"
        if kind > 0.4 and rng.random() < 0.5:
            said["measure"] = rng.choice(list(Measure))
        if kind > 0.4 and rng.random() < 0.4:
            said["weight"] = Decimal(rng.choice([0, 500, 1234, 9000, 10001])) / 100
        if rng.random() < 0.2 and row.indicator.target.value is not None:
            off = rng.randint(-1, 20)
            said["baseline"] = row.indicator.target.value - off
        if rng.random() < 0.1:
            said["direction"] = rng.choice(list(Direction))
        if rng.random() < 0.15:
            said["builds_up"] = rng.random() < 0.7
        if rng.random() < 0.1:
            said["basis"] = "县发〔2023〕7号"
        if kind > 0.95:
            said["cleared"] = (rng.choice(list(ClearedField)),)
        return said

    def added(self, stream: str) -> Any:
        """Draw an indicator that comes; seldom one of a name that is there."""
        number = self.rng.randint(8, 40)
        one = self.shapes.indicator(number)
        first = revised.first_rows(self.facts_now(), stream) or ()
        if first and self.rng.random() < 0.2:
            one = attrs.evolve(one, name=self.rng.choice(first).name)
        return one


def own(facts: list[Fact], approved: Fact) -> list[Any]:
    """Return the money facts of the project-year of an approval."""
    return money.of_project(facts, approved.event.project, approved.year)

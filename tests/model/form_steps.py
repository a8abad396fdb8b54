"""Forms of approval and their corrections, as the interchange says them."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

from ledger import (
    AdjustmentKind,
    Checkpoint,
    Funding,
    Indicator,
    Measure,
    SpendingPlan,
    Target,
    TargetKind,
)
from ledger.events import (
    BudgetAdjusted,
    BudgetApproved,
    SpendingPlanRevised,
    TargetRevised,
)

from . import money, told
from .book import Book

KINDS = {
    "≥": TargetKind.AT_LEAST,
    "≤": TargetKind.AT_MOST,
    "＞": TargetKind.MORE_THAN,
    "": TargetKind.EXACTLY,
}


class Form(NamedTuple):
    """What one form says of one project."""

    project: str
    on: date
    amounts: tuple[tuple[str, int], ...]
    checkpoints: tuple[tuple[date, int], ...]
    targets: tuple[tuple[str, str, int, str], ...]
    """Of each indicator: the sign, the value and the unit behind its name."""

    @property
    def budget(self) -> int:
        """What is approved in all."""
        return sum(amount for _, amount in self.amounts)


def target_of(sign: str, value: int, unit: str) -> Target:
    """Read a printed target, as the rules read it."""
    text = f"{sign}{value}{unit}"
    return Target(text=text, kind=KINDS[sign], value=Decimal(value), unit=unit)


def plan_of(form: Form) -> SpendingPlan:
    """Return the plan that a form prints."""
    points = tuple(Checkpoint(on=on, amount=amount) for on, amount in form.checkpoints)
    return SpendingPlan(checkpoints=points)


def approval_of(form: Form, fiscal_year: int) -> BudgetApproved:
    """Return the approval that a form makes."""
    return BudgetApproved(
        project=form.project,
        on=form.on,
        name=f"项目{form.project}",
        unit="301",
        fiscal_year=fiscal_year,
        amounts=tuple(Funding(source=s, amount=a) for s, a in form.amounts),
        plan=plan_of(form),
        indicators=tuple(
            Indicator(
                level1="产出指标",
                level2="数量指标",
                name=name,
                target=target_of(*printed),
                measure=Measure.LATEST,
            )
            for name, *printed in form.targets
        ),
    )


def interchange(
    form: Form, fiscal_year: int, digits: int, money_unit: str
) -> dict[str, Any]:
    """Say a form in the interchange."""

    def text(minor: int) -> str:
        return f"{Decimal(minor).scaleb(-digits):f}"

    project = {
        "project_code": form.project,
        "project_name": f"项目{form.project}",
        "unit_code": "301",
        "budget": text(form.budget),
        "sources": {source: text(amount) for source, amount in form.amounts},
        "plan_columns": [on.isoformat() for on, _ in form.checkpoints],
        "plan_row": [text(amount) for _, amount in form.checkpoints],
        "plan_reading": "cumulative",
        "indicators": [
            {
                "level1": "产出指标",
                "level2": "数量指标",
                "level3": name,
                "target": f"{sign}{value}{unit}",
                "measure": "latest",
            }
            for name, sign, value, unit in form.targets
        ],
    }
    document = {
        "fiscal_year": fiscal_year,
        "money_unit": money_unit,
        "approved_on": form.on.isoformat(),
    }
    return {"document": document, "projects": [project]}


def in_force(forms: list[Form], day: date) -> Form | None:
    """Return the form in force: the last effective, the last recorded among equals."""
    found: Form | None = None
    for form in forms:
        if form.on <= day and (found is None or form.on >= found.on):
            found = form
    return found


def revised(book: Book, form: Form) -> list[Any] | None:
    """Return the facts that a corrected form makes; nothing where it is refused."""
    before = [one for one in book.forms if one.project == form.project]
    if any(one.on > form.on for one in before):
        return None
    base = in_force(before, form.on)
    assert base is not None
    own = money.of_project(book.facts, form.project, book.year_of(form.on).name)
    found: list[Any] = []
    old, new = dict(base.amounts), dict(form.amounts)
    more, less = [], []
    for source in sorted({*old, *new}):
        delta = new.get(source, 0) - old.get(source, 0)
        if delta and money.current(own, source, form.on) != new.get(source, 0):
            part = Funding(source=source, amount=abs(delta))
            (more if delta > 0 else less).append(part)
    for parts, kind in ((more, "supplement"), (less, "reduction")):
        if parts:
            found.append(
                BudgetAdjusted(
                    project=form.project,
                    on=form.on,
                    kind=AdjustmentKind(kind),
                    amounts=tuple(parts),
                    new_source=True,
                )
            )
    plan = plan_of(form)
    if plan != plan_of(base) and plan != money.plan_at(own, form.on):
        found.append(SpendingPlanRevised(project=form.project, on=form.on, plan=plan))
    return [*found, *_targets(book, base, form, own)]


def _targets(book: Book, base: Form, form: Form, own: list[Any]) -> list[Any]:
    approved = money.approval(own)
    assert approved is not None
    stream = f"project:{book.year_of(form.on).name}:{form.project}"
    found = []
    was = {name: tuple(printed) for name, *printed in base.targets}
    for name, *printed in form.targets:
        if was.get(name) == tuple(printed):
            continue
        one = next(i for i in approved.indicators if i.name == name)
        target = target_of(*printed)
        now = told.target_at(book.facts, stream, name, one, form.on)
        if now != target:
            found.append(
                TargetRevised(
                    project=form.project, on=form.on, indicator=name, target=target
                )
            )
    return found


def essence(events: list[Any]) -> dict[str, Any]:
    """Say what facts come to, however they are parted into events."""
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, BudgetAdjusted):
            for part in event.amounts:
                key = f"{event.on} {part.source}"
                signed = part.amount * money.ADDS[event.kind]
                found[key] = found.get(key, 0) + signed
        elif isinstance(event, TargetRevised):
            found[f"{event.on} {event.indicator}"] = event.target
        elif isinstance(event, SpendingPlanRevised):
            found[f"{event.on} plan"] = event.plan.checkpoints
        else:
            found[f"{event.on} approved"] = (
                event.project,
                event.amounts,
                event.plan and event.plan.checkpoints,
                tuple((i.name, i.target, i.measure) for i in event.indicators),
            )
    return found


def drawn(rng: Random, project: str, on: date, last: date) -> Form:
    """Draw the first form of a project."""
    amounts = tuple(
        (source, rng.randint(1000, 9_000_000))
        for source in rng.choice([("fiscal",), ("fiscal", "other")])
    )
    targets = tuple(
        (f"目标{n}", rng.choice(["≥", "≤", "＞"]), rng.randint(1, 200), "次")
        for n in range(3)
    )
    whole = sum(amount for _, amount in amounts)
    return Form(project, on, amounts, ((last, whole),), targets)


def corrected(rng: Random, forms: list[Form], on: date, last: date) -> Form:
    """Draw a corrected form: some of it changed, or an earlier wording again."""
    base = rng.choice([forms[-1], *forms])
    amounts, targets = list(base.amounts), list(base.targets)
    if rng.random() < 0.6:
        at = rng.randrange(len(amounts))
        source, amount = amounts[at]
        amounts[at] = (source, max(amount + rng.randint(-100_000, 900_000), 1))
    if rng.random() < 0.6:
        at = rng.randrange(len(targets))
        name, sign, _, unit = targets[at]
        targets[at] = (name, sign, rng.randint(1, 200), unit)
    whole = sum(amount for _, amount in amounts)
    return Form(base.project, on, tuple(amounts), ((last, whole),), tuple(targets))

"""Random approvals: budgets, plans, indicators and the targets that people print."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import attrs

from ledger import (
    AdjustmentKind,
    Checkpoint,
    Convention,
    Direction,
    Funding,
    Indicator,
    IndicatorReference,
    Measure,
    Objective,
    SpendingPlan,
    Target,
    TargetKind,
)
from ledger.events import BudgetApproved, Course, Milestone, ObjectivesSet

from .calendar import Year
from .courses import ONE_BOUND

LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "经济效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
SIGNS = {
    "at_least": "≥",
    "at_most": "≤",
    "more_than": "＞",
    "less_than": "＜",
    "exactly": "",
}
UNITS = ("次", "次/月", "人", "%", "台", "天", "元", "件")
SOURCES = ("fiscal", "fiscal/central", "other", "carried_over", "other/own")


class Shapes:
    """Draws what a form says."""

    def __init__(self, rng: Random, year: Year) -> None:
        self.rng, self.year = rng, year

    @staticmethod
    def kind(name: str) -> AdjustmentKind:
        """Return a kind of adjustment by name."""
        return AdjustmentKind(name)

    @staticmethod
    def convention(name: str) -> Convention:
        """Return a convention by name."""
        return Convention(name)

    def day_of_year(self) -> date:
        """Draw a day of the year."""
        return self.year.first + timedelta(days=self.rng.randint(0, 364))

    def plan(self, budget: int) -> SpendingPlan:
        """Draw a plan that ends at the budget."""
        rng = self.rng
        points = rng.randint(1, 5)
        days = sorted({self.day_of_year() for _ in range(points)})
        if rng.random() < 0.6:
            days[-1] = self.year.last
        parts = sorted(rng.randint(0, max(budget, 0)) for _ in days[:-1])
        amounts = [*parts, budget]
        return SpendingPlan(
            checkpoints=tuple(
                Checkpoint(on=on, amount=amount)
                for on, amount in zip(days, amounts, strict=True)
            )
        )

    def approval(self, project: str, today: date) -> BudgetApproved:
        """Draw an approval."""
        rng = self.rng
        names = rng.choice([["fiscal"], ["fiscal", "other"], list(SOURCES[1:4])])
        amounts = [rng.randint(1, 10 ** rng.randint(3, 9)) for _ in names]
        if rng.random() < 0.03:
            amounts = [0 for _ in names]
        latest = min(today, self.year.last)
        span = max((latest - self.year.first).days, 0)
        day = self.year.first + timedelta(days=rng.randint(0, min(span, 60)))
        if rng.random() < 0.05:
            day = self.year.first - timedelta(days=rng.randint(1, 40))
        return BudgetApproved(
            project=project,
            on=day,
            name=f"项目{project}",
            unit=rng.choice(["301", "301001", "302"]),
            unit_name=rng.choice([None, "某局"]),
            fiscal_year=self.year.name,
            amounts=tuple(
                Funding(source=name, amount=amount)
                for name, amount in zip(names, amounts, strict=True)
            ),
            plan=None if rng.random() < 0.1 else self.plan(sum(amounts)),
            **self.weights(),
        )

    def weights(self) -> dict[str, Any]:
        """Draw indicators, and seldom other points of execution than 10."""
        points = None
        if self.rng.random() < 0.2:
            points = Decimal(self.rng.choice([0, 500, 1230, 1999, 2000, 10000])) / 100
        rest = 9000 if points is None else 10000 - int(points * 100)
        return {"indicators": self.indicators(rest), "execution_weight": points}

    def indicators(self, rest: int = 9000) -> tuple[Indicator, ...]:
        """Draw some indicators; two may have one name under two headings."""
        rng = self.rng
        found = [self.indicator(n) for n in range(rng.randint(2, 7))]
        given = rng.random() < 0.25 and rest > 500 * len(found)
        return self.weighed(found, rest) if given else tuple(found)

    def weighed(self, indicators: list[Indicator], rest: int) -> tuple[Indicator, ...]:
        """Give every indicator a weight that make the rest of 100; seldom they do not."""
        rng, count = self.rng, len(indicators)
        step = rng.choice([1, 25, 500])
        cuts = sorted(rng.sample(range(step, rest, step), count - 1))
        ends = [*cuts, rest + (step if rng.random() < 0.03 else 0)]
        parts = [after - before for before, after in zip([0, *cuts], ends, strict=True)]
        return tuple(
            attrs.evolve(one, weight=Decimal(part) / 100)
            for one, part in zip(indicators, parts, strict=True)
        )

    def indicator(self, number: int) -> Indicator:
        """Draw an indicator."""
        rng = self.rng
        level1, level2 = rng.choice(LEVELS)
        target = self.target()
        measure = Measure.LEVEL
        numeric = target.value is not None and target.kind != TargetKind.DAY_OF_MONTH
        if numeric:
            measure = rng.choice(list(Measure))
        elif target.kind == TargetKind.DAY_OF_MONTH:
            measure = Measure.WORST_MONTH
        return Indicator(
            level1=level1,
            level2=level2,
            name=f"指标{number}",
            target=target,
            measure=measure,
            **(extras := self.extras(target, measure)),
            course=self.course(target, measure, extras.get("baseline")),
        )

    def course(
        self, target: Target, measure: Measure, start: Decimal | None
    ) -> Course | None:
        """Draw milestones, or that a level builds up; seldom where none may be."""
        rng = self.rng
        bound = target.value is not None and str(target.kind) in ONE_BOUND
        is_strange = measure is Measure.WORST_MONTH or not bound
        if rng.random() > (0.005 if is_strange else 0.25):
            return None
        if rng.random() < 0.4 and measure is not Measure.SUM:
            return Course(builds_up=True)
        return Course(**self.milestones(target, start))

    def milestones(self, target: Target, start: Decimal | None) -> dict[str, Any]:
        """Draw milestones that lead to a target, seldom elsewhere."""
        rng = self.rng
        last = target.value or Decimal(0)
        days = sorted({self.day_of_year() for _ in range(rng.randint(1, 4))})
        falls = str(target.kind) in {"at_most", "less_than"}
        if target.kind is TargetKind.EXACTLY:
            days = days[:1]
        parts = sorted(Decimal(rng.randint(0, 10)) / 10 for _ in days[1:])
        begun = start or Decimal(0)
        values = [begun + (last - begun) * part for part in parts]
        if falls:
            values = [last + (last + 1) * part for part in reversed(parts)]
        off = 1 if rng.random() < 0.03 else 0
        pairs = zip(days, [*values, last + off], strict=True)
        between = rng.choice([None, None, *Convention])
        return {"milestones": tuple(Milestone(*p) for p in pairs), "between": between}

    def extras(self, target: Target, measure: Measure) -> dict[str, Any]:
        """Draw a baseline or a direction where one may stand."""
        rng = self.rng
        below = {TargetKind.AT_LEAST, TargetKind.MORE_THAN}
        if (
            target.kind in below
            and measure in {Measure.LEVEL, Measure.LATEST}
            and rng.random() < 0.3
        ):
            assert target.value is not None
            return {"baseline": target.value - rng.randint(1, 20)}
        if target.kind is TargetKind.EXACTLY and rng.random() < 0.1:
            return {"direction": Direction.LOWER}
        return {}

    def number(self) -> Decimal:
        """Draw a number as people report it."""
        rng = self.rng
        places = rng.choice([0, 0, 0, 1, 2, 4])
        return Decimal(rng.randint(0, 200 * 10**places)).scaleb(-places)

    def target(self, unit: str | None = None) -> Target:
        """Draw a target of any kind."""
        rng = self.rng
        kind = rng.choice(list(TargetKind))
        if kind in {TargetKind.BY_DATE, TargetKind.WITHIN_PERIOD}:
            last = self.day_of_year()
            since = None
            if kind is TargetKind.WITHIN_PERIOD:
                since = min(self.day_of_year(), last)
            return Target(text=f"{last}前", kind=kind, date=last, since=since)
        if kind is TargetKind.DAY_OF_MONTH:
            day = rng.randint(1, 28)
            return Target(text=f"{day}日前", kind=kind, value=Decimal(day), unit="日")
        if kind is TargetKind.QUALITATIVE:
            return Target(text="效果显著", kind=kind)
        if kind is TargetKind.NONE:
            return Target(text="—", kind=kind)
        unit = unit or rng.choice(UNITS)
        value = rng.choice([Decimal(0), Decimal(3), Decimal(98), self.number()])
        if kind is TargetKind.BETWEEN:
            upper = value + self.number() + 1
            value += 1
            text = f"{value}-{upper}{unit}"
            return Target(text=text, kind=kind, value=value, upper=upper + 1, unit=unit)
        text = f"{SIGNS[kind.value]}{value}{unit}"
        return Target(text=text, kind=kind, value=value, unit=unit)

    def objectives(
        self, unit: str, day: date, approved: list[BudgetApproved]
    ) -> ObjectivesSet:
        """Draw a unit's objectives; some are computed from projects."""
        found = [self.indicator(n) for n in range(self.rng.randint(1, 4))]
        parts = [
            (a.project, i)
            for a in approved
            for i in a.indicators
            if i.target.value is not None and i.target.kind != TargetKind.DAY_OF_MONTH
        ]
        if parts and self.rng.random() < 0.8:
            found.append(self.computed(parts))
        goals = (Objective(title="目标", objective="一", indicators=tuple(found)),)
        return ObjectivesSet(
            unit=unit,
            on=day,
            name=f"单位{unit}",
            fiscal_year=self.year.name,
            overall_goal="好",
            objectives=goals,
        )

    def computed(self, parts: list[tuple[str, Indicator]]) -> Indicator:
        """Draw an indicator that is the sum or the rate of some of projects."""
        rng = self.rng
        unit = rng.choice(parts)[1].target.unit
        like = [part for part in parts if part[1].target.unit == unit]
        chosen = rng.sample(like, min(len(like), rng.randint(1, 3)))
        return Indicator(
            level1="产出指标",
            level2="数量指标",
            name="合计",
            target=Target(
                text=f"≥50{unit}",
                kind=TargetKind.AT_LEAST,
                value=Decimal(50),
                unit=unit,
            ),
            measure=rng.choice([Measure.SUM, Measure.RATIO]),
            computed_from=tuple(
                IndicatorReference(project=project, indicator=indicator.name)
                for project, indicator in chosen
            ),
        )

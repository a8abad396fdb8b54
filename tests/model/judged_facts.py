"""Random results, targets, explanations and scores."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from ledger import Funding, Likelihood, Measure, Rating, TargetKind, VarianceCategory
from ledger.domain.result_parts import ResultPart
from ledger.events import (
    ConclusionStated,
    GoalAssessed,
    OutlookStated,
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)

from . import revised
from .book import Book, approvals, under_approval
from .calendar import Year
from .shapes import Shapes
from .spelling import other_name

MIXED = 0.02
"""How often a result is of another kind than the ones before."""

Draw = Callable[[], tuple[Any, ...]]


class JudgedDraws:
    """Draws what people say about indicators."""

    rng: Random
    book: Book
    today: date
    shapes: Shapes
    years_of: dict[str, int]
    project: Callable[[], str]
    day: Callable[[str], date]
    own: Callable[[str], list[Any]]
    plan_year: Callable[[list[Any]], Year]
    a_year: Callable[[], Year]

    def judged_draws(self) -> list[tuple[int, Draw]]:
        """Return the draws with their weights."""
        return [
            (26, self.result),
            (4, self.retraction),
            (4, self.target),
            (4, self.variance),
            (4, self.score),
            (3, self.conclusion),
            (6, self.outlook),
            (2, self.goal),
            (9, self.order),
            (2, self.objectives),
        ]

    def subject(self) -> tuple[dict[str, str], str, Any, date]:
        """Choose a project or a unit, one of its indicators and a day."""
        rng = self.rng
        units = [
            (f.event.unit, f.year)
            for f in self.book.facts
            if hasattr(f.event, "objectives")
        ]
        project = self.project()
        year = self.years_of.get(project, self.year.name)
        who, stream = {"project": project}, f"project:{year}:{project}"
        day = self.day(project)
        if units and rng.random() < 0.25:
            unit, year = rng.choice(units)
            who, stream = {"unit": unit}, f"unit:{year}:{unit}"
            day = self.day_of_unit(year)
        facts = under_approval(self.book.facts, date.max)
        rows = revised.rows_at(facts, stream, day)
        if not rows or rng.random() < 0.01:
            return who, "没有的指标", None, day
        label, row = rng.choice([*zip(revised.labels(rows), rows, strict=True)])
        known = revised.meanings(facts, stream)
        if len(known) > len(rows) and rng.random() < 0.1:
            label = rng.choice(sorted(known))  # What it was called, or will be.
        return who, label, row.indicator, day

    def day_of_unit(self, name: int) -> date:
        """Choose a day for what is said of a unit: mostly of its year."""
        if self.rng.random() < 0.05:
            return self.day(self.project())
        year = self.book.year(name)
        span = max((min(self.today, year.last) - year.first).days, 0)
        return year.first + timedelta(days=self.rng.randint(0, span))

    def result(self) -> tuple[Any, ...]:
        """Report a result; seldom of a kind that the target is not compared with."""
        who, label, one, day = self.subject()
        kind = TargetKind.AT_LEAST if one is None else one.target.kind
        if self.rng.random() < 0.02:
            kind = self.rng.choice(list(TargetKind))
        said = self.said(kind, one, self.kind_so_far(who, label))
        if "reached_on" in said and self.rng.random() < 0.95:
            said["reached_on"] = min(said["reached_on"], day)
        if said.keys() & {"value", "numerator"} and self.rng.random() < 0.15:
            said["to_date"] = True
        named = self.spelled(label)
        return (ResultReported(**who, indicator=named, on=day, **said),)

    def spelled(self, label: str) -> str:
        """Spell a name, seldom in another way."""
        return other_name(self.rng, label) if self.rng.random() < 0.04 else label

    def kind_so_far(self, who: dict[str, str], label: str) -> bool | None:
        """Whether pairs were reported so far; nothing, where no result was."""
        for f in reversed(self.book.facts):
            event = f.event
            own = isinstance(event, ResultReported) and event.indicator == label
            if own and who in ({"project": event.project}, {"unit": event.unit}):
                return event.numerator is not None
        return None

    def said(self, kind: TargetKind, one: Any, pairs: bool | None) -> dict[str, Any]:
        """Draw what a result says."""
        rng = self.rng
        if kind in {
            TargetKind.BY_DATE,
            TargetKind.WITHIN_PERIOD,
            TargetKind.DAY_OF_MONTH,
        }:
            return {"reached_on": self.day(self.project())}
        if kind is TargetKind.QUALITATIVE:
            return self.rated()
        if pairs is None:
            measure = None if one is None else one.measure
            known = {Measure.RATIO: True, Measure.MEAN: False, Measure.SUM: False}
            pairs = known.get(measure, rng.random() < 0.4)
        if rng.random() < MIXED:
            pairs = not pairs
        exact = None if one is None else self.edge(one.target.value)
        just = exact is not None
        if not pairs:
            value = exact if just else self.shapes.number()
            value = -value if rng.random() < 0.03 else value
            return {"value": value, "parts": self.parts(value)}
        if just:
            whole = 100 if one.target.unit == "%" else 1
            return {"numerator": exact, "denominator": Decimal(whole)}
        if rng.random() < 0.1:  # Nothing to measure.
            return {"numerator": Decimal(0), "denominator": Decimal(0)}
        bottom = rng.randint(0 if rng.random() < 0.03 else 1, 120)
        top = rng.randint(0, max(bottom, 1))
        return {"numerator": Decimal(top), "denominator": Decimal(bottom)}

    def parts(self, whole: Decimal) -> tuple[ResultPart, ...]:
        """Draw, at times, what of a number falls to values of one dimension or two."""
        rng = self.rng
        if rng.random() < 0.85 or whole < 0:
            return ()
        first = whole * rng.choice([0, 1, 25, 50]) / 100
        numbers = {"女": first, "男": whole - first}
        among = rng.choice([("性别",), (None,), ("性别", "地区"), (None, "地区")])
        return tuple(
            ResultPart(dimension=dimension, number=number, value=value)
            for dimension in among
            for value, number in numbers.items()
        )

    def edge(self, target: Decimal | None) -> Decimal | None:
        """Draw, at times, a result right at its target or at a threshold below or above."""
        often = 0.6 if target == 0 else 0.4
        if target is None or target < 0 or self.rng.random() > often:
            return None
        by = self.book.standing(self.book.facts, date.max)
        shares = [100, 100, 100, by.behind, by.at_risk, by.exceeded, 200]
        return target * self.rng.choice(shares) / 100

    def rated(self) -> dict[str, Any]:
        """Draw a rating, with or without a share, or a text."""
        rng = self.rng
        if rng.random() < 0.15:
            return {"text": "好"}
        rating = rng.choice(list(Rating))
        low, high = {"attained": (80, 100), "partly": (60, 79)}.get(
            rating.value, (0, 59)
        )
        if rng.random() < 0.25:
            return {"rating": rating}
        if rng.random() < 0.1:
            low, high = 0, 100
        return {"rating": rating, "share": Decimal(rng.randint(low, high)) / 100}

    def retraction(self) -> tuple[Any, ...]:
        """Retract a result; seldom in the name of another indicator."""
        results = [f for f in self.book.facts if isinstance(f.event, ResultReported)]
        if not results:
            return ()
        one = self.rng.choice(results)
        who, label, _, day = self.subject()
        if self.rng.random() < 0.9:
            event = one.event
            who = {"project": event.project} if event.project else {"unit": event.unit}
            label = event.indicator
        return (
            ResultRetracted(
                **who,
                on=max(day, one.event.on),
                indicator=label,
                of=one.id,
                reason="错",
            ),
        )

    def target(self) -> tuple[Any, ...]:
        """Revise a target of a project."""
        who, label, one, day = self.subject()
        if "project" not in who:
            return ()
        unit = one.target.unit if one and self.rng.random() < 0.95 else None
        own = self.plan_year(self.own(who["project"]))
        shapes = Shapes(self.rng, own)
        target = shapes.target(unit)
        for _ in range(20):
            if one is None or target.kind == one.target.kind:
                break
            target = shapes.target(unit)
        named = self.spelled(label)
        said: dict[str, Any] = {"indicator": named, "on": day, "target": target}
        had = one is not None and one.course is not None
        if self.rng.random() < (0.8 if had else 0.1) and target.value is not None:
            start = None if one is None else one.baseline
            said |= shapes.milestones(target, start)
        return (TargetRevised(**who, **said),)

    def variance(self) -> tuple[Any, ...]:
        """Explain a variance of an indicator or of the money."""
        who, label, _, day = self.subject()
        rng = self.rng
        return (
            VarianceExplained(
                **who,
                on=day,
                about=self.about(day),
                indicator=None if rng.random() < 0.3 else label,
                category=rng.choice(list(VarianceCategory)),
                text=f"说明{rng.randint(1, 99)}",
                remedy=rng.choice([None, "补办"]),
            ),
        )

    def outlook(self) -> tuple[Any, ...]:
        """State what the year ends with, of an indicator or of the money."""
        who, label, _, day = self.subject()
        rng, said = self.rng, dict[str, Any]()
        if rng.random() < 0.4:
            amount = rng.randint(0, 400_000)
            said["amounts"] = rng.choice(
                [(), (Funding(source="fiscal", amount=amount),)]
            )
        if not said or rng.random() < 0.05:
            said["indicator"] = label
            said["value"] = rng.choice([None, None, Decimal(rng.randint(0, 30))])
            said["text"] = rng.choice([None, "可完成", "可完成", " "])
            said["likelihood"] = rng.choice([None, *Likelihood])
        return (
            OutlookStated(
                **who,
                on=day,
                about=self.about(day),
                **said,
                reason=rng.choice([None, "追加", "追加", " "]),
                as_planned=rng.random() < 0.4,
            ),
        )

    def order(self) -> tuple[Any, ...]:
        """Order that something is put right, report on it, or end it."""
        rng, number = self.rng, self.rng.choice(["Z-1", "Z-2", "Z-3", " "])
        chosen = [self.subject() for _ in range(rng.choice([1, 1, 6]))]
        who, _, _, day = max(chosen, key=lambda one: "unit" in one[0])
        given = [
            fact.event
            for fact in self.book.facts
            if isinstance(fact.event, RectificationOrdered)
        ]
        follows = bool(given) and rng.random() < 0.8
        if follows:
            of_units = [one for one in given if one.project is None]
            one = rng.choice([*given, *of_units, *of_units])
            who = (
                {"unit": one.unit} if one.project is None else {"project": one.project}
            )
            number, day = one.number, max(day, one.on)
        about = self.about(day)
        said: dict[str, Any] = {**who, "on": day, "about": about, "number": number}
        due = day + timedelta(days=rng.choice([-1, 0, 20, 90]))
        text = rng.choice(["补齐", "补齐", " "])
        ordered = RectificationOrdered(**said, requirement=text, due=due)
        reported = RectificationReported(**said, text=text)
        ended = RectificationClosed(**said, reason=rng.choice([None, text]))
        if rng.random() < 0.1:
            return (rng.choice([ordered, reported, ended]),)
        return (rng.choice([reported, reported, ended]) if follows else ordered,)

    def goal(self) -> tuple[Any, ...]:
        """Assess a goal of a year, or of a month, by its number or its text."""
        who, _, _, day = self.subject()
        rng = self.rng
        goals = ["1", "1", "2", "好", "办好", "目标", " "]
        return (
            GoalAssessed(
                **who,
                on=day,
                about=self.about(day),
                goal=rng.choice(goals if "project" in who else ["1", "好"]),
                text=rng.choice(["完成", "大部分完成", " "]),
                achieved=rng.choice(list(Rating)),
            ),
        )

    def conclusion(self) -> tuple[Any, ...]:
        """Conclude a year, or a month."""
        who, _, _, day = self.subject()
        rng = self.rng
        return (
            ConclusionStated(
                **who,
                on=day,
                about=self.about(day),
                conclusion=rng.choice(["好", "尚可", "好", " "]),
                problems=rng.choice([None, "偏晚", None, ""]),
                measures=rng.choice([None, "提前采购"]),
            ),
        )

    def about(self, day: date) -> str | None:
        """Draw a month or a year about a day; seldom one that has not begun."""
        rng = self.rng
        near = day + timedelta(days=rng.choice([0, 0, 0, -20, -40, 35]))
        year = self.book.year_of(near)
        return rng.choice([None, year.month_of(near), str(year.name)])

    def score(self) -> tuple[Any, ...]:
        """Give points as a person does."""
        who, label, _, day = self.subject()
        rng = self.rng
        money = rng.random() < 0.3
        return (
            ScoreReported(
                **who,
                on=day,
                about=self.about(day),
                indicator=None if money else label,
                score=Decimal(rng.randint(0, 1000)) / 100,
                reason=rng.choice([None, "好"]),
            ),
        )

    def objectives(self) -> tuple[Any, ...]:
        """Set a unit's objectives."""
        unit = self.rng.choice(["301", "302"])
        approved = approvals(self.book.facts)
        year = self.a_year()
        day = min(max(self.day(self.project()), year.first), year.last)
        if self.rng.random() < 0.9:
            approved = [a for a in approved if a.fiscal_year == year.name]
        return (Shapes(self.rng, year).objectives(unit, day, approved),)

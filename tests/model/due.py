"""When results of an indicator are asked for, and what is overdue of them."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from ledger.events import BudgetApproved, ObjectivesSet

from . import judged, money, money_judged, pairs
from .cut import Cut

MONTH = timedelta(days=30)
NEVER = date.min
OF_YEAR = (
    "效益",
    "效果",
    "满意度",
    "影响",
    "benefit",
    "outcome",
    "satisfaction",
    "impact",
)
OF_QUARTER = (
    ("产出", "成本", "output", "cost"),
    ("数量", "质量", "时效", "进度", "成本"),
)


def begun_on(cut: Cut, stream: str) -> date:
    """Return the day of the approval, or of a unit's objectives."""
    own = [f.event for f in cut.facts if f.stream == stream]
    return [e.on for e in own if isinstance(e, BudgetApproved | ObjectivesSet)][-1]


def days(cut: Cut, stream: str, one: Any, target: Any) -> list[date]:
    """Return the days of the year on which results are asked for, in order."""
    if target.date is not None:
        return [target.date]
    ends, first = cut.year.ends, begun_on(cut, stream) + MONTH
    if one.course is not None and one.course.milestones:
        own = [each.on for each in one.course.milestones]
        return [day for day in own if day > first] or own[-1:]
    if is_each_month(one, target):
        return [end for end in ends if end > first] or ends[-1:]
    every = cut.by.outputs if of_quarters(one) else cut.by.outcomes
    if every == "year":
        return ends[-1:]
    paid, each = paid_once(cut, stream), 3 if every == "quarter" else 1
    periods = [end for end in ends[each - 1 :: each] if end > first and end >= paid]
    return periods or ends[-1:]


def closed_on(cut: Cut, stream: str) -> date | None:
    """Return the day on which a project was closed, if it is."""
    kind, _, code = stream.split(":", maxsplit=2)
    closing = money.closing(cut.money_of(code)) if kind == "project" else None
    return None if closing is None or closing.on > cut.through else closing.on


def is_each_month(one: Any, target: Any) -> bool:
    """Whether something is asked of each month."""
    return target.kind == "day_of_month" or str(one.measure) == "worst_month"


def of_closed(
    days: list[date], through: date, closed: date | None, *, each_month: bool
) -> list[date]:
    """Return the days on which a project is asked that was closed on one."""
    if closed is None:
        return days
    if each_month:  # No month comes after the closing.
        return [day for day in days if day <= closed]
    passed = [day for day in days if day <= through]
    return [day for day in passed if day <= closed] or passed[-1:]


def of_quarters(one: Any) -> bool:
    """Whether its headings ask for results at each quarter's end."""
    for level, words in zip((one.level1, one.level2), OF_QUARTER, strict=True):
        if any(word in level.lower() for word in OF_YEAR):
            return False
        if any(word in level.lower() for word in words):
            return True
    return judged.is_sum(one)


def paid_once(cut: Cut, stream: str) -> date:
    """Return the day of the one payment that is planned."""
    kind, _, code = stream.split(":", maxsplit=2)
    plan = money.plan_at(cut.money_of(code), cut.through) if kind == "project" else None
    if plan is None:
        return NEVER
    before, rises = 0, []
    for each in plan.checkpoints:
        if each.amount > before:
            rises.append(each.on)
        before = each.amount
    return rises[0] if len(rises) == 1 else NEVER


def share_by(cut: Cut, stream: str, day: date) -> Fraction:
    """Return the share of a sum that is expected by a day: of time, or of the plan."""
    if day == NEVER:
        return Fraction(0)
    kind, _, code = stream.split(":", maxsplit=2)
    own = cut.money_of(code) if kind == "project" else []
    if cut.by.by_plan and kind == "project":
        plan = money.plan_at(own, cut.through)
        due = money.planned(plan, day, cut.year, cut.book.convention)
        if due is not None and plan.checkpoints[-1].amount:
            return Fraction(due, plan.checkpoints[-1].amount)
    return money_judged.time_of(own, cut, day)


def asked(
    said: judged.Judgement, asked_on: list[date], came: date, through: date
) -> judged.Judgement:
    """Say what is due of a judgement, and what is overdue."""
    passed = [NEVER, NEVER, *(day for day in asked_on if day <= through)]
    before, last = passed[-2:]
    sum_up = said.expected is not None and judged.is_paced(said.indicator, said.target)
    said = said._replace(
        due=last > NEVER,
        due_on=day_or_none(last),
        expected_on=day_or_none(max(last, came)) if sum_up else None,
    )
    if not said.due:
        early = said.status == "behind" and not sum_up
        return said._replace(status="at risk") if early else said
    nothing = said.reading.reason == pairs.NOTHING
    if came > before and (nothing or said.status != "not due"):
        return said
    if said.indicator.computed_from or needs_none(said, sum_up):
        return said
    better = {"at risk", "exceeded", "on track", "attained", "not due"}
    return said._replace(status="overdue") if said.status in better else said


def day_or_none(day: date) -> date | None:
    """Return a day, if there is one."""
    return None if day == NEVER else day


def needs_none(said: judged.Judgement, sum_up: bool) -> bool:
    """Whether nothing that could come would tell more."""
    if said.target.kind == "none":
        return True
    if said.target.date is not None:
        return said.attainment is not None
    if not sum_up or not judged.is_sum(said.indicator):
        return False
    value = said.reading.value
    return (value if isinstance(value, Fraction) else 0) >= said.expected


def text_of(day: date | None) -> str | None:
    """Print a day."""
    return None if day is None else day.isoformat()

"""What the money of a project is judged: by its plan, by time, and far ahead of both."""

from datetime import date
from fractions import Fraction
from typing import Any

from . import money
from .calendar import ONE_DAY, Year
from .carries import opening
from .cut import Cut
from .standards import Standards, share

NOT_JUDGED = "not due"


def status(cut: Cut, own: list[Any]) -> str:
    """Judge the money of a project by what the standards compare it with."""
    closing = money.closing(own)
    if closing is not None and closing.on <= cut.through:
        return "closed"
    plan = money.plan_at(own, cut.through)
    if plan is None or cut.by.against == "time" or not money_there(cut, own):
        return by_time(cut, own)
    found = [by_plan(cut, own, plan)]
    found += [by_time(cut, own)] if cut.by.against == "both" else []
    return next(s for s in ("behind", "at risk", "on track") if s in found)


def money_there(cut: Cut, own: list[Any]) -> bool:
    """Return whether there is a budget, and more than nothing of it."""
    return cut.has_budget(own) and money.current(own, None, cut.through) > 0


def by_plan(cut: Cut, own: list[Any], plan: Any) -> str:
    """Judge by the amount of the last checkpoint that is passed."""
    passed = [each.amount for each in plan.checkpoints if each.on <= cut.through]
    due = passed[-1] if passed else 0
    return shade(money.disbursed(own, None, cut.through), due, cut.by)


def by_time(cut: Cut, own: list[Any]) -> str:
    """Judge by the share of the project's time, once a quarter has ended in it."""
    if not money_there(cut, own):
        return NOT_JUDGED
    begun: Any = opening(own)
    quarters = [end for end in cut.year.ends[2::3] if begun.on < end <= cut.through]
    if not quarters:
        return "on track"
    due = money.current(own, None, cut.through) * time_of(own, cut, cut.through)
    return shade(money.disbursed(own, None, cut.through), due, cut.by)


def time_of(own: list[Any], cut: Cut, day: date) -> Fraction:
    """Return the share of a project's time: of the year, or of what an approval left."""
    begun, approved = opening(own), money.approval(own)
    done = share_gone(day, cut.year)
    if begun is None or approved is None or approved.origin != "in_year":
        return done
    if begun.on != approved.on or approved.on <= cut.year.first:
        return done
    gone = gone_before(approved.on, cut.year)
    return max(Fraction(0), (done - gone) / (1 - gone))


def share_gone(day: date, year: Year) -> Fraction:
    """Return the share of the year that has passed by a day, which may lie outside."""
    if day > year.last:
        return Fraction(1)
    return year.progress(max(day, year.eve))


def gone_before(day: date, year: Year) -> Fraction:
    """Return the share of the year that has passed before a day."""
    return year.progress(day - ONE_DAY)


def shade(spent: int, due: int | Fraction, by: Standards) -> str:
    """Compare a share of what is due with the thresholds; of nothing, all is there."""
    part = Fraction(spent) / due if due else Fraction(1)
    if part < share(by.money_behind):
        return "behind"
    return "at risk" if part < share(by.money_at_risk) else "on track"


def is_ahead(cut: Cut, own: list[Any]) -> bool:
    """Return whether far more is spent than the plan says, read evenly by days."""
    plan = money.plan_at(own, cut.through)
    if plan is None or not money_there(cut, own):
        return False
    if len({each.amount for each in plan.checkpoints} - {0}) < 2:
        return False
    line = money.planned(plan, cut.through, cut.year, "linear")
    spent = money.disbursed(own, None, cut.through)
    least = Fraction(money.current(own, None, cut.through), 10)
    return bool(line) and spent >= line * Fraction(13, 10) and spent - line >= least

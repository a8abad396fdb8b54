"""Milestones, and levels that build up: what they expect, and which are refused."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from .calendar import Year

ONE_BOUND = {"at_least", "more_than", "exactly", "at_most", "less_than"}


class Way(NamedTuple):
    """How an indicator gets to a target."""

    milestones: tuple[Any, ...]
    between: str | None
    builds_up: bool


def way(indicator: Any, target: Any, revision: Any = None) -> Way | None:
    """
    Return the way to a target: its own milestones, and what the form says.

    Args:
        revision: What revised the target; the form's milestones hold without one.
    """
    own = indicator.course
    if str(target.kind) not in ONE_BOUND or (own is None and revision is None):
        return None
    said = own if revision is None else revision
    between = None if said.between is None else str(said.between)
    builds_up = own is not None and own.builds_up
    found = Way(said.milestones, between, builds_up)
    return None if found == Way((), None, False) else found


def refused(
    indicator: Any, target: Any, found: Way | None, year: Year, *, falls: bool
) -> set[str]:
    """
    Hold a way to the target that it leads to.

    Args:
        falls: Whether the target is judged as a ceiling.
    """
    if found is None:
        return set()
    measure, start = str(indicator.measure), indicator.baseline
    right = measure != "worst_month" and str(target.kind) in ONE_BOUND
    if not found.milestones:
        right = right and found.builds_up and found.between is None
        right = right and (not falls or start is not None)
    right = right and not (found.builds_up and measure == "sum")
    days = [one.on for one in found.milestones]
    values = [one.value for one in found.milestones]
    right = right and not outside(found, year)
    right = right and all(a < b for a, b in pairwise(days))
    if values and right:
        steps = [*([] if start is None else [start]), *values]
        down = falls and measure != "sum"
        right = values[-1] == target.value and all(
            a >= b if down else a <= b for a, b in pairwise(steps)
        )
    return set() if right else {"InvalidInput"}


def outside(said: Any, year: Year) -> set[str]:
    """Hold the days of milestones to their year."""
    within = all(one.on in year for one in said.milestones)
    return set() if within else {"InvalidInput"}


def lost(held: Way | None, event: Any) -> set[str]:
    """Hold a revised target to the milestones of the one that it takes the place of."""
    had = held is not None and bool(held.milestones)
    bare = str(event.target.kind) in ONE_BOUND and not event.milestones
    return {"InvalidInput"} if had and bare else set()


def ways(course: Any) -> tuple[Any, Any]:
    """Return what of a course belongs to its target."""
    return ((), None) if course is None else (course.milestones, course.between)


def start_of(indicator: Any, *, falls: bool) -> Fraction | None:
    """Return where an indicator began; ``None`` of a ceiling of which nobody said."""
    if indicator.baseline is not None:
        return Fraction(indicator.baseline)
    return None if falls else Fraction(0)


def expected(
    indicator: Any,
    target: Any,
    eased: Fraction,
    day: date,
    usual: str,
    *,
    falls: bool,
) -> Fraction | None:
    """Return what is expected on a day of an indicator that has a way."""
    own, start = indicator.course, start_of(indicator, falls=falls)
    if not own.milestones:
        bound = Fraction(target.value)
        return bound if start is None else start + (bound - start) * eased
    before = [one for one in own.milestones if one.on <= day]
    after = [one for one in own.milestones if one.on > day]
    if not before:
        return start
    last = before[-1]
    if (own.between or usual) == "step" or not after:
        return Fraction(last.value)
    length, gone = (after[0].on - last.on).days, (day - last.on).days
    rise = Fraction(after[0].value) - Fraction(last.value)
    return Fraction(last.value) + rise * gone / length


def pace(
    indicator: Any, value: Fraction, now: Fraction | None, *, falls: bool
) -> tuple[Fraction, bool]:
    """Return the share of what is expected that is there, and whether it is enough."""
    if now is None or (falls and value <= now):
        return Fraction(1), True
    start = start_of(indicator, falls=falls)
    if start is None:
        return (now / value if now > 0 else Fraction(0)), False
    if start == now:
        return Fraction(1), True
    share = (value - start) / (now - start)
    return share, not falls

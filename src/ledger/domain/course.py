"""
The way of an indicator to its target: by milestones, or evenly over the year.

Before its first milestone nothing is expected of an indicator: it may stand where it
began. The last one is the target.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from attrs import evolve as replace
from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.calendar import DateLike, FiscalYear, parse_date
from ledger.domain.choice_words import ConventionWord
from ledger.domain.choices import one_of
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import Exact, exactly, is_short
from ledger.domain.measure import Measure
from ledger.domain.money import Amount, exact
from ledger.domain.plan import Convention
from ledger.domain.target import Target
from ledger.domain.target_kind import QUANTITIES
from ledger.domain.units import canonical
from ledger.messages import Message, message

_STEP: Final = Convention.STEP  # To look it up on its class costs more.
_BETWEEN: Final = re.compile("[;；]")
_EQUALS: Final = re.compile("[=＝]")


def _value(value: Amount) -> Decimal:
    return canonical(exact(value, field="milestones"))


def between_given(value: Convention | ConventionWord | None) -> Convention | None:
    """Take how it goes between milestones, which may be left out."""
    return None if value is None else one_of(Convention, "between", value)


@all_checked
@frozen
class Milestone:
    """What an indicator is to have come to by the end of a day, all in all."""

    on: date
    value: Decimal = field(converter=_value)


@all_checked
@frozen(kw_only=True)
class Course:
    """
    What leads to a target.

    Attributes:
        between: How it goes from one milestone to the next; left out, as the plans of
            the ledger go.

        builds_up: Whether a level grows to its target over the year, as counts do.
    """

    between: Convention | None = field(default=None, converter=between_given)
    builds_up: bool = False
    milestones: tuple[Milestone, ...] = ()


MilestonesGiven = (
    Mapping[DateLike, Amount] | Iterable[Milestone | tuple[DateLike, Amount]] | str
)
"""Milestones as they are given: by day, in pairs, or as a text ``day=value; …``."""


def milestones_given(given: MilestonesGiven | None) -> tuple[Milestone, ...]:
    """
    Take milestones by day, in pairs, or as a text.

    >>> spelled(milestones_given({"2023-06-30": 20, date(2023, 12, 31): "100"}))
    '2023-06-30=20; 2023-12-31=100'

    Raises:
        InvalidInput: They are none of these, or hold what is no day or no number.
    """
    if given is None:
        return ()
    if isinstance(given, str):
        given = [_written(piece) for piece in _BETWEEN.split(given) if piece.strip()]
    elif isinstance(given, Mapping):
        given = list(given.items())
    if not isinstance(given, list | tuple):
        raise InvalidInput("milestones", given, message("expected.milestones"))
    return tuple(map(_each, given))


def _written(piece: str) -> tuple[str, str]:
    match _EQUALS.split(piece):
        case [on, value]:
            return on.strip(), value.strip()
    raise InvalidInput("milestones", piece.strip(), message("expected.milestones"))


def _each(given: Any) -> Milestone:
    if isinstance(given, Milestone):
        return given
    if isinstance(given, list | tuple) and len(given) == 2:
        on, value = given
        return Milestone(parse_date(on, name="milestones"), value)
    raise InvalidInput("milestones", given, message("expected.milestones"))


def course_given(
    milestones: MilestonesGiven | None = None,
    between: Convention | ConventionWord | None = None,
    *,
    builds_up: bool | None = None,
) -> Course | None:
    """Return the course that is said; ``None`` where nothing is said of one."""
    own = milestones_given(milestones)
    course = Course(milestones=own, between=between, builds_up=bool(builds_up))
    return None if course == Course() else course


def joined(
    target: Target, of_target: Course | None, of_row: Course | None
) -> Course | None:
    """
    Return the course of an indicator whose form and target were revised by themselves.

    Args:
        of_target: Has the milestones, which belong to a target.

        of_row: Says whether it builds up, as the form does.
    """
    if not is_reached(target) or (of_target is None and of_row is None):
        return None
    builds_up = of_row is not None and of_row.builds_up
    return building_up(of_target, builds_up)


def ways(
    course: Course | None,
) -> tuple[tuple[Milestone, ...], Convention | None]:
    """Return what of a course belongs to its target."""
    return ((), None) if course is None else (course.milestones, course.between)


def building_up(course: Course | None, builds_up: bool) -> Course | None:
    """Return a course that builds up, or does not; ``None`` where nothing is left."""
    course = replace(course or Course(), builds_up=builds_up)
    return None if course == Course() else course


def is_reached(target: Target) -> bool:
    """Return whether a target is one number, to which something can grow or fall."""
    return (
        target.value is not None
        and target.kind in QUANTITIES
        and not target.kind.row.is_range
    )


def spelled(milestones: Iterable[Milestone]) -> str:
    """Return milestones as they are written, so that they can be taken again."""
    return "; ".join(f"{milestone.on}={milestone.value:f}" for milestone in milestones)


def course_spelled(course: Course) -> Message:
    """Return all that a course says, for people."""
    return message(
        "found.course",
        milestones=spelled(course.milestones) or None,
        between=course.between,
        builds_up=1 if course.builds_up else None,
    )


def check_course(
    course: Course,
    target: Target,
    measure: Measure,
    *,
    ceiling: bool,
    baseline: Decimal | None,
    name: str,
) -> None:
    """
    Check that a course leads to its target.

    Args:
        ceiling: Whether the target is judged as one.

        name: Of the indicator.

    Raises:
        InvalidInput: The target is no number to which something can grow or fall; or
            milestones are out of order, turn back, or do not end at it.
    """
    shown = message("found.course_of", indicator=name, target=target.text)
    what = "milestones" if course.milestones else "builds_up"
    if not course.milestones and (course.between or not course.builds_up):
        raise InvalidInput("between", shown, message("expected.milestones_too"))
    if not is_reached(target) or measure is Measure.WORST_MONTH:
        raise InvalidInput(what, shown, message("expected.target_to_reach"))
    if course.builds_up and measure.row.adds_up:
        raise InvalidInput("builds_up", shown, message("expected.level_to_build_up"))
    if course.milestones:
        falls = ceiling and not measure.row.adds_up
        _check_milestones(course.milestones, target, name, baseline, falls=falls)
    elif ceiling and baseline is None:
        raise InvalidInput("builds_up", shown, message("expected.start_to_fall_from"))


def _check_milestones(
    milestones: Sequence[Milestone],
    target: Target,
    name: str,
    baseline: Decimal | None,
    *,
    falls: bool,
) -> None:
    for milestone in milestones:
        if not milestone.value.is_finite() or not is_short(milestone.value):
            expected = message("expected.countable_number")
            raise InvalidInput("milestones", milestone.value, expected)
    expected = message(
        "expected.milestones_fall" if falls else "expected.milestones_rise",
        indicator=name,
    )
    for before, after in pairwise(milestones):
        if after.on <= before.on:
            wanted = message("expected.later_milestone", on=before.on)
            raise InvalidInput("milestones", spelled([before, after]), wanted)
        if after.value > before.value if falls else after.value < before.value:
            raise InvalidInput("milestones", spelled([before, after]), expected)
    first, last = milestones[0].value, milestones[-1].value
    if last != target.value:
        wanted = message("expected.last_milestone", indicator=name, target=target.value)
        raise InvalidInput("milestones", spelled(milestones[-1:]), wanted)
    if baseline is not None and (first > baseline if falls else first < baseline):
        raise InvalidInput("milestones", spelled(milestones[:1]), expected)


def check_days(milestones: Iterable[Milestone], year: FiscalYear) -> None:
    """
    Check that milestones lie within a fiscal year.

    Raises:
        InvalidInput: One does not.
    """
    for milestone in milestones:
        if milestone.on not in year:
            expected = message(
                "expected.milestone_in_year", start=year.start, end=year.end
            )
            raise InvalidInput("milestones", spelled([milestone]), expected)


def passed_and_next(
    course: Course, on: date
) -> tuple[Milestone | None, Milestone | None]:
    """Return the last milestone passed on a day, and the one after it."""
    own = course.milestones
    count = bisect_right(own, on, key=_day)
    return own[count - 1] if count else None, own[count] if count < len(own) else None


def _day(milestone: Milestone) -> date:
    return milestone.on


def expected_on(
    course: Course, on: date, start: Exact | None, usual: Convention
) -> Exact | None:
    """
    Return what milestones expect by the end of a day.

    Args:
        start: What is expected before the first of them.

        usual: How it goes between them, where the course does not say.
    """
    passed, following = passed_and_next(course, on)
    if passed is None:
        return start
    done = exactly(passed.value)
    if following is None or (course.between or usual) is _STEP:
        return done
    share = Fraction((on - passed.on).days, (following.on - passed.on).days)
    return exactly(done + (exactly(following.value) - done) * share)

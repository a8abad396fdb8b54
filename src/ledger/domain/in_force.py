"""Which of several facts holds on a day: the one rule for plans, targets and forms."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import attrgetter
from typing import Any, Final, TypeVar

T = TypeVar("T")

day_of: Final[Callable[[Any], date]] = attrgetter("on")
"""Returns the day of a fact, an event or a form, from which on it counts."""


def latest(facts: Iterable[T], on: date, day: Callable[[T], date]) -> T | None:
    """
    Return the fact of the last day up to *on*; of one day, what was recorded last.

    Args:
        facts: In the order of recording, or of their days and then of recording.

        day: Returns the day of one.

    Returns:
        ``None`` where all of them come later.
    """
    found = None
    for fact in facts:
        if day(fact) <= on and (found is None or day(found) <= day(fact)):
            found = fact
    return found


def in_force(versions: Sequence[T], on: date, since: Callable[[T], date]) -> T:
    """
    Return the version in force on a day: the last revision by then, else the first.

    Args:
        versions: What was approved first, then its revisions as for :func:`latest`.

        since: Returns the day from which a revision holds.
    """
    if len(versions) == 1:
        return versions[0]
    revision = latest(versions[1:], on, since)
    return versions[0] if revision is None else revision

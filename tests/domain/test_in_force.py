"""Which of several versions holds on a day."""

from typing import NamedTuple

from ledger.domain.in_force import day_of, in_force, latest
from support import day


class Version(NamedTuple):
    """Something that is revised."""

    on: object
    text: str


FIRST = Version(day(3, 1), "first")
JUNE, AGAIN = Version(day(6, 1), "June"), Version(day(6, 1), "June again")
MAY = Version(day(5, 1), "May, recorded last")


def test_the_last_revision_by_the_day_is_in_force():
    """Of one day, what was recorded last; before any revision, what came first."""
    versions = [FIRST, JUNE, AGAIN, MAY]
    assert in_force(versions, day(1, 1), day_of) is FIRST
    assert in_force(versions, day(4, 30), day_of) is FIRST
    assert in_force(versions, day(5, 1), day_of) is MAY
    assert in_force(versions, day(6, 1), day_of) is AGAIN
    assert in_force([FIRST], day(1, 1), day_of) is FIRST


def test_what_was_said_last_may_be_nothing():
    """Nothing is in force of facts that all come later."""
    assert latest([JUNE, MAY], day(4, 30), day_of) is None
    assert latest([], day(4, 30), day_of) is None
    assert latest([JUNE, MAY], day(12, 31), day_of) is JUNE

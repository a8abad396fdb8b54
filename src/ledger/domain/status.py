"""Statuses: what is concluded from figures at a date, each with what is known of it."""

from enum import Enum

from attrs import frozen

from ledger.domain.choices import by_word_only
from ledger.domain.enum_rows import EnumOfRows


class Colour(Enum):
    """The colour of a status; each renderer says once how it draws each of these."""

    GREEN = "green"
    GREY = "grey"
    PURPLE = "purple"
    YELLOW = "yellow"
    RED = "red"
    STRONG_RED = "strong red"


@frozen(kw_only=True)
class StatusRow:
    """
    What is known of a status.

    Attributes:
        badness: Its rank, 0 is best; a whole has the worst status of its parts.

        is_met: Whether the target is reached.

        asks_why: Whether it needs attention, and an explanation of the deviation.

        counts_once_due: Whether it bears on the whole only where a result is due.
    """

    badness: int
    colour: Colour
    is_met: bool = False
    asks_why: bool = False
    counts_once_due: bool = False


@by_word_only
class Status(EnumOfRows):
    """
    What is concluded from figures at a date.

    A member's value is its key in JSON and among the words of reports; reports list
    counts in the order of the members. An exceeded target asks for an explanation, so
    it is not best.
    """

    row: StatusRow

    ATTAINED = "attained", StatusRow(badness=1, colour=Colour.GREEN, is_met=True)
    ON_TRACK = "on track", StatusRow(badness=2, colour=Colour.GREEN)
    AT_RISK = "at risk", StatusRow(badness=5, colour=Colour.YELLOW, asks_why=True)
    BEHIND = "behind", StatusRow(badness=6, colour=Colour.RED, asks_why=True)
    MISSED = "missed", StatusRow(badness=7, colour=Colour.STRONG_RED, asks_why=True)
    EXCEEDED = (
        "exceeded",
        StatusRow(badness=4, colour=Colour.PURPLE, is_met=True, asks_why=True),
    )
    NO_RESULT = (
        "no result",
        StatusRow(badness=3, colour=Colour.GREY, counts_once_due=True),
    )
    NO_TARGET = "no target", StatusRow(badness=0, colour=Colour.GREY)


def badness(status: Status) -> int:
    """
    Return the rank of a status among all, to sort by.

    >>> max(Status, key=badness).value
    'missed'
    """
    return status.row.badness

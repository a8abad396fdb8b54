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

        asks_why: Whether it asks for an explanation of the deviation.

        asks_result: Whether it asks for a result.

        badness_at_end: Its rank once the year is over, where that is another.
    """

    badness: int
    colour: Colour
    is_met: bool = False
    asks_why: bool = False
    asks_result: bool = False
    badness_at_end: int | None = None

    @property
    def needs_attention(self) -> bool:
        """Whether somebody owes something."""
        return self.asks_why or self.asks_result


@by_word_only
class Status(EnumOfRows):
    """
    What is concluded from figures at a date.

    A member's value is its key in JSON and among the words of reports; reports list
    counts in the order of the members. An exceeded target asks for an explanation, so
    it is not best.
    """

    row: StatusRow

    ATTAINED = "attained", StatusRow(badness=3, colour=Colour.GREEN, is_met=True)
    ON_TRACK = "on track", StatusRow(badness=4, colour=Colour.GREEN)
    AT_RISK = "at risk", StatusRow(badness=6, colour=Colour.YELLOW, asks_why=True)
    BEHIND = "behind", StatusRow(badness=8, colour=Colour.RED, asks_why=True)
    OVERDUE = (
        "overdue",
        StatusRow(badness=7, badness_at_end=9, colour=Colour.RED, asks_result=True),
    )
    MISSED = "missed", StatusRow(badness=10, colour=Colour.STRONG_RED, asks_why=True)
    EXCEEDED = (
        "exceeded",
        StatusRow(badness=5, colour=Colour.PURPLE, is_met=True, asks_why=True),
    )
    NOT_DUE = "not due", StatusRow(badness=1, colour=Colour.GREY)
    CLOSED = "closed", StatusRow(badness=2, colour=Colour.GREY)
    NO_TARGET = "no target", StatusRow(badness=0, colour=Colour.GREY)


def badness(status: Status) -> int:
    """
    Return the rank of a status among all, to sort by.

    >>> max(Status, key=badness).value
    'missed'
    """
    return status.row.badness


def badness_at_end(status: Status) -> int:
    """
    Return the rank of a status once the year is over.

    Of a result that never came nobody knows whether its target was met.

    >>> max(Status.OVERDUE, Status.BEHIND, key=badness_at_end).value
    'overdue'
    """
    row = status.row
    return row.badness if row.badness_at_end is None else row.badness_at_end

"""Since which fiscal year money is carried over: the oldest is spent first."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from attrs import frozen

from ledger.domain.arguments import all_checked


@all_checked
@frozen(kw_only=True)
class CarriedPart:
    """
    An amount of carried-over money, in minor units.

    Attributes:
        since: The fiscal year in whose budget it first was.
    """

    source: str
    since: int
    amount: int


class Announcement(NamedTuple):
    """
    What a form prints of the year before, from a day on: legs of their own bring it.

    Attributes:
        giver: The code of the project whose year before it is.

        amounts: All that it prints, by source, in minor units.
    """

    since: date
    giver: str
    amounts: dict[str, int]


class OfYear(NamedTuple):
    """An amount, in minor units, and the fiscal year in whose budget it first was."""

    since: int
    amount: int


def oldest_first(sums: Mapping[int, int]) -> list[OfYear]:
    """Return amounts by year in order, without those that are 0."""
    return [OfYear(since, sums[since]) for since in sorted(sums) if sums[since]]


def between(parts: Iterable[OfYear], first: int, last: int) -> list[OfYear]:
    """
    Return what of *parts* lies between two sums of them, counted from the oldest.

    >>> between([OfYear(2021, 5), OfYear(2022, 5)], 3, 7)
    [OfYear(since=2021, amount=2), OfYear(since=2022, amount=2)]
    """
    found, start = list[OfYear](), 0
    for since, amount in parts:
        end = start + amount
        taken = min(end, last) - max(start, first)
        if taken > 0:
            found.append(OfYear(since, taken))
        start = end
    return found

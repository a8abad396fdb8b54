"""Measures: how results make one figure, each with what is known of it."""

from collections.abc import Callable, Sequence
from typing import Final

from attrs import field, frozen

from ledger.domain.choices import by_word_only
from ledger.domain.enum_rows import EnumOfRows
from ledger.domain.exact_numbers import Exact, Number, exactly, quotient, total
from ledger.messages import Message, message
from ledger.messages.keyed_enum import KeyedEnum

Pair = tuple[Number, Number]
"""A numerator and a denominator."""


class NumberKind(KeyedEnum):
    """How a number is reported; the value is what it is called."""

    PLAIN = "value"
    PAIR = "numerator with denominator"


def _last(numbers: Sequence[Number]) -> Exact:
    last = numbers[-1]
    return last if type(last) is int else exactly(last)


def _mean(numbers: Sequence[Number]) -> Exact:
    return quotient(total(numbers), len(numbers))


def _greatest(numbers: Sequence[Number]) -> Exact:
    return max(map(exactly, numbers))


def _least(numbers: Sequence[Number]) -> Exact:
    return min(map(exactly, numbers))


def _all(pairs: Sequence[Pair]) -> Sequence[Pair]:
    return pairs


def _last_pair(pairs: Sequence[Pair]) -> Sequence[Pair]:
    return pairs[-1:]


def _greatest_pair(pairs: Sequence[Pair]) -> Sequence[Pair]:
    return [max(pairs, key=_share)]


def _least_pair(pairs: Sequence[Pair]) -> Sequence[Pair]:
    return [min(pairs, key=_share)]


def _share(pair: Pair) -> Exact:
    return quotient(*map(exactly, pair))


@frozen(kw_only=True)
class MeasureRow:
    """
    What is known of a measure.

    Attributes:
        combine: Makes one figure of plain numbers, in order of their days.

        take: Chooses the pairs, in the same order, that are pooled: Σ ÷ Σ.

        adds_up: Whether each result is what was done since the one before.

        is_quotient: Whether figures are divided, and shown to a fixed number of places.

        takes_only: The one kind of number that it takes; ``None`` where the first
            result decides.

        is_level: Whether of plain numbers the last one alone counts.

        takes_last_pair: Whether of pairs the last one alone counts.

        pools: Whether all pairs count.

        formula: What an explanation says of it.
    """

    combine: Callable[[Sequence[Number]], Exact]
    take: Callable[[Sequence[Pair]], Sequence[Pair]]
    adds_up: bool = False
    is_quotient: bool = False
    takes_only: NumberKind | None = None
    formula: Message | str

    is_level: bool = field(init=False)
    takes_last_pair: bool = field(init=False)
    pools: bool = field(init=False)

    @is_level.default
    def _takes_last(self) -> bool:
        return self.combine is _last

    @takes_last_pair.default
    def _takes_last_pair(self) -> bool:
        return self.take is _last_pair

    @pools.default
    def _takes_all_pairs(self) -> bool:
        return self.take is _all


@by_word_only
class Measure(EnumOfRows):
    """
    How the results up to a date make one figure.

    ``level`` is what holds where none is stated of a level or a rate: the latest
    number, or all numerators ÷ all denominators. ``latest``, stated, is the last
    result whether it is a number or a pair. ``worst_month`` is what a target asks of
    each whole month: it goes by the month that is furthest from it.
    """

    row: MeasureRow

    SUM = (
        "sum",
        MeasureRow(
            combine=total,
            take=_all,
            adds_up=True,
            formula=message("formula.sum"),
        ),
    )
    LEVEL = (
        "level",
        MeasureRow(
            combine=_last,
            take=_all,
            formula=message("formula.latest"),
        ),
    )
    LATEST = (
        "latest",
        MeasureRow(
            combine=_last,
            take=_last_pair,
            formula=message("formula.latest"),
        ),
    )
    RATIO = (
        "ratio",
        MeasureRow(
            combine=_last,
            take=_all,
            is_quotient=True,
            takes_only=NumberKind.PAIR,
            formula=message("formula.pooled_or_latest"),
        ),
    )
    MEAN = (
        "mean",
        MeasureRow(
            combine=_mean,
            take=_least_pair,  # None is taken while the measure holds.
            is_quotient=True,
            takes_only=NumberKind.PLAIN,
            formula=message("formula.mean"),
        ),
    )
    MAX = (
        "max",
        MeasureRow(
            combine=_greatest,
            take=_greatest_pair,
            formula=message("formula.max"),
        ),
    )
    MIN = (
        "min",
        MeasureRow(
            combine=_least,
            take=_least_pair,
            formula=message("formula.min"),
        ),
    )
    WORST_MONTH = (
        "worst_month",
        MeasureRow(
            combine=_least,
            take=_least_pair,  # None is taken while the measure holds.
            takes_only=NumberKind.PLAIN,
            formula=message("formula.worst_month"),
        ),
    )


REPORTED: Final = {
    measure: Measure.LATEST if measure is Measure.LEVEL else measure
    for measure in Measure
}
"""Measures as reports name them: a level is the latest number."""

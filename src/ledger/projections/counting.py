"""Which results make an indicator's figure: one rule for figures and for audits."""

from collections.abc import Sequence
from itertools import repeat
from typing import Final

import msgspec

from ledger.domain.result_series import Series, last_running
from ledger.domain.results import Standard
from ledger.domain.target_kind import QUANTITIES, TargetKind
from ledger.messages.keyed_enum import KeyedEnum


class ResultKind(KeyedEnum):
    """What a result is; only those of one kind make a figure together."""

    NUMBER = "number"
    RATE = "rate"
    DATE = "date"
    RATING = "rating"
    TEXT = "text"


# Looking a member up on its class costs more than comparing with it.
NUMBER: Final = ResultKind.NUMBER
RATE: Final = ResultKind.RATE
DATE: Final = ResultKind.DATE
RATING: Final = ResultKind.RATING
TEXT: Final = ResultKind.TEXT
_MONTHLY: Final = TargetKind.DAY_OF_MONTH


class Counting(msgspec.Struct, frozen=True, gc=False):
    """
    The results that make a figure, by their places among all.

    Attributes:
        kind: Theirs; ``None`` where a number is wanted and there is none.

        places: In order.

        alone: Whether it is the latest of its kind alone that counts.

        deciding: Those that say of which kind the figure is, counting or not.
    """

    kind: ResultKind | None
    places: Sequence[int] = ()
    alone: bool = False
    deciding: Sequence[int] = ()


def counting(standard: Standard, results: Series, count: int) -> Counting:
    """
    Return which of the first *count* results make the figure; there is one at least.

    Against a quantity only numbers count: a rating's share is none. Of numbers, the
    first one recorded says whether pairs or plain numbers count; else the latest result
    says which kind does. Of ratings, texts and days by a date, the latest counts alone;
    of a monthly duty all days do. Pairs of nothing to measure, 0 of 0, count where
    there are no others.
    """
    last = count - 1
    kind = kind_of(results, last)
    deciding = [] if standard.kind in QUANTITIES else [last]
    if deciding and kind is not NUMBER and kind is not RATE:
        if kind is DATE and standard.kind is _MONTHLY:
            return Counting(kind, _places(kind, results, count), False, deciding)
        return Counting(kind, deciding, True, deciding)
    first = results.first_number(count)
    if first is None:
        return Counting(None)
    kind = kind_of(results, first)
    deciding.append(first)
    places, row = _places(kind, results, count), standard.measure.row
    if row.is_level if kind is NUMBER else row.takes_last_pair:
        last_one = _measured(results, places) if kind is RATE else places
        return Counting(kind, last_one[-1:], True, deciding)
    if results.running and (row.adds_up or kind is RATE):
        first = last_running(results.running, count)
        places = [place for place in places if first is None or place >= first]
    if kind is RATE:
        places = _measured(results, places)
    return Counting(kind, places, False, deciding)


def kind_of(results: Series, place: int) -> ResultKind:
    """Return what the result at a place is."""
    if results.ratings and results.ratings[place] is not None:
        return RATING
    if results.dates and results.dates[place] is not None:
        return DATE
    if results.denominators and results.denominators[place] is not None:
        return RATE
    if results.values and results.values[place] is not None:
        return NUMBER
    return TEXT


def _places(kind: ResultKind, results: Series, count: int) -> Sequence[int]:
    """Return where results of a kind stand: numbers, pairs or days."""
    if kind is NUMBER:
        rows = zip(
            range(count),
            results.values or (),
            results.denominators or repeat(None),
            results.ratings or repeat(None),
            strict=False,
        )
        return [i for i, a, b, rated in rows if a is not None and b is None is rated]
    column = results.dates if kind is DATE else results.denominators
    return [i for i, cell in enumerate((column or ())[:count]) if cell is not None]


def _measured(results: Series, places: Sequence[int]) -> Sequence[int]:
    """Return of pairs those that are not 0 of 0; all where there are no others."""
    wholes = results.denominators or ()
    return [place for place in places if wholes[place]] or places

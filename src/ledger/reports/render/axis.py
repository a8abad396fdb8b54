"""The words along a curve: amounts that have room, and names of months."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil
from typing import Any, Final

from ledger.domain.exact_numbers import rounded
from ledger.domain.settings import Settings

_ROOM: Final = 34
_CHARACTER: Final = 5.6
"""The room for amounts left of the plane, and what a character of one takes."""

_MANY: Final = 1_000
"""From here on amounts on the axis have no decimals."""


def worded(
    curve: Mapping[str, Any], settings: Settings, say: Mapping[str, str]
) -> dict[str, Any]:
    """
    Return the amounts of the grid of a curve, and its months, in words.

    ``shift`` says how far the plane moves to the right, where they need more room.
    """
    grid: Sequence[tuple[float, Decimal]] = curve["grid"]
    amounts = [settings.scale.of(amount) for _, amount in grid]
    digits = 0 if max(amounts) >= _MANY else settings.shown_digits
    shown = [f"{rounded(amount, digits):,f}" for amount in amounts]
    longest = max(map(len, shown)) * _CHARACTER
    return {
        "grid": [(high, text) for (high, _), text in zip(grid, shown, strict=True)],
        "months": [
            (across, say[f"month.{number}"]) for across, number in curve["months"]
        ],
        "shift": -max(0, ceil(longest - _ROOM)),
    }

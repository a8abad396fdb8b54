"""Rows of a form that are parts of the row above them (其中)."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve as replace

from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import Indicator
from ledger.domain.result_parts import ResultPart, make_whole, spelled, unequal
from ledger.domain.units import add_up
from ledger.messages import message

_PART: Final = re.compile(
    r"\s*(?:其中|of which)\s*[:：]?\s*(?P<value>[^\s:：;；=＝].*)", re.IGNORECASE
)


def with_part(above: Indicator, row: Indicator) -> Indicator | None:
    """
    Return the indicator above with one part more; ``None`` where a row is none of it.

    It is one where its name says so and its target is a number in the same unit, or in
    a counter of the same things; what has points is an indicator of its own.
    """
    named = _PART.fullmatch(row.name)
    whole, number = above.target, row.target.value
    if (
        named is None
        or number is None
        or whole.value is None
        or not add_up([whole.unit, row.target.unit])
        or (whole.unit is None) != (row.target.unit is None)
        or row.weight is not None
        or (above.level1, above.level2) != (row.level1, row.level2)
    ):
        return None
    part = ResultPart(number=number, value=named["value"].strip())
    return replace(above, parts=(*(above.parts or ()), part))


def read_as_part(above: Indicator, row: Indicator) -> Finding:
    """Return that a row was read as a part of the one above."""
    return finding(
        "indicator.read_as_part",
        found=f"{row.name} {row.target.text}",
        understood=message("understood.part_of", indicator=above.name),
    )


def whole_of(rows: Sequence[Indicator]) -> list[Indicator]:
    """Return the rows below which no part is left that is measured otherwise."""
    below = [*rows, None][1:]
    return [
        row
        for row, following in zip(rows, below, strict=True)
        if following is None or _PART.fullmatch(following.name) is None
    ]


def unequal_parts(indicator: Indicator) -> Iterator[Finding]:
    """Yield that the parts of a target do not make it, where they should."""
    target, adds_up = indicator.target, indicator.measure.row.adds_up
    if not indicator.parts or not make_whole(target.unit, adds_up=adds_up):
        return
    for _, number in unequal(indicator.parts, target.value or Decimal()):
        yield finding(
            "indicator.parts_unequal",
            found=spelled(indicator.parts),
            expected=message("expected.parts_of_whole", whole=target.value),
            indicator=indicator.name,
            sum=number,
        )

"""The parts of an indicator's figure: what of it falls to each value of a dimension."""

from collections.abc import Iterator
from decimal import Decimal

from ledger.domain.finding import Finding, finding
from ledger.domain.result_parts import (
    ResultPart,
    added_up,
    make_whole,
    spelled,
    unequal,
)
from ledger.domain.result_series import decimal
from ledger.domain.results import Remarks, Standard, Tracked
from ledger.messages import message
from ledger.projections.counting import NUMBER, Counting, counting


def parts_to_date(
    one: Tracked, standard: Standard, count: int
) -> tuple[ResultPart, ...]:
    """
    Return the parts of what the first *count* results come to.

    Under a sum those of all results are added up, value by value; else they are those
    of the latest result that counts and has some.
    """
    remarks, series = one.remarks, one.results
    if remarks is None or not remarks.parts or not count or one.computed_from:
        return ()
    counted = counting(standard, series, count)
    own = [remarks.parts.get(series.versions[place], ()) for place in counted.places]
    if counted.kind is NUMBER and standard.measure.row.adds_up:
        return added_up(part for parts in own for part in parts)
    return next(filter(None, reversed(own)), ())


def unequal_parts(
    remarks: Remarks, one: Tracked, standard: Standard, counted: Counting
) -> Iterator[Finding]:
    """Yield a finding for each dimension whose parts make no result that counts."""
    row, series = standard.measure.row, one.results
    if counted.kind is not NUMBER or not make_whole(standard.unit, adds_up=row.adds_up):
        return
    for place in counted.places:
        parts = remarks.parts.get(series.versions[place], ())
        whole = decimal((series.values or ())[place]) or Decimal()
        for dimension, made in unequal(parts, whole):
            yield finding(
                "result.parts_unequal",
                found=spelled(part for part in parts if part.dimension == dimension),
                expected=message("expected.parts_of_whole", whole=whole),
                dimension=dimension,
                sum=made,
                whole=whole,
            )

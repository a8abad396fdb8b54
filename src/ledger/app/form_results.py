"""Numbers, days and ratings that people write into cells of indicators."""

from decimal import Decimal
from typing import Any

from ledger.app.form_cells import FormCells, Unfit
from ledger.app.printed_cells import day_in, number_in, pair_in
from ledger.domain.calendar import expected_date
from ledger.domain.exact_numbers import EXACTLY
from ledger.domain.target_kind import DATES, QUANTITIES
from ledger.intake.filled_forms import FilledCell
from ledger.messages import message
from ledger.projections.attainment import AttainmentLine
from ledger.reports.values.printed_number import printed_unit


def result_of(
    cell: FilledCell, line: AttainmentLine, cells: FormCells
) -> dict[str, Any]:
    """
    Return the fields of the result that a cell says there is to date.

    Raises:
        Unfit: The target cannot be compared with it.
    """
    row = line.counted_by.row
    if line.target_kind in QUANTITIES:
        pair = pair_in(cell.text)
        if pair is not None:
            above, under = pair
            return {"numerator": above, "denominator": under, "to_date": row.pools}
        number = _number(cell, line)
        if number is None:
            unit = line.unit or None
            raise cells.unfit("result", cell, message("expected.figure", unit=unit))
        return {"value": number, "to_date": row.adds_up}
    if line.target_kind in DATES:
        day = day_in(cell.text)
        if day is None:
            raise cells.unfit("result", cell, expected_date(cell.text))
        return {"reached_on": day}
    rating = cells.rating_of(cell.text, whole=True)
    return {"text": cell.text} if rating is None else {"rating": rating}


def forecast_of(cell: FilledCell, line: AttainmentLine) -> dict[str, Any]:
    """Return the fields of an outlook: a number of what is counted, else a text."""
    number = _number(cell, line) if line.target_kind in QUANTITIES else None
    return {"text": cell.text or None} if number is None else {"value": number}


def score_of(cell: FilledCell) -> Decimal:
    """
    Return the points that a cell gives.

    Raises:
        Unfit: It gives none.
    """
    number = number_in(cell.text)
    if number is None:
        raise Unfit(cell, message("expected.points"))
    return number


def _number(cell: FilledCell, line: AttainmentLine) -> Decimal | None:
    """Return a number of a cell in the unit of the target, whatever its multiple."""
    factor, unit = printed_unit(line)
    number = number_in(cell.text, unit)
    if number is None and line.unit != unit:
        return number_in(cell.text, line.unit)
    return None if number is None else EXACTLY.multiply(number, factor)

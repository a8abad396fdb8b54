"""The points of the execution of the budget, as a form gives them: a field or a row."""

from decimal import Decimal
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import EXECUTION_POINTS, check_execution_weight
from ledger.domain.money import exact
from ledger.intake import fields
from ledger.intake.readers.form_source import Source
from ledger.messages import message

_EXECUTION: Final = {"预算执行率", "预算执行", "预算执行率指标"}
_FIELD: Final = "execution_weight"


def is_row(row: Any) -> bool:
    """Return whether a row is the execution of the budget, which is no indicator."""
    return isinstance(row, dict) and str(row.get("level1")).strip() in _EXECUTION


def given(form: dict[str, Any]) -> Decimal | None:
    """
    Take the field ``execution_weight``; ``None`` where it is absent, or 10.

    Raises:
        InvalidInput: It is no number of points from 0 to 100 in whole hundredths.
    """
    points = _points(form.get(_FIELD))
    return None if points == EXECUTION_POINTS else points


def points(
    form: dict[str, Any], path: str, source: Source, findings: list[Finding]
) -> Decimal | None:
    """
    Take the points of execution from its field and its rows; ``None`` is 10.

    A note says of each row that it is no indicator.

    Raises:
        InvalidInput: One cannot be points, or two of them differ.
    """
    found = _points(form.get(_FIELD))
    rows = fields.many(form, "indicators")
    for number, row in enumerate(rows, start=1):
        if not is_row(row):
            continue
        own = _points(row.get("weight"))
        if own is not None and found is not None and own != found:
            other = message("found.points_of_row", points=own, number=number)
            right = message("expected.points_before", points=found)
            raise InvalidInput(_FIELD, other, right)
        found = own if found is None else found
        where = source.places.get(f"{path}/indicators/{number - 1}", "")
        place = (where, message("place.indicator", number=number))
        has = EXECUTION_POINTS if found is None else found
        findings.append(finding("form.execution_row", place=place, points=has))
    return None if found == EXECUTION_POINTS else found


def _points(value: Any) -> Decimal | None:
    if fields.is_blank(value):
        return None
    taken = exact(value, field=_FIELD)
    check_execution_weight(taken)
    return taken

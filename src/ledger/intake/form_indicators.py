"""One row of a form: an indicator with its target."""

import re
from typing import Any, Final

import msgspec

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, warning
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorReference,
    default_measure,
    is_cost,
)
from ledger.domain.measure import Measure
from ledger.domain.target import parse_target
from ledger.domain.target_kind import SIGNS_OF_ALL_FORMS
from ledger.intake import fields

_UNFILLED: Final = re.compile(
    r".*(?:[*＊]{2,}|[xX×]{2,}|_{2,}|[○□]{2,}).*"
    rf"|[{SIGNS_OF_ALL_FORMS}][^0-9０-９]{{0,4}}"
)
"""A target of a template: its place for a number is still empty."""


def read_indicator(
    row: Any, place: str, fiscal_year: int, findings: list[Finding]
) -> Indicator:
    """
    Return the indicator of one row of a form.

    Args:
        place: Of the row, for an error.

        fiscal_year: Completes a target that is a day without its year.

        findings: Takes what is to be said of the target.

    Raises:
        InvalidInput: A field is missing or cannot be taken.
    """
    if not isinstance(row, dict):
        raise InvalidInput(place, fields.kind(row), "an object")
    name = fields.text(row, "level3")
    level1, level2 = fields.text(row, "level1"), fields.text(row, "level2")
    printed = fields.printed(row, "target")
    if printed is not None and _UNFILLED.fullmatch("".join(printed.split())):
        findings.append(_unfilled(printed).at(f"{level2} {name}"))
    target, said = parse_target(printed, fiscal_year=fiscal_year)
    findings += [finding.at(f"{level2} {name}") for finding in said]
    cost = is_cost(level1, level2, name)
    return Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=target,
        measure=fields.choice(row, "measure", Measure)
        or default_measure(target, cost=cost),
        description=fields.maybe(row, "description"),
        basis=fields.maybe(row, "basis"),
        weight=fields.decimal(row, "weight"),
        baseline=fields.decimal(row, "baseline"),
        direction=fields.choice(row, "direction", Direction),
        computed_from=tuple(
            _reference(r, name) for r in fields.many(row, "computed_from")
        ),
    )


def _reference(value: Any, name: str) -> IndicatorReference:
    try:
        return msgspec.convert(value, IndicatorReference)
    except msgspec.ValidationError as problem:
        raise InvalidInput(
            f"{name}, computed_from", value, "objects with project and indicator"
        ) from problem


def _unfilled(printed: str) -> Finding:
    """Say that a target has no number where a template has a place for one."""
    return warning(
        "target.unfilled",
        f"{printed} has a place for a number that nobody filled in",
        found=printed,
        expected="a quantity, a date or a quality",
    )

"""One row of a form: an indicator with its target."""

import re
from functools import partial
from typing import Any, Final

import msgspec

from ledger.domain.chinese_numbers import NUMERALS
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import (
    Direction,
    Indicator,
    IndicatorReference,
    default_measure,
    is_cost,
)
from ledger.domain.measure import Measure
from ledger.domain.printed_with import Horizon
from ledger.domain.target_kind import SIGNS_OF_ALL_FORMS
from ledger.domain.target_parser import parse_target
from ledger.intake import fields
from ledger.intake.courses import course_of_row, proposed
from ledger.intake.error_collector import ErrorCollector
from ledger.messages import message

_UNFILLED: Final = re.compile(
    r".*(?:[*＊]{2,}|[xX×]{2,}|_{2,}|[○□]{2,}).*"
    rf"|[{SIGNS_OF_ALL_FORMS}][^0-9０-９{NUMERALS}]{{0,4}}"
)
"""A target of a template: its place for a number is still empty."""


def read_indicator(
    row: Any, errors: ErrorCollector, fiscal_year: int
) -> Indicator | None:
    """
    Return the indicator of one row of a form; ``None`` where it cannot be taken.

    Args:
        errors: Takes an error of each field that is missing or cannot be taken; its
            findings take what there is to say about the target.

        fiscal_year: Completes a target that is a day without its year.
    """
    row = errors.take(lambda: _object(row))
    if row is None:
        return None
    name = errors.take(lambda: fields.text(row, "level3"))
    level1 = errors.take(lambda: fields.text(row, "level1"))
    level2 = errors.take(lambda: fields.text(row, "level2"))
    printed = errors.take(lambda: fields.printed(row, "target"))
    measure = errors.take(lambda: fields.choice(row, "measure", Measure))
    direction = errors.take(lambda: fields.choice(row, "direction", Direction))
    description, basis = (
        errors.take(partial(fields.maybe, row, named))
        for named in ("description", "basis")
    )
    weight, baseline = (
        errors.take(partial(fields.decimal, row, named))
        for named in ("weight", "baseline")
    )
    computed_from = errors.take(lambda: _references(row))
    horizons = errors.take(lambda: _horizons(row))
    told: list[Finding] = []
    course = errors.take(lambda: course_of_row(row, told))
    if name is None or level1 is None or level2 is None or errors.failed:
        return None
    if printed is not None and _UNFILLED.fullmatch("".join(printed.split())):
        errors.findings.append(_unfilled(printed).at(f"{level2} {name}"))
    target, said = parse_target(printed, fiscal_year=fiscal_year)
    errors.findings += [each.at(f"{level2} {name}") for each in said]
    cost = is_cost(level1, level2, name)
    indicator = Indicator(
        level1=level1,
        level2=level2,
        name=name,
        target=target,
        measure=measure or default_measure(target, cost=cost),
        description=description,
        basis=basis,
        weight=weight,
        baseline=baseline,
        direction=direction,
        computed_from=computed_from or (),
        course=course,
        horizons=horizons or None,
    )
    told += proposed(row, indicator)
    errors.findings += [note.at(f"{level2} {name}") for note in told]
    return indicator


def _object(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict):
        right = message("expected.object")
        raise InvalidInput("indicator", fields.kind(row), right)
    return row


def _horizons(row: dict[str, Any]) -> tuple[Horizon, ...]:
    """Take what is printed of other years, by what the form calls it."""
    given = fields.mapping(row.get("horizons"), "horizons")
    return tuple(
        Horizon(name=fields.plain(name, "horizons"), text=fields.plain(text, name))
        for name, text in given.items()
    )


def _references(row: dict[str, Any]) -> tuple[IndicatorReference, ...]:
    return tuple(map(_reference, fields.many(row, "computed_from")))


def _reference(value: Any) -> IndicatorReference:
    try:
        return msgspec.convert(value, IndicatorReference)
    except msgspec.ValidationError as problem:
        right = message("expected.references")
        raise InvalidInput("computed_from", value, right) from problem


def _unfilled(printed: str) -> Finding:
    """Return that a target has no number where a template has a place for one."""
    right = message("expected.target.missing")
    return finding("target.unfilled", found=printed, expected=right)

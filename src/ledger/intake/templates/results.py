"""The sheet of a month's workbook for results: a row for each indicator."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from ledger.domain.choices import word_of
from ledger.domain.indicator import Rating
from ledger.domain.settings import Settings
from ledger.intake.column_heads import EVENT
from ledger.intake.templates.keys import key_of
from ledger.intake.templates.sheet import (
    Rules,
    TemplateColumn,
    TemplateWords,
    add_rules,
    at_least,
    between,
    choice,
    columns_of,
    height,
    set_paper,
    write_cell,
    write_head,
)
from ledger.intake.templates.shown import (
    TemplateIndicator,
    TemplateProject,
    codes_of,
    have_units,
    without_units,
)

_SHAPES: Final = """
project 24 text
unit 14 text
name 22 text
indicator 26 text
target 18 text
measure 10 text
so_far 14 text
on 12 date
value 12 number
numerator 11 number
denominator 13 number
rating 14 text
share 11 number
to_date 13 text
reached_on 13 date
text 24 text
evidence 22 text
note 24 text
parts 24 text
key 26 text
"""
_VALUE: Final = "value"
"""The first column that is filled in by hand."""


def write_results(
    sheet: Any,
    projects: Sequence[TemplateProject],
    on: date,
    looks: dict[str, Any],
    words: TemplateWords,
    settings: Settings,
) -> None:
    """Write a row for each indicator, with what its results come to so far."""
    shapes = _SHAPES if have_units(projects) else without_units(_SHAPES)
    columns = _columns(shapes, on, words, settings)
    write_head(sheet, columns, looks, frozen_columns=3)
    row = 0
    for project in projects:
        for one in project.indicators:
            row += 1
            _write_row(sheet, row, project, one, on, columns, looks, words)
    last = max(row, 1)
    add_rules(sheet, columns, last)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    set_paper(sheet, across=2)


def _columns(
    shapes: str, on: date, words: TemplateWords, settings: Settings
) -> list[TemplateColumn]:
    ratings = words.offered(Rating)
    spans = [words.of("this_month"), words.of("to_date")]
    year = settings.year_of(on)
    rules: Rules = {
        "on": between("date", year.start, year.end),
        "numerator": at_least(0, words.of("from_zero")),
        "denominator": at_least(0, words.of("whole_of_rate")),
        "rating": choice(ratings, hint=words.of("result.rating", ratings=ratings)),
        "share": between("decimal", 0, 1),
        "to_date": choice(spans),
        "reached_on": between("date", date(1901, 1, 1), date(9000, 12, 31)),
    }
    fields = [line.split()[0] for line in shapes.strip().splitlines()]
    values = {"ratings": ratings, "to_date": spans[1]}
    notes = {name: words.of(f"result.{name}", **values) for name in fields}
    return columns_of(shapes, EVENT, words, rules, notes)


def _write_row(
    sheet: Any,
    row: int,
    project: TemplateProject,
    one: TemplateIndicator,
    on: date,
    columns: Sequence[TemplateColumn],
    looks: dict[str, Any],
    words: TemplateWords,
) -> None:
    first = [column.field for column in columns].index(_VALUE)
    shown = (
        *codes_of(project, units=columns[1].field == "unit"),
        project.name,
        one.label,
        one.target,
        words.said(word_of(one.measure)),
        one.so_far,
    )
    widths = [column.width for column in columns]
    sheet.set_row(row, height(zip(shown, widths, strict=False)))
    for c, text in enumerate(shown):
        sheet.write_string(row, c, text, looks["shown"])
    sheet.write_datetime(row, len(shown), on, looks["shown_date"])
    for c, column in enumerate(columns[first:-1], start=first):
        sheet.write_blank(row, c, None, looks[column.look])
    key = key_of(on, "results", *codes_of(project), one.label)
    write_cell(sheet, row, len(columns) - 1, key, looks, "text")
    rule = _value_rule(one, columns[first], words)
    sheet.data_validation(row, first, row, first, rule)


def _value_rule(
    indicator: TemplateIndicator, column: TemplateColumn, words: TemplateWords
) -> dict[str, Any]:
    """Return the rule of an indicator's value, with what is to be filled in."""
    hints = [words.of(f"asks_for.{indicator.measure}")]
    if indicator.unit == "%":
        hints.append(words.of("percent"))
    elif indicator.unit:
        hints.append(words.of("in_unit", unit=indicator.unit[:40]))
    return {
        **at_least(0, words.of("from_zero")),
        "error_title": column.label,
        "input_title": words.said(word_of(indicator.measure)),
        "input_message": "\n".join(hints),
    }

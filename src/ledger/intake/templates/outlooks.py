"""The sheet of a month's template for what the year will end with, row by row."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from ledger.domain.settings import Settings
from ledger.domain.variance import Likelihood
from ledger.intake.column_heads import EVENT
from ledger.intake.templates.keys import key_of
from ledger.intake.templates.sheet import (
    Rules,
    TemplateWords,
    add_rules,
    at_least,
    choice,
    columns_of,
    height,
    set_paper,
    write_cell,
    write_head,
)
from ledger.intake.templates.shown import (
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
on 12 date
about 12 text
as_planned 12 text
amount 16 money
value 12 number
text 24 text
likelihood 14 text
reason 30 text
key 26 text
"""
_SAID: Final = "as_planned"
"""The first column that is filled in by hand."""


def write_outlooks(
    sheet: Any,
    projects: Sequence[TemplateProject],
    on: date,
    looks: dict[str, Any],
    words: TemplateWords,
    settings: Settings,
) -> None:
    """
    Write a row for the money of each project and for each of its indicators.

    A person says what will be, or confirms in one cell that it will be as planned.
    """
    likelihoods, yes = words.offered(Likelihood), words.of("yes")
    rules: Rules = {
        "as_planned": choice([yes]),
        "amount": at_least(0, words.of("from_zero")),
        "likelihood": choice(likelihoods),
    }
    shapes = _SHAPES if have_units(projects) else without_units(_SHAPES)
    fields = [line.split()[0] for line in shapes.strip().splitlines()]
    values = {"unit": words.unit, "likelihoods": likelihoods, "yes": yes}
    notes = {name: words.of(f"outlook.{name}", **values) for name in fields}
    columns = columns_of(shapes, EVENT, words, rules, notes)
    write_head(sheet, columns, looks, frozen_columns=3)
    about, row = settings.month_of(on), 0
    first = [column.field for column in columns].index(_SAID)
    units = columns[1].field == "unit"
    for row, (one, *about_what) in enumerate(_rows(projects), start=1):
        shown = (*codes_of(one, units=units), one.name, *about_what)
        widths = [column.width for column in columns]
        key = key_of(on, "outlooks", *codes_of(one), about_what[0])
        sheet.set_row(row, height(zip(shown, widths, strict=False)))
        for c, cell in enumerate((*shown, on, about)):
            look = "shown_date" if cell is on else "shown"
            write_cell(sheet, row, c, cell, looks, look)
        for c, column in enumerate(columns[first:], start=first):
            cell = key if column.field == "key" else None
            write_cell(sheet, row, c, cell, looks, column.look)
    add_rules(sheet, columns, max(row, 1))
    sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
    set_paper(sheet)


def _rows(
    projects: Sequence[TemplateProject],
) -> Iterator[tuple[TemplateProject, str, str]]:
    """Yield what each row is about: a project or a unit, and an indicator."""
    for project in projects:
        if not project.is_unit:
            yield project, "", ""
        for one in project.indicators:
            yield project, one.label, one.target

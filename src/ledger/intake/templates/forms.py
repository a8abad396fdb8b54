"""The template of forms of approval: an empty flat table with an example and notes."""

import os
from datetime import timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from ledger.domain.choices import word_of
from ledger.domain.funding import FISCAL, FORM_FIELDS
from ledger.domain.indicator import Direction
from ledger.domain.measure import Measure
from ledger.domain.plan import Convention, Reading
from ledger.domain.settings import Settings
from ledger.intake.column_heads import FORM, month_name
from ledger.intake.money_units import known_units
from ledger.intake.readers.grid import column_name
from ledger.intake.templates.sheet import (
    WORKBOOK,
    Rules,
    TemplateColumn,
    TemplateWords,
    add_rules,
    between,
    choice,
    columns_of,
    save,
    set_paper,
    wide,
    workbook_of,
    write_cell,
    write_head,
)
from ledger.messages import Language

_FORM_ROWS: Final = 2_000
_CHECKPOINTS: Final = (3, 6, 10, 12)
"""Months of the fiscal year at whose ends the plan has a column."""


def forms_template(
    path: str | os.PathLike[str], settings: Settings, language: Language
) -> None:
    """
    Write an empty workbook for forms of approval: a row an indicator.

    What is filled in on its first sheet is read as forms; the example and the notes on
    the others are not.

    Raises:
        InvalidInput: There is a file at *path* already, it does not end in ``.xlsx``,
            or it cannot be written.
    """
    words = TemplateWords(language, settings.unit)
    columns = _form_columns(settings, words)

    def fill(book: Any, looks: dict[str, Any]) -> None:
        sheet = book.add_worksheet(words.of("sheet.forms"))
        write_head(sheet, columns, looks, frozen_columns=3)
        add_rules(sheet, columns, _FORM_ROWS)
        set_paper(sheet, across=3)
        example = book.add_worksheet(words.of("sheet.example"))
        _write_example(example, columns, looks, words, settings)
        notes = book.add_worksheet(words.of("sheet.notes"))
        _write_notes(notes, columns, looks, words, settings)

    save(path, workbook_of(fill, settings), WORKBOOK)


_FORM_SHAPES: Final = """
fiscal_year 7 number needed
project_code 24 text needed
project_name 26 text needed
unit_code 11 text needed
unit_name 26 text
budget 12 number needed
{amounts}
purpose 30 text
goals 36 text
document 20 text
approved_on 12 date
{plan}
plan_reading 14 text
level1 12 text needed
level2 18 text needed
level3 26 text needed
description 30 text
target 16 text needed
basis 22 text
measure 10 text
weight 8 number
baseline 10 number
direction 10 text
milestones 26 text
between 12 text
builds_up 10 text
midterm 14 text
last_year 14 text
"""
_LEVELS1: Final = "output benefit satisfaction cost".split()
_LEVELS2: Final = (
    "quantity quality timeliness cost cost_economic cost_social cost_ecological "
    "economic social ecological lasting satisfaction".split()
)


def _form_rules(words: TemplateWords) -> Rules:
    def levels(level: str, names: list[str]) -> dict[str, Any]:
        return choice((words.of(f"{level}.{name}") for name in names), only=False)

    inferred = {
        name: words.of(f"inferred.{name}") for name in ("plan_reading", "measure")
    }
    return {
        "fiscal_year": between("integer", 1900, 9000),
        "plan_reading": choice(words.offered(Reading), hint=inferred["plan_reading"]),
        "level1": levels("level1", _LEVELS1),
        "level2": levels("level2", _LEVELS2),
        "measure": choice(words.offered(Measure), hint=inferred["measure"]),
        "direction": choice(words.offered(Direction)),
        "between": choice(words.offered(Convention)),
        "builds_up": choice([words.of("yes"), words.of("no")]),
    }


def _months(settings: Settings) -> list[int]:
    """Return the months of the calendar at whose ends the plan has a column."""
    return [(settings.first_month + n - 2) % 12 + 1 for n in _CHECKPOINTS]


def _form_columns(settings: Settings, words: TemplateWords) -> list[TemplateColumn]:
    """Return the columns of the flat table, under heads that its reader knows."""
    plan = {f"plan/{month}": month_name(month) for month in _months(settings)}
    shapes = _FORM_SHAPES.format(
        amounts="\n".join(f"{each.name} 12 number" for each in FORM_FIELDS.values()),
        plan="\n".join(f"{field} 14 number" for field in plan),
    )
    kinds: dict[str, type[Enum]] = {
        "conventions": Convention,
        "directions": Direction,
        "measures": Measure,
        "readings": Reading,
    }
    values = {name: words.offered(kind) for name, kind in kinds.items()}
    fields = [line.split()[0] for line in shapes.strip().splitlines()]
    notes = {
        field: words.of(
            f"form.{field.partition('/')[0]}",
            unit=words.unit,
            month=plan.get(field),
            **values,
        )
        for field in fields
    }
    return columns_of(shapes, FORM, words, _form_rules(words), notes)


# The example: the columns of a project with its plan, and of its indicators

_CODES: Final = "13052923P00584010933T", "323001"
_BUDGET: Final = 200_000
"""Of the example, in the main unit of the currency."""

_INDICATORS: Final = (
    ("output", "quantity", "trained", None, "plan", Measure.SUM),
    (None, "quality", "qualified", "≥95%", "plan", Measure.RATIO),
    (None, "timeliness", "finished", None, "plan", None),
    ("benefit", "social", "employed", None, "plan", None),
    ("satisfaction", "satisfaction", "satisfied", "≥98%", "survey", Measure.RATIO),
)
"""Levels, name, target where it is the same in all languages, basis, and measure."""


def _example_project(words: TemplateWords, settings: Settings) -> dict[str, object]:
    year = settings.year(2023)
    project, unit = _CODES
    budget = settings.scale.of(Decimal(_BUDGET))
    texts = "project_name unit_name purpose goals document".split()
    return {
        "fiscal_year": year.year,
        "project_code": project,
        "unit_code": unit,
        "budget": budget,
        FORM_FIELDS[FISCAL].name: budget,
        "approved_on": year.start + timedelta(days=9),
        "plan_reading": words.said(word_of(Reading.CUMULATIVE)),
        **{name: words.of(f"example.{name}") for name in texts},
    }


def _example_rows(words: TemplateWords, settings: Settings) -> list[dict[str, object]]:
    """Return the rows of the example by field; its project stands in the first."""
    due = settings.year(2023).month_end(_months(settings)[-2])
    values = {"month": month_name(due.month), "day": due}
    rows: list[dict[str, object]] = []
    for level1, level2, name, target, basis, measure in _INDICATORS:
        rows.append(
            {
                "level1": level1 and words.of(f"level1.{level1}"),
                "level2": words.of(f"level2.{level2}"),
                "level3": words.of(f"example.{name}"),
                "description": words.of(f"example.{name}.description"),
                "target": target or words.of(f"example.{name}.target", **values),
                "basis": words.of(f"example.of_{basis}"),
                "measure": measure and words.said(word_of(measure)),
            }
        )
    rows[0].update(_example_project(words, settings))
    return rows


def _write_example(
    sheet: Any,
    columns: list[TemplateColumn],
    looks: dict[str, Any],
    words: TemplateWords,
    settings: Settings,
) -> None:
    """Write one form; no label stands alone, so that it is not read as one."""
    sheet.write_string(0, 0, words.of("not_read"), looks["warning"])
    for c, column in enumerate(columns):
        head = words.of("example.head", head=column.label)
        sheet.set_column(c, c, max(column.width, wide(head)))
        look = looks["needed" if column.needed else "head"]
        sheet.write_string(1, c, head, look)
    rows = _example_rows(words, settings)
    plan = [c for c, column in enumerate(columns) if column.field == "plan"]
    for r, row in enumerate(rows, start=2):
        for c, column in enumerate(columns):
            write_cell(sheet, r, c, row.get(column.field), looks, column.look)
    for part, c in enumerate(plan, start=1):
        amount = settings.scale.of(Decimal(_BUDGET * part // len(plan)))
        write_cell(sheet, 2, c, amount, looks, columns[c].look)
    sheet.freeze_panes(2, 3)
    set_paper(sheet, heading=1, across=3)


def _write_notes(
    sheet: Any,
    columns: list[TemplateColumn],
    looks: dict[str, Any],
    words: TemplateWords,
    settings: Settings,
) -> None:
    """Write what goes where."""
    units = [unit for unit in known_units(settings.currency) if unit != words.unit]
    lines = [
        words.of("lines.fill_in", sheet=words.of("sheet.forms")),
        words.of("lines.needed"),
        words.of("lines.amounts", unit=words.unit, units=units),
        words.of("lines.import"),
    ]
    rows = [(f"{number}.", line) for number, line in enumerate(lines, start=1)]
    for c, column in enumerate(columns):
        place = words.of("notes.place", letters=column_name(c), head=column.label)
        rows.append((place, column.note))
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 90)
    for c, head in enumerate(("notes.column", "notes.text")):
        sheet.write_string(0, c, words.of(head), looks["head"])
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text, looks["text"])
    sheet.freeze_panes(1, 0)
    set_paper(sheet)

"""A register as one HTML page that needs nothing else, and runs nothing."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ledger.domain.settings import Settings
from ledger.figures.figure import FigureKind, Width
from ledger.messages import Language
from ledger.reports import vocabulary as words
from ledger.reports.render.page_parts import asset, environment
from ledger.reports.render.register_cells import head, text, title
from ledger.reports.values.register import (
    RegisterCells,
    RegisterColumn,
    RegisterTable,
    RegisterValues,
)

_NARROW: Final = 10
"""Columns of a table that a page has room for, on upright paper too."""


def page(values: RegisterValues, language: str | None = None) -> Iterator[str]:
    """
    Yield the page in parts, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    settings = values.settings
    spoken = words.language_of(language, settings)
    say = words.words(spoken)
    style, style_hash = asset("report.css")
    template = environment().get_template("register.html.j2")
    yield from template.generate(
        lang="zh-Hans" if spoken is Language.CHINESE else "en",
        title=title(values, say),
        who=settings.title,
        style=style,
        style_hash=style_hash,
        w=say,
        tables=[table_shown(table, settings, spoken) for table in values.tables],
        kept=say["position_root"].format(position=values.position, root=values.root),
    )


def table_shown(
    table: RegisterTable, settings: Settings, language: Language
) -> dict[str, Any]:
    """Return what a page shows of a table."""
    say, columns = words.words(language), table.shown(Width.SHEET)
    names = [c.key for c in columns if c.key == "project_name"]
    header = names[0] if names else columns[0].key
    wide = len(columns) > _NARROW
    amounts = wide and any(column.kind is FigureKind.MONEY for column in columns)
    unit = words.money_unit(settings, say)

    def row(cells: RegisterCells, name: str | None = None) -> dict[str, Any]:
        shown = [_cell(cells, one, settings, language, header) for one in columns]
        filled = (n for n, cell in enumerate(shown) if n and cell["text"])
        return {"name": name, "cells": shown, "span": next(filled, len(shown))}

    return {
        "key": table.key,
        "wide": wide,
        "amounts": say["in_unit"].format(word=say["amount"], unit=unit)
        if amounts
        else "",
        "head": say[f"table.{table.key}"],
        "columns": [
            {
                "words": words.head_pieces().findall(say[column.head]),
                "unit": ""
                if wide  # All amounts of a ledger have the same: it is said once.
                else head(column, settings, say).removeprefix(say[column.head]),
                "numeric": not column.is_text,
                "header": column.key == header,
            }
            for column in columns
        ],
        "groups": [
            {
                "rows": [row(cells) for cells in group.rows],
                "sums": row(group.sums, group.name) if group.name else None,
            }
            for group in table.groups
        ],
        "sums": None if table.sums is None else row(table.sums, say["total"]),
    }


def _cell(
    cells: RegisterCells,
    column: RegisterColumn,
    settings: Settings,
    language: Language,
    header: str,
) -> Mapping[str, object]:
    shown = ""
    if column.key in cells:
        shown = text(cells[column.key], column, settings, language)
    named = column.key == header
    return {
        "text": shown,
        "numeric": not column.is_text,
        "header": named,
        "whole": column.is_code,
    }

"""The workbook of a month: what is measured, paid, decided, explained and closed."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from ledger.domain.calendar import month_end
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import SourceRoot, named_source
from ledger.domain.settings import Settings
from ledger.intake.column_heads import EVENT
from ledger.intake.templates.keys import key_of
from ledger.intake.templates.month_sheets import (
    OF_ROWS,
    SHEETS,
    FactColumns,
    FactLists,
)
from ledger.intake.templates.outlooks import write_outlooks
from ledger.intake.templates.results import write_results
from ledger.intake.templates.sheet import (
    WORKBOOK,
    TemplateColumn,
    TemplateWords,
    add_rules,
    save,
    set_paper,
    workbook_of,
    write_cell,
    write_head,
)
from ledger.intake.templates.shown import TemplateProject, codes_of
from ledger.messages import Language, message
from ledger.spreadsheet.safe_text import guarded

_TABLE: Final = ".csv"

EMPTY_ROWS: Final = 200
"""Rows of a sheet of new facts that are ready to be filled in."""


def events_template(
    path: str | os.PathLike[str],
    projects: Iterable[TemplateProject],
    *,
    month: date,
    settings: Settings,
    language: Language,
    mark: str = "",
) -> None:
    """
    Write a workbook for all that may be recorded in a month.

    It has a row for each indicator, dated the end of the month, another one for what
    it will come to by the year's end, and sheets of empty rows for payments, refunds,
    commitments, changes of budgets, plans, targets and forms, explanations, scores,
    goals, conclusions, orders to rectify, closings and corrections. Each row has its
    key. A path that ends in ``.csv`` gives a table of the results alone, and any other
    must end in ``.xlsx``.

    Args:
        month: Any day of it.

        mark: Tells the keys of the empty rows from those of any other workbook.

    Raises:
        InvalidInput: There are no projects, there is a file at *path* already, it has
            another ending, or it cannot be written.
    """
    listed = list(projects)
    if not listed:
        raise InvalidInput("projects", None, message("expected.some_project"))
    on = month_end(month.year, month.month)
    words = TemplateWords(language, settings.currency.unit)
    if Path(path).suffix.lower() == _TABLE:
        save(path, _csv(listed, on, words), _TABLE)
        return

    def fill(book: Any, looks: dict[str, Any]) -> None:
        sources = _sources(listed, words)
        own = [project for project in listed if not project.is_unit]
        results = book.add_worksheet(words.of("sheet.results"))
        write_results(results, listed, on, looks, words, settings)
        outlooks = book.add_worksheet(words.of("sheet.outlooks"))
        write_outlooks(outlooks, listed, on, looks, words, settings)
        lists = FactLists(len(own), len(sources), len(own) < len(listed))
        columns = FactColumns(words, settings, lists, on)
        for name in SHEETS:
            if name not in OF_ROWS:
                sheet = book.add_worksheet(words.of(f"sheet.{name}"))
                keys = [key_of(on, name, mark, str(n)) for n in range(EMPTY_ROWS)]
                _write_empty(sheet, columns.of(name), keys, looks)
        names = [(project.project, project.name) for project in own]
        _write_list(book, looks, words, "projects", {"project": 24, "name": 60}, names)
        rows = [(source,) for source in sources]
        _write_list(book, looks, words, "sources", {"source": 60}, rows)

    save(path, workbook_of(fill, settings), WORKBOOK, _TABLE)


def _sources(projects: Iterable[TemplateProject], words: TemplateWords) -> list[str]:
    """Return the words for all funding sources; of the roots where there are none."""
    known = {source for project in projects for source in project.sources}
    roots = [root.value for root in SourceRoot if not root.row.holds_sources]
    return [words.said(named_source(source)) for source in sorted(known) or roots]


def _write_list(
    book: Any,
    looks: dict[str, Any],
    words: TemplateWords,
    name: str,
    widths: dict[str, int],
    rows: Iterable[Sequence[str]],
) -> None:
    """Write a sheet of what the others choose from; the first column names it."""
    sheet = book.add_worksheet(words.of(f"sheet.{name}"))
    for c, (column, width) in enumerate(widths.items()):
        sheet.set_column(c, c, width)
        sheet.write_string(0, c, words.head(EVENT, column), looks["head"])
    for r, row in enumerate(rows, start=1):
        for c, text in enumerate(row):
            sheet.write_string(r, c, text, looks["shown"])
    sheet.freeze_panes(1, 0)
    set_paper(sheet)


def _write_empty(
    sheet: Any,
    columns: list[TemplateColumn],
    keys: Sequence[str],
    looks: dict[str, Any],
) -> None:
    """Write a sheet of empty rows to be filled in, each with its key."""
    write_head(sheet, columns, looks, frozen_columns=1)
    for row, key in enumerate(keys, start=1):
        for c, column in enumerate(columns):
            cell = key if column.field == "key" else None
            write_cell(sheet, row, c, cell, looks, column.look)
    add_rules(sheet, columns, len(keys))
    set_paper(sheet)


_CSV: Final = (
    "type project unit name indicator target on value numerator denominator rating "
    "share to_date reached_on text evidence note parts "
    "voucher amount source payee description".split()
)


def _csv(projects: list[TemplateProject], on: date, words: TemplateWords) -> bytes:
    """Return a table with a row for each indicator, as UTF-8 that Excel knows."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, _CSV)
    heads = {name: words.head(EVENT, name, unit=words.unit) for name in _CSV}
    table.writerow(heads)
    result = words.said(message("event.ResultReported"))
    for project in projects:
        code, unit = map(guarded, codes_of(project))
        for indicator in project.indicators:
            table.writerow(
                {
                    "type": result,
                    "project": code,
                    "unit": unit,
                    "name": guarded(" ".join(project.name.split())),
                    "indicator": guarded(indicator.label),
                    "target": guarded(" ".join(indicator.target.split())),
                    "on": on.isoformat(),
                }
            )
    return text.getvalue().encode("utf-8-sig")

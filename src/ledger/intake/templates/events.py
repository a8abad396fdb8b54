"""The template of a month: what is measured, paid, explained and scored."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from ledger.domain.calendar import month_end
from ledger.domain.choices import word_of
from ledger.domain.errors import InvalidInput
from ledger.domain.funding import SourceRoot, named_source
from ledger.domain.indicator import Rating
from ledger.domain.settings import Settings
from ledger.domain.variance import VarianceCategory
from ledger.intake.column_heads import EVENT
from ledger.intake.templates.outlooks import write_outlooks
from ledger.intake.templates.sheet import (
    WORKBOOK,
    Rules,
    TemplateColumn,
    TemplateWords,
    add_rules,
    at_least,
    between,
    choice,
    columns_of,
    height,
    save,
    set_paper,
    workbook_of,
    write_head,
)
from ledger.intake.templates.shown import TemplateIndicator, TemplateProject
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
) -> None:
    """
    Write a template for the results and disbursements of a month.

    It has a row for each indicator, dated the end of the month, another one for what
    it will come to by the year's end, and empty rows for disbursements, for
    explanations of what deviates and for scores. A path that ends in ``.csv`` gives a
    table of the results alone, and any other must end in
    ``.xlsx``.

    Args:
        month: Any day of it.

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
        results = book.add_worksheet(words.of("sheet.results"))
        _write_results(results, listed, on, looks, words, settings)
        outlooks = book.add_worksheet(words.of("sheet.outlooks"))
        write_outlooks(outlooks, listed, on, looks, words, settings)
        lists = len(listed), len(sources)
        for name, columns in _columns_to_fill(lists, on, words, settings).items():
            sheet = book.add_worksheet(words.of(f"sheet.{name}"))
            _write_empty(sheet, columns, looks)
        names = [(project.project, project.name) for project in listed]
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


_RESULT_SHAPES: Final = """
project 24 text
name 22 text
indicator 26 text
target 18 text
on 12 date
value 12 number
numerator 11 number
denominator 13 number
rating 14 text
share 11 number
to_date 12 text
reached_on 13 date
text 24 text
evidence 22 text
note 24 text
parts 24 text
"""
_SHAPES: Final = {
    "disbursement": """
project 26 text needed
on 12 date needed
voucher 18 text needed
amount 16 money needed
source 24 text
payee 26 text
description 40 text
""",
    "explanation": """
project 26 text needed
on 12 date needed
about 12 text
indicator 26 text
category 16 text needed
text 40 text needed
remedy 40 text
""",
    "score": """
project 26 text needed
on 12 date needed
about 12 text
indicator 26 text
score 11 number needed
reason 40 text
""",
}
"""The columns of each sheet that is empty."""

_PREFILLED: Final = 5


def _columns(
    shapes: str, part: str, words: TemplateWords, rules: Rules, **values: object
) -> list[TemplateColumn]:
    """Return the columns of a sheet, each with what goes in."""
    fields = [line.split()[0] for line in shapes.strip().splitlines()]
    notes = {name: words.of(f"{part}.{name}", **values) for name in fields}
    return columns_of(shapes, EVENT, words, rules, notes)


def _result_rules(words: TemplateWords, on: date, settings: Settings) -> Rules:
    from_zero, whole = words.of("from_zero"), words.of("whole_of_rate")
    ratings = words.offered(Rating)
    hint = words.of("result.rating", ratings=ratings)
    return {
        "on": _day_in_year(on, settings),
        "numerator": at_least(0, from_zero),
        "denominator": at_least(0, whole),
        "rating": choice(ratings, hint=hint),
        "share": between("decimal", 0, 1),
        "reached_on": between("date", date(1901, 1, 1), date(9000, 12, 31)),
    }


def _day_in_year(on: date, settings: Settings) -> dict[str, Any]:
    """Return the rule of a date in the fiscal year of *on*."""
    year = settings.year_of(on)
    return between("date", year.start, year.end)


def _write_results(
    sheet: Any,
    projects: list[TemplateProject],
    on: date,
    looks: dict[str, Any],
    words: TemplateWords,
    settings: Settings,
) -> None:
    rules, ratings = _result_rules(words, on, settings), words.offered(Rating)
    columns = _columns(_RESULT_SHAPES, "result", words, rules, ratings=ratings)
    write_head(sheet, columns, looks, frozen_columns=3)
    row = 0
    for project in projects:
        for indicator in project.indicators:
            row += 1
            shown = (project.project, project.name, indicator.label, indicator.target)
            widths = [column.width for column in columns]
            sheet.set_row(row, height(zip(shown, widths, strict=False)))
            for c, text in enumerate(shown):
                sheet.write_string(row, c, text, looks["shown"])
            sheet.write_datetime(row, len(shown), on, looks["shown_date"])
            for c, column in enumerate(columns[_PREFILLED:], start=_PREFILLED):
                sheet.write_blank(row, c, None, looks[column.look])
            rule = _value_rule(indicator, columns[_PREFILLED], words)
            sheet.data_validation(row, _PREFILLED, row, _PREFILLED, rule)
    last = max(row, 1)
    add_rules(sheet, columns, last)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    set_paper(sheet)


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


def _columns_to_fill(
    lists: tuple[int, int], on: date, words: TemplateWords, settings: Settings
) -> dict[str, list[TemplateColumn]]:
    """Return the columns of each empty sheet, of so many projects and sources."""
    categories = words.offered(VarianceCategory)
    own: dict[str, Rules] = {
        "disbursement": {
            "amount": at_least(0, words.of("above_zero"), above=True),
            "source": {**_from_sheet("sources", lists[1], words), "show_error": False},
        },
        "explanation": {"category": choice(categories)},
        "score": {"score": at_least(0, words.of("from_zero"))},
    }
    rules = {
        "project": _project_rule(lists[0], words),
        "on": _day_in_year(on, settings),
    }
    values = {
        "unit": words.unit,
        "sheet": words.of("sheet.projects"),
        "results": words.of("sheet.results"),
        "categories": categories,
    }
    return {
        f"{part}s": _columns(_SHAPES[part], part, words, rules | more, **values)
        for part, more in own.items()
    }


def _from_sheet(name: str, length: int, words: TemplateWords) -> dict[str, Any]:
    """Return the rule of what is chosen from a sheet of the workbook."""
    sheet = words.of(f"sheet.{name}")
    return {"validate": "list", "source": f"='{sheet}'!$A$2:$A${length + 1}"}


def _project_rule(count: int, words: TemplateWords) -> dict[str, Any]:
    rule = _from_sheet("projects", count, words)
    return {**rule, "error_message": words.of("choose")}


def _write_empty(
    sheet: Any, columns: list[TemplateColumn], looks: dict[str, Any]
) -> None:
    """Write a sheet of empty rows to be filled in."""
    write_head(sheet, columns, looks, frozen_columns=1)
    for row in range(1, EMPTY_ROWS + 1):
        for c, column in enumerate(columns):
            sheet.write_blank(row, c, None, looks[column.look])
    add_rules(sheet, columns, EMPTY_ROWS)
    set_paper(sheet)


_CSV: Final = (
    "type project name indicator target on value numerator denominator rating share "
    "to_date reached_on text evidence note parts "
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
        for indicator in project.indicators:
            table.writerow(
                {
                    "type": result,
                    "project": guarded(project.project),
                    "name": guarded(" ".join(project.name.split())),
                    "indicator": guarded(indicator.label),
                    "target": guarded(" ".join(indicator.target.split())),
                    "on": on.isoformat(),
                }
            )
    return text.getvalue().encode("utf-8-sig")

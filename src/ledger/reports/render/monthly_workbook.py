"""The monthly report as a workbook: projects, indicators, months, and a chart."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from ledger.domain.indicator import Rating
from ledger.domain.progress import Progress, watched
from ledger.projections.attainment import AttainmentLine
from ledger.reports import vocabulary as words
from ledger.reports.render.table import word_of
from ledger.reports.values.monthly import MonthlyValues, ProjectReport
from ledger.spreadsheet.cells import (
    Book,
    Figure,
    Formula,
    Head,
    Sheet,
    place,
    rate_look,
    write_list,
)

_TEXTS: Final = (("project", 24), ("name", 34), ("unit_name", 26), ("status", 10))
_AMOUNTS: Final = (
    *("original_budget", "current_budget", "planned", "disbursed"),
    *("available", "variance", "carried_over", "lapsed"),
)
_RATES: Final = {
    "execution_rate": ("disbursed", "current_budget"),
    "plan_rate": ("disbursed", "planned"),
}
"""Rates that are formulas: what is divided by what."""

_INDICATOR: Final = (
    *(("project", 24, "text"), ("project_name", 28, "text"), ("level1", 12, "text")),
    *(("level2", 14, "text"), ("level3", 26, "text"), ("target", 16, "center")),
    *(("result", 14, "number"), ("expected", 12, "number")),
    *(("attainment", 11, "rate"), ("status", 10, "center")),
    *(("weight", 9, "points"), ("score", 9, "points"), ("reported_score", 9, "points")),
    ("explanation", 34, "text"),
)
_MONTHS: Final = (
    *("planned", "disbursed", "cumulative_planned", "cumulative_disbursed"),
)


def workbook(
    monthly: MonthlyValues,
    language: str | None,
    progress: Progress,
) -> bytes:
    """
    Return the workbook, in the ledger's language where none is named.

    Raises:
        InvalidInput: There is no such language.
    """
    say = words.words(words.language_of(language, monthly.settings))
    book = Book(monthly.settings)
    _projects(book.sheet(say["html.projects"]), monthly, say, progress)
    _indicators(book.sheet(say["indicator"]), monthly, say)
    _months(book, book.sheet(say["html.months"]), monthly, say)
    return book.close()


def _projects(
    sheet: Sheet,
    monthly: MonthlyValues,
    say: Mapping[str, str],
    progress: Progress,
) -> None:
    """Write a row for each project, its rates and the totals by formula."""
    heads = [
        *(Head(label=say[key], width=width, look="text") for key, width in _TEXTS),
        *(_amount(key, monthly, say) for key in _AMOUNTS),
        *(Head(label=say[key], width=11, look="rate") for key in _RATES),
        Head(label=say["time_progress"], width=11, look="rate"),
        Head(label=say["closed_on"], width=12, look="date"),
    ]
    columns = {key: column for column, key in enumerate(_AMOUNTS, start=len(_TEXTS))}

    def rows() -> Iterator[tuple[object, ...]]:
        projects = watched(monthly.projects, progress, len(monthly.projects))
        for row, project in enumerate(projects, start=2):
            yield (
                *_named(project, say),
                *(getattr(project.execution, key) for key in _AMOUNTS),
                *_rates(project.execution, columns, row),
                project.execution.time_progress,
                project.execution.closed_on,
            )

    first = _titled(sheet, monthly, say, len(heads))
    last = write_list(sheet, heads, rows(), start=first)
    sheet.sheet.autofilter(first, 0, last - 1, len(heads) - 1)
    totals = monthly.totals
    for column in range(len(heads)):
        sheet.put(last, column, None, "head")
    sheet.put(last, 1, say["total"], "head")
    for key, column in columns.items():
        span = f"{place(first + 1, column)}:{place(max(last - 1, first + 1), column)}"
        sheet.put(last, column, Formula(f"=SUM({span})", getattr(totals, key)), "money")
    after = len(_TEXTS) + len(_AMOUNTS)
    for column, rate in enumerate(_rates(totals, columns, last), start=after):
        sheet.put(last, column, rate, "rate")
    sheet.put(last, len(heads) - 2, totals.time_progress, "rate")
    _finish(sheet, (last, len(heads) - 1), first)


def _rates(line: Any, columns: Mapping[str, int], row: int) -> Iterator[Formula]:
    for key, (part, whole) in _RATES.items():
        a, b = place(row, columns[part]), place(row, columns[whole])
        yield Formula(f'=IF({b}=0,"",ROUND({a}/{b},6))', getattr(line, key))


def _named(project: ProjectReport, say: Mapping[str, str]) -> tuple[str, ...]:
    line = project.execution
    status = say[project.status.value]
    return line.project, line.name, line.unit_name or line.unit, status


def _indicators(sheet: Sheet, monthly: MonthlyValues, say: Mapping[str, str]) -> None:
    heads = [Head(label=say[key], width=w, look=look) for key, w, look in _INDICATOR]
    rows = (
        (project.execution.project, project.execution.name, *_judged(line, say))
        for project in monthly.projects
        for line in project.indicators
    )
    first = _titled(sheet, monthly, say, len(heads))
    last = write_list(sheet, heads, rows, start=first)
    sheet.sheet.autofilter(first, 0, max(last - 1, first), len(heads) - 1)
    _finish(sheet, (max(last - 1, first), len(heads) - 1), first)


def _judged(line: AttainmentLine, say: Mapping[str, str]) -> tuple[object, ...]:
    said = line.explanation
    return (
        *(line.level1, line.level2, line.name, line.target),
        _shown(line.result, say),
        line.expected,
        Figure(line.attainment, rate_look(line.exact_attainment, (1,))),
        *(say[line.status.value], line.weight, line.score),
        *(line.reported_score, None if said is None else said.text),
    )


def _shown(result: Decimal | date | str | None, say: Mapping[str, str]) -> object:
    return say[result.value] if isinstance(result, Rating) else result


def _months(
    book: Book, sheet: Sheet, monthly: MonthlyValues, say: Mapping[str, str]
) -> None:
    """Write the months of all projects, and the curve of spending against the plan."""
    heads = [
        Head(label=say["month"], width=12, look="center"),
        *(_amount(key, monthly, say) for key in _MONTHS),
    ]
    rows = [(m.month, *(getattr(m, key) for key in _MONTHS)) for m in monthly.months]
    first = _titled(sheet, monthly, say, len(heads))
    last = write_list(sheet, heads, rows, start=first)
    chart = book.book.add_chart({"type": "line"})
    for column, color, dash in ((3, "#7F7F7F", "dash"), (4, "#1F4E79", "solid")):
        chart.add_series(
            {
                "name": [sheet.name, first, column],
                "categories": [sheet.name, first + 1, 0, last - 1, 0],
                "values": [sheet.name, first + 1, column, last - 1, column],
                "line": {"color": color, "dash_type": dash, "width": 2},
            }
        )
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 520, "height": 300})
    sheet.sheet.insert_chart(last + 1, 0, chart)
    sheet.sheet.freeze_panes(first + 1, 1)
    sheet.paper(landscape=False, last=(last + 17, len(heads) - 1))


def _amount(key: str, monthly: MonthlyValues, say: Mapping[str, str]) -> Head:
    unit = words.money_unit(monthly.settings)
    label = say["in_unit"].format(word=word_of(key, say), unit=unit)
    return Head(label=label, width=15, look="money")


def _titled(
    sheet: Sheet, monthly: MonthlyValues, say: Mapping[str, str], columns: int
) -> int:
    """Write what the sheet is about, and return the row after it."""
    said = say["monthly_report"].format(month=monthly.month, through=monthly.through)
    kept = say["position_root"].format(position=monthly.position, root=monthly.root)
    title = "  ".join(filter(None, [monthly.settings.title, said]))
    sheet.merge((0, 0), (0, columns - 1), "note")
    sheet.put(0, 0, f"{title}\n{kept}", "note")
    sheet.sheet.set_row(0, 26)
    return 1


def _finish(sheet: Sheet, last: tuple[int, int], head: int) -> None:
    """Keep the heads in sight, on screen and on paper."""
    sheet.sheet.freeze_panes(head + 1, 2)
    sheet.sheet.repeat_rows(head)
    sheet.paper(landscape=True, last=last)

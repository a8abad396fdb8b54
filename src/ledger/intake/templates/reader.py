"""Templates of events that were filled in, as rows of bulk files."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Text
from ledger.domain.money import Currency
from ledger.intake.column_heads import (
    bulk_column,
    event_type,
    head_of_event,
    heads_by_column,
    is_of_event,
    unit_in_head,
)
from ledger.intake.money_units import main_units_in
from ledger.intake.readers import isolated as apart
from ledger.intake.readers.file_kinds import content_of
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.own_workbooks import own_workbook
from ledger.intake.templates.month_sheets import OF_ROWS, SHEETS, needed_of, types_of
from ledger.messages import Language, Message, listed, message, quoted
from ledger.spreadsheet.safe_text import unguarded

PlacedRow: TypeAlias = tuple[Text, dict[str, Any] | InvalidInput, dict[str, str]]
"""A row with its place, and what its table calls the columns."""

_ZIP: Final = b"PK\x03\x04"
_SEARCHED: Final = 30
_RIGHT: Final = message(
    "expected.sheets_of_events",
    sheets=[message(f"template.sheet.{name}") for name in SHEETS],
)
_AMOUNT: Final = "amount"
_SHOWN: Final = ("name", "target", "measure", "so_far")
"""Columns that tell who fills in a template what a row is about."""
_TEMPLATE: Final = {"name", "target"}
"""Those of them that every template has."""
_FIGURES: Final = "value numerator denominator rating share date text".split()
"""Columns of which a result that was filled in has at least one."""
_SAID: Final = "as_planned amount value text likelihood reason".split()
"""The same of an outlook."""
_KINDS: Final = {
    "OutlookStated": {"project", "on", "as_planned"},
    "ResultReported": {"project", "indicator", "on", "value"},
    **{
        types[0].__name__: needed_of(types_of(sheet)[0])
        for sheet, types in SHEETS.items()
        if sheet not in OF_ROWS and len(types) == 1
    },
}
"""What the rows of a sheet are, by the columns that its head must name."""
_ONE_OF: Final = {"ResultReported": _FIGURES, "OutlookStated": _SAID}
"""What is filled in of rows that stand there already."""
_NAMING: Final = {
    row.name for row in CATALOGUE if any(one.name == "name" for one in row.columns)
}
"""Types of which a name is no mere help to the reader."""
_LISTS: Final = ({"project", "name"}, {"source"})
"""Heads of sheets of what the others choose from."""


@cache
def _spans() -> dict[str, str]:
    """Return whether a number is all so far, by the words for it in each language."""
    words = {"this_month": "no", "to_date": "yes"}
    return {
        message(f"template.{name}").said(language).lower(): answer
        for language in Language
        for name, answer in words.items()
    }


def is_workbook(source: str | os.PathLike[str]) -> bool:
    """Return whether a file is a workbook, by its content; pipes are left unread."""
    path = Path(source)
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False


def rows(source: str | os.PathLike[str], currency: Currency) -> Iterator[PlacedRow]:
    """
    Return each row of a workbook of events that was filled in, with its place.

    A sheet is known by the columns that its head names.

    Raises:
        InvalidInput: The workbook cannot be read, is empty, has another sheet, or
            amounts in another unit than the main one of *currency*.
    """
    name = os.fspath(source)
    raw = content_of(Path(source), name)
    parts = apart.read("workbook", Source.of(source), raw)
    grids = [part.grid for part in parts if part.grid is not None]
    if not grids:
        raise InvalidInput(name, message("found.empty_workbook"), _RIGHT)
    own = next(filter(None, map(own_workbook, grids)), None)
    if own is not None:
        raise InvalidInput(name, own, message("expected.events_not_own"))
    tables = [(grid, *_head_of(name, grid, currency)) for grid in grids]
    return (row for table in tables for row in _rows(*table))


def shows(header: Iterable[str]) -> bool:
    """Return whether a table is a template, which shows what each row is about."""
    return set(header) >= _TEMPLATE


def filled(row: dict[str, Any]) -> dict[str, Any] | None:
    """
    Return a row of a template as the fields of an event; ``None`` where it has none.

    A result has none without a figure, and an outlook none where nothing is said.
    """
    kind = event_type(row.get("type", ""))
    needed = _ONE_OF.get(kind)
    if needed is None:
        shown = () if kind in _NAMING else ("name",)
        return {name: value for name, value in row.items() if name not in shown}
    if not any(name in row for name in needed):
        return None
    taken = {name: value for name, value in row.items() if name not in _SHOWN}
    span = str(taken.get("to_date", "")).strip().lower()
    if span in _spans():
        taken["to_date"] = _spans()[span]
    return taken


def filled_line(row: dict[str, Any]) -> dict[str, Any] | None:
    """Return a row of a template in CSV as :func:`filled` does, its texts unguarded."""
    bare = dict(row)
    for name in ("project", "indicator"):
        if name in row:
            bare[name] = unguarded(row[name])
    return filled(bare)


def columns_of(
    head: Sequence[str], currency: Currency, place: Callable[[int], Text]
) -> list[str]:
    """
    Return the columns of bulk files that a head names, in words of any language.

    Args:
        place: Of a cell of the head, by its number from 0.

    Raises:
        InvalidInput: It counts amounts in another unit than the main one of
            *currency*.
    """
    columns = [*map(bulk_column, head)]
    for c, column in enumerate(columns):
        unit = unit_in_head(head[c]) if column == _AMOUNT else None
        if unit is not None and main_units_in(unit, currency) != 1:
            right = message("expected.amounts_in", unit=currency.unit)
            raise InvalidInput(place(c), head[c].strip(), right)
    return columns


def _head_of(
    name: str, grid: Grid, currency: Currency
) -> tuple[int, list[str], str | None]:
    """Return where the head of a sheet is, its columns and what its rows are."""
    for row in range(min(len(grid.rows), _SEARCHED)):
        named = set(filter(None, map(bulk_column, grid.rows[row])))
        kinds = [kind for kind, needed in _KINDS.items() if needed <= named]
        if "type" not in named and not kinds and named not in _LISTS:
            continue
        in_file = partial(_place, name, grid, row)
        columns = columns_of(grid.rows[row], currency, in_file)
        for c, column in enumerate(columns):
            if column and column in columns[:c]:
                raise InvalidInput(
                    in_file(c),
                    message("found.second_column", column=grid.rows[row][c].strip()),
                    message(
                        "expected.one_first",
                        first=grid.place(row, columns.index(column)),
                    ),
                )
        return row, columns, None if "type" in named else (kinds or [""])[0]
    _check_heads(name, grid)
    first = next((row for row in grid.rows if any(row)), [])
    shown = ", ".join(" ".join(cell.split()) for cell in first if cell)
    sheet = message("place.file_part", file=name, part=grid.name)
    raise InvalidInput(sheet, shown[:200], _RIGHT)


def _check_heads(name: str, grid: Grid) -> None:
    """Check that no row is the head of a template's sheet that lacks some columns."""
    fewest, closest = 1, -1
    needed = set[str]()
    for row, cells in enumerate(grid.rows[:_SEARCHED]):
        columns = {*map(bulk_column, cells)}
        for kind in sorted(_KINDS.values(), key=len):
            if len(kind & columns) > fewest:
                fewest, closest, needed = len(kind & columns), row, kind
    if not needed:
        return
    heads = grid.rows[closest]
    unread = [quoted(head) for head in heads if head and not is_of_event(head)]
    missing = sorted(needed - {*map(bulk_column, heads)})
    raise InvalidInput(
        _place(name, grid, closest),
        listed(unread) if unread else message("found.no_column"),
        message("expected.heads", heads=listed([head_of_event(c) for c in missing])),
    )


def _place(name: str, grid: Grid, row: int, column: int | None = None) -> Message:
    return message("place.file_part", file=name, part=grid.place(row, column))


def _rows(
    grid: Grid, header: int, columns: list[str], kind: str | None
) -> Iterator[PlacedRow]:
    """Yield the rows below a head; *kind* is blank for a list of projects."""
    if kind == "":
        return
    template = kind is not None or shows(columns)
    bad = _bad(grid)
    heads = heads_by_column(grid.rows[header])
    for r in range(header + 1, max(len(grid.rows), *(row + 1 for row in bad), 0)):
        if r in bad:
            for c, shown, right in bad[r]:
                column = columns[c] if c < len(columns) else ""
                wrong = InvalidInput(column or "cell", shown, right)
                yield grid.place(r, c), wrong, heads
            continue
        cells = [(c, cell) for c, cell in enumerate(grid.rows[r]) if cell.strip()]
        row: dict[str, Any] = {columns[c]: cell for c, cell in cells}
        if not row.keys() - {"key"}:
            continue
        stray = next((c for c, _ in cells if not columns[c]), None)
        if stray is not None:
            where = grid.place(r, stray)
            found = InvalidInput(where, row[""], message("expected.cell_under_column"))
            yield grid.place(r), found, heads
            continue
        taken = row if kind is None else {"type": kind, **row}
        fields = filled(taken) if template else taken
        if fields is not None:
            yield grid.place(r), fields, heads


def _bad(grid: Grid) -> dict[int, list[tuple[int, str, Message]]]:
    """Return by row the cells that cannot be read: column, what stands there, right."""
    bad: dict[int, list[tuple[int, str, Message]]] = {}
    for (row, column), shown in grid.unread.items():
        bad.setdefault(row, []).append(
            (column, shown, message("expected.formula_with_value"))
        )
    for (row, column), (shown, right) in grid.odd.items():
        bad.setdefault(row, []).append((column, shown, right))
    return bad

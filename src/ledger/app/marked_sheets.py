"""Findings brought back to the cells of the files that they are about."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Finding, finding
from ledger.intake.readers.grid import Grid, column_number
from ledger.messages import Language, Message, said
from ledger.reports.values.reviewed_sheets import ReviewedSheet, SheetCell

_FARTHEST: Final = 300
"""Rows of a form among which one is looked for by its words."""


def marked_sheets(
    tables: Callable[[str], list[Grid]],
    sources: Iterable[object],
    findings: Sequence[Finding],
    language: Language,
) -> list[ReviewedSheet]:
    """
    Return the sheets of files with the findings about each cell.

    Args:
        tables: Reads a file.

    A file without tables, such as a PDF, has none. A finding about a row marks the
    column that it names, else the first one that holds anything.
    """
    sheets = []
    paths = [os.fspath(one) for one in sources if isinstance(one, str | os.PathLike)]
    for path in paths:
        others = tuple(f"{other}:" for other in paths if other != path)
        own = [
            (told, placed)
            for told in findings
            if not (placed := told.placed(language)).startswith(others)
        ]
        try:
            grids = tables(path)
        except InvalidInput:
            continue  # It was said why.
        for grid in grids:
            marks: dict[SheetCell, list[Finding]] = {}
            for told, placed in own:
                if grid.name and f"{grid.name}!" not in placed:
                    continue
                for cell, part in _marks(grid, told, language):
                    marks.setdefault(cell, []).append(part)
            name = grid.name or Path(path).name
            sheets.append(ReviewedSheet(name, grid.rows, grid.merged, marks))
    return sheets


def _marks(
    grid: Grid, told: Finding, language: Language
) -> Iterator[tuple[SheetCell, Finding]]:
    """Yield the cells of a sheet that a finding is about, with what it says of each."""
    place = _row_and_column(grid, told, language)
    if place is None:
        return
    row, column = place
    if column is not None:
        yield (row, column), told
        return
    problem: Any = told.values.get("problem")
    parts: Any = problem.values.get("parts") if isinstance(problem, Message) else None
    if parts is not None:
        for part in parts:
            own = finding("form.invalid", place=told.where, problem=part)
            yield (row, _column_of(grid, row, part, language)), own
    elif isinstance(problem, Message):
        yield (row, _column_of(grid, row, problem, language)), told
    else:
        yield _by_words(grid, row, told, language), told


def _column_of(grid: Grid, row: int, problem: object, language: Language) -> int:
    """Return the column that a refusal is about: by its head, else by what it found."""
    values = problem.values if isinstance(problem, Message) else {}
    field: Any = values.get("field")
    column = None if field is None else _under(grid, row, said(field, language))
    if column is None:
        known = {str(value) for value in values.values()}
        cells = enumerate(grid.rows[row])
        column = next((number for number, text in cells if text in known), None)
    return _first(grid, row) if column is None else column


def _by_words(grid: Grid, row: int, told: Finding, language: Language) -> SheetCell:
    """Return the cell of what a finding names last, or of the text that it found."""
    names = said(told.where[-1], language)
    texts = [
        ((line, column), text)
        for line in range(row, min(row + _FARTHEST, len(grid.rows)))
        for column, text in enumerate(grid.rows[line])
        if len(text) > 1 and names.endswith(text)
    ]
    if not texts:
        return row, _first(grid, row)
    (line, column), _ = max(texts, key=lambda one: len(one[1]))
    shown = None if told.found is None else said(told.found, language)
    if shown in grid.rows[line]:
        return line, grid.rows[line].index(shown)
    return line, column


def _row_and_column(
    grid: Grid, told: Finding, language: Language
) -> tuple[int, int | None] | None:
    """Return the row of a sheet that a finding is about, and its column if named."""
    placed = told.placed(language)
    if grid.named:
        rows = [
            n for n, named in enumerate(grid.named) if said(named, language) in placed
        ]
        last = max(
            rows,
            key=lambda n: placed.rindex(said(grid.named[n], language)),
            default=None,
        )
        return None if last is None else (last, None)
    if grid.name:
        pattern = rf"(?<!\w){re.escape(grid.name)}!([A-Z]{{0,3}})([0-9]+)(?![0-9])"
        *_, cell = [None, *re.finditer(pattern, placed)]
        if cell is None:
            return None
        letters, row = cell[1], int(cell[2]) - 1
        column = column_number(letters) if letters else None
        return (row, column) if row < len(grid.rows) else None
    lines = [_line(part) for part in told.where]
    known = [line for line in lines if line in grid.lines]
    return (grid.lines.index(known[-1]), None) if known else None


def _line(part: Message | str) -> int | None:
    """Return the line of a file that a part of a place is; ``None`` of another."""
    values = part.values if isinstance(part, Message) else {"part": part}
    number = values.get("number", values.get("part"))
    text = str(number)
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _under(grid: Grid, row: int, head: str) -> int | None:
    """Return the column under a head; one may end in a unit of money."""
    for above in reversed(grid.rows[: row + 1]):
        for column, text in enumerate(above):
            words = text.split("\n")[0].strip()
            rest = words.removeprefix(head)
            if words.startswith(head) and not rest[:1].isalnum():
                return column
    return None


def _first(grid: Grid, row: int) -> int:
    filled = (column for column, text in enumerate(grid.rows[row]) if text)
    return next(filled, 0)

"""Findings about sheets: cells without a value, and sheets that are no form."""

from typing import Final

from ledger.domain.finding import finding
from ledger.intake.readers.form_source import Source
from ledger.intake.readers.grid import Grid
from ledger.intake.readers.published_words import is_level
from ledger.messages import message

_A_ROW: Final = 3
"""Cells of a row of indicators at least: a level, a name and a target."""

_SHOWN: Final = 80


def say_passed_over(source: Source, grid: Grid) -> None:
    """Say that a sheet is no form; rows of indicators in it are part of another."""
    filled = [
        (row, column, text)
        for row, cells in enumerate(grid.rows)
        for column, text in enumerate(cells)
        if text.strip()
    ]
    first = next((one for one in filled if is_level(one[2])), None)
    if first is not None and sum(row == first[0] for row, _, _ in filled) >= _A_ROW:
        row, column, text = first
        told = finding(
            "workbook.rows_unread",
            place=grid.place(row, column),
            found=text[:_SHOWN],
            expected=message("expected.rows_under_head"),
        )
        source.say("", told)
    elif filled:
        row, column, text = filled[0]
        told = finding(
            "workbook.sheet_unread", place=grid.place(row, column), found=text[:_SHOWN]
        )
        source.say("", told)


def say_unread(source: Source, grid: Grid) -> None:
    """Say which cells of a sheet have no value, or one that cannot be right."""
    for (row, column), shown in grid.unread.items():
        said = finding(
            "workbook.formula_unread",
            place=grid.place(row, column),
            found=shown,
            expected=message("expected.computed_value"),
        )
        source.say("", said)
    for (row, column), (shown, right) in grid.odd.items():
        said = finding(
            "workbook.number_lost",
            place=grid.place(row, column),
            found=shown,
            expected=right,
        )
        source.say("", said)

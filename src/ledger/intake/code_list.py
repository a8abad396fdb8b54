"""A list of codes by the names of projects, for forms that print none."""

import os

from ledger.domain.codes import checked_code
from ledger.domain.errors import InvalidInput
from ledger.domain.identity import plain_name
from ledger.intake.readers import file_kinds
from ledger.intake.readers import published_words as words
from ledger.intake.readers.grid import Grid
from ledger.messages import message

_HEADS = ("project_name", "project_code")


def read_codes(path: str | os.PathLike[str]) -> dict[str, str]:
    """
    Return the codes of a table, by the names of the projects.

    Its heads are 项目名称 and 项目编码, or other words for them; without heads a name
    stands first and its code second.

    Raises:
        InvalidInput: It is no table, a code is none, or a name has two.
    """
    codes: dict[str, str] = {}
    grids = file_kinds.tables(path)
    for grid in grids:
        for row, name, code in _rows(grid):
            place = message(
                "place.file_part", file=os.fspath(path), part=grid.place(row)
            )
            try:
                checked = checked_code("".join(code.split()), name="code")
            except InvalidInput as problem:
                raise InvalidInput(place, problem.found, problem.expected) from None
            if codes.setdefault(name, checked) != checked:
                right = message("expected.one_code", code=codes[name])
                raise InvalidInput(place, code, right)
    if not codes:
        right = message("expected.names_and_codes")
        raise InvalidInput(os.fspath(path), message("found.nothing"), right)
    return codes


def _rows(grid: Grid) -> list[tuple[int, str, str]]:
    """Return of each filled row its number, the name and the code."""
    first, name, code = 0, 0, 1
    for row, cells in enumerate(grid.rows):
        fields = [words.field_of_label(cell) for cell in cells]
        if all(head in fields for head in _HEADS):
            first, name, code = row + 1, *map(fields.index, _HEADS)
            break
    return [
        (row, plain_name(grid.text(row, name)), grid.text(row, code))
        for row in range(first, len(grid.rows))
        if grid.text(row, name) or grid.text(row, code)
    ]

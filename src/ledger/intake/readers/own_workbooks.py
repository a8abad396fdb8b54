"""Workbooks that this program wrote, which hold nothing to read."""

import re
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from ledger.intake.readers.grid import Grid
from ledger.messages import Language, Message, message, template

_ROOT: Final = re.compile("(?<![0-9])([0-9]{1,20})(?:, |，)\\w{1,20} ([0-9a-f]{64})\\b")
"""How a report ends or begins: the position and the root that it was made of."""

_ORIGIN: Final = re.compile(f"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\\D*{_ROOT.pattern}")

_ENDS: Final = 3
"""Rows at either end of a sheet among which that stands."""


class Origin(NamedTuple):
    """What a report of ours was made of: through a day, up to a position."""

    day: date
    position: int
    root: str


def origin_of(grid: Grid) -> Origin | None:
    """Return what a sheet says that its workbook was made of; ``None`` for nothing."""
    for row in (*grid.rows[:_ENDS], *grid.rows[-_ENDS:]):
        for cell in row:
            match = _ORIGIN.search(cell)
            if match is not None:
                with suppress(ValueError):
                    day = date.fromisoformat(match[1])
                    return Origin(day, int(match[2]), match[3])
    return None


def own_workbook(grid: Grid) -> Message | None:
    """Return what a sheet shows that its workbook is: a report, a template of forms."""
    first = "".join(grid.rows[0][:1])
    if first in {template("template.not_read", language) for language in Language}:
        return message("found.workbook_of_forms")
    ends = [*grid.rows[:_ENDS], *grid.rows[-_ENDS:]]
    if any(_ROOT.search(cell) for row in ends for cell in row):
        return message("found.own_report")
    return None

"""Workbooks that this program wrote, which hold nothing to read."""

import re
from typing import Final

from ledger.intake.readers.grid import Grid
from ledger.messages import Language, Message, message, template

_ROOT: Final = re.compile("(?<![0-9])[0-9]{1,20}(?:, |，)\\w{1,20} [0-9a-f]{64}\\b")
"""How a report ends or begins: the position and the root that it was made of."""

_ENDS: Final = 3
"""Rows at either end of a sheet among which that stands."""


def own_workbook(grid: Grid) -> Message | None:
    """Return what a sheet shows that its workbook is: a report, a template of forms."""
    first = "".join(grid.rows[0][:1])
    if first in {template("template.not_read", language) for language in Language}:
        return message("found.workbook_of_forms")
    ends = [*grid.rows[:_ENDS], *grid.rows[-_ENDS:]]
    if any(_ROOT.search(cell) for row in ends for cell in row):
        return message("found.own_report")
    return None

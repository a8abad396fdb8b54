"""What a report of a unit or of a project is of, as its title says."""

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import frozen

from ledger.domain.selection import Selection
from ledger.projections.execution import ExecutionLine


@frozen
class ReportPart:
    """
    A unit or a project, as titles name it.

    Attributes:
        word: The key of the word for it; blank for the whole.

        name: Blank where none is known.
    """

    word: str = ""
    code: str = ""
    name: str = ""


WHOLE: Final = ReportPart()
"""All of a ledger."""


def part_of(
    selection: Selection,
    lines: Iterable[ExecutionLine],
    names: Mapping[str, str],
) -> ReportPart:
    """
    Return what a report is of.

    Args:
        lines: The projects that it has.

        names: Of units with objectives, by code.
    """
    code = selection.unit or selection.project
    if code is None:
        return WHOLE
    if selection.unit is None:
        titles = (line.name for line in lines if line.project == code)
        return ReportPart("part.project", code, next(titles, ""))
    own = (line.unit_name or "" for line in lines if line.unit == code)
    return ReportPart("part.unit", code, names.get(code) or next(own, ""))

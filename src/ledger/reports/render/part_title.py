"""How the title of a report names the unit or the project that it is of."""

from collections.abc import Mapping

from ledger.reports.values.part import ReportPart


def part_title(part: ReportPart, say: Mapping[str, str]) -> str:
    """Return the unit or the project that a report is of; blank where it is of all."""
    if not part.word:
        return ""
    return say[part.word].format(code=part.code, name=part.name).rstrip()

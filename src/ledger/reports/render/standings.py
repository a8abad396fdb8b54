"""Since when a status asks why, and what is owed, in words."""

from collections.abc import Mapping

from ledger.domain.status import Status
from ledger.reports.values.supporting_events import Standing


def standing_words(
    standing: Standing | None, status: Status, say: Mapping[str, str]
) -> tuple[str, str]:
    """Return since which month it is so, and what is owed; dashes: not known."""
    if standing is None:
        return "–", "–"
    if not standing.is_owed:
        return standing.since, say["owes_nothing"]
    key = "owes_result" if status.row.asks_result else "owes_why"
    return standing.since, say[key]

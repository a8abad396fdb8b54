"""What is to be known of a project that went to another unit."""

from datetime import date
from typing import Final

from ledger.domain.budget import Budget
from ledger.domain.finding import Finding, finding
from ledger.domain.settings import Settings
from ledger.domain.titles import moves

MOVED: Final = "project.moved"
"""The code of the finding that names a move."""


def moved(state: Budget, through: date, settings: Settings) -> tuple[Finding, ...]:
    """Return a note for each move to another unit by a day."""
    if not state.titles:
        return ()
    return tuple(
        finding(
            MOVED,
            place=state.project,
            found=str(after.unit),
            on=day,
            unit=before.unit,
        ).spoken(settings.language)
        for day, before, after in moves(state, through)
    )

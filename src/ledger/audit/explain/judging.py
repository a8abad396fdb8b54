"""By whose terms a figure is judged: what set them, in an explanation."""

from typing import TypedDict

from ledger.audit.explain.explanation import Basis, basis
from ledger.domain.finding import Text
from ledger.domain.policies import JudgedBy, Judging
from ledger.messages import Message, message


class _ByTerms(TypedDict):
    """The parts of an explanation that say by what a figure is judged."""

    events: tuple[Basis, ...]
    notes: tuple[Message, ...]


def set_by(judging: Judging, says: Text) -> tuple[Basis, ...]:
    """
    Return the event that set by what a figure is judged, if one did.

    Args:
        says: What of it bears on the figure.
    """
    if judging.set_by is None or judging.by is JudgedBy.CALLER:
        return ()
    return (basis(judging.set_by, says, None),)


def noted(judging: Judging, limits: Message | None, *more: Message) -> _ByTerms:
    """
    Return the event that set the thresholds of a status, and what is noted of them.

    Args:
        limits: The thresholds in words; ``None`` where none bears on it.

        more: Other notes.
    """
    if limits is None:
        return _ByTerms(events=(), notes=more)
    notes = limits, *more
    if judging.by is JudgedBy.CALLER:
        notes += (message("note.judged_by_caller"),)
    return _ByTerms(events=set_by(judging, limits), notes=notes)

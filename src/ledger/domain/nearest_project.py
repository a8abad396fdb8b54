"""The project that a code which none has is most like."""

from collections.abc import Iterable
from difflib import get_close_matches

from ledger.domain.refusals import UnknownProject
from ledger.messages import Message


def suggest(problem: UnknownProject, known: Iterable[str]) -> None:
    """Name in *problem* the code of those *known* that is nearest, if one is near."""
    close = get_close_matches(problem.name, [*known], 1)
    problem.nearest = close[0] if close and close[0] != problem.name else None
    assert isinstance(problem.message, Message)
    values = {**problem.message.values, "nearest": problem.nearest}
    problem.message = Message(problem.message.code, values)

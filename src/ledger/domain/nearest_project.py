"""The project that a code which none has is most like, and the years that one has."""

from collections.abc import Iterable
from difflib import get_close_matches

from ledger.domain.refusals import UnknownProject
from ledger.domain.subject import Stream, code_of, year_of
from ledger.messages import Message, message


def suggest(problem: UnknownProject, streams: Iterable[Stream]) -> None:
    """
    Name in *problem* what may be meant: a code, or other years of the project.

    The code is that of a project which is nearest, if one is near.

    Args:
        streams: Those of all projects.
    """
    years: dict[str, set[int]] = {}
    for stream in streams:
        year = year_of(stream)
        years.setdefault(code_of(stream), set()).update([] if year is None else [year])
    own = sorted(years.get(problem.name, set()) - {problem.year})
    if problem.name not in years:
        close = get_close_matches(problem.name, years, 1)
        problem.nearest = close[0] if close else None
    problem.years = tuple(own)
    assert isinstance(problem.message, Message)
    nearest = None if problem.nearest == problem.right else problem.nearest
    told = message(problem.code, nearest=nearest, years=[*map(str, own)])
    values = {**problem.message.values, **told.values}
    problem.message = Message(problem.message.code, values)

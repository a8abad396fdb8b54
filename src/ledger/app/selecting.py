"""What a report of a unit or of a project is asked for by: a code that is known."""

from ledger.app.known_units import units_of
from ledger.app.suggestions import suggest
from ledger.domain.codes import is_within, unknown_project
from ledger.domain.errors import LedgerError
from ledger.domain.refusals import UnknownUnit
from ledger.domain.selection import Selection
from ledger.domain.subject import SubjectKind, code_of
from ledger.store.protocol import EventStore


def selected(unit: object, project: object, log: EventStore) -> Selection:
    """
    Return what a report is of.

    Raises:
        InvalidInput: Both are named, or one is no code.
        UnknownProject: No project has this code, in any year.
        UnknownUnit: No project belongs to it or to one below it, in any year, and none
            of them has objectives.
    """
    asked = Selection.of(unit, project)
    problem = _unknown(asked, log)
    if problem is not None:
        suggest(problem, log)
        raise problem
    return asked


def _unknown(asked: Selection, log: EventStore) -> LedgerError | None:
    if asked.project is not None:
        known = map(code_of, log.streams(SubjectKind.PROJECT))
        return None if asked.project in known else unknown_project(asked.project)
    if asked.unit is None:
        return None
    own = asked.unit
    within = any(is_within(unit, own) for unit in units_of(log))
    return None if within else UnknownUnit(own)

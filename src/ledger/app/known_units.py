"""Which units a ledger knows: of projects, and those with objectives."""

import attrs

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.event_type import Fold
from ledger.domain.periods import Periods
from ledger.domain.refusals import UnknownUnit
from ledger.domain.subject import SubjectKind, code_of
from ledger.store.protocol import EventStore
from ledger.store.state.stream_states import States


def periods_for(states: States, unit: str | None) -> Periods:
    """
    Return what was recorded of periods, for a request about a unit or about all.

    Raises:
        UnknownUnit: The unit has no objectives, and no project belongs to it.
    """
    if unit is not None:
        _check_unit(states.log, unit)
    return states.known_periods()


def _check_unit(log: EventStore, unit: str) -> None:
    with_objectives = map(code_of, log.streams(SubjectKind.UNIT))
    if unit in with_objectives:
        return
    naming = [
        row.name
        for row in CATALOGUE
        if Fold.EXECUTION in row.follows and "unit" in attrs.fields_dict(row.event)
    ]
    events = (recorded.event for recorded in log.read(types=naming))
    if not any(getattr(event, "unit", None) == unit for event in events):
        raise UnknownUnit(unit)

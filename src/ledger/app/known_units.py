"""Which units a ledger knows: of projects, and those with objectives."""

from typing import Final

import attrs

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.event_type import Fold
from ledger.domain.periods import Periods
from ledger.domain.refusals import UnknownUnit
from ledger.domain.subject import SubjectKind, code_of
from ledger.store.protocol import EventStore
from ledger.store.state.stream_states import States

_NAMING: Final = frozenset({"unit", "to_unit"})
"""Fields that say to which unit a project belongs, or belongs from then on."""


def periods_for(states: States, unit: str | None) -> Periods:
    """
    Return what was recorded of periods, for a request about a unit or about all.

    Raises:
        UnknownUnit: The unit has no objectives, and no project belongs to it.
    """
    if unit is not None:
        with_objectives = map(code_of, states.log.streams(SubjectKind.UNIT))
        if unit not in with_objectives and unit not in units_of(states.log):
            raise UnknownUnit(unit)
    return states.known_periods()


def units_of(log: EventStore) -> set[str]:
    """Return the units of a ledger: with objectives, or named by a project."""
    naming = [
        row.name
        for row in CATALOGUE
        if Fold.EXECUTION in row.follows
        and _NAMING & attrs.fields_dict(row.event).keys()
    ]
    events = (recorded.event for recorded in log.read(types=naming))
    named = {getattr(event, name, None) for event in events for name in _NAMING}
    return {*map(code_of, log.streams(SubjectKind.UNIT)), *filter(None, named)}

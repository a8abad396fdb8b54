"""Which units a ledger knows: of projects, and those with objectives."""

from typing import Final

import attrs

from ledger.domain.catalogue import CATALOGUE
from ledger.domain.event_type import Fold
from ledger.domain.events import Event
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
        _check_unit(states.log, unit)
    return states.known_periods()


def _check_unit(log: EventStore, unit: str) -> None:
    with_objectives = map(code_of, log.streams(SubjectKind.UNIT))
    if unit in with_objectives:
        return
    naming = [
        row.name
        for row in CATALOGUE
        if Fold.EXECUTION in row.follows
        and _NAMING & attrs.fields_dict(row.event).keys()
    ]
    events = (recorded.event for recorded in log.read(types=naming))
    if not any(unit in _named(event) for event in events):
        raise UnknownUnit(unit)


def _named(event: Event) -> set[str | None]:
    return {getattr(event, name, None) for name in _NAMING}

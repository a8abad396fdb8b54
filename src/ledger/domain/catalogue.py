"""
The event catalogue: one row an event type, with all that is known of it.

What an event adds to which money, what it names of other events, what a line of a bulk
file says of it and where its fields are shown are written here and nowhere else. The
one fast fold of the money repeats the effects; a test compares it with this table.
"""

from collections.abc import Callable, Mapping
from typing import Final

from ledger.domain.event_type import (
    Effect,
    EventType,
    Flow,
    Fold,
    Leg,
    Shown,
    Undoing,
)
from ledger.domain.events import Event
from ledger.domain.evidence import Evidence
from ledger.domain.money_catalogue import MONEY_EVENTS
from ledger.domain.period_catalogue import PERIOD_EVENTS
from ledger.domain.plan import SpendingPlan
from ledger.domain.policy_catalogue import POLICY_EVENTS
from ledger.domain.result_catalogue import RESULT_EVENTS
from ledger.messages import Message

CATALOGUE: Final[tuple[EventType, ...]] = (
    *MONEY_EVENTS,
    *RESULT_EVENTS,
    *PERIOD_EVENTS,
    *POLICY_EVENTS,
)
"""All types."""

BY_CLASS: Final[Mapping[type, EventType]] = {row.event: row for row in CATALOGUE}


def effects_of(event: Event) -> tuple[Effect, ...]:
    """Return what *event* adds to the money of its project."""
    return BY_CLASS[type(event)].effects(event)


def types(choose: Callable[[EventType], object]) -> frozenset[type]:
    """Return the classes of the rows that *choose* takes."""
    return frozenset(row.event for row in CATALOGUE if choose(row))


def moving(*flows: Flow) -> frozenset[type]:
    """Return the classes whose events change one of *flows*."""
    return types(lambda row: row.moves.intersection(flows))


def followed(fold: Fold) -> frozenset[type]:
    """Return the classes that a projection follows."""
    return types(lambda row: fold in row.follows)


WHATEVER_DAY: Final = types(lambda row: row.undoes and row.undoes.whatever_day)
"""Classes whose events count from their recording on, whatever day they speak of."""

UNDONE_BY: Final[Mapping[type, Undoing]] = {
    event: row.undoes
    for row in CATALOGUE
    if row.undoes is not None
    for event in row.undoes.events
}
"""How events of a class are taken back, for those that can be."""

LEGS: Final = types(lambda row: row.leg)
"""Classes whose events may be legs of a virement."""


def document_of(event: Event) -> str | None:
    """Return the voucher, the document or the evidence that *event* names, if any."""
    name = BY_CLASS[type(event)].document
    found = None if name is None else getattr(event, name)
    if isinstance(found, Evidence):
        return found.uri
    return str(found) if found else None


def plan_of(event: Event) -> SpendingPlan | None:
    """Return the spending plan that holds from *event* on, if it has one."""
    plan: SpendingPlan | None = getattr(event, "plan", None)
    return plan


def listed_fields(event: Event) -> Mapping[str, Message]:
    """Return the fields that one line of *event* shows, each with the word for it."""
    columns = BY_CLASS[type(event)].columns
    return {each.field: each.named for each in columns if Shown.LINE in each.shown}


def leg_of(event: Event) -> Leg | None:
    """Return the leg of a virement that *event* is; ``None`` if it is none."""
    leg = BY_CLASS[type(event)].leg
    return None if leg is None else leg(event)


def undone_voucher(event: Event) -> str | None:
    """Return the voucher that *event* reverses, as written; ``None`` if none."""
    undoes = BY_CLASS[type(event)].undoes
    if undoes is None or not undoes.by_voucher:
        return None
    of: str | None = getattr(event, undoes.by)
    return of


def undone_id(event: Event) -> str | None:
    """Return the id of the event that *event* takes back; ``None`` if none."""
    undoes = BY_CLASS[type(event)].undoes
    of: str | None = getattr(event, "of", None)
    return of if undoes is not None and not undoes.by_voucher else None

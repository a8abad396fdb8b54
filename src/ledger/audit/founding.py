"""What founds a project-year or a unit's objectives, opens it, ends it or names it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.catalogue import moving, types
from ledger.domain.envelope import RecordedEvent
from ledger.domain.event_type import Flow
from ledger.domain.events import BudgetAdjusted
from ledger.domain.in_force import day_of
from ledger.domain.titles import Title
from ledger.figures.figure import Ground

FOUNDING: Final = types(lambda row: row.founds)
_CLOSING: Final = moving(Flow.CARRIED_OVER, Flow.LAPSED)


def opening(known: Sequence[RecordedEvent]) -> list[RecordedEvent]:
    """
    Return what opens a stream by a day: what founds it, else money that comes before.

    Args:
        known: Its events up to that day, under the approval of it.
    """
    own = [each for each in known if _is_opening(each.event)]
    return own or sorted(filter(_comes, known), key=day_of)[:1]


def brought(
    events: Iterable[RecordedEvent], first: int, through: date
) -> list[RecordedEvent]:
    """Return the money that a project-year has before its approval, where it is new."""
    known = opening([each for each in events if each.on <= through])
    return [each for each in known if _comes(each) and each.position > first]


def _comes(recorded: RecordedEvent) -> bool:
    """Return whether an event brings money of the year before, and opens no year."""
    event = recorded.event
    if not isinstance(event, BudgetAdjusted) or _is_opening(event):
        return False
    return event.kind is AdjustmentKind.CARRIED_IN


def founded(
    events: Iterable[RecordedEvent], first: int, through: date
) -> Iterator[tuple[Ground, RecordedEvent]]:
    """Yield what is new of approvals and closings, and of what lifts them."""
    for each in events:
        if each.position <= first or (each.on > through and not _corrects(each)):
            continue
        kind = type(each.event)
        if isinstance(each.event, FormRevised):
            yield from ((ground, each) for ground in _revised(each.event))
        if kind in FOUNDING:
            yield Ground.APPROVAL, each
        elif _is_opening(each.event):
            yield Ground.OPENING, each
        if kind is ApprovalWithdrawn:
            grounds = Ground.APPROVAL, Ground.PLAN, Ground.FIRST_PLAN
            yield from ((ground, each) for ground in grounds)
        if kind in _CLOSING:
            yield Ground.CLOSURE, each


def _revised(event: FormRevised) -> Iterator[Ground]:
    """Yield what a revised form bears on: indicators, and what a project is called."""
    if event.indicator is not None or event.added is not None:
        yield Ground.ROWS
    if Title.of(event, event.on) is not None:
        yield Ground.TITLE


def _corrects(recorded: RecordedEvent) -> bool:
    """Return whether an event says what was right from the approval on."""
    return isinstance(recorded.event, FormRevised) and recorded.event.correction


def _is_opening(event: object) -> bool:
    """Return whether an event founds a subject, or opens a year for a project."""
    return type(event) in FOUNDING or getattr(event, "opens", None) is not None

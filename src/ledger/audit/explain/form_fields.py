"""What forms say of an indicator's weight and baseline, and which of them holds."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger.audit.explain.explanation import NOTHING, Basis, Cut, basis, shown
from ledger.domain.approval_events import FormRevised
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import BudgetApproved, ObjectivesSet
from ledger.domain.finding import Text
from ledger.domain.in_force import latest
from ledger.domain.indicator import Indicator, IndicatorLabel
from ledger.domain.result_series import decimal
from ledger.domain.results import Tracked
from ledger.domain.revised_indicators import RevisedTracked
from ledger.messages import Message, message


class _Saying(NamedTuple):
    """An event that says what a field is, and the day from which it holds."""

    since: date
    recorded: RecordedEvent
    says: Text


def said_by_forms(
    name: str,
    events: Sequence[RecordedEvent],
    tracked: Tracked,
    label: IndicatorLabel,
    cut: Cut,
) -> tuple[Basis, ...]:
    """
    Return the approval, and each revision of the form that says a field of it.

    Args:
        name: Of the field.

        events: Of the stream, with the labels of the day.
    """
    sayings = _sayings(name, events, tracked, label)
    reasons = [_excludes(each, cut) for each in sayings]
    counting = [each for each, why in zip(sayings, reasons, strict=True) if why is None]
    last = latest(counting, date.max, _since)
    superseded = None
    if last is not None:
        place = last.recorded.position
        superseded = message("left_out.form_in_force", position=place)
    return tuple(
        basis(
            each.recorded,
            each.says,
            superseded if why is None and each is not last else why,
        )
        for each, why in zip(sayings, reasons, strict=True)
    )


def _since(saying: _Saying) -> date:
    return saying.since


def _excludes(saying: _Saying, cut: Cut) -> Message | None:
    """Return why a form does not count; what holds from the start always may."""
    reaches = cut.through if saying.since > date.min else date.max
    return Cut(reaches, cut.position).excludes(saying.recorded)


def by_revision(saying: Basis) -> bool:
    """Return whether an event that says what a field is revises the form."""
    return saying.type == FormRevised.__name__


def is_revised(sayings: Sequence[Basis]) -> bool:
    """Return whether a revision of the form says what a field is."""
    return any(by_revision(each) for each in sayings if each.left_out is None)


def _sayings(
    name: str, events: Sequence[RecordedEvent], tracked: Tracked, label: IndicatorLabel
) -> list[_Saying]:
    approved = tracked.one if isinstance(tracked, RevisedTracked) else tracked
    first = decimal(getattr(approved, name))
    come = [one.key for each in events if (one := _added(each.event, label))]
    revised = any(_says(name, each.event, label) for each in events)
    sayings = []
    for each in events:
        event = each.event
        if isinstance(event, BudgetApproved | ObjectivesSet):
            rows = getattr(event, "indicators", ())
            if come and come[0] not in [row.key for row in rows]:
                continue  # It came with a revision.
            says = shown(first) or (NOTHING if revised else "")
            sayings.append(_Saying(date.min, each, says))
        elif isinstance(event, FormRevised):
            since = date.min if event.correction else event.on
            said = _says(name, event, label)
            if said is not None:
                sayings.append(_Saying(since, each, said))
    return sayings


def _says(name: str, event: object, label: IndicatorLabel) -> Text | None:
    """Return what a revision says of a field of an indicator, if it does."""
    if not isinstance(event, FormRevised):
        return None
    if event.indicator == label:
        if name in {field.value for field in event.cleared or ()}:
            return NOTHING
        return shown(getattr(event, name))
    added = _added(event, label)
    return None if added is None else shown(getattr(added, name)) or NOTHING


def _added(event: object, label: IndicatorLabel) -> Indicator | None:
    """Return the indicator of a label that a revision of the form adds."""
    added = event.added if isinstance(event, FormRevised) else None
    return added if added is not None and label in {added.name, added.key} else None

"""Events with the labels that indicators have on a day."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from attrs import evolve as replace

from ledger.domain.envelope import RecordedEvent
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.results import Indicators
from ledger.domain.revised_indicators import RevisedIndicators


def relabelled(
    events: Sequence[RecordedEvent], state: Indicators
) -> Sequence[RecordedEvent]:
    """Return events that name indicators as the form in force on a day does."""
    if not isinstance(state, RevisedIndicators):
        return events
    return [_relabelled(each, state) for each in events]


def _relabelled(recorded: Any, state: RevisedIndicators) -> RecordedEvent:
    label = getattr(recorded.event, "indicator", None)
    if label is not None:
        now = state.current.get(state.labels.get(label, label), label)
        if now != label:
            event = replace(recorded.event, indicator=now)
            recorded = msgspec.structs.replace(recorded, event=event)
    found: RecordedEvent = recorded
    return found


def by_label(
    events: Iterable[RecordedEvent], kind: type
) -> dict[IndicatorLabel, list[RecordedEvent]]:
    """Return the events of a type that name an indicator, by its label."""
    found: dict[IndicatorLabel, list[RecordedEvent]] = {}
    for each in events:
        label = label_of(each)
        if type(each.event) is kind and label is not None:
            found.setdefault(label, []).append(each)
    return found


def label_of(recorded: RecordedEvent) -> IndicatorLabel | None:
    """Return the label of the indicator that an event names, if it names one."""
    label: IndicatorLabel | None = getattr(recorded.event, "indicator", None)
    return label

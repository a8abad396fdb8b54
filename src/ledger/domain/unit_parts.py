"""Which units compute indicators of their own from those of a project."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from ledger.domain.approval_events import ApprovalWithdrawn, FormRevised
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import (
    BudgetApproved,
    Event,
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    TargetRevised,
)
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.results import Indicators, Standard, all_of, label_among, revised
from ledger.domain.revised_indicators import on_day
from ledger.domain.subject import Stream, Subject, UnitCode, year_of

MAY_BE_READ: Final = frozenset(
    {
        *(ApprovalWithdrawn, BudgetApproved, FormRevised),
        *(ResultReported, ResultRetracted, TargetRevised),
    }
)
"""Types that may change what a unit computes from a project's indicators."""


class UnitPart(NamedTuple):
    """
    An indicator of a project that one of a unit is computed from.

    Attributes:
        project: Its stream.

        name: Of the indicator, as the unit's objectives spell it.

        since: The day from which they hold.

        position: Where they were recorded.
    """

    project: Stream
    name: str
    unit: UnitCode
    since: date
    position: int


def unit_parts(recorded: Iterable[RecordedEvent]) -> Iterator[UnitPart]:
    """Yield the parts that units' objectives name, of any other events none."""
    for stream, event, position in ((r.stream, r.event, r.position) for r in recorded):
        year = year_of(stream)
        if not isinstance(event, ObjectivesSet) or year is None:
            continue
        for reference in (r for one in all_of(event) for r in one.computed_from):
            project = Subject.project(reference.project, year).stream
            unit = UnitCode(event.unit)
            yield UnitPart(project, reference.indicator, unit, event.on, position)


def with_computing(
    units: Mapping[UnitCode | None, date],
    event: Event,
    indicators: Indicators,
    parts: Iterable[UnitPart],
    on: date,
) -> dict[UnitCode | None, date]:
    """
    Return *units* and those whose computed figures an event changes, with first days.

    A target in the same unit and measure changes none, nor does a form that only
    weighs or words an indicator otherwise.

    Args:
        units: Those whose other figures it changes.

        indicators: Of the project, before the event.

        parts: Of that project, recorded before it.

        on: The earliest day whose figures it changes.
    """
    days = dict(units)
    for part in parts if _is_read(event, indicators) else ():
        if _is_of(event, indicators, part.name):
            since = max(on, part.since)
            days[part.unit] = min(since, days.get(part.unit, since))
    return days


def _is_read(event: Event, indicators: Indicators) -> bool:
    """Return whether an event changes what is read of some indicator at all."""
    if isinstance(event, FormRevised):
        changes = event.removed, event.added, event.renamed, event.measure
        return any(changes)
    if not isinstance(event, TargetRevised):
        return True
    label = event.indicator
    one = indicators.tracked[_kept_under(indicators, label) or label]
    held, now = one.standard(event.on), revised(one, event.target, event.indicator)
    return _read_as(held) != (now.target.kind, now.target.unit, now.measure)


def _read_as(standard: Standard) -> tuple[object, ...]:
    return standard.kind, standard.unit, standard.measure


def _is_of(event: Event, indicators: Indicators, name: str) -> bool:
    """Return whether an event is of the indicator that a unit's objectives name."""
    if isinstance(event, ApprovalWithdrawn | BudgetApproved):
        return True
    added = getattr(event, "added", None)
    if added is not None and name in {added.name, added.key}:
        return True
    label: str | None = getattr(event, "indicator", None)
    if label is None:
        return False
    named = {label, getattr(event, "renamed", None)}
    kept = _kept_under(indicators, name)
    return name in named or (
        kept is not None and kept == _kept_under(indicators, label)
    )


def _kept_under(indicators: Indicators, name: str) -> IndicatorLabel | None:
    """Return what an indicator is kept under, by any name that it ever had."""
    label = label_among(indicators.tracked, name)
    if label is None:
        last = on_day(indicators, date.max).label(name)
        label = IndicatorLabel(name) if last is None else last
        return indicators.labels.get(label)
    return label

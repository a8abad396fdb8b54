"""The rows of a form's indicators, as its revisions leave them on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import evolve as replace

from ledger.domain.approval_events import FormRevised
from ledger.domain.course import building_up
from ledger.domain.form_step import FormStep, since_of_step
from ledger.domain.indicator import (
    Indicator,
    IndicatorLabel,
)
from ledger.domain.result_series import decimal
from ledger.domain.results import (
    Indicators,
    Standard,
    Tracked,
    kept_under,
    labelled,
)
from ledger.domain.target import Target


def revised_row(row: Indicator, event: FormRevised) -> Indicator:
    """Return an indicator as a revision of its form leaves it."""
    given = {
        "name": event.renamed,
        "basis": event.basis,
        "description": event.description,
        "weight": event.weight,
        "measure": event.measure,
        "baseline": event.baseline,
        "direction": event.direction,
    }
    said: dict[str, Any] = {n: value for n, value in given.items() if value is not None}
    said |= {field.value: None for field in event.cleared or ()}
    if event.builds_up is not None:
        said["course"] = building_up(row.course, event.builds_up)
    return replace(row, **said) if said else row


def rows_after(
    rows: Mapping[IndicatorLabel, Indicator],
    steps: Iterable[FormStep],
    labels: Mapping[IndicatorLabel, IndicatorLabel],
    on: date,
) -> dict[IndicatorLabel, Indicator]:
    """
    Return the indicators of a day by what they are kept under.

    Args:
        rows: As they were approved.

        steps: In order of day.

        labels: What an indicator is kept under, by each label that it ever had.
    """
    known = dict(rows)
    for since, event, added, _ in steps:  # Each is of one indicator.
        if since > on:
            continue
        if event.added is not None and added is not None:
            known[added] = event.added
        if event.indicator is None:
            continue
        key = labels.get(event.indicator, event.indicator)
        if key in known and event.removed:
            del known[key]
        elif key in known:
            known[key] = revised_row(known[key], event)
    return known


def with_step(
    state: Indicators, event: FormRevised
) -> tuple[FormStep, dict[IndicatorLabel, IndicatorLabel]] | None:
    """
    Return the step that an event is, and all labels that indicators have with it.

    ``None`` where it says nothing of indicators.
    """
    if event.indicator is None and event.added is None:
        return None
    since = event.on
    if event.correction and state.since is not None:
        since = state.since
    back = None if event.added is None else _removed(state, event.added, since)
    added = back
    if event.added is not None and back is None:
        added = _place(state, event.added)
    step = FormStep(since, event, added, back is not None)
    steps = sorted([*state.steps, step], key=since_of_step)
    kept = {label: label for label in state.tracked} | dict(state.labels)
    if added is not None:
        kept[added] = added
    for day in {date.min, *(each.since for each in steps)}:
        rows = rows_after(approved_rows(state), steps, kept, day)
        known = labelled(tuple(rows.values()))
        if len(known) < len(rows):
            continue  # Two of one name, which the rules refuse.
        for label, key in zip(known, rows, strict=True):
            kept.setdefault(label, key)
    return step, kept


def _removed(state: Indicators, added: Indicator, since: date) -> IndicatorLabel | None:
    """Return what an indicator was kept under that a form had, and had no more."""
    places = (kept_under(state.labels, name) for name in (added.name, added.key))
    key = next((place for place in places if place is not None), None)
    if key is None or state.tracked[key].level2 != added.level2:
        return None
    rows = rows_after(approved_rows(state), state.steps, state.labels, since)
    return None if key in rows else key


def _place(state: Indicators, added: Indicator) -> IndicatorLabel:
    taken = state.tracked.keys() | state.labels.keys()
    return IndicatorLabel(added.key if added.name in taken else added.name)


def approved_rows(state: Indicators) -> dict[IndicatorLabel, Indicator]:
    """Return the indicators of a project as they were approved, as figures need it."""
    added = {step.added for step in state.steps if not step.back}
    return {
        label: _row(label, one)
        for label, one in state.tracked.items()
        if label not in added
    }


def _row(label: IndicatorLabel, one: Tracked) -> Indicator:
    return Indicator(
        level1=one.level1,
        level2=one.level2,
        name=one.name or label,
        target=target_of(one.original),
        measure=one.original.measure,
        weight=one.weight,
        baseline=decimal(one.baseline),
        direction=one.direction,
        computed_from=one.computed_from,
        course=one.original.course,
    )


def target_of(standard: Standard) -> Target:
    """Return the target that a standard was made of."""
    return Target(
        text=standard.text,
        kind=standard.kind,
        value=decimal(standard.value),
        upper=decimal(standard.upper),
        unit=standard.unit,
        date=standard.date,
        since=standard.since,
    )

"""An approval as the forms that revised it say it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from attrs import evolve as replace

from ledger.domain.approval_events import FormRevised
from ledger.domain.events import BudgetApproved, Event
from ledger.domain.indicator import Indicator, IndicatorLabel
from ledger.domain.indicator_rows import rows_after
from ledger.domain.plain_results import PlainIndicators, PlainTracked, stepped
from ledger.domain.results import labelled

_SAID: Final = ("name", "unit_name", "goals", "purpose", "carried", "project_category")
_LISTED: Final = frozenset({"goals", "carried"})


class RevisedRows(NamedTuple):
    """
    The indicators of a form on a day, by what they are kept under.

    Attributes:
        rows: Those that the form has then, in its order.

        removed: Those that it had, or will have; as they were first.

        kept: What an indicator is kept under, by each label that it ever had.
    """

    rows: Mapping[IndicatorLabel, Indicator]
    removed: Mapping[IndicatorLabel, Indicator]
    kept: Mapping[IndicatorLabel, IndicatorLabel]


def revised_rows(
    approval: BudgetApproved, revisions: Iterable[FormRevised], on: date
) -> RevisedRows:
    """Return an approval's indicators as revisions of its form leave them on a day."""
    known = labelled(approval.indicators)
    state = PlainIndicators(
        subject=approval.project,
        since=approval.on,
        tracked={label: PlainTracked(row) for label, row in known.items()},
    )
    for each in revisions:
        state = stepped(state, each)
    kept = state.labels or {label: label for label in known}
    rows = rows_after(known, state.steps, kept, on)
    removed = {
        key: one.indicator for key, one in state.tracked.items() if key not in rows
    }
    return RevisedRows(rows, removed, kept)


def revised_approval(
    approval: BudgetApproved, events: Iterable[Event], on: date
) -> BudgetApproved:
    """
    Return an approval with what revisions of its form say on a day.

    Money, plan and targets are not theirs.
    """
    revisions = revisions_among(events)
    if not revisions:
        return approval
    rows = revised_rows(approval, revisions, on).rows
    for each in sorted(revisions, key=lambda one: _since(one, approval)):
        if _since(each, approval) <= on:
            approval = _after(approval, each)
    return replace(approval, indicators=tuple(rows.values()))


def revisions_among(events: Iterable[Event]) -> Sequence[FormRevised]:
    """Return the revisions of the form among events, in order."""
    return [each for each in events if isinstance(each, FormRevised)]


def _since(revision: FormRevised, approval: BudgetApproved) -> date:
    return approval.on if revision.correction else revision.on


def _after(approval: BudgetApproved, revision: FormRevised) -> BudgetApproved:
    said = {name: getattr(revision, name) for name in _SAID}
    known: dict[str, Any] = {
        name: value or (() if name in _LISTED else None)
        for name, value in said.items()
        if value is not None
    }
    if revision.to_unit is not None and revision.to_unit != approval.unit:
        known = {"unit_name": None, **known, "unit": revision.to_unit}
    return replace(approval, **known)

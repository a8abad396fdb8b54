"""An approval as the forms that revised it say it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from attrs import evolve as replace

from ledger.domain.approval_events import FormRevised
from ledger.domain.events import BudgetApproved, Event

_SAID: Final = ("name", "unit_name", "goals", "purpose", "carried")
_LISTED: Final = frozenset({"goals", "carried"})


def revised_approval(
    approval: BudgetApproved, events: Iterable[Event], on: date
) -> BudgetApproved:
    """
    Return an approval with what revisions of its form say on a day.

    Money, plan and targets are not theirs.
    """
    revisions = [each for each in events if isinstance(each, FormRevised)]
    for each in sorted(revisions, key=lambda one: _since(one, approval)):
        if _since(each, approval) <= on:
            approval = _after(approval, each)
    return approval


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

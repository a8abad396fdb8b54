"""Two forms compared, or a form and what the ledger says: every field that differs."""

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import fields

from ledger.domain.events import (
    BudgetApproved,
    Event,
    ObjectivesSet,
)
from ledger.domain.funding import Funding, named_source
from ledger.domain.plan import checkpoints_of
from ledger.domain.settings import Settings
from ledger.intake.differing_field import DifferingField, spelled
from ledger.intake.form_rows import row_differences
from ledger.messages import Message, message, named

Approval = BudgetApproved | ObjectivesSet

REVISABLE: Final = frozenset({"budget", "plan", "form"})
"""Kinds of fields that are compared one by one; indicators are, row by row."""

_TEXTS: Final = frozenset({"document", "on"})
_COMPUTED: Final = frozenset({"new_source", "carried"})
_DECIDED: Final = frozenset({"origin", "carried_from", "project_category"})
OF_FORM: Final = {
    "name": "name",
    "unit": "to_unit",
    "unit_name": "unit_name",
    "goals": "goals",
    "purpose": "purpose",
    "project_category": "project_category",
}
"""Fields of an approval that a revised form gives, by their names there."""


def differences(
    recorded: Event, given: Approval, settings: Settings
) -> list[DifferingField]:
    """
    Return every field in which *given* differs from what is recorded.

    That is a form taken before, or what the ledger says. What was noticed in reading
    them does not count, nor does a plan of which the form says nothing: it stays.
    """
    if not isinstance(recorded, BudgetApproved) or not isinstance(
        given, BudgetApproved
    ):
        return [
            DifferingField(named(a.name), spelled(before), spelled(after), "fixed")
            for a in fields(type(given))
            if (before := getattr(recorded, a.name, None))
            != (after := getattr(given, a.name))
        ]
    rows = row_differences(recorded.indicators, given.indicators)
    found = [*_money(recorded, given, settings), *rows]
    for a in fields(BudgetApproved):
        if a.name not in {"findings", "amounts", "plan", "indicators"}:
            before, after = getattr(recorded, a.name), getattr(given, a.name)
            if a.name in _COMPUTED or (a.name in _DECIDED and after is None):
                continue  # How it was asked, and what its day or others decide.
            if before != after:
                kind = "text" if a.name in _TEXTS else "fixed"
                kind = "form" if a.name in OF_FORM else kind
                field = named(a.name)
                found.append(
                    DifferingField(field, spelled(before), spelled(after), kind)
                )
    return found


def _money(
    recorded: BudgetApproved, given: BudgetApproved, settings: Settings
) -> Iterator[DifferingField]:
    before, after = (
        amounts_by_source(recorded.amounts),
        amounts_by_source(given.amounts),
    )
    for source in {**before, **after}:
        old, new = before.get(source, 0), after.get(source, 0)
        if old != new:
            yield DifferingField(
                money_field(source),
                settings.money(old),
                settings.money(new),
                "budget",
            )
    before_it, given_now = (
        [
            message("found.planned", on=c.on, amount=settings.money(c.amount))
            for c in checkpoints_of(each.plan)
        ]
        for each in (recorded, given)
    )
    if given.plan is not None and before_it != given_now:
        yield DifferingField(named("plan"), before_it, given_now, "plan")


def money_field(source: str) -> Message:
    """Return what readers call the budget from a source."""
    return message("found.budget_from", source=named_source(source))


def amounts_by_source(parts: Iterable[Funding]) -> dict[str, int]:
    """Return the amounts of a form by source, without those that are 0."""
    return {part.source: part.amount for part in parts if part.amount}

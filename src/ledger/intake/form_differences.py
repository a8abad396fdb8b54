"""Two forms compared, or a form and what the ledger says: every field that differs."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final, NamedTuple

from attrs import fields

from ledger.domain.events import (
    BudgetApproved,
    Event,
    ObjectivesSet,
)
from ledger.domain.funding import Funding, named_source
from ledger.domain.indicator import Indicator
from ledger.domain.plan import checkpoints_of
from ledger.domain.results import labelled
from ledger.domain.settings import Settings
from ledger.messages import Message, Value, message, named

Approval = BudgetApproved | ObjectivesSet

REVISABLE: Final = frozenset({"budget", "plan", "target", "form"})

_NOTHING: Final = "–"

_WORDS: Final = frozenset({"description", "basis"})
_TEXTS: Final = frozenset({"document", "on"})
_COMPUTED: Final = frozenset({"new_source", "carried"})
_DECIDED: Final = frozenset({"origin", "carried_from"})
OF_FORM: Final = {
    "name": "name",
    "unit": "to_unit",
    "unit_name": "unit_name",
    "goals": "goals",
    "purpose": "purpose",
}
"""Fields of an approval that a revised form gives, by their names there."""


class DifferingField(NamedTuple):
    """
    A field that a form gives otherwise than the form before it.

    Attributes:
        kind: ``budget``, ``plan``, ``target`` or ``form``, which events can revise;
            ``text``, which stays as recorded; or ``fixed``, which no event can change.

        held: What the ledger says, where that is neither of both.
    """

    field: Message
    recorded: Value
    given: Value
    kind: str
    held: Value = None

    def in_words(self) -> Message:
        """Return what the field was and is, in words."""
        return message(
            "found.difference",
            field=self.field,
            recorded=self.recorded or _NOTHING,
            given=self.given or _NOTHING,
            held=None if self.held is None else self.held or _NOTHING,
        )


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
            DifferingField(named(a.name), _shown(before), _shown(after), "fixed")
            for a in fields(type(given))
            if (before := getattr(recorded, a.name, None))
            != (after := getattr(given, a.name))
        ]
    found = [*_money(recorded, given, settings), *_indicators(recorded, given)]
    for a in fields(BudgetApproved):
        if a.name not in {"findings", "amounts", "plan", "indicators"}:
            before, after = getattr(recorded, a.name), getattr(given, a.name)
            if a.name in _COMPUTED or (a.name in _DECIDED and after is None):
                continue  # How it was asked, and what its day or others decide.
            if before != after:
                kind = "text" if a.name in _TEXTS else "fixed"
                kind = "form" if a.name in OF_FORM else kind
                field = named(a.name)
                found.append(DifferingField(field, _shown(before), _shown(after), kind))
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


def _indicators(
    recorded: BudgetApproved, given: BudgetApproved
) -> Iterator[DifferingField]:
    before, after = labelled(recorded.indicators), labelled(given.indicators)
    for label in {**before, **after}:
        old, new = before.get(label), after.get(label)
        if old is None or new is None:
            gone, come = ("" if i is None else i.target.text for i in (old, new))
            field = message("found.indicator", indicator=label)
            yield DifferingField(field, gone, come, "fixed")
        else:
            yield from _fields(label, old, new)


def _fields(label: str, old: Indicator, new: Indicator) -> Iterator[DifferingField]:
    if old.target != new.target:
        field = message("found.field_of", field=named("target"), indicator=label)
        yield DifferingField(field, old.target.text, new.target.text, "target")
    for a in fields(Indicator):
        before, after = getattr(old, a.name), getattr(new, a.name)
        if a.name != "target" and before != after:
            kind = "text" if a.name in _WORDS else "fixed"
            field = message("found.field_of", field=named(a.name), indicator=label)
            yield DifferingField(field, _shown(before), _shown(after), kind)


def money_field(source: str) -> Message:
    """Return what readers call the budget from a source."""
    return message("found.budget_from", source=named_source(source))


def amounts_by_source(parts: Iterable[Funding]) -> dict[str, int]:
    """Return the amounts of a form by source, without those that are 0."""
    return {part.source: part.amount for part in parts if part.amount}


def _shown(value: object) -> Value:
    if isinstance(value, tuple):
        return message("found.several", parts=[*map(str, value)])
    if isinstance(value, Enum):
        return value
    return "" if value is None else str(value)

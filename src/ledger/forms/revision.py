"""What a corrected form changes in what is recorded, and the events that record it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from attrs import evolve as replace
from attrs import fields

from ledger.domain.events import (
    AdjustmentKind,
    BudgetAdjusted,
    BudgetApproved,
    Event,
    Funding,
    ObjectivesSet,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.domain.indicator import Indicator
from ledger.domain.results import labelled
from ledger.domain.settings import Settings

Approval = BudgetApproved | ObjectivesSet

_WORDS: Final = frozenset({"description", "basis"})
_TEXTS: Final = frozenset({"name", "unit_name", "goals", "purpose", "document", "on"})


class Difference(NamedTuple):
    """
    A field that a form gives otherwise than it is recorded.

    Attributes:
        kind: ``budget``, ``plan`` or ``target``, which events can revise; ``text``,
            which stays as recorded; or ``fixed``, which no event can change.
    """

    field: str
    recorded: str
    given: str
    kind: str

    def __str__(self) -> str:
        return f"{self.field}: {self.recorded or '–'} → {self.given or '–'}"


def as_revised(events: Iterable[Event]) -> Approval | None:
    """
    Return the approval that a stream starts with, as later events revised it.

    ``None`` where there is none.
    """
    approval: Approval | None = None
    for event in events:
        if isinstance(event, BudgetApproved | ObjectivesSet):
            approval = event
        elif not isinstance(approval, BudgetApproved):
            continue
        elif isinstance(event, BudgetAdjusted):
            amounts = _by_source(approval.amounts)
            for part in event.amounts:
                change = event.kind.sign * part.amount
                amounts[part.source] = amounts.get(part.source, 0) + change
            sources = tuple(Funding(source=s, amount=a) for s, a in amounts.items())
            approval = replace(approval, amounts=sources)
        elif isinstance(event, SpendingPlanRevised):
            approval = replace(approval, plan=event.plan)
        elif isinstance(event, TargetRevised):
            known = labelled(approval.indicators)
            known[event.indicator] = replace(
                known[event.indicator], target=event.target
            )
            approval = replace(approval, indicators=tuple(known.values()))
    return approval


def differences(
    recorded: Event, given: Approval, settings: Settings
) -> list[Difference]:
    """Return every field in which *given* differs; what was noticed does not count."""
    if not isinstance(recorded, BudgetApproved) or not isinstance(
        given, BudgetApproved
    ):
        return [
            Difference(a.name, _shown(before), _shown(getattr(given, a.name)), "fixed")
            for a in fields(type(given))
            if (before := getattr(recorded, a.name, None)) != getattr(given, a.name)
        ]
    found = [*_money(recorded, given, settings), *_indicators(recorded, given)]
    for a in fields(BudgetApproved):
        if a.name not in {"findings", "amounts", "plan", "indicators"}:
            before, after = getattr(recorded, a.name), getattr(given, a.name)
            if before != after:
                kind = "text" if a.name in _TEXTS else "fixed"
                found.append(Difference(a.name, _shown(before), _shown(after), kind))
    return found


def revisions(
    recorded: BudgetApproved, given: BudgetApproved, *, on: date, reason: str
) -> list[Event]:
    """
    Return the events from *on* that make of what is recorded what *given* says.

    Texts stay as they are recorded.
    """
    project = given.project
    before, after = _by_source(recorded.amounts), _by_source(given.amounts)
    changes = {s: after.get(s, 0) - before.get(s, 0) for s in {**before, **after}}
    found: list[Event] = []
    for kind in (AdjustmentKind.SUPPLEMENT, AdjustmentKind.REDUCTION):
        parts = tuple(
            Funding(source=source, amount=kind.sign * change)
            for source, change in changes.items()
            if kind.sign * change > 0
        )
        if parts:
            found.append(
                BudgetAdjusted(
                    project=project, on=on, kind=kind, amounts=parts, reason=reason
                )
            )
    if recorded.plan.checkpoints != given.plan.checkpoints:
        found.append(
            SpendingPlanRevised(project=project, on=on, plan=given.plan, reason=reason)
        )
    old = labelled(recorded.indicators)
    found += [
        TargetRevised(
            project=project,
            on=on,
            indicator=label,
            target=indicator.target,
            reason=reason,
        )
        for label, indicator in labelled(given.indicators).items()
        if label in old and old[label].target != indicator.target
    ]
    return found


def _money(
    recorded: BudgetApproved, given: BudgetApproved, settings: Settings
) -> Iterator[Difference]:
    before, after = _by_source(recorded.amounts), _by_source(given.amounts)
    for source in {**before, **after}:
        old, new = before.get(source, 0), after.get(source, 0)
        if old != new:
            yield Difference(
                f"budget from {source}",
                settings.money(old),
                settings.money(new),
                "budget",
            )
    plans = [
        ", ".join(f"{c.on} {settings.money(c.amount)}" for c in each.plan.checkpoints)
        for each in (recorded, given)
    ]
    if plans[0] != plans[1]:
        yield Difference("plan", plans[0], plans[1], "plan")


def _indicators(
    recorded: BudgetApproved, given: BudgetApproved
) -> Iterator[Difference]:
    before, after = labelled(recorded.indicators), labelled(given.indicators)
    for label in {**before, **after}:
        old, new = before.get(label), after.get(label)
        if old is None or new is None:
            gone, come = ("" if i is None else i.target.text for i in (old, new))
            yield Difference(f"indicator {label}", gone, come, "fixed")
        else:
            yield from _fields(label, old, new)


def _fields(label: str, old: Indicator, new: Indicator) -> Iterator[Difference]:
    if old.target != new.target:
        field = f"target of {label}"
        yield Difference(field, old.target.text, new.target.text, "target")
    for a in fields(Indicator):
        before, after = getattr(old, a.name), getattr(new, a.name)
        if a.name != "target" and before != after:
            kind = "text" if a.name in _WORDS else "fixed"
            field = f"{a.name} of {label}"
            yield Difference(field, _shown(before), _shown(after), kind)


def _by_source(parts: Iterable[Funding]) -> dict[str, int]:
    return {part.source: part.amount for part in parts if part.amount}


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)

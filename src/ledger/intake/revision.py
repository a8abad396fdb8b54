"""
What a corrected form changes in what is recorded, and the events that record it.

A form is compared with the form in force on its own day, not with the ledger: what the
year has brought otherwise stays. Forms are found in the log: the approval is the
first, and each later one stands, whole, in an event that it led to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from attrs import evolve as replace
from attrs import fields, frozen

from ledger.domain.adjustment_kind import AdjustmentKind
from ledger.domain.budget import current_by_source
from ledger.domain.catalogue import moving
from ledger.domain.event_type import Flow
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Event,
    ObjectivesSet,
    SpendingPlanRevised,
    TargetRevised,
)
from ledger.domain.funding import Funding, FundingSource, named_source
from ledger.domain.in_force import day_of, in_force, latest
from ledger.domain.indicator import Indicator, IndicatorLabel
from ledger.domain.plain_budget import PlainBudget, after
from ledger.domain.plan import checkpoints_of
from ledger.domain.results import labelled
from ledger.domain.revised_form import FormTarget, RevisedForm
from ledger.domain.settings import Settings
from ledger.domain.subject import ProjectCode
from ledger.domain.target import Target
from ledger.messages import Message, Value, message, named

Approval = BudgetApproved | ObjectivesSet
_OF_BUDGET: Final = moving(Flow.BUDGET)

FormEvent = BudgetAdjusted | SpendingPlanRevised | TargetRevised
"""Events that a corrected form leads to; one of them holds it."""

_REVISABLE: Final = frozenset({"budget", "plan", "target"})

_NOTHING: Final = "–"

_WORDS: Final = frozenset({"description", "basis"})
_TEXTS: Final = frozenset({"name", "unit_name", "goals", "purpose", "document", "on"})


class DifferingField(NamedTuple):
    """
    A field that a form gives otherwise than the form before it.

    Attributes:
        kind: ``budget``, ``plan`` or ``target``, which events can revise; ``text``,
            which stays as recorded; or ``fixed``, which no event can change.

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


class FormTaken(NamedTuple):
    """A form as an approval says it, and the day from which it is in force."""

    on: date
    form: Approval

    def dated(self) -> Approval:
        """Return the form with the day of its correction as that of its approval."""
        return replace(self.form, on=self.on)


class Revised(NamedTuple):
    """
    What a corrected form comes to.

    Attributes:
        events: That record it.

        changed: Fields in which the ledger agrees with the form before.

        contested: Fields of which form before, form and ledger are three values.

        agreed: Fields that the ledger has as the form says already.
    """

    events: list[FormEvent]
    changed: list[DifferingField]
    contested: list[DifferingField]
    agreed: list[DifferingField]


def forms_taken(events: Iterable[Event]) -> list[FormTaken]:
    """Return the forms that a stream has taken, in order of their days."""
    taken: list[FormTaken] = []
    for event in events:
        if isinstance(event, BudgetApproved | ObjectivesSet):
            taken.append(FormTaken(event.on, event))
            continue
        form = getattr(event, "form", None)
        if isinstance(form, RevisedForm) and taken:
            first = taken[0].form
            assert isinstance(first, BudgetApproved)
            taken.append(FormTaken(event.on, _said_by(form, first)))
    return sorted(taken, key=day_of)


def form_in_force(taken: Sequence[FormTaken], on: date) -> FormTaken:
    """Return the form in force on a day, of those that a stream has taken."""
    return in_force(taken, on, day_of)


def held(events: Iterable[Event], on: date) -> Approval | None:
    """Return what a stream's approval has become by *on*, whatever it came from."""
    known = sorted(events, key=day_of)
    approvals = (e for e in known if isinstance(e, BudgetApproved | ObjectivesSet))
    approval = next(approvals, None)
    if not isinstance(approval, BudgetApproved):
        return approval
    money = PlainBudget(project=ProjectCode(approval.project))
    plans: list[BudgetApproved | SpendingPlanRevised] = []
    if approval.plan is not None:
        plans.append(approval)
    targets: dict[str, list[TargetRevised]] = {}
    for event in known:
        if type(event) in _OF_BUDGET:
            money = after(money, event)
        elif isinstance(event, SpendingPlanRevised):
            plans.append(event)
        elif isinstance(event, TargetRevised):
            targets.setdefault(event.indicator, []).append(event)
    revised = (latest(own, on, day_of) for own in targets.values())
    return _with_targets(
        replace(
            approval,
            amounts=_parts(current_by_source(money, on)),
            plan=in_force(plans, on, day_of).plan if plans else None,
        ),
        {each.indicator: each.target for each in revised if each is not None},
    )


def _said_by(form: RevisedForm, first: BudgetApproved) -> BudgetApproved:
    targets = {each.indicator: each.target for each in form.targets}
    said = replace(first, amounts=form.amounts, plan=form.plan)
    return _with_targets(said, targets)


def _with_targets(
    approval: BudgetApproved, targets: Mapping[IndicatorLabel, Target]
) -> BudgetApproved:
    known = labelled(approval.indicators)
    for label in known.keys() & targets.keys():
        known[label] = replace(known[label], target=targets[label])
    return replace(approval, indicators=tuple(known.values()))


def _parts(amounts: Mapping[str, int]) -> tuple[Funding, ...]:
    return tuple(Funding(source=s, amount=a) for s, a in amounts.items())


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
            if a.name == "new_source" or (a.name == "origin" and after is None):
                continue  # How it was asked, and what its day decides.
            if before != after:
                kind = "text" if a.name in _TEXTS else "fixed"
                field = named(a.name)
                found.append(DifferingField(field, _shown(before), _shown(after), kind))
    return found


@frozen(kw_only=True)
class Revision:
    """
    A corrected form, the form before it, and what the ledger says on its day.

    Attributes:
        new_source: Whether it may bring sources of any name; else of the known ones.
    """

    project: str
    on: date
    reason: str
    base: BudgetApproved
    given: BudgetApproved
    ledger: BudgetApproved
    settings: Settings
    new_source: bool = False

    def revised(self) -> Revised:
        """
        Return the events that record what the form changes, and findings about it.

        Of money the difference of both forms is recorded, of plans and targets what
        the form says; nothing where the ledger says it already.
        """
        base = differences(self.base, self.given, self.settings)
        ledger = {
            each.field: each
            for each in differences(self.ledger, self.given, self.settings)
        }
        found = Revised([], [], [], [])
        for each in base:
            if each.kind not in _REVISABLE:
                continue
            now = ledger.get(each.field)
            if now is None:
                found.agreed.append(each)
            elif now.recorded == each.recorded:
                found.changed.append(each)
            else:
                found.contested.append(each._replace(held=now.recorded))
        revisable = {each.field for each in (*found.changed, *found.contested)}
        events: list[FormEvent] = [
            *self._adjusted(revisable),
            *self._planned(),
            *self._targets(),
        ]
        found.events.extend(self._with_form(events))
        return found

    def _adjusted(self, revisable: AbstractSet[Message]) -> Iterator[BudgetAdjusted]:
        before, after = _by_source(self.base.amounts), _by_source(self.given.amounts)
        changes = {
            source: after.get(source, 0) - before.get(source, 0)
            for source in {**before, **after}
            if _money_field(source) in revisable
        }
        for kind in (AdjustmentKind.SUPPLEMENT, AdjustmentKind.REDUCTION):
            parts = {s: kind.sign * a for s, a in changes.items() if kind.sign * a > 0}
            if parts:
                yield BudgetAdjusted(
                    project=self.project,
                    on=self.on,
                    kind=kind,
                    amounts=_parts(parts),
                    reason=self.reason,
                    new_source=not parts.keys() <= self._sources(),
                )

    def slips(self) -> list[str]:
        """Return sources of the form that may be slips: unknown here, and by name."""
        if self.new_source:
            return []
        unknown = _by_source(self.given.amounts).keys() - self._sources()
        return sorted(s for s in unknown if FundingSource(s).root is None)

    def _sources(self) -> set[str]:
        return {part.source for part in self.ledger.amounts}

    def _planned(self) -> Iterator[SpendingPlanRevised]:
        plan = self.given.plan
        known = [checkpoints_of(each.plan) for each in (self.base, self.ledger)]
        if plan is not None and plan.checkpoints not in known:
            yield SpendingPlanRevised(
                project=self.project, on=self.on, plan=plan, reason=self.reason
            )

    def _targets(self) -> Iterator[TargetRevised]:
        old, now = labelled(self.base.indicators), labelled(self.ledger.indicators)
        for label, indicator in labelled(self.given.indicators).items():
            known = [each[label].target for each in (old, now) if label in each]
            if known and indicator.target not in known:
                yield TargetRevised(
                    project=self.project,
                    on=self.on,
                    indicator=label,
                    target=indicator.target,
                    reason=self.reason,
                )

    def _with_form(self, events: Sequence[FormEvent]) -> list[FormEvent]:
        """Return *events* of which one holds the form: that of the plan, if any."""
        targets = labelled(self.given.indicators).items()
        form = RevisedForm(
            amounts=self.given.amounts,
            plan=self.given.plan,
            targets=tuple(
                FormTarget(indicator=label, target=each.target)
                for label, each in targets
            ),
        )
        plans = [isinstance(each, SpendingPlanRevised) for each in events]
        holder = plans.index(True) if any(plans) else 0
        return [
            replace(each, form=form) if place == holder else each
            for place, each in enumerate(events)
        ]


def _money(
    recorded: BudgetApproved, given: BudgetApproved, settings: Settings
) -> Iterator[DifferingField]:
    before, after = _by_source(recorded.amounts), _by_source(given.amounts)
    for source in {**before, **after}:
        old, new = before.get(source, 0), after.get(source, 0)
        if old != new:
            yield DifferingField(
                _money_field(source),
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


def _money_field(source: str) -> Message:
    return message("found.budget_from", source=named_source(source))


def _by_source(parts: Iterable[Funding]) -> dict[str, int]:
    return {part.source: part.amount for part in parts if part.amount}


def _shown(value: object) -> Value:
    if isinstance(value, tuple):
        return message("found.several", parts=[*map(str, value)])
    if isinstance(value, Enum):
        return value
    return "" if value is None else str(value)

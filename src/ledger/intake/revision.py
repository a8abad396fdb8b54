"""
What a corrected form changes in what is recorded, and the events that record it.

A form is compared with the form in force on its own day, not with the ledger: what the
year has brought otherwise stays. Forms are found in the log: the approval is the
first, and each later one stands, whole, in an event that it led to.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, Final, NamedTuple

from attrs import evolve as replace
from attrs import frozen

from ledger.domain.adjustment_kind import AdjustmentKind, added
from ledger.domain.announcements import announced_by
from ledger.domain.approval_events import FormRevised
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
from ledger.domain.funding import Funding, FundingSource, is_carried_over
from ledger.domain.in_force import day_of, in_force, latest
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.plain_budget import PlainBudget, after
from ledger.domain.plan import checkpoints_of
from ledger.domain.results import labelled
from ledger.domain.revised_approval import revised_approval
from ledger.domain.revised_form import FormTarget, RevisedForm
from ledger.domain.settings import Settings
from ledger.domain.subject import ProjectCode
from ledger.domain.target import Target
from ledger.intake.form_differences import (
    OF_FORM,
    REVISABLE,
    Approval,
    DifferingField,
    amounts_by_source,
    differences,
    money_field,
)
from ledger.messages import Message, named

_OF_BUDGET: Final = moving(Flow.BUDGET)

FormEvent = BudgetAdjusted | SpendingPlanRevised | TargetRevised | FormRevised
"""Events that a corrected form leads to; one of them holds it."""


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
    revisions: list[FormRevised] = []
    for event in events:
        if isinstance(event, BudgetApproved | ObjectivesSet):
            taken.append(FormTaken(event.on, event))
            continue
        form = getattr(event, "form", None)
        if isinstance(form, RevisedForm) and taken:
            first = taken[0].form
            assert isinstance(first, BudgetApproved)
            if isinstance(event, FormRevised):
                revisions.append(event)
            first = revised_approval(first, revisions, event.on)
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
    approval = revised_approval(approval, known, on)
    money = PlainBudget(project=ProjectCode(approval.project))
    plans: list[BudgetApproved | SpendingPlanRevised] = []
    if approval.plan is not None:
        plans.append(approval)
    targets: dict[str, list[TargetRevised]] = {}
    for event in known:
        if type(event) in _OF_BUDGET or isinstance(event, FormRevised):
            money = after(money, event)
        elif isinstance(event, SpendingPlanRevised):
            plans.append(event)
        elif isinstance(event, TargetRevised):
            targets.setdefault(event.indicator, []).append(event)
    revised = (latest(own, on, day_of) for own in targets.values())
    return _with_targets(
        replace(
            approval,
            amounts=_parts(
                added(current_by_source(money, on), announced_by(money, on))
            ),
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
            if each.kind not in REVISABLE:
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
            *self._formed(revisable),
            *self._adjusted(revisable),
            *self._planned(),
            *self._targets(),
        ]
        found.events.extend(self._with_form(events))
        return found

    def _formed(self, revisable: AbstractSet[Message]) -> Iterator[FormRevised]:
        given: dict[str, Any] = {
            new: "" if (said := getattr(self.given, old)) is None else said
            for old, new in OF_FORM.items()
            if named(old) in revisable
        }
        legs = self._of_legs()
        if any(money_field(source) in revisable for source in legs):
            printed = amounts_by_source(self.given.amounts)
            given["carried"] = _parts({s: a for s, a in printed.items() if s in legs})
        if given:
            yield FormRevised(
                project=self.project, on=self.on, reason=self.reason, **given
            )

    def _adjusted(self, revisable: AbstractSet[Message]) -> Iterator[BudgetAdjusted]:
        before, after = (
            amounts_by_source(self.base.amounts),
            amounts_by_source(self.given.amounts),
        )
        changes = {
            source: after.get(source, 0) - before.get(source, 0)
            for source in {**before, **after}
            if money_field(source) in revisable and source not in self._of_legs()
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

    def _of_legs(self) -> set[str]:
        """Return the sources of both forms whose money legs of carry-overs bring."""
        if not self.base.carried:
            return set()
        forms = self.base.amounts, self.given.amounts
        named_in = {source for parts in forms for source in amounts_by_source(parts)}
        return {source for source in named_in if is_carried_over(source)}

    def slips(self) -> list[str]:
        """Return sources of the form that may be slips: unknown here, and by name."""
        if self.new_source:
            return []
        unknown = amounts_by_source(self.given.amounts).keys() - self._sources()
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
        """Return *events*, the form in one: that of the plan, else the first."""
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
            replace(each, form=form)
            if place == holder or isinstance(each, FormRevised)
            else each
            for place, each in enumerate(events)
        ]

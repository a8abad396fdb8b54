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
from attrs import fields, frozen

from ledger.domain.adjustment_kind import AdjustmentKind, added
from ledger.domain.announcements import announced_by
from ledger.domain.approval_events import FormRevised
from ledger.domain.budget import current_by_source
from ledger.domain.catalogue import moving
from ledger.domain.course import course_given, joined
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
from ledger.domain.indicator import Indicator, IndicatorLabel
from ledger.domain.plain_budget import PlainBudget, after
from ledger.domain.plan import checkpoints_of
from ledger.domain.results import labelled
from ledger.domain.revised_approval import (
    revised_approval,
    revised_rows,
    revisions_among,
)
from ledger.domain.revised_form import RevisedForm
from ledger.domain.settings import Settings
from ledger.domain.subject import ProjectCode
from ledger.intake.differing_field import DifferingField
from ledger.intake.form_differences import (
    OF_FORM,
    REVISABLE,
    Approval,
    amounts_by_source,
    differences,
    money_field,
)
from ledger.intake.form_rows import Agreement, HeldRows, RowRevision, row_revisions
from ledger.messages import Message, named

_OF_BUDGET: Final = moving(Flow.BUDGET)

_WAY: Final = "milestones", "between"
"""Fields of a revised target that say how an indicator gets to it."""

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
    for event in events:
        if isinstance(event, BudgetApproved | ObjectivesSet):
            taken.append(FormTaken(event.on, event))
            continue
        form = getattr(event, "form", None)
        if isinstance(form, RevisedForm) and taken:
            said = {each.name: getattr(form, each.name) for each in fields(RevisedForm)}
            taken.append(FormTaken(event.on, replace(taken[0].form, **said)))
    return sorted(taken, key=day_of)


def form_in_force(taken: Sequence[FormTaken], on: date) -> FormTaken:
    """Return the form in force on a day, of those that a stream has taken."""
    return in_force(taken, on, day_of)


class HeldForm(NamedTuple):
    """What a stream's approval has become by a day, whatever it came from."""

    form: Approval
    rows: HeldRows


def held(events: Iterable[Event], on: date) -> HeldForm | None:
    """Return what a stream's approval has become by *on*, if there is one."""
    recorded = list(events)
    known = sorted(recorded, key=day_of)
    approvals = (e for e in known if isinstance(e, BudgetApproved | ObjectivesSet))
    approval = next(approvals, None)
    if approval is None:
        return None
    if not isinstance(approval, BudgetApproved):
        return HeldForm(approval, HeldRows({}, {}, {}, {}))
    money = PlainBudget(project=ProjectCode(approval.project))
    plans: list[BudgetApproved | SpendingPlanRevised] = []
    if approval.plan is not None:
        plans.append(approval)
    for event in known:
        if type(event) in _OF_BUDGET or isinstance(event, FormRevised):
            money = after(money, event)
        elif isinstance(event, SpendingPlanRevised):
            plans.append(event)
    rows = _held_rows(approval, recorded, on)
    form = replace(
        revised_approval(approval, recorded, on),
        amounts=_parts(added(current_by_source(money, on), announced_by(money, on))),
        plan=in_force(plans, on, day_of).plan if plans else None,
        indicators=tuple(rows.rows.values()),
    )
    return HeldForm(form, rows)


def _held_rows(approval: BudgetApproved, events: Sequence[Event], on: date) -> HeldRows:
    """Return the indicators that the ledger has on a day, under its targets."""
    known = revised_rows(approval, revisions_among(events), on)
    targets: dict[IndicatorLabel, list[TargetRevised]] = {}
    for event in events:
        if isinstance(event, TargetRevised):
            key = known.kept.get(event.indicator, event.indicator)
            targets.setdefault(key, []).append(event)
    revised = {key: latest(own, on, day_of) for key, own in targets.items()}

    def now(
        rows: Mapping[IndicatorLabel, Indicator],
    ) -> dict[IndicatorLabel, Indicator]:
        return {key: _under(row, revised.get(key)) for key, row in rows.items()}

    rows = now(known.rows)
    labels = dict(zip(rows, labelled(tuple(rows.values())), strict=True))
    by_label = {labels[key]: row for key, row in rows.items()}
    return HeldRows(by_label, now(known.removed), known.kept, labels)


def _under(row: Indicator, revised: TargetRevised | None) -> Indicator:
    """Return a row under the target that was revised last, if any was."""
    if revised is None:
        return row
    course = joined(
        revised.target, course_given(revised.milestones, revised.between), row.course
    )
    return replace(row, target=revised.target, course=course)


def _parts(amounts: Mapping[str, int]) -> tuple[Funding, ...]:
    return tuple(Funding(source=s, amount=a) for s, a in amounts.items())


@frozen(kw_only=True)
class Revision:
    """
    A corrected form, the form before it, and what the ledger says on its day.

    Attributes:
        rows: The indicators that the ledger has.

        new_source: Whether it may bring sources of any name; else of the known ones.
    """

    project: str
    on: date
    reason: str
    base: BudgetApproved
    given: BudgetApproved
    ledger: BudgetApproved
    rows: HeldRows
    settings: Settings
    new_source: bool = False

    def revised(self) -> Revised:
        """
        Return the events that record what the form changes, and findings about it.

        Of money the difference of both forms is recorded, of all else what the form
        says; nothing where the ledger says it already.
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
        changes = list(
            row_revisions(self.base.indicators, self.given.indicators, self.rows)
        )
        for outcome, listed in (
            (Agreement.CHANGED, found.changed),
            (Agreement.AGREED, found.agreed),
            (Agreement.CONTESTED, found.contested),
        ):
            listed += [each.differing for each in changes if each.outcome is outcome]
        events: list[FormEvent] = [
            *self._formed(revisable),
            *self._adjusted(revisable),
            *self._planned(),
            *self._of_rows(changes),
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

    def _of_rows(
        self, changes: Iterable[RowRevision]
    ) -> Iterator[FormRevised | TargetRevised]:
        """Yield what records the changes of indicators: a revision of the form each."""
        said: dict[IndicatorLabel, dict[str, Any]] = {}
        for each in changes:
            if each.outcome is not Agreement.AGREED:
                own, cleared = said.setdefault(each.label, {}), each.said.get("cleared")
                before = own.get("cleared", ())
                own |= each.said
                if cleared is not None:
                    own["cleared"] = (*before, *cleared)
        common: dict[str, Any] = {
            "project": self.project,
            "on": self.on,
            "reason": self.reason,
        }
        for label, own in said.items():
            target = own.pop("target", None)
            way = {name: own.pop(name) for name in _WAY if name in own}
            if own:
                own["indicator"] = None if "added" in own else label
                yield FormRevised(**common, **own)
            if target is not None:
                yield TargetRevised(**common, indicator=label, target=target, **way)

    def _with_form(self, events: Sequence[FormEvent]) -> list[FormEvent]:
        """Return *events*, the form in one: that of the plan, else the first."""
        said = {
            name.name: getattr(self.given, name.name) for name in fields(RevisedForm)
        }
        form = RevisedForm(**said)
        plans = [isinstance(each, SpendingPlanRevised) for each in events]
        holder = plans.index(True) if any(plans) else 0
        return [
            replace(each, form=form) if place == holder else each
            for place, each in enumerate(events)
        ]

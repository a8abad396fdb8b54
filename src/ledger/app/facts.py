"""The facts that people record: one method for each."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ledger.app.base import OpenLedger
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import (
    AdjustmentKind,
    BudgetAdjusted,
    Disbursed,
    DisbursementReversed,
    Evidence,
    Funding,
    Likelihood,
    Objective,
    ObjectivesSet,
    ProjectClosed,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceCategory,
    VarianceExplained,
)
from ledger.domain.identity import canonical_source
from ledger.domain.indicator import Rating
from ledger.domain.money import FISCAL, Amount, exact
from ledger.domain.plan import Checkpoint, SpendingPlan
from ledger.domain.target import parse_target


class Facts(OpenLedger):
    """What may be recorded, fact by fact."""

    __slots__ = ()

    def disburse(
        self,
        project: str,
        amount: Amount,
        *,
        voucher: str,
        on: date,
        source: str = FISCAL,
        payee: str | None = None,
        description: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record money that left on its value date *on*.

        Raises:
            BudgetExceeded: Some day from *on* would be overdrawn; it is named.
            DatedAhead: *on* is more than a day away.
            VoucherUsed, BeforeApproval, AfterClosure, OutsideFiscalYear,
            UnknownProject, UnknownSource: As their names say.
        """
        event = Disbursed(
            project=project,
            on=on,
            voucher=voucher,
            amount=self.minor(amount),
            source=canonical_source(source),
            payee=payee,
            description=description,
        )
        return self._one(event, envelope)

    def reverse_disbursement(
        self,
        project: str,
        amount: Amount,
        *,
        of: str,
        voucher: str,
        on: date,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record that money of the disbursement with voucher *of* came back.

        Raises:
            UnknownVoucher, ReversalExceeded, VoucherUsed: As their names say.
        """
        event = DisbursementReversed(
            project=project,
            on=on,
            voucher=voucher,
            of=of,
            amount=self.minor(amount),
            reason=reason,
        )
        return self._one(event, envelope)

    def adjust_budget(
        self,
        project: str,
        kind: AdjustmentKind | str,
        amount: Amount,
        *,
        on: date,
        source: str = FISCAL,
        document: str | None = None,
        reason: str | None = None,
        new_source: bool = False,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a supplement, a reduction or a recall; *amount* is positive.

        A virement has two legs: see :meth:`transfer`.

        Args:
            new_source: Whether a supplement may bring a source that the project has
                not yet.

        Raises:
            UnknownSource: The project has no such source; the nearest is named.
            BudgetExceeded: Less would be left than is disbursed on some day.
            VirementUnbalanced: *kind* is one leg of a virement.
        """
        event = BudgetAdjusted(
            project=project,
            on=on,
            kind=kind,
            amounts=(self._funding(source, amount),),
            document=document,
            reason=reason,
            new_source=new_source,
        )
        return self._one(event, envelope)

    def transfer(
        self,
        source_project: str,
        target_project: str,
        amount: Amount,
        *,
        on: date,
        source: str = FISCAL,
        document: str | None = None,
        reason: str | None = None,
        new_source: bool = False,
        **envelope: Any,
    ) -> list[RecordedEvent]:
        """
        Record a virement (调剂) from one project to another: two legs, one append.

        Both legs are one request: *key* is that of both.

        Args:
            new_source: Whether *source* may be one that the target has not yet.

        Raises:
            UnknownSource: One of them has no such source; the nearest is named.
            BudgetExceeded: The project that gives has not so much on some day.
            VirementUnbalanced: Both are the same project.
        """
        legs = [
            BudgetAdjusted(
                project=project,
                on=on,
                kind=kind,
                amounts=(self._funding(source, amount),),
                document=document,
                reason=reason,
                new_source=new_source and kind is AdjustmentKind.VIREMENT_IN,
            )
            for project, kind in (
                (source_project, AdjustmentKind.VIREMENT_OUT),
                (target_project, AdjustmentKind.VIREMENT_IN),
            )
        ]
        return self.append(*legs, **envelope)

    def revise_plan(
        self,
        project: str,
        checkpoints: Mapping[date, Amount],
        *,
        on: date,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a new plan: cumulative amounts at dates, ending at the current budget.

        Raises:
            InvalidPlan: The amounts fall, or do not end at the budget of *on*.
        """
        parts = [
            Checkpoint(day, self.minor(checkpoints[day])) for day in sorted(checkpoints)
        ]
        event = SpendingPlanRevised(
            project=project,
            on=on,
            plan=SpendingPlan(checkpoints=tuple(parts)),
            reason=reason,
        )
        return self._one(event, envelope)

    def revise_target(
        self,
        project: str,
        indicator: str,
        target: str,
        *,
        on: date,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a new target, as printed, that holds from *on*.

        Raises:
            UnknownIndicator: The project has no such indicator.
        """
        year = self.settings.year_of(on).year
        event = TargetRevised(
            project=project,
            on=on,
            indicator=indicator,
            target=parse_target(target, fiscal_year=year).target,
            reason=reason,
        )
        return self._one(event, envelope)

    def report_result(
        self,
        project: str | None,
        indicator: str,
        value: Amount | date | Rating | None = None,
        *,
        on: date,
        unit: str | None = None,
        numerator: Amount | None = None,
        denominator: Amount | None = None,
        share: Amount | None = None,
        text: str | None = None,
        evidence: Evidence | None = None,
        note: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record one measurement: a number, a date, a rating, a ratio or a text.

        Args:
            project: ``None`` with *unit*, for a unit's own indicator.

            indicator: The level-3 name, or ``level 2/name``.

            value: A date for a target that is a date, a :class:`Rating` for a quality.

            on: The day that the measurement speaks of.

            share: With a rating: the share claimed.

        Raises:
            WrongResult: The target cannot be compared with it.
            UnknownIndicator, UnknownProject, UnknownUnit: As their names say.
        """
        shape: dict[str, Any]
        if isinstance(value, date):
            shape = {"reached_on": value}
        elif isinstance(value, Rating):
            shape = {"rating": value}
        else:
            shape = {"value": _number("value", value)}
        event = ResultReported(
            project=project,
            unit=unit,
            on=on,
            indicator=indicator,
            numerator=_number("numerator", numerator),
            denominator=_number("denominator", denominator),
            share=_number("share", share),
            text=text,
            evidence=evidence,
            note=note,
            **shape,
        )
        return self._one(event, envelope)

    def retract_result(
        self,
        project: str | None,
        indicator: str,
        of: str,
        *,
        on: date,
        reason: str,
        unit: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record that a result does not count any more.

        Args:
            of: The key or the event id of the result.

        Raises:
            UnknownResult: No standing result has it.
        """
        event = ResultRetracted(
            project=project, unit=unit, on=on, indicator=indicator, of=of, reason=reason
        )
        return self._one(event, envelope)

    def explain_variance(
        self,
        project: str | None,
        category: VarianceCategory | str,
        text: str,
        *,
        on: date,
        indicator: str | None = None,
        unit: str | None = None,
        likelihood: Likelihood | str | None = None,
        forecast: str | None = None,
        remedy: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """Record why an indicator, or the money where none is named, deviates."""
        event = VarianceExplained(
            project=project,
            unit=unit,
            on=on,
            indicator=indicator,
            category=category,
            text=text,
            likelihood=likelihood,
            forecast=forecast,
            remedy=remedy,
        )
        return self._one(event, envelope)

    def report_score(
        self,
        project: str | None,
        score: Amount,
        *,
        on: date,
        indicator: str | None = None,
        unit: str | None = None,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """Record a person's score; it stands beside the computed one."""
        event = ScoreReported(
            project=project,
            unit=unit,
            on=on,
            indicator=indicator,
            score=exact(score, field="score"),
            reason=reason,
        )
        return self._one(event, envelope)

    def close_project(
        self,
        project: str,
        *,
        on: date,
        carried_over: Mapping[str, Amount] | None = None,
        reason: str | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record that nothing more is spent, or changed about the money, of any day.

        Args:
            carried_over: By funding source; what is left beside it lapses.

        Raises:
            AfterClosure: It is closed already.
            InvalidInput: A fact about its money is dated later, or more is carried over
                than is left.
            DatedAhead: *on* is more than a day away.
        """
        event = ProjectClosed(
            project=project,
            on=on,
            carried_over=tuple(
                self._funding(source, amount)
                for source, amount in (carried_over or {}).items()
            ),
            reason=reason,
        )
        return self._one(event, envelope)

    def _funding(self, source: str, amount: Amount) -> Funding:
        return Funding(source=canonical_source(source), amount=self.minor(amount))

    def set_objectives(
        self,
        unit: str,
        name: str,
        objectives: Iterable[Objective],
        *,
        fiscal_year: int,
        on: date,
        overall_goal: str | None = None,
        execution_weight: Amount | None = None,
        **envelope: Any,
    ) -> RecordedEvent:
        """
        Record a unit's own goals and indicators for a year.

        Args:
            execution_weight: Points of 100 that execution can earn; by default 10.

        Raises:
            InvalidInput: A weight is no number of points from 0 to 100.
        """
        event = ObjectivesSet(
            unit=unit,
            on=on,
            name=name,
            fiscal_year=fiscal_year,
            overall_goal=overall_goal,
            objectives=tuple(objectives),
            execution_weight=_number("execution_weight", execution_weight),
        )
        return self._one(event, envelope)


def _number(name: str, value: Amount | None) -> Decimal | None:
    return None if value is None else exact(value, field=name)

"""What the rules allow of a project's money (design 3.4)."""

from collections.abc import Callable
from datetime import date
from typing import Final

from attrs import evolve as replace

from ledger.domain.adjustment_kind import AdjustmentKind, BudgetOrigin
from ledger.domain.budget import LONGEST_TEXT, Budget
from ledger.domain.calendar import FiscalYear
from ledger.domain.carry_rules import (
    check_opening,
    decide_carry,
    decide_hand_over,
    decide_return,
)
from ledger.domain.characters import check_filled
from ledger.domain.closing_events import (
    CarriedOver,
    CarryReturned,
    ProjectClosed,
    ProjectReopened,
)
from ledger.domain.closing_rules import decide_closure, decide_reopening
from ledger.domain.commitment_events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
)
from ledger.domain.commitment_rules import (
    check_uncommitted,
    decide_commitment,
    decide_commitment_adjustment,
    decide_liquidation,
    decide_release,
)
from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.correction_rules import decide_correction
from ledger.domain.errors import InvalidInput, InvalidPlan
from ledger.domain.events import (
    BudgetAdjusted,
    BudgetApproved,
    Disbursed,
    DisbursementReversed,
    MoneyEvent,
    SpendingPlanRevised,
)
from ledger.domain.exception_rules import check_exception
from ledger.domain.finding import finding
from ledger.domain.funding import Funding
from ledger.domain.indicator import check_execution_weight, check_indicators
from ledger.domain.money_guards import (
    check_after_withdrawal,
    check_amount,
    check_available,
    check_day_of_life,
    check_open,
    checked_amounts,
)
from ledger.domain.plan import SpendingPlan
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refund_rules import decide_refund
from ledger.domain.refusals import (
    AfterClosure,
    AlreadyApproved,
    OutsideFiscalYear,
)
from ledger.domain.revised_form import RevisedForm
from ledger.domain.settings import Settings
from ledger.domain.source_rules import (
    check_added,
    check_known,
    check_levels,
    filled_sources,
    stated_source,
)
from ledger.domain.voucher_rules import decide_reversal, is_booked_again
from ledger.messages import message

_MONTHS_OF_BUDGET: Final = 3
"""Approved by their end, a budget is of the year unless it says that it is not."""

_DISBURSE: Final = message("found.disburse")
"""Made once: most disbursements are refused nothing."""


def decide(budget: Budget, event: MoneyEvent, settings: Settings) -> MoneyEvent:
    """
    Return the fact that a request for *event* becomes.

    Raises:
        Refused: A rule of design 3.4 forbids it; the subclass says which.
        InvalidInput: A field of *event* cannot be taken.
    """
    return _DECIDED_BY[type(event)](budget, event, settings)


def decide_approval(
    budget: Budget, event: BudgetApproved, settings: Settings
) -> BudgetApproved:
    """Approve a project once; a plan, if it has one, ends at its budget."""
    if budget.approved_on is not None:
        raise AlreadyApproved(
            message("error.already_approved.project", project=event.project)
        )
    check_after_withdrawal(budget, event.on)
    if budget.closed_on is not None:
        raise AfterClosure(event.project, event.on, budget.closed_on)
    year = settings.year(event.fiscal_year)
    earliest = year.start.replace(year=year.start.year - 1)
    if not earliest <= event.on <= year.end:
        raise OutsideFiscalYear(event.project, event.on, earliest, year.end)
    check_filled("name", event.name, LONGEST_TEXT)
    check_filled("unit", event.unit, LONGEST_TEXT)
    amounts = checked_amounts(event.amounts, least=0)
    sources = [part.source for part in amounts]
    known = filled_sources(budget)
    check_added(sources, event.project, known, meant=event.new_source)
    if event.plan is not None:
        _check_plan(event.plan, sum(part.amount for part in amounts), year, settings)
    check_indicators(event.indicators, year, event.project)
    check_execution_weight(event.execution_weight)
    if event.origin is None:
        return _with_origin(event, amounts, year)
    return event if amounts is event.amounts else replace(event, amounts=amounts)


def _with_origin(
    event: BudgetApproved, amounts: tuple[Funding, ...], year: FiscalYear
) -> BudgetApproved:
    """Return an approval that says its origin; a note says where its day decided."""
    last = year.month_ends()[_MONTHS_OF_BUDGET - 1]
    if event.on <= last:
        return replace(event, amounts=amounts, origin=BudgetOrigin.ANNUAL)
    note = finding(
        "approval.in_year",
        found=event.on.isoformat(),
        expected=message("expected.origin"),
        on=event.on,
        last=last,
    )
    known = {each.code for each in event.findings}
    more = () if note.code in known else (note,)
    findings = *event.findings, *more
    origin = BudgetOrigin.IN_YEAR
    return replace(event, amounts=amounts, origin=origin, findings=findings)


def decide_disbursement(
    budget: Budget, event: Disbursed, settings: Settings
) -> Disbursed:
    """
    Pay if every day from then on stays within the budget, or on a commitment.

    What was allowed as an exception is paid whatever is available.
    """
    check_day_of_life(budget, event.project, event.on)
    if is_booked_again(budget, event, settings):
        event = replace(event, booked_again=True)
    elif event.booked_again:
        right = message("expected.computed", value=None)
        raise InvalidInput("booked_again", event.booked_again, right)
    if event.exception is not None:
        check_exception(event, settings)
    if event.commitment is not None:
        return decide_liquidation(budget, event, settings)
    if event.final or event.released or event.stage is not None:
        check_uncommitted(event)
    source, amount = event.source, event.amount
    check_amount(amount, least=1)
    if source not in budget.original:  # Those that are have the one right spelling.
        source = stated_source(budget, source)
        check_known(budget, source)
    if event.exception is None:
        check_available(budget, source, amount, event.on, _DISBURSE, settings)
    else:
        check_levels(event.project, {*filled_sources(budget), source})
    return event if source == event.source else replace(event, source=source)


def decide_adjustment(
    budget: Budget, event: BudgetAdjusted, settings: Settings
) -> BudgetAdjusted:
    """
    Change the budget, never below what is disbursed on any later day.

    A source that the project has not is new only where the request says so.
    """
    opens = event.kind is AdjustmentKind.CARRIED_IN
    year = check_open(budget, event.project, event.on, settings, opens=opens)
    check_opening(budget, event)
    if event.kind.is_carry:
        return decide_carry(budget, event, settings)
    if event.form is not None:
        check_form(event.form, year, settings)
    amounts = checked_amounts(event.amounts, of=budget)
    adds = event.kind.sign > 0
    if adds and event.new_source:
        known, sources = filled_sources(budget), [part.source for part in amounts]
        check_added(sources, event.project, known, meant=True)
    for part in amounts:
        if not (adds and event.new_source):
            check_known(budget, part.source, addable=adds)
        if not adds:
            source, amount = part.source, part.amount
            verb = message("found.take_by", kind=event.kind)
            check_available(budget, source, amount, event.on, verb, settings)
    return event if amounts is event.amounts else replace(event, amounts=amounts)


def decide_plan(
    budget: Budget, event: SpendingPlanRevised, settings: Settings
) -> SpendingPlanRevised:
    """Replace the plan by one that ends at the budget of that day, or of its form."""
    year = check_open(budget, event.project, event.on, settings)
    if event.form is None:
        _check_plan(event.plan, budget.current(event.on), year, settings)
    else:
        check_form(event.form, year, settings)
        if event.plan != event.form.plan:
            raise InvalidPlan(
                "plan", message("found.another"), message("expected.plan_of_form")
            )
    return event


def check_form(form: RevisedForm, year: FiscalYear, settings: Settings) -> None:
    """
    Check that a corrected form agrees with itself.

    Raises:
        InvalidInput: A source is not in its one spelling, or there twice; or what it
            says of indicators makes no sense.
        InvalidPlan: The plan does not end at the sum of its amounts.
    """
    if checked_amounts(form.amounts, least=0) is not form.amounts:
        raise InvalidInput(
            "form", message("found.amounts"), message("expected.canonical_sources")
        )
    if form.plan is not None:
        amount = sum(part.amount for part in form.amounts)
        _check_plan(form.plan, amount, year, settings)
    check_indicators(form.indicators, year)


def _check_plan(
    plan: SpendingPlan, budget: int, year: FiscalYear, settings: Settings
) -> None:
    before = 0
    last: date | None = None
    for checkpoint in plan.checkpoints:
        if checkpoint.on not in year or (last is not None and checkpoint.on <= last):
            raise InvalidPlan(
                "plan",
                str(checkpoint.on),
                message("expected.days_in_order", start=year.start, end=year.end),
            )
        if checkpoint.amount < before:
            raise InvalidPlan(
                "plan",
                settings.money(checkpoint.amount),
                message("expected.cumulative_amounts", before=settings.money(before)),
            )
        before, last = checkpoint.amount, checkpoint.on
    if before != budget:
        raise InvalidPlan(
            "plan",
            settings.money(before),
            message("expected.plan_ends_budget", budget=settings.money(budget)),
        )


_DECIDED_BY: Final[dict[type, Callable[..., MoneyEvent]]] = {
    BudgetApproved: decide_approval,
    Disbursed: decide_disbursement,
    DisbursementReversed: decide_reversal,
    PriorYearRefund: decide_refund,
    BudgetAdjusted: decide_adjustment,
    AdjustmentCorrected: decide_correction,
    SpendingPlanRevised: decide_plan,
    ProjectClosed: decide_closure,
    ProjectReopened: decide_reopening,
    CarriedOver: decide_hand_over,
    CarryReturned: decide_return,
    CommitmentEntered: decide_commitment,
    CommitmentAdjusted: decide_commitment_adjustment,
    CommitmentReleased: decide_release,
}

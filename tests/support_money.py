"""Events of one project's money, each decided, for the tests of its rules."""

from ledger import AdjustmentKind, Checkpoint, Funding, Settings, SpendingPlan
from ledger.domain import budget_rules, plain_budget
from ledger.domain.plain_budget import PlainBudget
from ledger.domain.revised_form import RevisedForm
from ledger.events import (
    BudgetAdjusted,
    DisbursementReversed,
    ProjectClosed,
    SpendingPlanRevised,
)
from ledger.store.stored_event import StoredEvent
from support import PROJECT, day, disbursement

SETTINGS = Settings()
SUPPLEMENT, REDUCTION = AdjustmentKind.SUPPLEMENT, AdjustmentKind.REDUCTION


def after(*events):
    """Return the state of a project after *events*, each decided first."""
    state = PlainBudget(project=PROJECT, fiscal_year=2023)
    for version, event in enumerate(events, start=1):
        decided = budget_rules.decide(state, event, SETTINGS)
        recorded = StoredEvent(
            version,
            f"project:2023:{PROJECT}",
            version,
            "",
            "",
            1,
            event.on,
            "",
            "",
            None,
            None,
            decided,
        )
        state = plain_budget.evolve(state, recorded)
    return state


JUNE, MAY = day(6), day(5)


def adjusted(kind, amount, on=JUNE, source="fiscal", **more):
    """Return an adjustment of one source."""
    return BudgetAdjusted(
        **more,
        project=PROJECT,
        on=on,
        kind=kind,
        amounts=(Funding(source=source, amount=amount),),
    )


def reversal(amount, of="V-1", on=MAY, voucher="R-1"):
    """Return a reversal of a disbursement."""
    return DisbursementReversed(
        project=PROJECT, on=on, voucher=voucher, of=of, amount=amount
    )


def revised(*steps):
    """Return a plan revision in July with amounts at months' ends."""
    ends = {6: 30, 9: 30, 10: 31, 12: 31}
    plan = SpendingPlan(
        checkpoints=tuple(
            Checkpoint(day(month, ends[month]), amount) for month, amount in steps
        )
    )
    return SpendingPlanRevised(project=PROJECT, on=day(7), plan=plan)


PAID = disbursement(60_000, on=day(3))


def corrected(amounts=(("fiscal", 100_000),), end=100_000, indicators=()):
    """Return what a corrected form says."""
    parts = tuple(Funding(source=source, amount=amount) for source, amount in amounts)
    plan = revised((12, end)).plan
    return RevisedForm(
        name="p", unit="U-1", amounts=parts, plan=plan, indicators=indicators
    )


def closing(*carried, on=JUNE):
    """Return a closing that carries amounts of sources over."""
    parts = tuple(Funding(source=source, amount=amount) for source, amount in carried)
    return ProjectClosed(project=PROJECT, on=on, carried_over=parts)

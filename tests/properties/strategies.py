"""Histories of one project, as Hypothesis draws them."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from ledger import (
    AdjustmentKind,
    BudgetAdjusted,
    BudgetApproved,
    Checkpoint,
    Disbursed,
    DisbursementReversed,
    Funding,
    ObjectivesSet,
    ProjectClosed,
    Refused,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlan,
    SpendingPlanRevised,
    TargetRevised,
    VarianceCategory,
    VarianceExplained,
)
from support import PROJECT, approval, disbursement, indicator

days = st.integers(0, 364).map(lambda n: date(2023, 1, 1) + timedelta(n))
amounts = st.integers(1, 60_000)
SOURCES = ("fiscal", "other", "bonds")


@st.composite
def requests(draw, project=PROJECT):
    """Draw requests for one project, in the order of recording: many are refused."""
    drawn = []
    for number in range(draw(st.integers(1, 12))):
        on, amount = draw(days), draw(amounts)
        kind = draw(st.sampled_from(["pay", "pay", "back", "more", "less", "result"]))
        if kind == "pay":
            drawn.append(disbursement(amount, f"V-{number}", on, project))
        elif kind == "back":
            of = f"V-{draw(st.integers(0, 12))}"
            drawn.append(
                DisbursementReversed(
                    project=project, on=on, voucher=f"R-{number}", of=of, amount=amount
                )
            )
        elif kind == "result":
            value = Decimal(draw(st.integers(0, 9)))
            drawn.append(
                ResultReported(
                    project=project, on=on, indicator="开展就业培训数", value=value
                )
            )
        else:
            adjustment = (
                AdjustmentKind.SUPPLEMENT
                if kind == "more"
                else AdjustmentKind.REDUCTION
            )
            drawn.append(
                BudgetAdjusted(
                    project=project,
                    on=on,
                    kind=adjustment,
                    amounts=(Funding(source="fiscal", amount=amount),),
                )
            )
    return drawn


def first(project=PROJECT):
    """Return the approval that every history starts with."""
    return approval(project, 100_000, indicators=(indicator(),))


def taken(ledger, drawn):
    """Record what the rules allow of *drawn*; return it."""
    kept = []
    for event in drawn:
        try:
            ledger.append(event)
        except Refused:
            continue
        except ValueError:  # A reversal dated before its disbursement.
            continue
        kept.append(event)
    return kept


def _amounts():
    """Return a strategy of amounts from one to three sources, each named once."""
    parts = st.builds(Funding, source=st.sampled_from(SOURCES), amount=amounts)
    once = st.lists(parts, min_size=1, max_size=3, unique_by=lambda part: part.source)
    return once.map(tuple)


def _fact(event, **fields):
    """Return a strategy of events of a class on any day."""
    constant = {
        name: value if isinstance(value, st.SearchStrategy) else st.just(value)
        for name, value in fields.items()
    }
    return st.builds(event, on=days, **constant)


_OF_PROJECT = {"project": PROJECT}
_PARTS = _amounts()
_PLAN = SpendingPlan(checkpoints=(Checkpoint(date(2023, 12, 31), 1),))
FACTS = {
    BudgetApproved: _PARTS.map(lambda parts: approval(amounts=parts)),
    BudgetAdjusted: _fact(
        BudgetAdjusted,
        kind=st.sampled_from(AdjustmentKind),
        amounts=_PARTS,
        **_OF_PROJECT,
    ),
    SpendingPlanRevised: _fact(SpendingPlanRevised, plan=_PLAN, **_OF_PROJECT),
    ProjectClosed: _fact(
        ProjectClosed, carried_over=_PARTS, lapsed=_PARTS, **_OF_PROJECT
    ),
    Disbursed: _fact(
        Disbursed,
        amount=amounts,
        source=st.sampled_from(SOURCES),
        voucher="",
        **_OF_PROJECT,
    ),
    DisbursementReversed: _fact(
        DisbursementReversed, amount=amounts, voucher="", of="", **_OF_PROJECT
    ),
    TargetRevised: _fact(
        TargetRevised, indicator="i", target=indicator().target, **_OF_PROJECT
    ),
    ResultReported: _fact(
        ResultReported, indicator="i", value=Decimal(1), **_OF_PROJECT
    ),
    ResultRetracted: _fact(
        ResultRetracted, indicator="i", of="", reason="r", **_OF_PROJECT
    ),
    VarianceExplained: _fact(
        VarianceExplained,
        category=st.sampled_from(VarianceCategory),
        text="t",
        **_OF_PROJECT,
    ),
    ScoreReported: _fact(ScoreReported, score=Decimal(1), **_OF_PROJECT),
    ObjectivesSet: _fact(ObjectivesSet, unit="U-1", name="n", fiscal_year=2023),
}
"""A strategy of events of each type, as no rule was asked."""


@st.composite
def facts(draw):
    """Draw what may stand in a project's stream: every type of event, every sign."""
    events = [draw(FACTS[BudgetApproved])]
    others = sorted(FACTS.keys() - {BudgetApproved}, key=repr)
    later = st.sampled_from([*others, *[Disbursed, DisbursementReversed] * 4])
    paid = []
    for number, kind in enumerate(draw(st.lists(later, max_size=12))):
        event = draw(FACTS[kind])
        if kind is Disbursed:
            event = evolve(event, voucher=f"V-{number}")
            paid.append(event.voucher)
        elif kind is DisbursementReversed:
            if not paid:
                continue
            of = draw(st.sampled_from(paid))
            event = evolve(event, voucher=f"R-{number}", of=of.lower())
        elif kind is ProjectClosed and any(type(e) is ProjectClosed for e in events):
            continue
        events.append(event)
    return events

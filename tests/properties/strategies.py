"""Histories of one project, as Hypothesis draws them."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from ledger import (
    AdjustmentKind,
    Checkpoint,
    Funding,
    Likelihood,
    Policy,
    Rating,
    Refused,
    ScoringRule,
    SpendingPlan,
    VarianceCategory,
)
from ledger.events import (
    AdjustmentCorrected,
    ApprovalWithdrawn,
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    CommitmentAdjusted,
    CommitmentAdjustmentKind,
    CommitmentEntered,
    CommitmentReleased,
    CommitmentStage,
    ConclusionStated,
    Disbursed,
    DisbursementReversed,
    FormRevised,
    GoalAssessed,
    ObjectivesSet,
    OutlookStated,
    PeriodClosed,
    PeriodReopened,
    PolicySet,
    PriorYearRefund,
    ProjectClosed,
    ProjectReopened,
    RectificationClosed,
    RectificationOrdered,
    RectificationReported,
    ReleaseReason,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)
from properties.corrections import corrections
from properties.vouchers import reversing, vouched
from support import PROJECT, approval, disbursement, indicator

days = st.integers(0, 364).map(lambda n: date(2023, 1, 1) + timedelta(n))
amounts = st.integers(1, 60_000)
SOURCES = ("fiscal", "other", "special_account")


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
            adjustment = "supplement" if kind == "more" else "reduction"
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


OF_PROJECT = {"project": PROJECT}
_PARTS = _amounts()
_PLAN = SpendingPlan(checkpoints=(Checkpoint(date(2023, 12, 31), 1),))
FACTS = {
    BudgetApproved: _PARTS.map(lambda parts: approval(amounts=parts)),
    BudgetAdjusted: _fact(
        BudgetAdjusted,
        kind=st.sampled_from(AdjustmentKind),
        amounts=_PARTS,
        **OF_PROJECT,
    ),
    SpendingPlanRevised: _fact(SpendingPlanRevised, plan=_PLAN, **OF_PROJECT),
    ProjectClosed: _fact(
        ProjectClosed, carried_over=_PARTS, lapsed=_PARTS, **OF_PROJECT
    ),
    CarriedOver: _fact(CarriedOver, year=2023, amounts=_PARTS, **OF_PROJECT),
    CarryReturned: _fact(CarryReturned, year=2023, amounts=_PARTS, **OF_PROJECT),
    FormRevised: _fact(
        FormRevised,
        correction=st.booleans(),
        name=st.none() | st.sampled_from(["n", "m"]),
        to_unit=st.none() | st.sampled_from(["U-1", "U-2"]),
        unit_name=st.none() | st.sampled_from(["", "u"]),
        **OF_PROJECT,
    ),
    ApprovalWithdrawn: _fact(ApprovalWithdrawn, reason="r", **OF_PROJECT),
    AdjustmentCorrected: _fact(AdjustmentCorrected, of="", reason="r", **OF_PROJECT),
    ProjectReopened: _fact(ProjectReopened, reason="r", **OF_PROJECT),
    Disbursed: _fact(
        Disbursed,
        amount=amounts,
        source=st.sampled_from(SOURCES),
        voucher="",
        **OF_PROJECT,
    ),
    DisbursementReversed: _fact(
        DisbursementReversed, amount=amounts, voucher="", of="", **OF_PROJECT
    ),
    PriorYearRefund: _fact(
        PriorYearRefund,
        voucher="",
        of="1",
        of_year=2022,
        amount=amounts,
        source=st.sampled_from(SOURCES),
        takes_back=st.none() | st.just("1"),
        **OF_PROJECT,
    ),
    CommitmentEntered: _fact(
        CommitmentEntered,
        commitment="",
        amounts=_PARTS,
        stage=st.sampled_from(CommitmentStage),
        payee="builder",
        **OF_PROJECT,
    ),
    CommitmentAdjusted: _fact(
        CommitmentAdjusted,
        commitment="",
        kind=st.sampled_from(CommitmentAdjustmentKind),
        amounts=_PARTS,
        reason="r",
        **OF_PROJECT,
    ),
    CommitmentReleased: _fact(
        CommitmentReleased,
        commitment="",
        why=st.sampled_from(ReleaseReason),
        amounts=st.just(()) | _PARTS,
        released=_PARTS,
        **OF_PROJECT,
    ),
    PeriodClosed: _fact(PeriodClosed, year_end=st.booleans()),
    PeriodReopened: _fact(PeriodReopened, since=days, until=days, reason="r"),
    PolicySet: _fact(
        PolicySet,
        policy=st.sampled_from(
            [Policy(), Policy(at_risk_below="0.9", ceiling="ratio")]
        ),
        scoring=st.sampled_from([ScoringRule(), ScoringRule(weight_unit=1)]),
    ),
    TargetRevised: _fact(
        TargetRevised, indicator="i", target=indicator().target, **OF_PROJECT
    ),
    ResultReported: _fact(
        ResultReported, indicator="i", value=Decimal(1), **OF_PROJECT
    ),
    ResultRetracted: _fact(
        ResultRetracted, indicator="i", of="", reason="r", **OF_PROJECT
    ),
    VarianceExplained: _fact(
        VarianceExplained,
        category=st.sampled_from(VarianceCategory),
        text="t",
        remedy="m",
        **OF_PROJECT,
    ),
    RectificationOrdered: _fact(
        RectificationOrdered,
        number="z",
        requirement="q",
        due=date(2023, 6, 30),
        **OF_PROJECT,
    ),
    RectificationReported: _fact(
        RectificationReported, number="z", text="t", **OF_PROJECT
    ),
    RectificationClosed: _fact(RectificationClosed, number="z", **OF_PROJECT),
    GoalAssessed: _fact(
        GoalAssessed,
        goal="g",
        text="t",
        achieved=st.sampled_from(Rating),
        **OF_PROJECT,
    ),
    OutlookStated: _fact(
        OutlookStated,
        indicator="i",
        text="t",
        likelihood=st.sampled_from(Likelihood),
        **OF_PROJECT,
    ),
    ScoreReported: _fact(
        ScoreReported, score=st.integers(0, 9).map(Decimal), reason="r", **OF_PROJECT
    ),
    ConclusionStated: _fact(
        ConclusionStated,
        conclusion="c",
        about=st.sampled_from([None, "2023"]),
        **OF_PROJECT,
    ),
    ObjectivesSet: _fact(ObjectivesSet, unit="U-1", name="n", fiscal_year=2023),
}
"""A strategy of events of each type, as no rule was asked."""


def _of(entered):
    """Return a strategy of a commitment that was entered, with its stage."""
    return st.sampled_from([*entered.items()])


def _paid_on(entered):
    """Return a strategy of what a disbursement says of a commitment."""
    if not entered:
        return st.just({})
    plain = _of(entered).map(lambda one: {"commitment": one[0], "stage": one[1]})
    final = st.builds(
        lambda one, released: one | {"final": True, "released": released},
        plain,
        st.none() | _PARTS,
    )
    return st.just({}) | plain | final


def _restored(entered):
    """Return a strategy of what a reversal gives back to a commitment."""
    if not entered:
        return st.just({})
    given = _of(entered).map(lambda one: {"restores": one[0], "stage": one[1]})
    return st.just({}) | given


def _over(entered):
    """Return a strategy of what a contract takes of a reservation."""
    entered = {name: one for name, one in entered.items() if one == "reserved"}
    if not entered:
        return st.just({})
    return st.just({}) | st.builds(
        lambda one, taken: {"of": one[0], "taken_over": taken}, _of(entered), _PARTS
    )


@st.composite
def facts(draw):
    """Draw what may stand in a project's stream: every type of event, every sign."""
    events = [draw(FACTS[BudgetApproved])]
    once = {BudgetApproved, ApprovalWithdrawn, AdjustmentCorrected}
    others = sorted(FACTS.keys() - once, key=repr)
    often = [Disbursed, DisbursementReversed, CommitmentEntered]
    later = st.sampled_from([*others, *often * 3])
    paid, back, entered, closing = [], [], {}, None
    for number, kind in enumerate(draw(st.lists(later, max_size=12))):
        event = draw(FACTS[kind])
        if kind is Disbursed:
            event = evolve(
                draw(vouched(event, number, paid)), **draw(_paid_on(entered))
            )
        elif kind is DisbursementReversed:
            if not paid:
                continue
            event = draw(reversing(event, number, paid, back))
            event = evolve(event, **draw(_restored(entered)))
        elif kind is PriorYearRefund:
            event = evolve(event, voucher=f"R-{number}")
        elif kind is CommitmentEntered:
            event = evolve(event, commitment=f"C-{number}", **draw(_over(entered)))
            entered[event.commitment] = event.stage
        elif kind in {CommitmentAdjusted, CommitmentReleased}:
            if not entered:
                continue
            name = draw(st.sampled_from([*entered]))
            event = evolve(event, commitment=name.lower(), stage=entered[name])
        elif kind is ProjectClosed:
            if closing is not None:
                continue
            closing = event
        elif kind is ProjectReopened:
            if closing is None:
                continue
            lifted = {"carried_over": closing.carried_over, "lapsed": closing.lapsed}
            event, closing = evolve(event, on=closing.on, **lifted), None
        events.append(event)
    return [*events, *draw(corrections(events, FACTS[AdjustmentCorrected]))]


@st.composite
def approved_again(draw):
    """Draw what may stand in a stream whose first approval was withdrawn."""
    given, (again, *rest) = draw(FACTS[BudgetApproved]), draw(facts())
    withdrawn = draw(FACTS[ApprovalWithdrawn])
    on = max(withdrawn.on, given.on)
    withdrawn = evolve(withdrawn, on=on, amounts=given.amounts)
    return [
        given,
        withdrawn,
        *(evolve(each, on=max(on, each.on)) for each in (again, *rest)),
    ]

"""Histories of one project, as Hypothesis draws them."""

from datetime import date, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from ledger import (
    AdjustmentKind,
    Checkpoint,
    Funding,
    IndicatorReference,
    Likelihood,
    Measure,
    Objective,
    Rating,
    Refused,
    SpendingPlan,
    VarianceCategory,
)
from ledger.domain.catalogue import followed
from ledger.domain.event_type import Fold
from ledger.events import (
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    CommitmentAdjusted,
    CommitmentAdjustmentKind,
    CommitmentEntered,
    CommitmentReleased,
    CommitmentStage,
    Disbursed,
    DisbursementReversed,
    ObjectivesSet,
    PeriodClosed,
    PeriodReopened,
    ProjectClosed,
    ProjectReopened,
    ReleaseReason,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    SpendingPlanRevised,
    TargetRevised,
    VarianceExplained,
)
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
    CarriedOver: _fact(CarriedOver, year=2023, amounts=_PARTS, **_OF_PROJECT),
    CarryReturned: _fact(CarryReturned, year=2023, amounts=_PARTS, **_OF_PROJECT),
    ProjectReopened: _fact(ProjectReopened, reason="r", **_OF_PROJECT),
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
    CommitmentEntered: _fact(
        CommitmentEntered,
        commitment="",
        amounts=_PARTS,
        stage=st.sampled_from(CommitmentStage),
        payee="builder",
        **_OF_PROJECT,
    ),
    CommitmentAdjusted: _fact(
        CommitmentAdjusted,
        commitment="",
        kind=st.sampled_from(CommitmentAdjustmentKind),
        amounts=_PARTS,
        reason="r",
        **_OF_PROJECT,
    ),
    CommitmentReleased: _fact(
        CommitmentReleased,
        commitment="",
        why=st.sampled_from(ReleaseReason),
        amounts=st.just(()) | _PARTS,
        released=_PARTS,
        **_OF_PROJECT,
    ),
    PeriodClosed: _fact(PeriodClosed, year_end=st.booleans()),
    PeriodReopened: _fact(PeriodReopened, since=days, until=days, reason="r"),
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
        likelihood=st.none() | st.sampled_from(Likelihood),
        forecast="f",
        remedy="m",
        **_OF_PROJECT,
    ),
    ScoreReported: _fact(
        ScoreReported, score=st.integers(0, 9).map(Decimal), reason="r", **_OF_PROJECT
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
    others = sorted(FACTS.keys() - {BudgetApproved}, key=repr)
    often = [Disbursed, DisbursementReversed, CommitmentEntered]
    later = st.sampled_from([*others, *often * 3])
    paid, entered, closing = [], {}, None
    for number, kind in enumerate(draw(st.lists(later, max_size=12))):
        event = draw(FACTS[kind])
        if kind is Disbursed:
            event = evolve(event, voucher=f"V-{number}", **draw(_paid_on(entered)))
            paid.append(event.voucher)
        elif kind is DisbursementReversed:
            if not paid:
                continue
            of = draw(st.sampled_from(paid))
            restores = draw(_restored(entered))
            event = evolve(event, voucher=f"R-{number}", of=of.lower(), **restores)
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
    return events


ROWS = (
    indicator("次数", "≥10次"),
    indicator("合格率", "≥98%", level2="质量指标", weight=Decimal("12.5")),
    indicator("平均分", "＞80分", measure=Measure.MEAN),
    indicator("费用", "≤20.5万元", level1="成本指标", level2="经济成本指标"),
    indicator("降幅", "≥30%", level2="质量指标", baseline=Decimal("2.5")),
    indicator("范围", "90%-95%", level2="质量指标", measure=Measure.MAX),
    indicator("效果", "效果显著", level1="效益指标", level2="社会效益指标"),
    indicator("完成时间", "6月底前", level2="时效指标"),
    indicator("每月", "每月25日前", level2="时效指标"),
    indicator("同名", "≥1个", level2="数量指标"),
    indicator("同名", "≥90%", level2="质量指标"),
    indicator("未定", "—", level1="满意度指标", level2="服务对象满意度指标"),
    indicator(
        "汇总",
        "≥5次",
        computed_from=(
            IndicatorReference(project=PROJECT, indicator="次数"),
            IndicatorReference(project=PROJECT, indicator="数量指标/次数"),
        ),
    ),
)
"""Indicators of every kind: sums, rates, ranges, qualities, days, and two of a name."""

LABELS = ("质量指标/同名", "数量指标/同名", *(row.name for row in ROWS[:9]))
NUMBERS = st.integers(0, 120).map(Decimal) | st.sampled_from(
    [Decimal(each) for each in ("0.5", "0.97", "2.25", "19.999", "97.1", "1000000.01")]
)
WHOLES = st.sampled_from([Decimal(each) for each in ("1", "3", "12.5", "100")])
_WAYS = st.one_of(
    st.fixed_dictionaries({"value": NUMBERS}),
    st.fixed_dictionaries({"value": NUMBERS}),
    st.fixed_dictionaries({"numerator": NUMBERS, "denominator": WHOLES}),
    st.fixed_dictionaries(
        {"rating": st.sampled_from(Rating)},
        optional={
            "share": st.sampled_from([Decimal("0.5"), Decimal("0.7"), Decimal(1)])
        },
    ),
    st.fixed_dictionaries({"reached_on": days}),
    st.fixed_dictionaries({"text": st.sampled_from(["好", "无"])}),
)
TARGETS = st.sampled_from(
    [
        indicator("x", target).target
        for target in ("≥12次", "≤9件", "≥95%", "—", "30%", "3月前")
    ]
)


TOLD = (
    ResultReported,
    TargetRevised,
    ResultRetracted,
    ScoreReported,
    VarianceExplained,
)


@st.composite
def told_results(draw, labels=LABELS, others=()):
    """
    Draw events about a few of *labels*, in a project of one event so far.

    Args:
        others: Types of events that may come between.
    """
    few = draw(st.lists(st.sampled_from(labels), min_size=1, max_size=2))
    kinds = st.sampled_from([*[ResultReported] * 6, *TOLD, *TOLD[1:3] * 2, *others])
    told = []
    for kind in draw(st.lists(kinds, max_size=20)):
        fields = {"indicator": draw(st.sampled_from(few))}
        if kind is ResultReported:
            event = ResultReported(
                **_OF_PROJECT, **fields, on=draw(days), **draw(_WAYS)
            )
        else:
            event = draw(FACTS[kind])
        if kind is TargetRevised:
            fields["target"] = draw(TARGETS)
        elif kind is ResultRetracted:
            fields |= draw(st.sampled_from(_retractable(told)))
        elif kind in {ScoreReported, VarianceExplained} and draw(st.booleans()):
            fields = {"indicator": None}
        told.append(event if kind in others else evolve(event, **fields))
    return told


def _retractable(told):
    """Return the fields by which what was reported, or else nothing, is retracted."""
    return [
        {"of": str(version), "version": version, "indicator": event.indicator}
        for version, event in enumerate(told, start=2)
        if type(event) is ResultReported
    ] or [{"of": "99", "version": 99}]


@st.composite
def result_facts(draw):
    """Draw what may stand in a stream with indicators: every type, whatever it says."""
    goal = Objective(title="t", indicators=ROWS)
    founded = draw(
        st.sampled_from(
            [
                approval(indicators=ROWS, execution_weight=Decimal(20)),
                evolve(
                    draw(FACTS[ObjectivesSet]),
                    objectives=(goal,),
                    overall_goal="g",
                    execution_weight=Decimal(15),
                ),
            ]
        )
    )
    others = tuple(sorted(FACTS.keys() - followed(Fold.ATTAINMENT), key=repr))
    return [founded, *draw(told_results(others=others))]

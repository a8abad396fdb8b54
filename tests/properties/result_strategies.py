"""Results of indicators as properties draw them: reported, retracted, revised."""

from decimal import Decimal

from attrs import evolve
from hypothesis import strategies as st

from ledger import (
    IndicatorReference,
    Measure,
    Objective,
    Rating,
)
from ledger.domain.catalogue import followed
from ledger.domain.event_type import Fold
from ledger.domain.result_parts import parts_given
from ledger.events import (
    ObjectivesSet,
    ResultReported,
    ResultRetracted,
    ScoreReported,
    TargetRevised,
    VarianceExplained,
)
from properties.strategies import FACTS, OF_PROJECT, days
from support import PROJECT, approval, indicator

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


PARTS = st.sampled_from(
    [
        (),
        (),
        parts_given({"女": 1}),
        parts_given({"性别": {"女": 3, "男": "0.5"}, "女": 2}),
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
            on, said = draw(days), draw(_WAYS)
            if "reached_on" in said:
                said["reached_on"] = min(said["reached_on"], on)
            if "value" in said:
                said["parts"] = draw(PARTS)
            event = ResultReported(**OF_PROJECT, **fields, on=on, **said)
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

"""Points lie between nothing and the weight, and a total is their sum."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import InvalidInput, Ledger, ScoringRule
from support import PROJECT, approval, day, indicator

LEVELS = ["产出指标", "效益指标", "满意度指标", "成本指标", "管理指标"]
TARGETS = ["≥10次", "≤10天", "≥90%", "—", "＞0件"]
ROWS = st.lists(
    st.tuples(
        st.sampled_from(LEVELS),
        st.sampled_from(TARGETS),
        st.none() | st.decimals(0, 300, places=3),
        st.none() | st.decimals(-5, 105, places=2),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=30)
@given(
    ROWS,
    st.integers(0, 150_000),
    st.integers(0, 1),
    st.integers(0, 100),
    st.none() | st.decimals(0, 100, places=2),
)
def test_the_printed_points_make_the_printed_total(
    rows, spent, budget, deducted, execution
):
    """Whatever was reported: half up to 0.01 each, and nobody gets more than all."""
    rule = ScoringRule(exceeding_deduction=Decimal(deducted) / 100)
    with Ledger.open(":memory:", actor="a", scoring=rule) as ledger:
        forms = [
            indicator(f"x{n}", target, level1=level1)
            for n, (level1, target, *_) in enumerate(rows)
        ]
        ledger.append(
            approval(
                budget=budget * 150_000,
                indicators=tuple(forms),
                execution_weight=execution,
            )
        )
        if spent and budget:
            ledger.disburse(PROJECT, Decimal(spent).scaleb(-2), voucher="1", on=day(3))
        for n, (_, _, result, score) in enumerate(rows):
            if result is not None:
                ledger.report_result(PROJECT, f"x{n}", result, on=day(4))
            if score is not None:
                try:
                    ledger.report_score(PROJECT, score, indicator=f"x{n}", on=day(5))
                except InvalidInput as problem:
                    assert "its weight" in str(problem)
        view = ledger.view(through=day(12, 31))
        (one,) = view.self_evaluation().projects
    points = [one.money_points, *(each.points for each in one.indicators)]
    applicable = [each for each in points if each.possible is not None]
    for each in applicable:
        assert each.score is None or 0 <= each.score <= each.possible
        if each.computed is not None:
            assert each.computed == round(each.computed, 2)
    if one.total is not None:
        assert one.total == sum(each.score for each in applicable)

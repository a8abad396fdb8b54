"""How a result is compared with its target reads as a sentence, whatever the target."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from ledger import Direction, Language, Ledger, Measure, Rating, parse_target
from support import PROJECT, approval, indicator

MAY, JUNE = date(2023, 5, 20), date(2023, 6, 30)

SENTENCES = [
    ("≥10", {}, 8, "result ÷ target = 8 ÷ 10", "完成值 ÷ 指标值 = 8 ÷ 10"),
    ("≥10", {}, None, "result ÷ target; none: no result", "；无完成率：没有完成值"),
    (
        ">10",
        {},
        10,
        "10 ÷ 10; the target is equalled, and not passed",
        "10 ÷ 10；与指标值相等，而指标值不含本数",
    ),
    (
        "≤90",
        {},
        100,
        "1 up to 90, above it 1 − (result − target) ÷ target, at least 0; result 100",
        "不超过 90 为 1，超过时为 1 −（完成值 − 指标值）÷ 指标值，最低为 0；完成值 100",
    ),
    (
        "≤0",
        {},
        1,
        "1 when the target of 0 is attained, else 0; result 1",
        "达到指标值 0 为 1，否则为 0；完成值 1",
    ),
    ("=10", {"direction": Direction.LOWER}, 12, "1 up to 10, ", "不超过 10 为 1，"),
    (
        "≥10",
        {"baseline": Decimal(2)},
        8,
        "(result − baseline) ÷ (target − baseline) = (8 − 2) ÷ (10 − 2)",
        "（完成值 − 基期值）÷（指标值 − 基期值）=（8 − 2）÷（10 − 2）",
    ),
    (
        "10-20",
        {},
        15,
        "1 from 10 to 20, else against the nearer bound; result 15",
        "在 10 至 20 之间为 1，否则与较近的界限比较；完成值 15",
    ),
    (
        "10-20",
        {},
        5,
        "against the nearer bound, 10: result ÷ target = 5 ÷ 10",
        "与较近的界限 10 比较：完成值 ÷ 指标值 = 5 ÷ 10",
    ),
    (
        "10-20",
        {"baseline": Decimal(200)},
        25,
        "against the nearer bound, 20: (result − baseline) ÷ (target − baseline) = ",
        "（25 − 200）÷（20 − 200）",
    ),
    (
        "10-20",
        {"baseline": Decimal(2)},
        25,
        "nearer bound, 20: 1 up to 20, above it",
        "与较近的界限 20 比较：不超过 20 为 1，",
    ),
    (
        "2023年6月底前",
        {},
        MAY,
        "1 when reached by 2023-06-30, else 0; reached on 2023-05-20",
        "不晚于 2023-06-30 完成为 1，否则为 0；完成日期 2023-05-20",
    ),
    (
        "2023年3月-6月",
        {},
        MAY,
        "1 when reached from 2023-03-01 to 2023-06-30, else 0; reached on 2023-05-20",
        "2023-03-01 至 2023-06-30 之间完成为 1，否则为 0；完成日期 2023-05-20",
    ),
    (
        "25日",
        {},
        MAY,
        "1 when reached by day 25 of a month, else 0; reached on 2023-05-20",
        "不晚于当月 25 日完成为 1，否则为 0；完成日期 2023-05-20",
    ),
    (
        "效果显著",
        {},
        Rating.PARTLY,
        "the share claimed with the rating 'partly'",
        "填报评价“部分完成”时所报的完成比例",
    ),
    ("", {}, 3, "none: the form gives no target", "无完成率：表上没有指标值"),
]


@pytest.mark.parametrize(("target", "form", "result", "english", "chinese"), SENTENCES)
def test_each_kind_of_target_has_its_sentence(target, form, result, english, chinese):
    """With the numbers that made the figure, and none where there is no result."""
    if isinstance(result, int):
        form = {"measure": Measure.LATEST, **form}
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=(indicator("甲", target, **form),)))
        if result is not None:
            share = {"share": Decimal("0.7")} if isinstance(result, Rating) else {}
            ledger.report_result(PROJECT, "甲", result, on=JUNE, **share)
        formula = ledger.explain(PROJECT, "indicators.甲.attainment").formula
    assert english in formula.said(Language.ENGLISH)
    assert chinese in formula.said(Language.CHINESE)


@pytest.mark.parametrize(
    ("target", "english", "chinese"),
    [
        ("≥10", "read as 'at least', judged as a floor", "理解为“不低于”，按下限判断"),
        ("<10", "read as 'less than', judged as a ceiling", "理解为“低于”，按上限判断"),
        (
            "10-20",
            "read as a range: from 10 to 20, both included",
            "理解为范围：10 至 20，含两端",
        ),
        (
            "6月底前",
            "read as a deadline: by 2023-06-30",
            "理解为期限：不晚于 2023-06-30",
        ),
        (
            "2023年3月-6月",
            "read as a period: from 2023-03-01 to 2023-06-30",
            "理解为期间：2023-03-01 至 2023-06-30",
        ),
        (
            "25日",
            "read as a day of each month: by day 25",
            "理解为每月的期限：不晚于当月 25 日",
        ),
        (
            "效果显著",
            "read as a quality, judged by rating and share",
            "理解为定性描述，按评价和完成比例判断",
        ),
        ("", "the form gives no target", "表上没有指标值"),
    ],
)
def test_a_target_says_how_it_is_read(target, english, chinese):
    """A day is no floor, and a quality no ceiling."""
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=(indicator("甲", target),)))
        (note,) = ledger.explain(PROJECT, "indicators.甲.target").notes
    assert note.said(Language.ENGLISH) == english
    assert note.said(Language.CHINESE) == chinese


def test_a_day_whose_year_is_unknown_is_said_as_printed():
    """Nothing is compared with it, and the target says so."""
    target, _ = parse_target("6月底前")
    row = evolve(indicator("甲"), target=target, measure=Measure.LATEST)
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(indicators=(row,)))
        ledger.report_result(PROJECT, "甲", MAY, on=JUNE)
        why = ledger.explain(PROJECT, "indicators.甲.attainment")
    assert why.formula.said(Language.ENGLISH) == (
        "1 when reached by '6月底前', else 0; reached on 2023-05-20; "
        "none: the target's year is unknown"
    )
    assert why.terms[1].notes[0].said(Language.CHINESE) == (
        "理解为日期，但不知是哪一年：“6月底前”"
    )

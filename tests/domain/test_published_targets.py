"""The targets of forms that were published, as they are read."""

import pytest

from ledger.domain.target_parser import parse_target

# Printed, kind, value, unit, how often: all 133 targets of the 19 forms of Julu 2023.
JULU = [
    ("3台", "exactly", "3", "台", 1),
    ("10万元", "exactly", "100000", "元", 1),
    ("100百分比", "exactly", "100", "%", 5),
    ("≤7个月", "at_most", "7", "个月", 1),
    ("优化环境，提升工作环境", "qualitative", None, None, 1),
    ("效果显著", "qualitative", None, None, 19),
    ("≥98百分比", "at_least", "98", "%", 2),
    ("≤1次", "at_most", "1", "次", 1),
    ("272.93 万元", "exactly", "2729300", "元", 1),
    ("1年", "exactly", "1", "年", 1),
    ("≥255 人", "at_least", "255", "人", 2),
    ("100%", "exactly", "100", "%", 10),
    ("≤90天", "at_most", "90", "天", 2),
    ("2000元", "exactly", "2000", "元", 2),
    ("失业人员再就业", "qualitative", None, None, 2),
    ("≥10次", "at_least", "10", "次", 1),
    ("≤2420 元", "at_most", "2420", "元", 1),
    ("≥98%", "at_least", "98", "%", 13),
    ("≥60件", "at_least", "60", "件", 2),
    ("≤0.1 万元\\件", "at_most", "1000", "元/件", 1),
    ("≥90%", "at_least", "90", "%", 21),
    ("0.1 万元\\件", "exactly", "1000", "元/件", 1),
    ("369人", "exactly", "369", "人", 1),
    ("≤31天", "at_most", "31", "天", 1),
    ("5万元", "exactly", "50000", "元", 1),
    ("≥3次", "at_least", "3", "次", 1),
    ("15万元", "exactly", "150000", "元", 1),
    ("≥95%", "at_least", "95", "%", 4),
    ("≥99%", "at_least", "99", "%", 2),
    ("≥98百分号", "at_least", "98", "%", 2),
    ("≥2次", "at_least", "2", "次", 1),
    ("≤6.5 万\\次", "at_most", "65000", "元/次", 1),
    ("≥200台", "at_least", "200", "台", 1),
    ("≤500元", "at_most", "500", "元", 1),
    ("1人", "exactly", "1", "人", 1),
    ("9万元", "exactly", "90000", "元", 1),
    ("25日", "day_of_month", "25", None, 2),
    ("2000万元", "exactly", "20000000", "元", 1),
    ("≥10000 人", "at_least", "10000", "人", 1),
    ("2万元", "exactly", "20000", "元", 1),
    ("≥300人数", "at_least", "300", "人", 1),
    ("≥96%", "at_least", "96", "%", 4),
    ("≥3300 人", "at_least", "3300", "人", 1),
    ("4万元", "exactly", "40000", "元", 1),
    ("6万元", "exactly", "60000", "元", 1),
    ("每年12月份征缴期之后", "qualitative", None, None, 1),
    ("≥500人", "at_least", "500", "人", 1),
    ("3万元", "exactly", "30000", "元", 2),
    ("≥90000 人", "at_least", "90000", "人", 1),
    ("90%", "exactly", "90", "%", 1),
    ("≥92%", "at_least", "92", "%", 1),
    ("28天", "exactly", "28", "天", 1),
    ("≥7.24 万人", "at_least", "72400", "人", 1),
    ("4元", "exactly", "4", "元", 1),
]


def read(text, fiscal_year=2023):
    return parse_target(text, fiscal_year=fiscal_year).target


def codes(text, fiscal_year=2023):
    parsed = parse_target(text, fiscal_year=fiscal_year)
    return [finding.code.removeprefix("target.") for finding in parsed.findings]


@pytest.mark.parametrize(("text", "kind", "value", "unit"), [row[:4] for row in JULU])
def test_every_target_of_the_19_forms_is_read(text, kind, value, unit):
    """Kind, value in the base unit and unit of each target that was printed."""
    target = read(text)

    assert (target.text, target.kind, target.unit) == (text, kind, unit)
    assert (target.value is None and value is None) or str(target.value) == value


def test_the_findings_of_the_19_forms():
    """Of 133 targets, 38 have no comparator: 36 plain numbers and 2 days of a month."""
    found = {}
    for text, _, _, _, count in JULU:
        for code in codes(text):
            found[code] = found.get(code, 0) + count

    assert sum(count for *_, count in JULU) == 133
    assert sum(count for _, kind, _, _, count in JULU if kind == "exactly") == 36
    assert found == {
        "no_comparator": 38,
        "unit_lacks_yuan": 1,
        "unit_disguise": 1,
        "number_not_read": 1,
    }

from datetime import date
from decimal import Decimal

from hypothesis import assume, example, given
from hypothesis import strategies as st

from ledger.domain.target import Target, print_target
from ledger.domain.target_kind import TargetKind
from ledger.domain.target_parser import parse_target
from ledger.domain.units import canonical

NUMBERS = st.decimals(-(10**12), 10**12, places=6).map(canonical)
UNITS = st.sampled_from(
    [
        None,
        *"% 元 元/件 元/人/月 元/学期/生 人 次 次/年 台 天 日 年 个月 个工作日 平方米".split(),
        *"面 ‰ ℃ /10万 /100万 kWh boreholes USD".split(),
    ]
)
DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))
QUANTITIES = st.builds(
    Target,
    text=st.just(""),
    kind=st.sampled_from("at_least at_most more_than less_than exactly".split()).map(
        TargetKind
    ),
    value=NUMBERS,
    unit=UNITS,
)
RANGES = st.builds(
    lambda bounds, unit: Target(
        text="",
        kind=TargetKind.BETWEEN,
        value=min(bounds),
        upper=max(bounds),
        unit=unit,
    ),
    st.tuples(NUMBERS, NUMBERS),
    UNITS,
)
DATES = st.builds(Target, text=st.just(""), kind=st.just(TargetKind.BY_DATE), date=DAYS)
PERIODS = st.builds(
    lambda days: Target(
        text="", kind=TargetKind.WITHIN_PERIOD, since=min(days), date=max(days)
    ),
    st.tuples(DAYS, DAYS),
)
DAYS_OF_MONTH = st.builds(
    Target,
    text=st.just(""),
    kind=st.just(TargetKind.DAY_OF_MONTH),
    value=st.integers(1, 31).map(Decimal),
)
OTHERS = st.sampled_from(
    [
        Target(text="效果显著", kind=TargetKind.QUALITATIVE),
        Target(text="—", kind=TargetKind.NONE),
    ]
)
TARGETS = QUANTITIES | RANGES | DATES | PERIODS | DAYS_OF_MONTH | OTHERS

SCRAPS = st.sampled_from(
    "≥ ≤ > < = 不低于 不超过 高于 至少 达到 以上 以内 内 3 98 298 0.1 1,000 2023 12 31 . - ~ 至 "
    "年 月 日 底 前 完成 每月 每 % 百分比 人 人数 万 亿 千 元 次 个 台 天 / \\ ( ) ， 满意度 左右 m2 "
    "单位 ½ 当年 次年 — 三 十二 两 百 九成 百分之 · * x ** 202306 by March million "
    "USD between and".split()
)
CELLS = st.lists(SCRAPS, max_size=9).map("".join) | st.text()
YEARS = st.none() | st.integers(2000, 2100)


def meaning(target):
    return (
        target.kind,
        target.value,
        target.upper,
        target.unit,
        target.date,
        target.since,
    )


@given(TARGETS)
@example(Target(text="", kind="between", value=Decimal(202301), upper=Decimal(202312)))
@example(Target(text="", kind="exactly", value=Decimal("2021.1")))
def test_printing_and_parsing_keep_the_meaning(target):
    """Any target prints as a text that means the same, and prints alike again."""
    printed = print_target(target)
    again = parse_target(printed).target

    assert meaning(again) == meaning(target)
    assert print_target(again) == printed


@given(CELLS, YEARS)
def test_what_was_read_prints_as_it_was_read(text, year):
    """Whatever stands in a cell, its plain spelling means the same."""
    target = parse_target(text, fiscal_year=year).target
    undated = target.kind in {TargetKind.BY_DATE, TargetKind.WITHIN_PERIOD}
    assume(not (undated and target.date is None))

    assert meaning(parse_target(print_target(target)).target) == meaning(target)


@given(CELLS, YEARS)
def test_any_text_is_a_target(text, year):
    """Nothing raises, the text is kept, and numbers are plain and in range."""
    target, findings = parse_target(text, fiscal_year=year)

    assert target.text == text
    assert all(finding.code.startswith("target.") for finding in findings)
    for number in filter(None, (target.value, target.upper)):
        assert "E" not in str(number)
        assert number == canonical(number)
        assert str(number) == str(canonical(number))

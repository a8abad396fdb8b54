from decimal import Decimal, localcontext

import pytest

from ledger.domain.units import (
    canonical,
    is_count,
    is_done,
    is_duration,
    is_known,
    is_money,
    is_people,
    is_plausible,
    is_rate,
    multiplied,
    normalise_unit,
    per_each,
)


@pytest.mark.parametrize(
    ("printed", "multiplier", "unit"),
    [
        ("", 1, None),
        ("%", 1, "%"),
        ("百分比", 1, "%"),
        ("百分号", 1, "%"),
        ("个百分点", 1, "个百分点"),
        ("人数", 1, "人"),
        ("次数", 1, "次"),
        ("天数", 1, "天"),
        ("万", 10_000, None),
        ("亿元", 100_000_000, "元"),
        ("万人", 10_000, "人"),
        ("千元", 1_000, "元"),
        ("百万元", 1_000_000, "元"),
        ("千米", 1, "公里"),
        ("千克", 1, "公斤"),
        ("kg", 1, "公斤"),
        ("千瓦", 1, "千瓦"),
        ("万元\\件", 10_000, "元/件"),
        ("元每人", 1, "元/人"),
        ("元/每人", 1, "元/人"),
        ("元/月", 1, "元/月"),
        ("月", 1, "个月"),
        ("工作日", 1, "个工作日"),
        ("万\\次", 10_000, "/次"),
    ],
)
def test_units_have_one_spelling(printed, multiplier, unit):
    """Every spelling of a unit becomes one, and its magnitude a multiplier."""
    assert normalise_unit(printed) == (multiplier, unit)


@pytest.mark.parametrize(
    "unit", ["%", "元", "元/件", "人", "次/年", "个工作日", "个月"]
)
def test_a_normalised_unit_stays_as_it_is(unit):
    """Normalising twice is normalising once."""
    assert normalise_unit(unit) == (1, unit)


@pytest.mark.parametrize(
    ("unit", "answers"),
    [
        ("%", "rate"),
        ("个百分点", ""),
        ("元", "money"),
        ("元/件", "money"),
        ("美元", ""),
        ("人", "people count"),
        ("户", "people count"),
        ("台", "count"),
        ("次", "count done"),
        ("次/年", "count done"),
        ("次/月", ""),
        ("人次", "count done"),
        ("天", "duration"),
        ("个月", "duration"),
        ("个工作日", "duration"),
        ("分钟", "duration"),
        (None, ""),
    ],
)
def test_each_unit_is_of_its_kinds(unit, answers):
    """A unit is a rate, money, people, a count, a thing done or a duration."""
    kinds = {
        "rate": is_rate,
        "money": is_money,
        "people": is_people,
        "count": is_count,
        "done": is_done,
        "duration": is_duration,
    }

    assert {name for name, holds in kinds.items() if holds(unit)} == set(
        answers.split()
    )


@pytest.mark.parametrize(
    "unit",
    "次 件 起 场 个 台 套 辆 项 户 家 人 人次 篇 期 份 批 处 所 座 栋 名 只 条 公里 米 吨 公斤 亩 平方米".split(),
)
def test_the_common_counts_are_known(unit):
    """The counts of the published forms are known units and counts."""
    assert is_known(unit)
    assert is_count(unit)


@pytest.mark.parametrize(
    ("unit", "multiplier", "compared", "plausible"),
    [
        (None, 1, False, True),
        ("元/学校", 1, False, True),
        ("架次", 1, False, True),
        ("小时服务", 1, False, False),
        ("小时服务", 1, True, True),
        ("左右", 1, True, False),
        ("以上", 1, True, False),
        ("%左右", 1, True, False),
        ("/次", 10_000, True, True),
        ("/次", 1, True, False),
        ("元/以上", 1, True, False),
    ],
)
def test_only_short_plain_words_can_be_unknown_units(
    unit, multiplier, compared, plausible
):
    """A phrase after a number is no unit; a short word after a comparator may be."""
    assert is_plausible(unit, multiplier, compared=compared) is plausible


@pytest.mark.parametrize(
    ("label", "unit", "expected"),
    [
        ("每人", "元", "元/人"),
        ("每人每月", "元", "元/人/月"),
        ("每年", "次", "次/年"),
        ("每年", "%", "%"),
        ("每逢", "次", "次"),
        ("培训", "次", "次"),
    ],
)
def test_each_before_a_quantity_is_per(label, unit, expected):
    """每人4元 is 4 元/人; a share, and a label that is no unit, stay."""
    assert per_each(label, unit) == expected


@pytest.mark.parametrize(
    ("number", "plain"),
    [
        ("1E+2", "100"),
        ("1.10", "1.1"),
        ("-0.00", "0"),
        ("7.24E+4", "72400"),
        ("-5.50", "-5.5"),
        ("0.000001", "0.000001"),
        (
            "1234567890123456789012345678901234.50",
            "1234567890123456789012345678901234.5",
        ),
    ],
)
def test_a_canonical_number_is_plain_and_exact(number, plain):
    """No exponent, no trailing zero, and no digit lost even in a narrow context."""
    with localcontext() as context:
        context.prec = 3

        assert str(canonical(Decimal(number))) == plain


def test_what_is_no_number_stays():
    """Infinity has no plain spelling and is left for its reader to refuse."""
    assert canonical(Decimal("Infinity")) == Decimal("Infinity")


@pytest.mark.parametrize(
    ("number", "multiplier", "product"),
    [
        ("1,000", 1, "1000"),
        ("0.1", 10_000, "1000"),
        ("+5", 1, "5"),
        ("0.00001", 10_000, "0.1"),
        ("999999999999999", 1, "999999999999999"),
        ("1000000000000000", 1, None),
        ("999999999999", 10_000, None),
        ("0.0000001", 1, None),
        ("9" * 190, 1, None),
    ],
)
def test_numbers_are_multiplied_exactly_within_a_range(number, multiplier, product):
    """Up to 15 digits before the point and 6 after it; beyond there is no number."""
    with localcontext() as context:
        context.prec = 3
        read = multiplied(number, multiplier)

    assert read == (product and Decimal(product))
    assert read is None or str(read) == product

"""Targets whose numbers are words, whose units are odd, or that nobody filled in."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import parse_target
from ledger.domain.chinese_numbers import in_digits

QUANTITIES = [
    ("≥三次", "at_least", "3", "次"),
    ("不少于十二次", "at_least", "12", "次"),
    ("两万五千元", "exactly", "25000", "元"),
    ("三万元", "exactly", "30000", "元"),
    ("每年两次", "exactly", "2", "次/年"),
    ("每季度一次", "exactly", "1", "次/季度"),
    ("一百二十人", "exactly", "120", "人"),
    ("九成以上", "at_least", "90", "%"),
    ("8成", "exactly", "80", "%"),
    ("不低于九成五", "at_least", "95", "%"),
    ("百分之九十", "exactly", "90", "%"),
    ("≥百分之九十八点五", "at_least", "98.5", "%"),
    ("百分之百", "exactly", "100", "%"),
    ("千分之三以内", "at_most", "3", "‰"),
    ("≤1000元/人·月", "at_most", "1000", "元/人/月"),
    ("530元/人*月", "exactly", "530", "元/人/月"),
    ("17元/人.每天", "exactly", "17", "元/人/天"),
    ("98%（百分比）", "exactly", "98", "%"),
    (">= 99 %(百分比)", "at_least", "99", "%"),
    ("≥95%(比例)", "at_least", "95", "%"),
    ("1000人（次）", "exactly", "1000", "人次"),
    ("≥20场(次)", "at_least", "20", "场次"),
    ("≥5台(台)", "at_least", "5", "台"),
    ("≤28.40/株", "at_most", "28.4", "元/株"),
    ("≤10/10万", "at_most", "10", "/10万"),
    ("每生1500元/学期", "exactly", "1500", "元/学期/生"),
    ("每生每年500元", "exactly", "500", "元/生/年"),
    ("25℃", "exactly", "25", "℃"),
    ("3t", "exactly", "3", "吨"),
    ("≥5MW", "at_least", "5", "MW"),
]
ENGLISH = [
    ("1.5 million", "exactly", "1500000", None),
    ("≥1.2 million USD", "at_least", "1200000", "USD"),
    ("USD 1,500", "exactly", "1500", "USD"),
    ("no more than €30", "at_most", "30", "EUR"),
    ("at least three training sessions", "at_least", "3", "training sessions"),
    ("95 per cent", "exactly", "95", "%"),
    ("within 30 days", "at_most", "30", "days"),
    ("a minimum of 12 schools", "at_least", "12", "schools"),
]
DAYS = [
    ("2021.1", None, "2021-01-31"),
    ("202306", None, "2023-06-30"),
    ("20230630", None, "2023-06-30"),
    ("202001-202012", "2020-01-01", "2020-12-31"),
    ("20200301-20200430", "2020-03-01", "2020-04-30"),
    ("十二月底前", None, "2023-12-31"),
    ("二〇二四年六月底前", None, "2024-06-30"),
    ("by 31 March 2025", None, "2025-03-31"),
    ("by March 31, 2025", None, "2025-03-31"),
    ("before June 2024", None, "2024-05-31"),
    ("by the end of June 2024", None, "2024-06-30"),
    ("by end of 2024", None, "2024-12-31"),
    ("30 June", None, "2023-06-30"),
    ("by 31/12/2024", None, "2024-12-31"),
    ("January to December 2024", "2024-01-01", "2024-12-31"),
    ("1 March to 30 April 2024", "2024-03-01", "2024-04-30"),
]


def read(text):
    """Return a target of 2023."""
    return parse_target(text, fiscal_year=2023)


def codes(text):
    """Return what is said of a target."""
    return [one.code.removeprefix("target.") for one in read(text).findings]


@pytest.mark.parametrize(("text", "kind", "value", "unit"), QUANTITIES + ENGLISH)
def test_a_quantity_is_read_however_it_is_spelled(text, kind, value, unit):
    """Numbers in words, parts of units, brackets, currencies; the text is kept."""
    target = read(text).target
    assert (target.kind, target.value, target.unit) == (kind, Decimal(value), unit)
    assert target.text == text
    assert "unit_unknown" not in codes(text)


@pytest.mark.parametrize(("text", "since", "until"), DAYS)
def test_a_day_is_read_however_it_is_spelled(text, since, until):
    """A month is its last day, before a month is the day before it."""
    target = read(text).target
    assert target.kind == ("within_period" if since else "by_date")
    assert str(target.date) == until
    assert target.since == (date.fromisoformat(since) if since else None)


@pytest.mark.parametrize(
    "text",
    [*"≥**% ≧% **元/人·月 万亩 XX个 ≥___人 xxx万元 ≥xx ≥ □□% 元/人·月".split(), "( )%"],
)
def test_a_target_that_nobody_filled_in_is_none(text):
    """A sign, a place for a number or a unit alone says no target, and that is said."""
    assert (read(text).target.kind, codes(text)) == ("none", ["missing"])


@pytest.mark.parametrize(
    "text",
    [
        "一等奖",
        "二级以上",
        "十分",
        "十分显著",
        "半年",
        "季度",
        "一致",
        "一流",
        "三甲",
        "zero",
        "Marked improvement",
        "one stop service",
        "万一",
        "一票否决",
        "三好学生",
    ],
)
def test_words_with_a_numeral_in_them_stay_qualities(text):
    """No quantity is made of a grade or of an idiom."""
    assert read(text).target.kind == "qualitative"


@pytest.mark.parametrize(
    "text", ["近百人", "数十次", "≥一级", "下降0.5个百分点", "万分之五以内", "10余人"]
)
def test_a_number_that_is_not_read_is_said(text):
    """A quality with a number in it is never silent."""
    assert read(text).target.kind == "qualitative"
    assert "number_not_read" in codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("≤28.40/株", "unit_lacks_yuan"),
        ("≥30户(家)", "words_ignored"),
        ("03/04/2024", "two_numbers"),
        ("31 June 2024", "date_impossible"),
    ],
)
def test_what_is_unsure_is_said(text, code):
    """A guess, another unit in brackets, a day that is two, one that does not exist."""
    assert code in codes(text)


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("二十", "20"),
        ("一百零五", "105"),
        ("一亿二千万", "120000000"),
        ("三千万", "30000000"),
        ("一百二", "一百二"),
        ("三五", "三五"),
        ("十十", "十十"),
        ("百", "百"),
    ],
)
def test_numbers_in_words_are_whole_numbers_or_none(words, digits):
    """What could be two numbers is left as it is."""
    assert in_digits(words) == digits

import time
from decimal import localcontext

import pytest

from ledger.domain.errors import InvalidInput
from ledger.domain.finding import Severity
from ledger.domain.target import Target, print_target
from ledger.domain.target_kind import TargetKind
from ledger.domain.target_parser import parse_target


def read(text, fiscal_year=2023):
    return parse_target(text, fiscal_year=fiscal_year).target


def codes(text, fiscal_year=2023):
    parsed = parse_target(text, fiscal_year=fiscal_year)
    return [finding.code.removeprefix("target.") for finding in parsed.findings]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("≥98%", "at_least", "98", "%"),
        ("≥ 98 百分比", "at_least", "98", "%"),
        ("≥98百分号", "at_least", "98", "%"),
        (">=98％", "at_least", "98", "%"),
        ("＞＝９８％", "at_least", "98", "%"),
        ("=>98%", "at_least", "98", "%"),
        ("≧98%", "at_least", "98", "%"),
        ("⩾98%", "at_least", "98", "%"),
        ("≮98%", "at_least", "98", "%"),
        ("≥≥98%", "at_least", "98", "%"),
        ("≥=98%", "at_least", "98", "%"),
        ("不低于98%", "at_least", "98", "%"),
        ("不得低于98%", "at_least", "98", "%"),
        ("不小于98%", "at_least", "98", "%"),
        ("大于等于98%", "at_least", "98", "%"),
        ("大于或等于98%", "at_least", "98", "%"),
        ("98%以上", "at_least", "98", "%"),
        ("98%及以上", "at_least", "98", "%"),
        ("98%（含）以上", "at_least", "98", "%"),
        ("达到98%以上", "at_least", "98", "%"),
        ("百分之98以上", "at_least", "98", "%"),
        ("300人以上", "at_least", "300", "人"),
        ("不少于12种", "at_least", "12", "种"),
        ("至少2次", "at_least", "2", "次"),
        ("至少开展2次", "at_least", "2", "次"),
        ("满意度≥98%", "at_least", "98", "%"),
        ("享受就业补助人数 300人以上", "at_least", "300", "人"),
        ("≥1,000人", "at_least", "1000", "人"),
        ("≥1，000人", "at_least", "1000", "人"),
        ("≥3次/年", "at_least", "3", "次/年"),
        ("≥100m²", "at_least", "100", "平方米"),
        ("≤90天", "at_most", "90", "天"),
        ("≦90天", "at_most", "90", "天"),
        ("<=90天", "at_most", "90", "天"),
        ("90天以内", "at_most", "90", "天"),
        ("7天内", "at_most", "7", "天"),
        ("30日内", "at_most", "30", "日"),
        ("5个工作日内", "at_most", "5", "个工作日"),
        ("≤9月", "at_most", "9", "个月"),
        ("控制在5%以内", "at_most", "5", "%"),
        ("小于等于5%", "at_most", "5", "%"),
        ("不超过5%", "at_most", "5", "%"),
        ("不高于5%", "at_most", "5", "%"),
        ("不多于5次", "at_most", "5", "次"),
        ("至多5次", "at_most", "5", "次"),
        ("5次以下", "at_most", "5", "次"),
        ("≤-5%", "at_most", "-5", "%"),
        ("≤0.1 万元\\件", "at_most", "1000", "元/件"),
        ("≤6.5 万\\次", "at_most", "65000", "元/次"),
        ("＞5次", "more_than", "5", "次"),
        ("高于5次", "more_than", "5", "次"),
        ("超过5次", "more_than", "5", "次"),
        ("＜5次", "less_than", "5", "次"),
        ("低于5次", "less_than", "5", "次"),
        ("少于5次", "less_than", "5", "次"),
        ("3台", "exactly", "3", "台"),
        ("100百分比", "exactly", "100", "%"),
        ("100%", "exactly", "100", "%"),
        ("=8个", "exactly", "8", "个"),
        ("﹦ 72890 元", "exactly", "72890", "元"),
        ("═ 100 %", "exactly", "100", "%"),
        ("=25日", "exactly", "25", "日"),
        ("0起", "exactly", "0", "起"),
        ("1.5", "exactly", "1.5", None),
        ("7.24万", "exactly", "72400", None),
        ("2亿元", "exactly", "200000000", "元"),
        ("5千元", "exactly", "5000", "元"),
        ("5（万元）", "exactly", "50000", "元"),
        ("4元每人", "exactly", "4", "元/人"),
        ("每人4元", "exactly", "4", "元/人"),
        ("每人每月500元", "exactly", "500", "元/人/月"),
    ],
)
def test_quantities(text, kind, value, unit):
    """Comparators in signs and words, magnitudes and spellings of units are read."""
    target = read(text)

    assert (target.kind, str(target.value), target.unit) == (kind, value, unit)
    assert target.text == text


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("90%-95%", "90", "95", "%"),
        ("90%～95%", "90", "95", "%"),
        ("90%—95%", "90", "95", "%"),
        ("90%至95%", "90", "95", "%"),
        ("90-95%", "90", "95", "%"),
        ("3-5万元", "30000", "50000", "元"),
        ("3元-5万元", "3", "50000", "元"),
        ("-5%--3%", "-5", "-3", "%"),
        ("3-5", "3", "5", None),
        ("=2023年-2024年", "2023", "2024", "年"),
    ],
)
def test_ranges(text, low, high, unit):
    """Two bounds of one unit are a range, and never a month and a day."""
    target = read(text)

    assert (target.kind, target.unit) == (TargetKind.BETWEEN, unit)
    assert (str(target.value), str(target.upper)) == (low, high)


@pytest.mark.parametrize(
    "text", ["效果显著", "及时", "逐年提升", "优化环境，提升工作环境", "失业人员再就业"]
)
def test_qualities(text):
    """Text without a number is a quality, and nothing is wrong with it."""
    assert read(text) == Target(text=text, kind=TargetKind.QUALITATIVE)
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        " ",
        "\u3000",
        "—",
        "——",
        "-",
        "/",
        "／",
        "\\",
        "*",
        "＊",
        "无",
        "N/A",
        "\u200b",
    ],
)
def test_no_target(text):
    """A dash, a slash, a star or a blank is no target, and that is a warning."""
    target, (finding,) = parse_target(text)

    assert (target.text, target.kind) == (text or "", TargetKind.NONE)
    assert (finding.code, finding.severity) == ("target.missing", Severity.WARNING)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("3台", "exactly", ["no_comparator"]),
        ("25日", "day_of_month", ["no_comparator"]),
        ("每月25日前", "day_of_month", []),
        ("≥≥98%", "at_least", ["comparator_doubled"]),
        ("≥98%以上", "at_least", ["comparator_doubled"]),
        ("≥98%以下", "qualitative", ["comparators_disagree"]),
        ("≥≤98%", "qualitative", ["comparators_disagree"]),
        ("≥90%-95%", "qualitative", ["comparators_disagree"]),
        ("≈98%", "qualitative", ["comparator_unknown"]),
        ("?98%", "qualitative", ["comparator_unknown"]),
        ("280%", "exactly", ["no_comparator", "comparator_as_digit"]),
        ("299%", "exactly", ["no_comparator", "comparator_as_digit"]),
        ("279%", "exactly", ["no_comparator", "percent_above_100"]),
        ("298人", "exactly", ["no_comparator"]),
        ("≥298%", "at_least", ["percent_above_100"]),
        ("≥100%", "at_least", ["rate_at_ceiling"]),
        (">100%", "more_than", ["percent_above_100"]),
        ("90%-110%", "between", ["percent_above_100"]),
        ("95%-90%", "between", ["bounds_reversed"]),
        ("~98%", "qualitative", ["number_not_read"]),
        ("3台5套", "qualitative", ["two_numbers"]),
        ("≥3台，≥98%", "qualitative", ["two_numbers"]),
        ("10 20", "qualitative", ["two_numbers"]),
        ("1. 98%", "qualitative", ["two_numbers"]),
        ("10,00人", "qualitative", ["two_numbers"]),
        ("90%-95人", "qualitative", ["two_numbers"]),
        ("98%左右", "qualitative", ["number_not_read"]),
        ("≥98%左右", "qualitative", ["number_not_read"]),
        ("24小时服务", "qualitative", ["number_not_read"]),
        ("低于上年5%", "qualitative", ["number_not_read"]),
        ("不低于上年98%", "qualitative", ["number_not_read"]),
        ("每年12月份征缴期之后", "qualitative", ["number_not_read"]),
        ("≥98%，效果显著", "qualitative", ["number_not_read"]),
        ("满意度≥98%", "at_least", ["words_ignored"]),
        ("至少开展2次", "at_least", ["words_ignored"]),
        ("≥300人数", "at_least", ["unit_disguise"]),
        ("≥98百分比", "at_least", []),
        ("≤6.5 万\\次", "at_most", ["unit_lacks_yuan"]),
        ("≥5面", "at_least", ["unit_unknown"]),
        ("0.00000001%", "qualitative", ["number_out_of_range"]),
        ("9" * 190, "qualitative", ["number_out_of_range"]),
        ("≥1亿亿", "qualitative", ["number_out_of_range"]),
    ],
)
def test_what_looks_wrong_is_said(text, kind, expected):
    """Each fault has its code, and none is repaired."""
    assert read(text).kind == kind
    assert codes(text) == expected


def test_a_misread_comparator_is_not_repaired():
    """298% keeps its value; the finding says what was probably printed."""
    target, findings = parse_target("298%")

    assert target.value == 298
    assert str(findings[1].expected) == "≥98%, if that is what was printed"


def test_what_lacks_yuan_is_printed_with_it_once():
    """Before what each of them is for, and not before what those are for."""
    (note,) = parse_target("≤6.5万\\次/年").findings
    assert "≤6.5万元/次/年" in str(note.expected)


@pytest.mark.parametrize(
    "text",
    [
        "3台",
        "298%",
        "≥98%以下",
        "≤6.5 万\\次",
        "≥300人数",
        "9月前",
        "2月30日前",
        "—",
        "x" * 201,
    ],
)
def test_findings_name_what_was_found_and_what_would_be_right(text):
    """Every finding quotes the text, says how it was read and what to print."""
    for finding in parse_target(text).findings:
        assert finding.found
        assert finding.understood
        assert finding.expected
        assert str(finding.understood) in finding.message
        assert str(finding.expected) in finding.message
        assert len(finding.message) < 300


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("不低于98百分比", "≥98%"),
        ("≤0.1 万元\\件", "≤1000元/件"),
        ("高于5次", ">5次"),
        ("少于5次", "<5次"),
        ("3台", "=3台"),
        ("90%～95%", "90%-95%"),
        ("25日", "每月25日前"),
        ("9月前", "2023年8月31日前"),
        ("2023年7月至12月", "2023.07.01-2023.12.31"),
        ("效果显著", "效果显著"),
        ("*", "—"),
        ("at least 10 men", "≥10 men"),
    ],
)
def test_the_one_plain_spelling(text, printed):
    """A target prints as its shortest plain spelling, whatever was printed."""
    assert print_target(read(text)) == printed


@pytest.mark.parametrize(
    "text",
    [
        "9" * 1_000_000,
        "≥" * 1_000_000,
        "不低于" * 66,
        "达到" * 100,
        "以上" * 100,
        "9," * 100,
        "1-" * 100,
        "每人" * 100,
        "1" + "a" * 199,
        "ﷺ" * 200,
        "百分之" * 66,
        "\x00≥98%",
        "\ud800",
        "{0}%s{unit}",
    ],
)
def test_hostile_text_is_read_at_once(text):
    """However long or odd, a text gives a target that holds it, and quickly."""
    began = time.perf_counter()
    target = read(text)

    assert target.text == text
    assert time.perf_counter() - began < 0.5


def test_a_text_beyond_200_characters_is_not_read():
    """It is a quality, with a finding that does not repeat all of it."""
    target, (finding,) = parse_target("9" * 201)

    assert target.kind is TargetKind.QUALITATIVE
    assert finding.code == "target.too_long"


@pytest.mark.parametrize("value", [0, 98, 9.8, b"98", [], False])
def test_only_text_is_a_target(value):
    """A number or bytes are the caller's mistake, also when they are false."""
    with pytest.raises(InvalidInput, match=r"text: found .*; expected str"):
        parse_target(value)


def test_a_fiscal_year_is_a_number_also_where_no_date_is_read():
    """Its mistake is told before it matters."""
    with pytest.raises(InvalidInput, match=r"fiscal_year: found '2023'; expected int"):
        parse_target("≥98%", fiscal_year="2023")


def test_the_context_of_the_caller_changes_nothing():
    """A precision of three digits rounds no target."""
    with localcontext() as context:
        context.prec = 3
        parsed = [parse_target(t) for t in ("123456.789元", "298.5%", "≥7.24 万人")]

    assert [str(p.target.value) for p in parsed] == ["123456.789", "298.5", "72400"]


def test_a_day_of_each_month_is_said_in_the_language_of_the_reader():
    """No Chinese that the program makes stands in an English note."""
    (note,) = parse_target("25日").findings
    assert "read as by day 25 of each month" in note.text("en")
    assert "理解为每月 25 日前" in note.text("zh")

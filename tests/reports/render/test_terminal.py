"""Text for a terminal: both languages, folded and never cut, one project in detail."""

import unicodedata
from collections import Counter
from decimal import Decimal
from functools import partial
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import InvalidInput, Language, Ledger, Settings
from ledger.domain.columns import columns
from ledger.domain.exact_numbers import rounded
from ledger.domain.scale import Scale
from ledger.errors import UnknownProject
from ledger.reports.render import terminal
from ledger.reports.render.terminal import sparkline
from support import approval, day, fen, indicator, no_door
from support_reports import HOSTILE, hostile_report, reports

WIDTHS = [80, 100, 160]


def width(text):
    """Return how many columns *text* takes on a terminal."""
    narrow = {"Mn", "Cf", "Me"}
    return sum(
        0
        if unicodedata.category(c) in narrow
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def digits(text):
    """Return how often each digit is in *text*."""
    return Counter(filter(str.isdigit, text))


@pytest.fixture
def english(path):
    """Open an empty ledger whose reports are in English."""
    with Ledger.open(path, actor="a", settings=Settings(language="en")) as ledger:
        yield ledger


@given(st.lists(st.none() | st.decimals(-100, 100, places=2), max_size=12))
def test_a_sparkline_has_a_sign_for_each_known_month(amounts):
    """The largest is full, nothing or less is a dot, more is never lower."""
    known = [amount for amount in amounts if amount is not None]
    signs = sparkline(amounts).plain
    assert len(signs) == len(known)
    for amount, sign in zip(known, signs, strict=True):
        assert (sign == "·") == (amount <= 0)
        assert amount != max(known) or amount <= 0 or sign == "█"
    heights = [
        sign for _, sign in sorted(zip(known, signs, strict=True)) if sign != "·"
    ]
    assert heights == sorted(heights)


def test_months_to_come_have_no_sign(english):
    """Three months are over: three signs, the second empty."""
    english.append(approval(indicators=()))
    english.disburse("P-1", fen(1_000), voucher="1", on=day(1, 5))
    english.disburse("P-1", fen(500), voucher="2", on=day(3))
    text = english.monthly_report(2023, 3).render("text")
    (row,) = (line for line in text.splitlines() if "project P-1" in line)
    assert row.endswith("  █·▅")


@given(reports(), st.sampled_from(WIDTHS), st.sampled_from(Language))
def test_every_line_fits_and_no_figure_is_cut(report, columns, language):
    """Of any report, at any width."""
    text = report.render("text", width=columns, language=language)
    assert max(map(width, text.splitlines())) <= columns
    assert "…" not in text
    for project in report.projects:
        shown = rounded(Scale.WAN.of(project.execution.disbursed), 2)  # Half up.
        assert f"{shown:,f}" in text


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("language", Language)
def test_large_amounts_take_the_room_of_bars_and_not_their_own_digits(
    path, columns, language
):
    """Amounts in the main unit of a province: every digit is there at any width."""
    settings = Settings(scale=Scale.ONE, language=language)
    with Ledger.open(path, actor="a", settings=settings) as ledger:
        for code in ("A", "B"):
            ledger.append(approval(code, budget=98_765_432_109_87, unit_name="局" * 40))
            ledger.disburse(code, "12345678901.23", voucher="V", on=day(2))
        report = ledger.monthly_report(2023, 3)
    for render in (
        partial(report.render, "text"),
        partial(report.portfolio().render, "text"),
        partial(report.render, "text", project="A"),
    ):
        text = render(width=columns)
        assert max(map(width, text.splitlines())) <= columns
        assert digits(text) == digits(render(width=400))


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("language", Language)
def test_hostile_names_fold_and_are_not_obeyed(columns, language):
    """Markup, control characters, 300 signs: text, within the columns."""
    text = hostile_report(language).render("text", width=columns)
    assert max(map(width, text.splitlines())) <= columns
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]no" in text
    assert text.count("长") == 3 * 300  # In the table; then overdue, with its project.


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_names_in_detail(number):
    """One project by its code, whatever it is called."""
    text = hostile_report().render("text", width=80, project=f"P-{number:02}")
    assert max(map(width, text.splitlines())) <= 80
    assert f"P-{number:02}" in text
    shown = HOSTILE[number].count("长")
    assert text.count("长") == 3 * shown  # The project, its unit and its indicator.


def test_blanks_in_names_stay_blanks(english):
    """A full-width blank is no fault of the name."""
    with no_door():
        english.append(approval(name="甲\u3000乙\n丙"))
    text = english.monthly_report(2023, 3).render("text")
    assert "甲 乙 丙" in text


def test_the_language_is_the_ledgers_unless_one_is_asked_for(english):
    """Every fixed word changes, the figures do not."""
    english.append(approval())
    report = english.monthly_report(2023, 6)
    assert report.render("text") == report.render("text", language="en")
    chinese = report.render("text", language="zh")
    for word in (
        "月度报告",
        "滞后",
        "全年预算数",
        "金额单位：万元",
        "截至 2023-06-30",
        "两个节点之间按日均匀推算",
    ):
        assert word in chinese
    for word in ("behind", "budget", "project,", "Amounts"):
        assert word not in chinese
    with pytest.raises(InvalidInput, match="one of zh, en"):
        report.render("text", language="fr")


def test_a_project_in_detail_shows_what_its_report_rests_on(english):
    """Money by source, adjustments by then, months and indicators; nothing of others."""
    english.append(approval(), approval("P-2", name="another"))
    english.disburse("P-1", fen(12_300), voucher="1", on=day(2))
    english.adjust_budget("P-1", "supplement", "500.00", on=day(5))
    english.adjust_budget("P-1", "reduction", "200.00", on=day(4))
    english.adjust_budget("P-1", "supplement", "7.00", on=day(9))
    english.report_result("P-1", "开展就业培训数", 3, on=day(3))
    settings = Settings(language="en")
    assert settings.scale is Scale.WAN
    text = english.monthly_report(2023, 6).render("text", project="P-1")
    lines = [line.split() for line in text.splitlines()]
    assert [
        "fiscal",
        "0.10",
        "0.05",
        "0.02",
        "0.13",
        "0.01",
        "0.12",
        "9.5%",
    ] in lines
    assert ["2023-04-01", "reduction", "fiscal", "-0.02"] in lines
    assert ["2023-05-01", "supplement", "fiscal", "0.05"] in lines
    assert "2023-09-01" not in text
    assert next(line[2] for line in lines if line[:1] == ["2023-02"]) == "0.01"
    assert ["2023-07", "0.01", "–", "0.06", "–"] in lines
    assert any(line[:2] == ["开展就业培训数", "≥10次"] for line in lines)
    assert "another" not in text


def test_adjustments_of_a_project_are_in_order_of_day(english):
    """Those recorded later but effective before come first; later ones are left out."""
    english.append(approval())
    english.adjust_budget("P-1", "supplement", "5.00", on=day(5))
    english.adjust_budget("P-1", "recall", "2.00", on=day(4))
    english.adjust_budget("P-1", "supplement", "7.00", on=day(9))
    line = english.monthly_report(2023, 6).project("P-1").execution
    changes = [
        (change.on.month, change.kind, change.amount) for change in line.adjustments
    ]
    assert changes == [
        (4, "recall", Decimal("-2.00")),
        (5, "supplement", Decimal("5.00")),
    ]
    assert line.original_budget + sum(c[2] for c in changes) == line.current_budget


def test_a_project_that_is_not_in_the_report_is_refused(english):
    """Unknown, or approved later."""
    english.append(approval(on=day(8)))
    report = english.monthly_report(2023, 7)
    with pytest.raises(UnknownProject, match="P-1"):
        report.render("text", project="P-1")


@pytest.mark.parametrize("month", [1, 12])
def test_a_month_before_anything_and_one_after_the_year(english, month):
    """A report of another year says that there is nothing."""
    english.append(approval())
    for year in (2022, 2024):
        text = english.monthly_report(year, month).render("text")
        assert "0 projects: none. Execution –" in text


def test_a_project_without_indicators_and_one_with_many(english):
    """None shows no table of indicators; 200 show a row each."""
    many = tuple(indicator(f"指标{n:03}") for n in range(200))
    english.append(approval("A", indicators=()), approval("B", indicators=many))
    report = english.monthly_report(2023, 6)
    assert "indicator" not in report.render("text", project="A")
    detail = report.render("text", project="B")
    assert all(f"指标{n:03} " in detail for n in range(200))


@pytest.mark.parametrize("language", Language)
def test_texts_fold_before_figures_do(english, language):
    """Three columns of long text leave statuses and scores in one piece."""
    rows = (
        indicator("长" * 40, "≥10次", weight=Decimal("50.00")),
        indicator(
            "乙",
            "优化环境，提升工作环境，改善民生，促进就业，效果显著",
            weight=Decimal("40.00"),
        ),
    )
    english.append(approval(indicators=rows))
    english.report_result("P-1", "长" * 40, 5, on=day(3))
    english.report_result("P-1", "乙", text="已经完成了全部工作" * 3, on=day(3))
    text = english.monthly_report(2023, 3).render(
        "text", width=80, project="P-1", language=language
    )
    assert " 25.00/50.00\n" in text
    assert {"en": "on track", "zh": "正常"}[language] in text
    assert max(map(width, text.splitlines())) <= 80


def test_a_stream_that_lacks_signs_gets_escapes_for_them(english):
    """And no error."""

    class Ascii(StringIO):
        encoding = "ascii"

    english.append(approval())
    into = Ascii()
    report = english.monthly_report(2023, 6)
    report.print(into, project="P-1", language="zh")
    report.portfolio().print(into)
    assert "P-1" in into.getvalue()
    assert "\\u6708" in into.getvalue()  # 月
    assert into.getvalue().isascii()


def test_a_chinese_sentence_is_folded_where_a_line_is_full():
    """Not at its last blank, and no line begins with a full stop or comma."""
    text = "警告：指标值 " + "≥12次，存在风险，没有说明原因；" * 4
    lines = terminal.rendered(terminal.prose(text), 40).splitlines()
    assert all(columns(line) > 30 for line in lines[:-1])
    assert not any(line[0] in "，；。" for line in lines)

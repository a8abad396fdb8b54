"""No rendering of a Chinese ledger has a word of English."""

import re
from zipfile import ZipFile

import pytest

from ledger import IndicatorReference, Measure, Objective, Rating
from support import approval, day, disbursement, indicator

_CODE = re.compile(r"\b[0-9a-f]{64}\b|（A）|（B）|（B/A）")
"""The stable names of findings, digests, and the letters of the official forms."""
_LATIN = re.compile("[A-Za-z]+")
_TEXT = re.compile(r"<(?:style|script).*?</(?:style|script)>|<[^>]*>", re.DOTALL)
_CELL = re.compile(r"<t[ >][^<]*")


@pytest.fixture
def year(ledger):
    """Record a project and a unit with a finding and a reason of many kinds."""
    own = (
        indicator("次数", "≥10次"),
        indicator("人数", "≥10人", measure=Measure.SUM),
        indicator("备注", "≥1个", "其他指标", "其他"),
        indicator("效果", "效果显著", "效益指标", "社会效益指标"),
        indicator("反响", "反响良好", "效益指标", "社会效益指标"),
        indicator("完成时间", "12月底前", level2="时效指标"),
        indicator("合格率", "≥98%", level2="质量指标"),
    )
    ledger.append(approval("1", name="修路", unit="2", indicators=own))
    ledger.append(disbursement(5_000, "3", on=day(3), project="1"))
    for amount in ("4", "5", "6"):
        ledger.report_result("1", "人数", amount, on=day(4))
    ledger.report_result("1", "反响", text="良好", on=day(4))
    ledger.report_result("1", "效果", Rating.PARTLY, on=day(4))
    ledger.report_result("1", "合格率", numerator="90", denominator="100", on=day(4))
    ledger.adjust_budget("1", "supplement", "10", on=day(5), document="4")
    refs = [IndicatorReference(project="1", indicator=name) for name in ("人数", "无")]
    whole = [
        indicator("合计", "≥10人", measure=Measure.SUM, computed_from=tuple(refs)),
    ]
    goal = Objective(title="目标", objective=None, indicators=tuple(whole))
    ledger.set_objectives("2", "某局", [goal], fiscal_year=2023, on=day(1))
    return ledger


def plain(text):
    """Return what is left of a text without digests."""
    return _CODE.sub("", text)


def test_texts_and_tables_are_chinese(year):
    """With every finding and every reason why there is no figure."""
    report, language = year.monthly_report(2023, 12), "zh"
    forms = year.self_evaluation(2023), year.monitoring(2023, 12), report.portfolio()
    texts = {
        "report": report.render("text", language=language),
        "project": report.render("text", project="1", language=language),
        "forms": "\n".join(form.render("text", language=language) for form in forms),
        "projects": report.render("csv", language=language),
        "indicators": report.render("csv", table="indicators", language=language),
        "units": forms[2].render("csv", language=language),
    }
    assert "没有得分" in texts["forms"]
    found = {name: _LATIN.findall(plain(text)) for name, text in texts.items()}
    assert found == {name: [] for name in texts}


def test_the_page_is_chinese(year, tmp_path):
    """Its findings too; what the page is drawn by is not read."""
    year.monthly_report(2023, 12).write(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert not _LATIN.findall(plain(_TEXT.sub(" ", page)))


def test_workbooks_are_chinese(year, tmp_path):
    """All texts of their cells."""
    books = {
        "month": year.monthly_report(2023, 12),
        "evaluation": year.self_evaluation(2023),
        "monitoring": year.monitoring(2023, 12),
    }
    for name, book in books.items():
        book.write(tmp_path / f"{name}.xlsx")
        with ZipFile(tmp_path / f"{name}.xlsx") as parts:
            cells = _CELL.findall(parts.read("xl/sharedStrings.xml").decode())
        text = plain(" ".join(cell.partition(">")[2] for cell in cells))
        assert not _LATIN.findall(text), (name, text)

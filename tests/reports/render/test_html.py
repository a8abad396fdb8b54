"""The page shows every figure once, obeys no text, and needs nothing else."""

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from ledger import Currency, Evidence, InvalidInput, Ledger, Objective, Settings
from ledger.domain.characters import visible
from ledger.errors import LogError
from support import PROJECT, approval, day, indicator, no_door

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x")',
    "名" * 300,
    "🎉 مرحبا \u202e",
]


class Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.texts, self.attributes, self.open = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note a tag and its attributes."""
        self.tags.append(tag)
        self.attributes += [(tag, *each) for each in attrs]
        self.open.append(tag)

    def handle_data(self, data):
        """Note what is shown."""
        if self.open and self.open[-1] not in {"style", "script"}:
            self.texts.append(data)
        elif self.open:
            self.texts.append("")


@pytest.fixture
def ledger():
    """Return a ledger with one project that lives."""
    with Ledger.open(":memory:", actor="finance") as made:
        made.append(
            approval(budget=2_000_000, name="培训", indicators=(indicator("次数"),))
        )
        made.disburse(
            PROJECT, "5000.00", voucher="V-1", on=date(2023, 3, 2), payee="学校"
        )
        made.disburse(PROJECT, "10.00", voucher="V-2", on=date(2023, 4, 2))
        made.reverse_disbursement(
            PROJECT, "10.00", of="V-2", voucher="V-3", on=date(2023, 4, 9)
        )
        made.report_result(PROJECT, "次数", 4, on=date(2023, 5, 31))
        made.disburse(PROJECT, "77.00", voucher="LATER", on=date(2023, 8, 1))
        yield made


def written(ledger, folder, **how):
    """Return the text of the June page."""
    path = folder / "june.html"
    ledger.monthly_report(2023, 6).write(path, **how)
    return path.read_text("utf-8")


def test_the_page_shows_figures_and_the_events_under_them(ledger, tmp_path):
    """Amounts in 万元, each event with its voucher; later ones are not there."""
    text = "".join(Page(written(ledger, tmp_path)).texts)
    assert "0.50" in text
    for voucher in ("V-1", "V-2", "V-3", "学校"):
        assert voucher in text
    assert "LATER" not in text
    assert "+5,000.00" in text


def test_what_was_undone_is_struck_through(ledger, tmp_path):
    """A disbursement that was reversed in whole is shown, and seen to be undone."""
    page = written(ledger, tmp_path)
    undone = re.findall(r'<tr class="undone">.*?(?=<tr|</tbody>)', page, re.DOTALL)
    assert len(undone) == 1
    assert "V-2" in undone[0]


def test_a_result_names_its_evidence_and_a_score_says_how_much(ledger, tmp_path):
    """Both stand under the indicator, beside what was reported."""
    proof = Evidence(uri="file:minutes.pdf")
    ledger.report_result(PROJECT, "次数", 5, on=date(2023, 6, 1), evidence=proof)
    ledger.report_score(
        PROJECT, "9.5", indicator="次数", reason="late", on=date(2023, 6, 2)
    )
    page = written(ledger, tmp_path)
    assert '<td>完成值<td class="t">file:minutes.pdf<td>5' in page
    assert '<td>自评得分<td class="t"><td>9.5 · late' in page


def test_both_languages(ledger, tmp_path):
    """The ledger's by default, another when it is asked for."""
    chinese, english = (
        written(ledger, tmp_path),
        written(ledger, tmp_path, language="en"),
    )
    assert '<html lang="zh-Hans">' in chinese
    assert "执行率" in chinese
    assert '<html lang="en">' in english
    assert "execution rate" in english
    assert "执行率" not in english
    with pytest.raises(InvalidInput, match="one of zh, en"):
        written(ledger, tmp_path, language="fr")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_is_obeyed(tmp_path, name):
    """A name is text and nothing else, wherever it shows."""
    with no_door(), Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(name=name, indicators=(indicator(name),)))
        ledger.disburse(
            PROJECT, 1, voucher=name.strip("\u202e "), on=date(2023, 2, 1), payee=name
        )
        page = Page(written(ledger, tmp_path))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert visible(name) in "".join(page.texts)
    assert "\u202e" not in "".join(page.texts)


def test_the_page_needs_nothing_else(ledger, tmp_path):
    """No address is loaded, and its policy allows only its own style and script."""
    text = written(ledger, tmp_path)
    page = Page(text)
    assert not {"link", "img", "iframe", "object"} & set(page.tags)
    policy = next(
        value
        for _, name, value in page.attributes
        if name == "content" and "default-src" in value
    )
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        hashed = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{hashed}'" in policy


def test_the_same_report_is_the_same_page(ledger, tmp_path):
    """No clock and no chance."""
    assert written(ledger, tmp_path) == written(ledger, tmp_path)


def test_headings_and_tables_are_those_of_a_document(ledger, tmp_path):
    """One first heading, a title, a scope for each head, a language."""
    page = Page(written(ledger, tmp_path))
    assert page.tags.count("h1") == page.tags.count("title") == 1
    heads = [each for each in page.attributes if each[0] == "th"]
    assert len(heads) >= page.tags.count("th")
    assert {value for _, name, value in heads if name == "scope"} == {"col", "row"}


@pytest.mark.parametrize("month", [(2022, 12), (2023, 1), (2024, 6)])
def test_any_month_has_a_page(ledger, tmp_path, month):
    """Also one before anything, and one after the year."""
    ledger.monthly_report(*month).write(tmp_path / "page.html")
    assert "</html>" in (tmp_path / "page.html").read_text("utf-8")


def test_a_project_without_indicators_or_budget_has_its_section(tmp_path):
    """Nothing is divided by nothing."""
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval(budget=0, indicators=()))
        assert PROJECT in written(ledger, tmp_path)


def test_many_indicators_and_payments_fit(tmp_path):
    """200 indicators and 2,000 disbursements make one page of moderate size."""
    with Ledger.open(":memory:", actor="finance") as ledger:
        many = tuple(indicator(f"指标{n}") for n in range(200))
        ledger.append(approval(budget=10**9, indicators=many))
        ledger.append(
            *(ledger_payment(n) for n in range(2_000)),
        )
        text = written(ledger, tmp_path)
    assert text.count("V-") == 2_000
    assert len(text.encode()) < 700_000


def ledger_payment(number):
    """Return one of many disbursements."""
    from support import disbursement

    return disbursement(100, f"V-{number}", date(2023, 1 + number % 6, 3))


def test_a_closed_ledger_is_said(tmp_path):
    """The page lists events, which it reads when it is written; these are no more."""
    with Ledger.open(":memory:", actor="finance") as ledger:
        ledger.append(approval())
        report = ledger.monthly_report(2023, 6)
    with pytest.raises(LogError):
        report.write(tmp_path / "june.html")
    assert not (tmp_path / "june.html").exists()


def test_a_units_own_results_stand_under_its_indicators(tmp_path):
    """They come from the unit's own stream."""
    with Ledger.open(":memory:", actor="a") as ledger:
        goal = Objective(
            title="目标", indicators=(indicator("享受补助人数", "≥300人"),)
        )
        ledger.set_objectives("323", "人社局", [goal], fiscal_year=2023, on=day(1))
        ledger.report_result(
            None,
            "享受补助人数",
            42,
            unit="323",
            on=day(3),
            evidence=Evidence(uri="file:survey.pdf"),
        )
        ledger.monthly_report(2023, 6).write(tmp_path / "unit.html")
    text = (tmp_path / "unit.html").read_text("utf-8")
    _, _, unfolded = text.partition("享受补助人数</bdi>")
    assert "<td>2<td>2023-03-01<td>完成值" in unfolded
    assert "file:survey.pdf" in unfolded


def test_the_months_under_a_curve_are_those_of_the_calendar(tmp_path):
    """A year that begins in July has September after a quarter of it."""
    settings = Settings(currency=Currency("EUR"), first_month=7)
    path = tmp_path / "page.html"
    with Ledger.open(":memory:", actor="a", settings=settings) as ledger:
        ledger.import_forms(AID)
        ledger.monthly_report(2024, 9).write(path)
    marks = re.findall(
        r'<text x="[0-9.]+" y="195">(\w+)</text>', path.read_text("utf-8")
    )
    assert marks[:4] == ["Sep", "Dec", "Mar", "Jun"]


AID = {
    "document": {"fiscal_year": 2024, "money_unit": "EUR"},
    "projects": [
        {
            "project_code": "WASH-1",
            "project_name": "Boreholes",
            "unit_code": "KE",
            "budget": "100",
            "fiscal_funds": "100",
            "plan_columns": ["2025-06-30"],
            "plan_row": ["100"],
            "indicators": [
                {
                    "level1": "产出指标",
                    "level2": "数量指标",
                    "level3": "n",
                    "target": "≥1次",
                }
            ],
        }
    ],
}
"""A form of a year that begins in July."""

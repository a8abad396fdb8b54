"""Each comparator just below, at and just above its target, in every rendering."""

import csv
import io
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import pytest
from python_calamine import load_workbook

from ledger import Currency, Ledger, Settings
from ledger.reports.render.project_text import project
from ledger.reports.render.terminal import rendered
from support import PROJECT, approval, day, indicator

BELOW, AT, ABOVE = "99.999996", "100", "100.000004"
TABLE = [
    # printed target, result, status, attainment, points, in two decimals
    ("≥100元", BELOW, "missed", "0.999999", "90.00", "99.99"),
    ("≥100元", AT, "attained", "1.000000", "90.00", "100"),
    ("≥100元", ABOVE, "attained", "1.000001", "90.00", "100.01"),
    ("＞100元", BELOW, "missed", "0.999999", "90.00", "99.99"),
    ("＞100元", AT, "missed", "1.000000", "90.00", "100"),
    ("＞100元", ABOVE, "attained", "1.000001", "90.00", "100.01"),
    ("100元", BELOW, "missed", "0.999999", "90.00", "99.99"),
    ("100元", AT, "attained", "1.000000", "90.00", "100"),
    ("100元", ABOVE, "attained", "1.000001", "90.00", "100.01"),
    ("≤100元", BELOW, "attained", "1.000000", "90.00", "99.99"),
    ("≤100元", AT, "attained", "1.000000", "90.00", "100"),
    ("≤100元", ABOVE, "missed", "0.999999", "90.00", "100.01"),
    ("＜100元", BELOW, "attained", "1.000000", "90.00", "99.99"),
    ("＜100元", AT, "missed", "1.000000", "90.00", "100"),
    ("＜100元", ABOVE, "missed", "0.999999", "90.00", "100.01"),
    ("90元-100元", "89.999996", "missed", "0.999999", "90.00", "89.99"),
    ("90元-100元", "90", "attained", "1.000000", "90.00", "90"),
    ("90元-100元", AT, "attained", "1.000000", "90.00", "100"),
    ("90元-100元", ABOVE, "missed", "0.999999", "90.00", "100.01"),
    ("＞0元", "0", "missed", "0.000000", "0.00", "0"),
    ("≥0元", "0", "attained", "1.000000", "90.00", "0"),
    ("≤0元", "0", "attained", "1.000000", "90.00", "0"),
    ("≤0元", "0.000001", "missed", "0.000000", "0.00", "0.01"),
    ("＜0元", "0", "missed", "0.000000", "0.00", "0"),
    ("≥100元", "-50", "missed", "-0.500000", "0.00", "-50"),
]


@pytest.fixture
def reported(tmp_path):
    """Return a report on December of one indicator with one result."""

    def make(target, result):
        ledger = Ledger.open(tmp_path / "x.ledger", actor="a")
        named = indicator("比照", target, level2="质量指标")
        ledger.append(approval(indicators=(named,)))
        ledger.report_result(PROJECT, "比照", result, on=day(12))
        return ledger.monthly_report(2023, 12)

    return make


@pytest.mark.parametrize(
    ("target", "result", "status", "attainment", "points", "printed"), TABLE
)
def test_every_rendering_says_the_same(
    reported, tmp_path, target, result, status, attainment, points, printed
):
    """Status, share and points of JSON, CSV, text, page and workbook."""
    report = reported(target, result)
    line = report.to_dict()["projects"][0]["indicators"][0]
    capped = min(max(Decimal(attainment), Decimal(0)), Decimal(1))
    shown = f"{Decimal(attainment) * 100:.1f}%"
    if attainment in {"0.999999", "1.000001"}:
        shown = {"0.999999": "99.9%", "1.000001": "100.1%"}[attainment]

    assert (line["status"], line["attainment"]) == (status, attainment)
    assert Decimal(line["capped_attainment"]) == capped
    assert (line["score"], Decimal(line["result"])) == (points, Decimal(result))

    (row,) = csv.DictReader(io.StringIO(report.render("csv", table="indicators")))
    assert (row["result"], row["attainment"]) == (line["result"], attainment)
    assert (row["status"], row["score"]) == (status, points)

    text = rendered(project(report.projects[0], report.settings, "en"), 200)
    (found,) = re.findall(r"比照 +\S+ +(\S+) +\S+ +(\S+) +(\w+) +(\S+)/", text)
    assert found == (printed, shown, status, points)

    report.write(tmp_path / "x.html", language="en")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert all(f"{each}<" in page for each in (f"{printed} 元", shown, status))

    report.write(tmp_path / "x.xlsx")
    sheets = load_workbook(tmp_path / "x.xlsx")
    rows = sheets.get_sheet_by_name("指标").to_python()
    (own,) = [row for row in rows if "比照" in row]
    assert {float(result), float(points), float(attainment)} <= set(own[6:])
    look = look_of(tmp_path / "x.xlsx", 2, own.index("比照") + 4, rows.index(own))
    decimals = len(look.partition(".")[2].rstrip("%"))
    rate = (Decimal(attainment) * 100).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )
    assert (rate >= 100) == (Decimal(attainment) >= 1)


def look_of(path, number, column, row):
    """Return the number format of a cell of the sheet with a number."""
    with zipfile.ZipFile(path) as book:
        styles = book.read("xl/styles.xml").decode()
        sheet = book.read(f"xl/worksheets/sheet{number}.xml").decode()
    forms = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    used = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    (style,) = re.findall(rf'<c r="{chr(65 + column)}{row + 1}" s="(\d+)"', sheet)
    return {"10": "0.00%", **forms}[used[int(style)]]


@pytest.mark.parametrize(
    ("currency", "amount", "printed"),
    [
        ("JPY", "1234567", "1,234,567"),
        ("KWD", "1234.567", "1,234.567"),
        ("USD", "1234.50", "1,234.50"),
        ("CNY", "1234.50", "0.12"),
    ],
)
def test_amounts_have_the_digits_of_their_currency(tmp_path, currency, amount, printed):
    """None of the yen and three of the dinar; 万元 have two."""
    settings = Settings(currency=Currency(currency))
    ledger = Ledger.open(tmp_path / "x.ledger", actor="a", settings=settings)
    minor = settings.currency.minor(amount)
    ledger.append(approval(budget=minor))
    ledger.disburse(PROJECT, amount, voucher="1", on=day(3))
    report = ledger.monthly_report(2023, 12)
    report.write(tmp_path / "x.html", language="en")
    page = (tmp_path / "x.html").read_text("utf-8")

    assert f">{printed}<" in page
    assert printed in report.render("text", width=200)
    report.write(tmp_path / "x.xlsx", language="en")
    with zipfile.ZipFile(tmp_path / "x.xlsx") as book:
        styles = book.read("xl/styles.xml").decode()
    digits = len(printed.partition(".")[2])
    look = "#,##0" + ("." + "0" * digits if digits else "")
    assert f'"{look}"' in styles

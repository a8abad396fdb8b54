"""The portfolio as a page and as a workbook: the figures of its JSON, by table."""

import io
import json
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from ledger import Ledger, Settings
from ledger.cli import main
from support import approval, day

JUNE = ("--month", "2023-06")


@pytest.fixture
def ledger(path):
    """Keep two units, one of which has a project without a plan."""
    with Ledger(path, actor="t", settings=Settings(language="en")) as made:
        made.append(
            approval("P", 100_000, unit="U-1"), approval("Q", 5_000, unit="U-2")
        )
        bare = approval("R", 7_000, unit="U-2", plan=None)
        made.append(bare)
        made.disburse("P", "12.30", voucher="1", on=day(3))
        made.disburse("R", 7, voucher="1", on=date(2023, 6, 2))
        yield made


def cells(book, sheet):
    """Return the rows of a sheet below its title."""
    return [[cell.value for cell in row] for row in book.worksheets[sheet].iter_rows()][
        1:
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_tables_are_sheets_and_sections(ledger, language):
    """Each has the rows of the JSON, and sums by formula only of what can be added."""
    made = ledger.monthly_report(2023, 6).portfolio()
    shown = json.loads(made.render("json"))
    book = load_workbook(io.BytesIO(made.render("xlsx", language=language)))
    assert len(book.worksheets) == 6
    head, *units, total = cells(book, 0)
    assert [row[0] for row in units] == [each["unit"] for each in shown["by_unit"]]
    say = {
        "en": ("disbursed (10,000 CNY)", "execution rate"),
        "zh": ("已支出（万元）", "执行率"),
    }
    disbursed, rate = map(head.index, say[language])
    assert [f"{row[disbursed] * 10_000:.2f}" for row in units] == [
        each["disbursed"] for each in shown["by_unit"]
    ]
    assert total[disbursed].startswith("=SUBTOTAL(9,")
    assert total[rate].startswith("=IF(")
    assert not any(
        "SUBTOTAL" in str(total[at])
        for at, name in enumerate(head)
        if "率" in name or "rate" in name
    )
    assert len(cells(book, 5)) == 1 + len(shown["months"])
    page = made.render("html", language=language)
    assert page.count("<section") == 6
    unit = {"en": "(10,000 CNY)", "zh": "（万元）"}[language]
    for section in page.split("<section")[1:]:
        wide = 'class="r wide"' in section
        heads = section.partition("<tbody")[0].partition("<thead")
        assert not (wide and unit in heads[2])
        assert (heads[0].count(unit) == 1) is wide
    assert "U-2" in page


def test_what_is_not_planned_has_no_sum(ledger):
    """A total plans nothing while one of its projects has no plan: nor does a formula."""
    made = ledger.monthly_report(2023, 6).portfolio()
    head, *_, total = cells(load_workbook(io.BytesIO(made.render("xlsx"))), 0)
    assert total[head.index("planned (10,000 CNY)")] is None


def test_the_command_writes_them(ledger, tmp_path):
    """As a script does; a workbook is for a file."""
    path = str(ledger._parts.log.path)
    for ending in ("html", "xlsx"):
        out = tmp_path / f"all.{ending}"
        done = CliRunner().invoke(main, ["portfolio", path, *JUNE, "--out", str(out)])
        assert done.exit_code == 0, done.output
        assert out.stat().st_size > 1_000
    asked = ["portfolio", path, *JUNE, "--format", "xlsx"]
    assert CliRunner().invoke(main, asked).exit_code == 2

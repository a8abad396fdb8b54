"""The register of contracts: what is paid, what is open, and what is overdue."""

import re
from datetime import date

import pytest
from openpyxl import load_workbook

from ledger import InvalidInput, Ledger, Settings
from ledger.events import ContinuedCommitment
from ledger.reports import ContractRegister
from support import approval, day

JUNE = date(2023, 6, 30)


@pytest.fixture
def ledger():
    """Keep two units' projects: one with a contract of its reservation, overdue."""
    with Ledger(":memory:", actor="t", settings=Settings(language="en")) as made:
        made.append(approval("P", 100_000, unit="U-1"))
        made.append(approval("Q", 100_000, unit="U-2"))
        made.append(approval("R", 100_000, unit="U-3"))
        made.commit("P", "CG", 500, stage="reserved", on=day(2))
        made.commit(
            "P", "HT", 300, of="CG", on=day(3), payee="=cmd", due_on=date(2023, 5, 31)
        )
        made.disburse("P", 100, voucher="1", commitment="HT", on=day(4))
        made.commit("Q", "HT", 50, on=day(7))
        yield made


def test_each_contract_stands_as_it_is_at_the_day(ledger):
    """One entered later is not there; days overdue count from the day it was due."""
    register = ledger.contracts(through=JUNE)
    rows = {row["commitment"]: row for row in register.to_records()}
    assert list(rows) == ["CG", "HT"]
    assert rows["HT"]["amount"] == "300.00"
    assert rows["HT"]["disbursed"] == "100.00"
    assert rows["HT"]["open"] == "200.00"
    assert rows["HT"]["days_overdue"] == 30
    assert rows["CG"]["amount"] == rows["CG"]["open"] == "200.00"
    assert rows["CG"]["taken_over"] == "300.00"
    assert rows["CG"]["days_overdue"] is None
    assert (
        ledger.contracts(through=date(2023, 5, 31)).totals["overdue_commitments"] == 0
    )


def test_what_is_open_of_an_earlier_year_is_asked_for_by_that_year(ledger):
    """In the next year it is overdue still; that year's own register is empty."""
    march = date(2024, 3, 31)
    assert ledger.contracts(through=march).to_records() == []
    (overdue,) = [
        row
        for row in ledger.contracts(through=march, year=2023).to_records()
        if row["days_overdue"]
    ]
    assert (overdue["commitment"], overdue["days_overdue"]) == ("HT", 305)


def test_the_sums_are_those_of_the_rows(ledger):
    """By unit and in all, and what is open is what the report of the month says."""
    register = ledger.contracts(through=date(2023, 7, 31))
    totals = register.totals
    assert [total["unit"] for total in register.by_unit] == ["U-1", "U-2"]
    assert totals["contracts"] == 3
    assert totals["amount"] == totals["disbursed"] + totals["open"]
    assert totals["open"] == ledger.view(through=day(7, 31)).total().open
    assert sum(unit["open"] for unit in register.by_unit) == totals["open"]


def test_it_is_a_document_like_the_others(ledger, tmp_path):
    """In each format and in both languages; a payee runs nothing in a spreadsheet."""
    register = ledger.contracts(through=JUNE)
    assert isinstance(register, ContractRegister)
    assert repr(register) == (
        "<ContractRegister through 2023-06-30 · 2 contracts and reservations>"
    )
    assert "overdue" in register.render("text")
    assert "合同台账" in register.render("text", language="zh")
    assert '"\'=cmd"' in register.render("csv")
    assert "合同金额（元）" in register.render("csv", language="zh")
    assert "U-1" in register.render("csv", table="units")
    assert "=cmd" in register.render("html", language="zh")
    assert register.render("xlsx")[:2] == b"PK"
    register.write(tmp_path / "contracts.json")
    register.print(width=80)
    for format_, options in (("csv", {"table": "x"}), ("json", {"language": "zh"})):
        with pytest.raises(InvalidInput):
            register.render(format_, **options)


def test_the_age_of_a_contract_counts_from_the_first_that_it_goes_on_with():
    """Over fiscal years; where the ledger holds no such one, from its own day."""
    with Ledger(":memory:", actor="t", settings=Settings(language="en")) as made:
        made.append(approval("P", 100_000))
        made.append(approval("P", 100_000, on=date(2024, 1, 1), fiscal_year=2024))
        made.commit("P", "HT-1", 300, on=date(2023, 12, 1))
        goes_on = ContinuedCommitment(commitment="ht-1", year=2023)
        made.commit("P", "HT-1", 200, on=date(2024, 1, 10), continues=goes_on)
        lost = ContinuedCommitment(commitment="x", year=2022)
        made.commit("P", "HT-2", 200, on=date(2024, 1, 10), continues=lost)
        rows = made.contracts(through=date(2024, 1, 31)).to_records()
    assert [row["age"] for row in rows] == [61, 21]
    assert rows[0]["continues"] == "2023/ht-1"


def test_a_number_stands_in_one_line_of_the_text(ledger):
    """Whoever looks for a contract searches its number; so does a unit's name."""
    name = "县人力资源和社会保障局"
    ledger.append(approval("S", 100_000, unit="U-4", unit_name=name))
    ledger.commit("S", "HT-2023-00031", 20, on=day(8), payee="某公司" * 20)
    text = ledger.contracts().render("text", language="zh")
    assert "HT-2023-00031" in text
    assert f"U-4 {name}" in text


def test_a_number_stands_in_one_line_of_the_page(ledger):
    """A browser folds neither it nor the code of its project at a hyphen."""
    ledger.append(approval("S-1", 100_000))
    ledger.commit("S-1", "HT-2023-00031", 20, on=day(8))
    page = ledger.contracts().render("html")
    for code in ("HT-2023-00031", "S-1"):
        assert f'<bdi><span class="a">{code}</span></bdi>' in page


def test_the_name_of_a_unit_spans_the_columns_without_a_sum_on_the_page(ledger):
    """Else it makes the column of codes wide, and the amounts are out of view."""
    ledger.append(approval("S-1", 100_000, unit="U-4", unit_name="县医院"))
    ledger.commit("S-1", "采购 2023-00031", 20, on=day(8))
    page = ledger.contracts().render("html", language="zh")
    [span] = re.findall(r'colspan="(\d+)"><b><bdi>U-4 县医院', page)
    heads = re.findall('<th scope="col".*?</th>', page)
    amount = "合同<wbr>金额"
    assert [amount in head for head in heads[: int(span) + 1]][-2:] == [False, True]
    assert '<span class="a">采购</span> <span class="a">2023-00031</span>' in page


def test_a_long_name_has_the_room_that_it_needs(ledger, tmp_path):
    """A row of the workbook is as high as its lines; on the page a name heads its row."""
    name = "办公楼更换空气源热泵中央空调资金"
    ledger.append(approval("S", 100_000, unit="U-4", name=name))
    ledger.commit("S", "HT", 20, on=day(8))
    register = ledger.contracts()
    register.write(tmp_path / "register.xlsx")
    sheet = load_workbook(tmp_path / "register.xlsx").worksheets[0]
    rows = {row[2].value: row[2].row for row in sheet.iter_rows(min_row=3)}
    names = [
        row[0].row for row in sheet.iter_rows() if name in [cell.value for cell in row]
    ]
    assert sheet.row_dimensions[names[0]].height > (
        sheet.row_dimensions[rows["CG"]].height
    )
    assert f'<th scope="row"><bdi>{name}</bdi></th>' in register.render("html")

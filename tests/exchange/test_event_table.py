"""The table of events has a row for each, typed, and loses nothing."""

import json
import sys
from datetime import date
from decimal import Decimal

import pyarrow.dataset as ds
import pytest

from ledger import InvalidInput, Ledger, Settings
from support import PROJECT, approval, indicator


@pytest.fixture
def ledger():
    """Return a ledger of two fiscal years."""
    with Ledger.open(":memory:", actor="finance", settings=Settings()) as made:
        made.append(approval(budget=2_000_000, indicators=(indicator("培训"),)))
        made.append(
            approval(
                project="NEXT", on=date(2024, 1, 1), fiscal_year=2024, plan=plan(2024)
            )
        )
        made.disburse(PROJECT, "100.10", voucher="1", on=date(2023, 3, 1))
        made.reverse_disbursement(
            PROJECT, "0.10", of="1", voucher="2", on=date(2023, 4, 1)
        )
        made.adjust_budget(PROJECT, "reduction", "50.00", on=date(2023, 5, 1))
        made.report_result(PROJECT, "培训", Decimal("3.5"), on=date(2023, 6, 30))
        yield made


def plan(year):
    """Return a plan of one checkpoint, for 1,000.00."""
    made = approval().plan
    last = type(made.checkpoints[0])(date(year, 12, 31), 100_000)
    return type(made)(checkpoints=(last,))


def table(ledger, folder, **how):
    """Return the rows of an export, in order of position."""
    ledger.export_table(folder, **how)
    rows = ds.dataset(folder, partitioning="hive").to_table().to_pylist()
    return sorted(rows, key=lambda row: row["position"])


def test_each_event_is_one_row_with_its_money(ledger, tmp_path):
    """What is added to the budget and to what is disbursed has its sign, exact."""
    rows = table(ledger, tmp_path / "events")
    assert [row["position"] for row in rows] == [1, 2, 3, 4, 5, 6]
    assert [row["budget"] for row in rows] == [
        Decimal("20000.00"),
        Decimal("1000.00"),
        None,
        None,
        Decimal("-50.00"),
        None,
    ]
    assert [row["disbursed"] for row in rows[2:4]] == [
        Decimal("100.10"),
        Decimal("-0.10"),
    ]
    assert rows[5]["value"] == Decimal("3.5")
    assert (rows[2]["effective_on"], rows[2]["month"]) == (date(2023, 3, 1), "2023-03")
    assert rows[2]["recorded_at"].tzinfo is not None


def test_each_fiscal_year_is_a_file(ledger, tmp_path):
    """The folder's name is the year's."""
    rows = table(ledger, tmp_path / "events")
    assert [row["fiscal_year"] for row in rows] == [2023, 2024, 2023, 2023, 2023, 2023]
    assert {p.parent.name for p in tmp_path.rglob("*.parquet")} == {
        "fiscal_year=2023",
        "fiscal_year=2024",
    }


def test_the_payload_holds_what_no_column_can(ledger, tmp_path):
    """A number with too many decimals is not rounded: its column is empty."""
    tiny = Decimal("0.0000000000001")
    ledger.report_result(PROJECT, "培训", tiny, on=date(2023, 7, 1))
    last = table(ledger, tmp_path / "events")[-1]
    assert last["value"] is None
    assert Decimal(json.loads(last["payload"])["value"]) == tiny


def test_only_what_was_known_is_written(ledger, tmp_path):
    """The table can be cut by recorded facts."""
    assert len(table(ledger, tmp_path / "events", known_at=3)) == 3


def test_nothing_is_written_over(ledger, tmp_path):
    """A folder that is there stays as it is."""
    with pytest.raises(InvalidInput, match="a new path"):
        ledger.export_table(tmp_path)
    with pytest.raises(InvalidInput, match="no such folder"):
        ledger.export_table("/proc/nowhere/events")
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(ledger, tmp_path, monkeypatch):
    """The library is named."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InvalidInput, match="pip install pyarrow"):
        ledger.export_table(tmp_path / "events")


def test_what_a_closing_leaves_has_columns_of_its_own(ledger, tmp_path):
    """Carried over, lapsed and handed on: what adds up to a year's end."""
    code = "P-closed"
    ledger.append(approval(code, 1_000))
    ledger.close_project(code, year=2023, carried_over={"fiscal": 7})
    ledger.append(approval(code, 1_000, on=date(2024, 1, 1), fiscal_year=2024))
    ledger.carry_over(code, on=date(2024, 2, 1))
    rows = [row for row in table(ledger, tmp_path / "t") if code in row["stream"]]
    found = {row["type"]: row for row in rows if row["fiscal_year"] == 2023}
    assert found["ProjectClosed"]["carried_over"] == Decimal("7.00")
    assert found["ProjectClosed"]["lapsed"] == Decimal("3.00")
    assert found["CarriedOver"]["handed_on"] == Decimal("7.00")

"""Every digit of a result stands in the workbooks of the forms."""

import pytest
from openpyxl import load_workbook

from ledger import Ledger
from support import PROJECT, approval, day, indicator


@pytest.mark.parametrize(
    ("target", "result", "shown"),
    [
        ("≤5例/万人", "4", "4"),
        ("≥7.24万人", "72000", "7.2"),
        ("≥999999999999999元", "999999999999998.9999", "999999999999998.9999"),
    ],
)
def test_a_workbook_keeps_every_digit_of_a_result(tmp_path, target, result, shown):
    """In the multiple that the target is printed in, and never in that of its unit."""
    path = tmp_path / "form.xlsx"
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("x", target, measure="latest"),)))
        ledger.report_result(PROJECT, "x", result, on=day(3))
        ledger.monitoring(2023, 6).write(path)
    sheet = load_workbook(path).worksheets[2]

    assert shown in {str(cell.value) for row in sheet.iter_rows() for cell in row}


def test_the_check_of_points_shows_a_miss_as_a_miss(tmp_path):
    """99.996 of 100 is 99.996 % there too."""
    path = tmp_path / "form.xlsx"
    with Ledger.open(":memory:", actor="a") as ledger:
        ledger.append(approval(indicators=(indicator("x", "100%"),)))
        ledger.report_result(PROJECT, "x", "99.996", on=day(3))
        ledger.self_evaluation(2023).write(path)
    cells = [c for row in load_workbook(path)["核对"].iter_rows() for c in row]

    (share,) = [cell for cell in cells if cell.value == 0.99996]
    assert share.number_format == "0.000%"

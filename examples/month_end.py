"""The month-end script of a finance officer: record, look, report."""

from datetime import date
from pathlib import Path

from ledger import Ledger, Rating, yuan

FORMS = Path(__file__).parent / "julu_2023" / "forms.json"
PROJECT = "13052923P00584010933T"  # 就业工作经费


def main(folder: Path) -> None:
    """Record March (made-up payments and results) and write its report."""
    march = date(2023, 3, 31)
    with Ledger.open(folder / "month-end.ledger", actor="finance") as ledger:
        ledger.import_forms(FORMS)
        ledger.disburse(
            PROJECT, yuan("48_600.00"), voucher="2023-0311", on=date(2023, 3, 20)
        )
        ledger.report_result(PROJECT, "开展就业培训数", 3, on=march)
        ledger.report_result(
            PROJECT, "满意率", numerator=118, denominator=120, on=march
        )
        ledger.report_result(PROJECT, "构建和谐劳动关系", Rating.ATTAINED, on=march)

        report = ledger.monthly_report(2023, 3)
        report.to_json(folder / "march.json")
        for line in ledger.view(through=march).attainment(PROJECT):
            print(line.indicator, line.target, line.result, line.status)
        print(f"{len(report.projects)} projects, {report.totals.disbursed} yuan")


if __name__ == "__main__":
    main(Path.cwd())

"""The real projects of Julu 2023 with an illustrative year: the June report."""

from pathlib import Path

import illustrate
from ledger import Ledger

FILE = Path(__file__).with_name("julu-2023.ledger")
REPORTS = Path(__file__).with_name("reports")


def main() -> None:
    """Make the ledger, say what happened in it, print June and write the reports."""
    notes = illustrate.create(FILE)
    print("Budgets, plans, indicators and targets: 19 real projects of Julu county.")
    print("Payments and results: ILLUSTRATIVE, made up by illustrate.py.\n")
    for note in notes:
        print(f"- {note}")
    print()
    with Ledger.open(FILE, read_only=True) as ledger:
        june = ledger.monthly_report(2023, 6)
        june.print()
        REPORTS.mkdir(exist_ok=True)
        june.write(REPORTS / "june.html")
        june.write(REPORTS / "june.xlsx")
        ledger.monitoring(2023, 6).write(REPORTS / "monitoring-june.xlsx")
        ledger.self_evaluation(2023).write(REPORTS / "self-evaluation.xlsx")
    print("\nThe June report as a page:", REPORTS / "june.html")
    print("The June report as a workbook:", REPORTS / "june.xlsx")
    print("绩效目标执行监控表, June:", REPORTS / "monitoring-june.xlsx")
    print("绩效自评表, the year:", REPORTS / "self-evaluation.xlsx")
    print("The ledger file:", FILE)
    print("Look on: .venv/bin/budget-ledger show", FILE, illustrate.TRAINING)


if __name__ == "__main__":
    main()

"""The real projects of Julu 2023 with an illustrative year: the June report."""

from pathlib import Path

import illustrate
from ledger import Ledger

FILE = Path(__file__).with_name("julu-2023.ledger")


def main() -> None:
    """Make the ledger, say what happened in it and print the June report."""
    notes = illustrate.create(FILE)
    print("Budgets, plans, indicators and targets: 19 real projects of Julu county.")
    print("Payments and results: ILLUSTRATIVE, made up by illustrate.py.\n")
    for note in notes:
        print(f"- {note}")
    print()
    with Ledger.open(FILE, read_only=True) as ledger:
        ledger.monthly_report(2023, 6).print()
    print(f"\nThe ledger file: {FILE}")
    print("Look on: .venv/bin/budget-ledger show", FILE, illustrate.TRAINING)


if __name__ == "__main__":
    main()

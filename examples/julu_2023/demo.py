"""
The real projects of Julu 2023 with an illustrative year, and an illustrative 2024.

It speaks the language of the locale: ``LANG=zh_CN.UTF-8 make demo`` is in Chinese.
"""

from pathlib import Path

import illustrate
import second_year
from ledger import Language, Ledger
from ledger.messages import readers_language
from story import say, words

FILE = Path(__file__).with_name("julu.ledger")
REPORTS = Path(__file__).with_name("reports")


def main(language: Language | None = None) -> None:
    """Make the ledger, say what happened in it, print both Junes, write the reports."""
    chosen = language or readers_language()
    notes = second_year.create(FILE, chosen)
    print(words(chosen, "real"))
    print(words(chosen, "made_up"), end="\n\n")
    print(*(f"- {note}" for note in notes), sep="\n", end="\n\n")
    REPORTS.mkdir(exist_ok=True)
    with Ledger.open(FILE, read_only=True) as ledger:
        for year in (2023, 2024):
            print(f"\n{words(chosen, f'heading.june_{year}')}\n")
            ledger.monthly_report(year, 6).print()
        print(f"\n{words(chosen, 'heading.contracts')}\n")
        ledger.contracts(through="2024-06-30").print()
        print()
        for code, path in write(ledger).items():
            print(say(ledger, f"out.{code}", path=path))
        print(say(ledger, "out.ledger", path=FILE))
        print(say(ledger, "out.more", path=FILE, project=illustrate.TRAINING))


def write(ledger: Ledger) -> dict[str, Path]:
    """Write the reports; return where each of them is."""
    names = {
        "june": "june.html",
        "workbook": "june.xlsx",
        "june_2024": "june-2024.html",
        "contracts": "contracts-2024.xlsx",
        "carry_over": "carry-over-2023.xlsx",
        "refunds": "refunds-2024.xlsx",
        "two_years": "two-years.html",
        "monitoring": "monitoring-june.xlsx",
        "evaluation": "self-evaluation.xlsx",
    }
    paths = {code: REPORTS / name for code, name in names.items()}
    june = ledger.monthly_report(2023, 6)
    june.write(paths["june"])
    june.write(paths["workbook"])
    ledger.monthly_report(2024, 6).write(paths["june_2024"])
    ledger.contracts(through="2024-06-30").write(paths["contracts"])
    ledger.carried_over(year=2023).write(paths["carry_over"])
    ledger.refunds(through="2024-06-30").write(paths["refunds"])
    ledger.two_years(through="2024-06-30").write(paths["two_years"])
    ledger.monitoring(2023, 6).write(paths["monitoring"])
    ledger.self_evaluation(2023).write(paths["evaluation"])
    return paths


if __name__ == "__main__":
    main()

"""The month-end script of a finance officer: record, report, monitor, seal."""

from pathlib import Path

from ledger import Ledger
from ledger.intake import SAMPLE

FILLED = Path(__file__).parent / "march.csv"  # A template filled in; all made up.
PROJECT = "13052923P00584010933T"  # 就业工作经费


def main(folder: Path) -> None:
    """Record March from a template, hand out its reports, and seal the record."""
    with Ledger.open(folder / "month-end.ledger", actor="finance") as ledger:
        ledger.import_forms(SAMPLE)
        done = ledger.record(FILLED)
        march = ledger.monthly_report(2023, 3)
        march.write(folder / "march.json")
        march.write(folder / "march.html")
        monitoring = ledger.monitoring(2023, 3)
        monitoring.write(folder / "monitoring.xlsx")
        sealed = ledger.seal()

    for line in march.project(PROJECT).indicators:
        print(line.indicator, line.target, line.result, line.status)
    march.print(project=PROJECT)
    for finding in monitoring.findings:
        print(finding)
    print(f"{done.new} events recorded; sealed at position {sealed.size}")


if __name__ == "__main__":
    main(Path.cwd())

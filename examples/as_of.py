"""Compare what we believed on 10 July about 30 June with what we know now."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

from ledger import Ledger

sys.path.insert(0, str(Path(__file__).parent / "julu_2023"))

import illustrate


def main(folder: Path) -> None:
    """Compare June as known on 10 July with June as known now."""
    path = folder / "as-of.ledger"
    illustrate.create(path)
    june = date(2023, 6, 30)
    with Ledger.open(path, read_only=True) as ledger:
        then = ledger.view(through=june, known_at=datetime(2023, 7, 10, tzinfo=UTC))
        now = ledger.view(through=june)
        print(f"June, {illustrate.LABEL} figures:")
        for before, after in zip(then.execution(), now.execution(), strict=True):
            if before.disbursed != after.disbursed:
                print(f"{after.name}: {before.disbursed} then, {after.disbursed} now")
        for recorded in ledger.events(after=then.position):
            if recorded.on <= june:
                print(f"because of {recorded.type} {recorded.on}, recorded", end=" ")
                print(f"{recorded.recorded_at[:10]}, position {recorded.position}")


if __name__ == "__main__":
    main(Path.cwd())

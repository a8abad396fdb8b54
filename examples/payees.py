"""A projection of one's own: what each payee received, kept up in each append."""

from datetime import date
from pathlib import Path

from ledger import Ledger, Projection, yuan
from ledger.events import Disbursed, RecordedEvent
from ledger.intake import SAMPLE


def evolve(payees: dict[str, int], recorded: RecordedEvent) -> dict[str, int]:
    """Add what a payee received, in fen."""
    match recorded.event:
        case Disbursed(payee=str(payee), amount=amount):
            payees[payee] = payees.get(payee, 0) + amount
    return payees


PAYEES = Projection(
    name="payees",
    version=1,
    state=dict[str, int],
    initial=lambda _stream: {},
    evolve=evolve,
    follows=frozenset({Disbursed}),
)


def main(folder: Path) -> None:
    """Pay two payees (made up), and ask who got what by June and by now."""
    project = "13052923P00584010941F"
    path = folder / "payees.ledger"
    with Ledger.open(path, actor="finance", projections=[PAYEES]) as ledger:
        ledger.import_forms(SAMPLE)
        for number, (payee, amount, month) in enumerate(
            [("县中医院", "900.00", 2), ("邮政", "120.50", 5), ("邮政", "80.00", 9)]
        ):
            ledger.disburse(
                project,
                yuan(amount),
                voucher=f"V-{number}",
                on=date(2023, month, 15),
                payee=payee,
            )
        for through in (date(2023, 6, 30), None):
            paid = dict(ledger.replay(PAYEES, through=through))
            print(through or "now", paid[f"project:2023:{project}"])


if __name__ == "__main__":
    main(Path.cwd())

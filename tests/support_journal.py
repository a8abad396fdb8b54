"""Facts of money as a journal of hledger, and what hledger makes of it."""

import csv
import subprocess
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from ledger.domain.identity import voucher_identity
from ledger.events import (
    AdjustmentCorrected,
    ApprovalWithdrawn,
    BudgetAdjusted,
    BudgetApproved,
    CarriedOver,
    CarryReturned,
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
    Disbursed,
    DisbursementReversed,
    PriorYearRefund,
    ProjectClosed,
    ProjectReopened,
)

KINDS = {
    "supplement": ("supplements", 1),
    "virement_in": ("virements_in", 1),
    "carried_in": ("carried_in", 1),
    "reduction": ("reductions", -1),
    "virement_out": ("virements_out", -1),
    "recall": ("recalls", -1),
    "carry_returned": ("carry_returned", -1),
}
"""By kind of adjustment: the account from which it comes, and whether it adds."""


class Journal:
    """A journal of double entries: accounts ``Kind:year:source:...:=project``."""

    def __init__(self, year_of, year_starts):
        self.year_of, self.year_starts = year_of, year_starts
        self.text = []
        self.sources = {}  # (project, year, voucher): its source

    def entry(self, on, what, *postings):
        """Write one entry: postings of an account, an amount in fen, as pairs."""
        lines = [f"    {account}  {amount} fen" for account, amount in postings]
        self.text.append("\n".join([f"{on} {what}", *lines, ""]))

    def write(self, event):
        """Write a fact; one about anything but money is left out."""
        post = POSTED.get(type(event))
        if post is not None:
            year = getattr(event, "year", None) or self.year_of(event.on)
            post(self, event, year)

    def account(self, kind, event, year, source):
        """Name an account of a project-year and a source."""
        return f"{kind}:{year}:{source.replace('/', ':')}:={event.project}"

    def move(self, event, year, parts, *, of, to):
        """Write that amounts went from accounts of a kind to those of another."""
        for part in parts or ():
            self.entry(
                event.on,
                type(event).__name__,
                (self.account(of, event, year, part.source), -part.amount),
                (self.account(to, event, year, part.source), part.amount),
            )

    def approved(self, event, _):
        """Put what is approved into the year, on its first day at the earliest."""
        self.budgeted(event, event.fiscal_year, 1)

    def withdrawn(self, event, year):
        """Take out what was approved."""
        self.budgeted(event, year, -1)

    def budgeted(self, event, year, sign):
        """Write what an approval gives, or gives no more."""
        given = "original_budget" if event.origin == "annual" else "in_year_budget"
        by_legs = {part.source: part.amount for part in getattr(event, "carried", ())}
        for part in event.amounts:
            carried = part.source.startswith("carried_over")
            kind = "carried_in" if carried else given
            amount = sign * (part.amount - by_legs.get(part.source, 0))
            self.entry(
                max(event.on, self.year_starts(year)),
                type(event).__name__,
                (self.account(kind, event, year, part.source), -amount),
                (self.account("free", event, year, part.source), amount),
            )

    def adjusted(self, event, year, sign=1):
        """Add to what is free, or take from it; what moves within meets in clearing."""
        given, adds = KINDS[str(event.kind)]
        group = "Clearing:virements" if "virement" in given else "Clearing:carries"
        within = given.startswith(("virements", "carr"))
        for part in event.amounts:
            amount = sign * adds * part.amount
            own = part.source.replace("/", ":")
            clearing = [
                (f"{group}:{own}", -amount),
                (f"Cleared:{own}", amount),
            ]
            self.entry(
                event.on,
                given,
                (self.account(given, event, year, part.source), -amount),
                (self.account("free", event, year, part.source), amount),
                *(clearing if within else ()),
            )

    def corrected(self, event, year):
        """Undo an adjustment, from the day of the correction on."""
        self.adjusted(event, year, sign=-1)

    def passed(self, event, year):
        """Take what is handed on from what was claimed, or put it back."""
        sign = 1 if isinstance(event, CarriedOver) else -1
        for part in event.amounts:
            own = f"carried_over/{part.source.removeprefix('carried_over/')}"
            own = own.replace("/", ":")
            amount = sign * part.amount
            self.entry(
                event.on,
                "handed on" if sign > 0 else "returned",
                (self.account("claimed", event, year, part.source), -amount),
                (self.account("handed_on", event, year, part.source), amount),
                (f"Clearing:carries:{own}", amount),
                (f"Cleared:{own}", -amount),
            )

    def disbursed(self, event, year):
        """Pay from what is free, or from a commitment; the rest of it may end."""
        key = event.project, year, voucher_identity(event.voucher)
        self.sources[key] = event.source
        paid_from = event.stage or "free"
        self.entry(
            event.on,
            event.voucher,
            (self.account(paid_from, event, year, event.source), -event.amount),
            (self.account("disbursed", event, year, event.source), event.amount),
        )
        self.move(event, year, event.released, of=event.stage, to="free")

    def reversed(self, event, year):
        """Give back to what is free or to a commitment; or take that back again."""
        paid = self.sources[event.project, year, voucher_identity(event.of)]
        source = event.source or paid
        self.sources[event.project, year, voucher_identity(event.voucher)] = source
        leaves = event.disbursement is not None and not event.taken_back
        amount = -event.amount if leaves else event.amount
        to = event.stage if event.restores else "free"
        self.entry(
            event.on,
            event.voucher,
            (self.account("disbursed", event, year, source), -amount),
            (self.account(to, event, year, source), amount),
        )

    def refunded(self, event, year):
        """Keep what came back of an earlier year by itself, or did not after all."""
        amount = event.amount if event.takes_back is None else -event.amount
        self.entry(
            event.on,
            event.voucher,
            (self.account("repaid", event, year, event.source), -amount),
            (self.account("refunded", event, year, event.source), amount),
        )

    def entered(self, event, year):
        """Take a commitment from what is free, or from its reservation."""
        self.move(event, year, event.amounts, of="free", to=event.stage)
        self.move(event, year, event.taken_over, of="reserved", to="free")

    def enlarged(self, event, year):
        """Take more from what is free, or give some back."""
        ways = {"of": "free", "to": event.stage}
        if event.kind == "decrease":
            ways = {"of": event.stage, "to": "free"}
        self.move(event, year, event.amounts, **ways)

    def released(self, event, year):
        """Give back what is released."""
        self.move(event, year, event.released, of=event.stage, to="free")

    def closed(self, event, year):
        """Claim what is carried over, and let the rest lapse."""
        self.move(event, year, event.carried_over, of="free", to="claimed")
        self.move(event, year, event.lapsed, of="free", to="lapsed")

    def reopened(self, event, year):
        """Undo what the closing did."""
        self.move(event, year, event.carried_over, of="claimed", to="free")
        self.move(event, year, event.lapsed, of="lapsed", to="free")


POSTED = {
    BudgetApproved: Journal.approved,
    ApprovalWithdrawn: Journal.withdrawn,
    AdjustmentCorrected: Journal.corrected,
    BudgetAdjusted: Journal.adjusted,
    Disbursed: Journal.disbursed,
    DisbursementReversed: Journal.reversed,
    PriorYearRefund: Journal.refunded,
    CommitmentEntered: Journal.entered,
    CommitmentAdjusted: Journal.enlarged,
    CommitmentReleased: Journal.released,
    ProjectClosed: Journal.closed,
    ProjectReopened: Journal.reopened,
    CarriedOver: Journal.passed,
    CarryReturned: Journal.passed,
}
"""How the facts of money are entered."""


def written(ledger, path: Path) -> Path:
    """Write the journal of all that a ledger was told about money."""
    settings = ledger.settings
    journal = Journal(
        lambda day: settings.year_of(day).year, lambda year: settings.year(year).start
    )
    for recorded in ledger.events():
        journal.write(recorded.event)
    path.write_text("\n".join(journal.text), encoding="utf-8")
    return path


def balances(journal: Path, through: date) -> dict[str, int]:
    """Return what ``hledger bal`` prints for each account at the end of a day, in fen."""
    end = str(through + timedelta(1))
    command = ["hledger", "-f", str(journal), "bal", "--flat", "-N", "-e", end]
    done = subprocess.run(
        [*command, "-O", "csv"],
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    found: dict[str, int] = defaultdict(int)
    for account, amount in list(csv.reader(done.stdout.splitlines()))[1:]:
        found[account] = int(amount.removesuffix("fen"))
    return found

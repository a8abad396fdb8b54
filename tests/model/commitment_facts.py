"""Random facts about commitments, and payments on them."""

from datetime import timedelta
from typing import Any

from ledger import Funding
from ledger.events import (
    CommitmentAdjusted,
    CommitmentEntered,
    CommitmentReleased,
    ContinuedCommitment,
    Disbursed,
)

from . import commitments, money
from .money_facts import MoneyDraws
from .spelling import other_voucher
from .voucher_facts import VoucherDraws


class CommitmentDraws(MoneyDraws, VoucherDraws):
    """Draws what people say about commitments; each is a request by itself."""

    def entry(self) -> tuple[Any, ...]:
        """Enter a contract, sometimes of a reservation, or a reservation."""
        rng, project = self.rng, self.project()
        own, day = self.own(project), self.day(project)
        source = self.source(own)
        left, of = self.left(own, source), None
        stage = rng.choice(["reserved", "contracted", "contracted"])
        held = [
            f for f in own if isinstance(f, CommitmentEntered) and f.stage == "reserved"
        ]
        if held and rng.random() < 0.5:
            reservation = rng.choice(held)
            of, stage = reservation.commitment, rng.choice(["contracted"] * 9 + [stage])
            day = max(day, reservation.on) if rng.random() < 0.9 else day
            source = reservation.amounts[0].source
            left += commitments.open_of(own, of, source, day)
        return (
            CommitmentEntered(
                project=project,
                on=day,
                commitment=self.commitment_number(),
                stage=stage,
                of=of,
                amounts=(Funding(source=source, amount=self.share(left)),),
                due_on=day + timedelta(days=rng.randint(0, 90)),
                continues=self.continued(project),
            ),
        )

    def continued(self, project: str) -> ContinuedCommitment | None:
        """Go on with one of another year of the project, often an earlier; or none."""
        known = [
            f
            for f in self.book.facts
            if isinstance(f.event, CommitmentEntered) and f.event.project == project
        ]
        if not known or self.rng.random() < 0.8:
            return None
        one = self.rng.choice(known)
        year = one.year - (self.rng.random() < 0.1)
        number = "C-0" if self.rng.random() < 0.1 else one.event.commitment
        return ContinuedCommitment(year=year, commitment=number)

    def commitment_number(self) -> str:
        """Choose a number: mostly a new one."""
        if self.vouchers and self.rng.random() < 0.05:
            return f"C-{self.rng.randint(1, self.vouchers)}"
        self.vouchers += 1
        return f"C-{self.vouchers}"

    def number_given(self, number: str) -> str:
        """Return a number of a commitment as it is given: now and then another."""
        if self.rng.random() < 0.1:
            number = other_voucher(self.rng, number)
        return "C-0" if self.rng.random() < 0.02 else number

    def on_commitment(self) -> tuple[Any, ...]:
        """Pay on a commitment, adjust it or release it."""
        rng, project = self.rng, self.project()
        own, day = self.own(project), self.day(project)
        known = [f for f in own if isinstance(f, CommitmentEntered)]
        if not known:
            return self.entry()
        first = rng.choice(known)
        if rng.random() < 0.9:
            day = max(day, first.on)
        source = rng.choice(commitments.sources(own, first.commitment))
        if rng.random() < 0.04:
            source = self.source(own)
        number = self.number_given(first.commitment)
        still_open = commitments.open_of(own, number, source, day)
        kind = rng.random()
        if kind < 0.6:
            paid = Disbursed(
                project=project,
                on=day,
                amount=self.share(still_open),
                source=source,
                voucher=self.voucher(),
                commitment=number,
                final=rng.random() < 0.2,
            )
            return (paid,) if rng.random() < 0.9 else (paid, self.other_line(own, paid))
        adds = rng.random() < 0.5
        most = money.available(own, source, day) if adds else still_open
        part = (Funding(source=source, amount=self.share(most)),)
        if kind < 0.8:
            return (
                CommitmentAdjusted(
                    project=project,
                    on=day,
                    commitment=number,
                    kind="increase" if adds else "decrease",
                    amounts=part,
                    reason="amended",
                ),
            )
        return (
            CommitmentReleased(
                project=project,
                on=day,
                commitment=number,
                why=rng.choice(["finished", "cancelled", "year_end"]),
                amounts=part if rng.random() < 0.4 else (),
            ),
        )

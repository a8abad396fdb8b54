"""Random payments and what takes them back, of one line or of several."""

from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import attrs

from ledger.events import Disbursed, DisbursementReversed, SpendingException

from . import vouchers
from .book import Book
from .spelling import other_voucher, same


class VoucherDraws:
    """Draws payments, refunds, and reversals of those."""

    rng: Random
    seed: int
    book: Book
    project: Callable[[], str]
    day: Callable[[str], date]
    own: Callable[[str], list[Any]]
    source: Callable[[list[Any]], str]
    left: Callable[[list[Any], str], int]
    share: Callable[[int], int]
    voucher: Callable[[], str]

    def payment(self) -> tuple[Any, ...]:
        """Pay something; at times from two sources with one voucher."""
        rng, project = self.rng, self.project()
        own, day = self.own(project), self.day(project)
        source = self.source(own)
        paid = Disbursed(
            project=project,
            on=day,
            amount=self.share(self.left(own, source)),
            source=source,
            voucher=self.again(own) or self.voucher(),
            payee=rng.choice([None, "县中医院", "邮政"]),
        )
        paid = self.exceptional(own, paid)
        return (paid,) if rng.random() < 0.88 else (paid, self.other_line(own, paid))

    def exceptional(self, own: list[Any], paid: Disbursed) -> Disbursed:
        """Let a payment be an exception at times, where some are allowed mostly."""
        chance = Random(f"{self.seed} {paid.voucher}")
        often = 0.15 if self.book.allow_exceptions else 0.01
        if chance.random() > often:
            return paid
        said = SpendingException(allowed_by="局长", reason="银行已扣")
        above = max(self.left(own, paid.source), 0) + chance.randint(1, 900)
        amount = above if chance.random() < 0.7 else paid.amount
        return attrs.evolve(paid, amount=amount, exception=said)

    def again(self, own: list[Any]) -> str | None:
        """Choose a voucher of which all came back, seldom."""
        paid = [f.voucher for f in own if isinstance(f, Disbursed)]
        free = [name for name in paid if not vouchers.left_of(own, name)]
        return self.rng.choice(free) if free and self.rng.random() < 0.4 else None

    def other_line(self, own: list[Any], paid: Disbursed) -> Disbursed:
        """Draw a further line of a voucher; seldom of another payee, or the same."""
        rng = self.rng
        source = self.source(own)
        wrong = rng.random()
        if wrong < 0.04:
            return paid
        line = attrs.evolve(
            paid,
            source=source,
            amount=self.share(self.left(own, source) - paid.amount),
            commitment=None,
            final=False,
        )
        if wrong < 0.1:
            return attrs.evolve(line, payee="他人")
        return attrs.evolve(line, on=self.day(paid.project)) if wrong > 0.96 else line

    def reversal(self) -> tuple[Any, ...]:
        """Take back a payment or a reversal; at times parts of two payments."""
        rng, project = self.rng, self.project()
        own = self.own(project)
        paid = [f for f in own if isinstance(f, Disbursed)]
        back = [f for f in own if isinstance(f, DisbursementReversed)]
        chosen: list[Any] = back if back and rng.random() < 0.5 else paid
        day, number = self.day(project), self.voucher()
        count = 2 if rng.random() < 0.2 else 1
        made = []
        for _ in range(count):
            of = rng.choice(chosen) if chosen else None
            if made and back and rng.random() < 0.1:
                of = rng.choice(back)
            if of is not None and rng.random() < 0.8:
                day = max(day, of.on)
            made.append(self.taken_back(own, of, number))
        return tuple(
            DisbursementReversed(project=project, on=day, **said) for said in made
        )

    def taken_back(self, own: list[Any], of: Any, number: str) -> dict[str, Any]:
        """Draw what a reversal says."""
        name = "V-0" if of is None else of.voucher
        lines = [one for one in vouchers.lines(own) if one.voucher == same(name)]
        said: dict[str, Any] = {"voucher": number, "of": self.named(name)}
        several = len({one.source for one in lines}) > 1
        if lines and self.rng.random() < (0.9 if several else 0.1):
            said["source"] = self.rng.choice(lines).source
        paid = sorted({one.paid for one in lines})
        if len(paid) > 1 and self.rng.random() < 0.9:
            said["disbursement"] = self.rng.choice(paid)
        left = vouchers.left_of(own, name)
        whole = left > 0 and self.rng.random() < 0.3
        return said | {"amount": left if whole else self.share(left)}

    def named(self, of: str) -> str:
        """Name a voucher, seldom in another spelling or a wrong one."""
        kind = self.rng.random()
        if kind < 0.05:
            return other_voucher(self.rng, of)
        return "V-0" if kind > 0.98 else of

"""Refunds of earlier years: what a project-year knows of them, and of what they are."""

from datetime import date
from typing import NamedTuple

from ledger.domain.identity import voucher_identity
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.vouchers import Movement


class Refund(NamedTuple):
    """
    Money of an earlier year's payment that came back, in minor units.

    Attributes:
        amount: Negative where it did not come after all.

        voucher, of, takes_back: As they were written.
    """

    on: date
    source: str
    amount: int
    voucher: str
    of: str
    of_year: int
    takes_back: str | None
    payee: str | None

    @classmethod
    def of_event(cls, event: PriorYearRefund, source: str, amount: int) -> "Refund":
        """Return that which an event records."""
        return cls(
            event.on,
            source,
            amount,
            event.voucher,
            event.of,
            event.of_year or 0,
            event.takes_back,
            event.payee,
        )

    def has_voucher(self, voucher: str) -> bool:
        """Return whether its voucher is this one, in whatever spelling."""
        return voucher_identity(self.voucher) == voucher_identity(voucher)

    def movement(self, year: int) -> Movement:
        """
        Return it as a movement of the payment's money, in that one's year.

        Args:
            year: The fiscal year in which it came: vouchers of other years are others.
        """
        paid = voucher_identity(self.of)
        of = paid if self.takes_back is None else _named(year, self.takes_back)
        own = _named(year, self.voucher)
        return Movement(self.on, self.source, -self.amount, own, paid, of)


def _named(year: int, voucher: str) -> str:
    return f"{year}\n{voucher_identity(voucher)}"

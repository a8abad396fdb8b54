"""Payments that a project's budget did not have to cover, as its state keeps them."""

from datetime import date
from typing import NamedTuple

from ledger.domain.events import Disbursed


class ExceptionTaken(NamedTuple):
    """
    A disbursement that was allowed as an exception.

    Attributes:
        voucher: As it is printed.

        amount: Minor units.
    """

    on: date
    source: str
    voucher: str
    amount: int
    allowed_by: str
    reason: str

    @classmethod
    def of_event(cls, event: Disbursed) -> "ExceptionTaken":
        """
        Return that of an event which is one.

        Raises:
            LookupError: It is none.
        """
        said = event.exception
        if said is None:
            raise LookupError(event.voucher)
        on, source, voucher = event.on, event.source, event.voucher
        return cls(on, source, voucher, event.amount, said.allowed_by, said.reason)

"""
Money of an earlier year's payment that came back, in the past tense.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.closing_events import OpenedProject
from ledger.domain.given_fields import source_given
from ledger.domain.stored_fields import SPARSE


@all_checked
@frozen(kw_only=True)
class PriorYearRefund:
    """
    Money of a payment of an earlier fiscal year came back: neither spent nor new money.

    Attributes:
        on: When it came: in the fiscal year whose fact it is.

        of: The voucher of the payment.

        of_year: The fiscal year of the payment; left out in a request, the latest that
            has the voucher.

        source: That of the payment; left out in a request, its only one.

        takes_back: The voucher of a refund of the same year that was a mistake: so much
            of it did not come.

        payee: Who gave it back; left out in a request, whom the payment was made to.

        opens: Whose the project-year is that had no money of its own before, computed.
    """

    project: str
    on: date
    voucher: str
    of: str
    of_year: int | None = None
    amount: int
    source: str | None = field(default=None, converter=source_given)
    takes_back: str | None = field(default=None, metadata=SPARSE)
    payee: str | None = None
    reason: str | None = None
    opens: OpenedProject | None = field(default=None, metadata=SPARSE)

"""
What happens to a form of approval itself.

Amounts are integer minor units. What follows from other facts is computed when a fact
is recorded and stored in it, so that its effect never depends on them.
"""

from datetime import date

from attrs import field, frozen

from ledger.domain.adjustment_kind import BudgetOrigin
from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.given_fields import origin_given
from ledger.domain.stored_fields import SPARSE


@all_checked
@frozen(kw_only=True)
class ApprovalWithdrawn:
    """
    The approval of a project-year does not hold any more, from this day on.

    The project-year may be approved again, from the same day on.

    Attributes:
        year: The fiscal year of the approval, where that of the day is another one.

        amounts: What was approved, computed.

        origin: Of that approval, computed.
    """

    project: str
    on: date
    reason: str
    amounts: tuple[Funding, ...] = ()
    origin: BudgetOrigin | None = field(default=None, converter=origin_given)
    year: int | None = field(default=None, metadata=SPARSE)

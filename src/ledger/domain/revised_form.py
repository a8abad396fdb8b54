"""What a corrected form says, kept with the facts that it led to."""

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.indicator import Indicator
from ledger.domain.plan import SpendingPlan


@all_checked
@frozen(kw_only=True)
class RevisedForm:
    """
    What a corrected form says, whole.

    One of the events that it led to holds it, so that the next form is compared with
    it and not with what the year has brought meanwhile.

    Attributes:
        plan: ``None`` where the form says nothing of it.
    """

    name: str
    unit: str
    unit_name: str | None = None
    goals: tuple[str, ...] = ()
    purpose: str | None = None
    amounts: tuple[Funding, ...]
    plan: SpendingPlan | None = None
    indicators: tuple[Indicator, ...] = ()

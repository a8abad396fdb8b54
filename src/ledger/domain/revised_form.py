"""What a corrected form says, kept with the facts that it led to."""

from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.plan import SpendingPlan
from ledger.domain.target import Target


@all_checked
@frozen(kw_only=True)
class FormTarget:
    """What a form says of one indicator; *indicator* is its label."""

    indicator: IndicatorLabel
    target: Target


@all_checked
@frozen(kw_only=True)
class RevisedForm:
    """
    What a corrected form says, whole: of money, plan and targets.

    One of the events that it led to holds it, so that the next form is compared with
    it and not with what the year has brought meanwhile.

    Attributes:
        plan: ``None`` where the form says nothing of it.
    """

    amounts: tuple[Funding, ...]
    plan: SpendingPlan | None = None
    targets: tuple[FormTarget, ...] = ()

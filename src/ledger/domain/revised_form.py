"""What a corrected form says, kept with the facts that it led to."""

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.funding import Funding
from ledger.domain.given_fields import project_category_given
from ledger.domain.indicator import Indicator
from ledger.domain.plan import SpendingPlan
from ledger.domain.project_category import ProjectCategory
from ledger.domain.stored_fields import SPARSE


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
    project_category: ProjectCategory | None = field(
        default=None, converter=project_category_given, metadata=SPARSE
    )
    amounts: tuple[Funding, ...]
    plan: SpendingPlan | None = None
    indicators: tuple[Indicator, ...] = ()

"""What can be set of how figures are judged: a fact about the ledger itself."""

from datetime import date

from attrs import field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.period_events import PeriodClosed, PeriodReopened
from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule


@all_checked
@frozen(kw_only=True)
class PolicySet:
    """
    How figures are judged and points are given from a day on, as a whole.

    Attributes:
        on: The first day whose figures it judges.
    """

    on: date
    policy: Policy = field(factory=Policy)
    scoring: ScoringRule = field(factory=ScoringRule)


LedgerEvent = PeriodClosed | PeriodReopened | PolicySet
"""What can happen to a ledger itself."""

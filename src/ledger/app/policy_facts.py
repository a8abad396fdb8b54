"""Setting how figures are judged: a fact about the ledger itself."""

from typing import Unpack

from ledger.app.open_ledger import OpenLedger
from ledger.domain.calendar import DateLike, parse_date
from ledger.domain.envelope import Envelope, RecordedEvent
from ledger.domain.policy import Policy
from ledger.domain.policy_events import PolicySet
from ledger.domain.scoring_rule import ScoringRule


def set_policy(
    ledger: OpenLedger,
    /,
    policy: Policy | None = None,
    *,
    on: DateLike,
    scoring: ScoringRule | None = None,
    **envelope: Unpack[Envelope],
) -> RecordedEvent:
    """
    Record by what figures are judged from a day on, as a whole.

    What is not said is as usual, whatever was set before.

    Args:
        policy: What statuses are judged by.

        scoring: What points are given by.

    Raises:
        InvalidInput: The day lies ahead.
        InClosedPeriod: Figures of a closed day would be judged otherwise.
    """
    event = PolicySet(
        on=parse_date(on, name="on"),
        policy=Policy() if policy is None else policy,
        scoring=ScoringRule() if scoring is None else scoring,
    )
    return ledger.append(event, **envelope)[0]

"""By whose policy a report is judged, in words."""

from collections.abc import Iterator, Mapping

from ledger.domain.policies import JudgedBy
from ledger.reports.values.monthly import MonthlyValues


def judged_by(monthly: MonthlyValues, say: Mapping[str, str]) -> Iterator[str]:
    """Yield a line about the policy that was set, or that a caller gave instead."""
    judging = monthly.judging
    if judging.by is JudgedBy.CALLER:
        yield say["judged_by_caller"]
    if judging.set_by is not None:
        code = "policy_set" if judging.by is JudgedBy.LEDGER else "policy_not_used"
        recorded = judging.set_by
        yield say[code].format(
            on=recorded.on,
            who=recorded.actor,
            at=recorded.recorded_at[:10],
            position=recorded.position,
        )

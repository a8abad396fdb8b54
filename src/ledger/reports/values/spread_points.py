"""The points of groups that a form does not have: who has them."""

from collections.abc import Iterable

from ledger.domain.finding import Finding, finding
from ledger.domain.scoring_rule import ScoringRule, WeightGroup
from ledger.domain.weight_groups import group_of
from ledger.domain.weights import are_given
from ledger.messages import message
from ledger.reports.values.official_form import FormCase


def spread(case: FormCase, rule: ScoringRule) -> Iterable[Finding]:
    """Yield a note where groups are missing: who has their points."""
    tracked = list(case.state.tracked.values())
    there = {group_of(one.level1) for one in tracked} - {None}
    if are_given(tracked) or not there:
        return
    stated = rule.points_with_cost if WeightGroup.COST in there else rule.points
    missing = {g: points for g, points in stated if g not in there and points}
    if not missing:
        return
    to = "shared"
    if WeightGroup.BENEFIT in there and WeightGroup.SATISFACTION in missing:
        to = "with_benefit" if len(missing) == 1 else "with_benefit_and_shared"
    groups = [
        message("found.group_points", group=message(f"word.{group}"), points=points)
        for group, points in missing.items()
    ]
    yield finding(
        "score.spread",
        place=case.subject.code,
        found=message("found.groups", groups=groups),
        groups=groups,
        to=message(f"understood.points_{to}"),
    )

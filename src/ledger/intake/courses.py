"""The course of an indicator as a form says it, and what a reader proposes of one."""

import re
from typing import Any, Final

from ledger.domain.course import Course, course_given, is_reached
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import Indicator
from ledger.domain.plan import Convention
from ledger.domain.results import is_lower_better
from ledger.intake import fields
from ledger.messages import message

_BUILDS_UP: Final = re.compile(
    r"参保|覆盖|收入|使用率|支付率|进度|完工率"
    r"|coverage|enrol|insured|income|revenue|utilisation|progress|completion rate",
    re.IGNORECASE,
)
"""Names of what as a rule grows to its target over the year."""


def course_of_row(row: dict[str, Any], findings: list[Finding]) -> Course | None:
    """
    Take milestones and how it goes between them, or whether a level builds up.

    Args:
        findings: Takes one about milestones that are none; these are left out.

    Raises:
        InvalidInput: One of them cannot be taken.
    """
    given = row.get("milestones")
    odd = [one for one in given if not _is_pair(one)] if isinstance(given, list) else []
    if odd:
        findings.append(
            finding(
                "indicator.milestones_unread",
                found=str(odd[0])[:40],
                expected=message("expected.milestones"),
            )
        )
        given = None
    between = fields.choice(row, "between", Convention)
    builds_up = fields.yes_or_no(row.get("builds_up"), "builds_up")
    return course_given(given, between, builds_up=builds_up)


def _is_pair(given: object) -> bool:
    return isinstance(given, list | tuple) and len(given) == 2


def proposed(row: dict[str, Any], indicator: Indicator) -> list[Finding]:
    """Return that a level looks like one that builds up, unless its form says so."""
    target = indicator.target
    if (
        row.get("builds_up") is not None
        or indicator.course is not None
        or not indicator.measure.row.is_level
        or not is_reached(target)
        or is_lower_better(indicator, target)
        or not _BUILDS_UP.search(indicator.name)
    ):
        return []
    return [
        finding(
            "indicator.may_build_up",
            found=f"{indicator.name} {target.text}",
            expected=message("expected.builds_up"),
        )
    ]

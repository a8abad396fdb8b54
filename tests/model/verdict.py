"""Where an indicator stands: concluded from its result, its share and the day."""

from fractions import Fraction
from typing import Any, NamedTuple

from .standards import Standards
from .standards import share as hundredths

_REST = (
    "at risk",
    "exceeded",
    "on track",
    "attained",
    "closed",
    "not due",
    "no target",
)
WORST = "missed", "behind", "overdue", *_REST
AT_END = "missed", "overdue", "behind", *_REST

THINGS = {"次", "人", "台", "件"}
"""Units of things and people among those that are drawn."""


def are_whole(target: Any) -> bool:
    """Whether a target asks for a whole number of things or people."""
    return target.unit in THINGS and target.value % 1 == 0


class Standing(NamedTuple):
    """What a verdict is made of, for a result that is compared with a target."""

    value: Any
    target: Any
    share: Fraction | None
    expected: Fraction | None
    met: bool
    adds_up: bool
    ceiling: bool
    from_baseline: bool
    way: tuple[Fraction, bool] | None
    over: bool
    by: Standards


def verdict(one: Standing) -> str:
    """Return the status."""
    kind = one.target.kind
    if kind in {"by_date", "within_period", "day_of_month"}:
        return "attained" if one.met else "missed"
    if kind == "qualitative":
        word = {"attained": "attained", "partly": "at risk"}.get(one.value, "behind")
        return "missed" if one.over and word != "attained" else word
    if one.met:
        return _met(one)
    if one.over:
        return "missed"
    if one.way is not None:
        return _along(one, *one.way)
    if not one.adds_up:  # A level: whatever is short of it is no good sign.
        assert one.share is not None
        return "at risk" if one.share >= hundredths(one.by.level) else "behind"
    if one.ceiling or (kind == "between" and one.value > one.target.upper):
        return "behind"
    return _by_pace(one)


def _met(one: Standing) -> str:
    """Return the status of a number that meets its target on the day."""
    has_ceiling = one.ceiling or one.target.kind == "between"
    if has_ceiling and one.adds_up and not one.over:
        if one.way is not None:
            return _along(one, *one.way)
        return "on track"  # There is time to pass it.
    if has_ceiling or one.from_baseline or one.share is None:
        return "attained"
    return "exceeded" if one.share >= hundredths(one.by.exceeded) else "attained"


def _along(one: Standing, made: Fraction, enough: bool) -> str:
    """Return the status by milestones, or by what builds up."""
    if made < hundredths(one.by.behind):
        return "at risk" if _is_few(one) else "behind"
    if made < hundredths(one.by.at_risk):
        return "at risk"
    return "on track" if enough else "at risk"


def _is_few(one: Standing) -> bool:
    """Whether one whole thing is all that is short of what is expected."""
    counted = one.adds_up and not one.ceiling and are_whole(one.target)
    return counted and one.expected is not None and one.expected - one.value <= 1


def _by_pace(one: Standing) -> str:
    """Return the status of a sum by what is expected of it by now."""
    pace = one.value / one.expected if one.expected else Fraction(1)
    if pace < hundredths(one.by.behind):
        return "at risk" if _is_few(one) else "behind"
    return "at risk" if pace < hundredths(one.by.at_risk) else "on track"

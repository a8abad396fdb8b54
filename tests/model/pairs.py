"""Numerators with denominators: what was measured among them, and nothing of nothing."""

from typing import Any

from .book import Fact

POOLED = {None, "sum", "ratio"}
"""Measures under which all pairs count."""

NOTHING = "nothing to measure"
"""Why 0 of 0 has no figure."""


def measured(events: list[Any]) -> list[Any]:
    """Return the pairs that measured something."""
    return [event for event in events if event.denominator]


def applies(facts: list[Fact], target: Any) -> bool:
    """Whether there is a target, and something was measured if anything came."""
    pairs = [fact.event for fact in facts if fact.event.denominator is not None]
    empty = bool(facts) and len(pairs) == len(facts) and not measured(pairs)
    return target.kind != "none" and not empty


def so_far(events: list[Any]) -> list[Any]:
    """Return the results from the last one on that says all that was done so far."""
    return events[max((i for i, e in enumerate(events) if e.to_date), default=0) :]

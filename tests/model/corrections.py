"""Adjustments that were wrong, and are none from a day on."""

from collections.abc import Iterator
from typing import Any

import attrs

from ledger.events import AdjustmentCorrected, BudgetAdjusted

from . import money
from .book import Fact


def of(facts: list[Fact], event: AdjustmentCorrected, year: int) -> Any:
    """Return the adjustment that a correction names, in its project-year."""
    return next(
        (
            f.event
            for f in facts
            if f.id == event.of
            and isinstance(f.event, BudgetAdjusted)
            and (f.event.project, f.year) == (event.project, year)
        ),
        None,
    )


def completed(facts: list[Fact], event: AdjustmentCorrected, year: int) -> Any:
    """Return a correction with what it says of its adjustment."""
    one = of(facts, event, year)
    if one is None:
        return event
    said = {"kind": one.kind, "amounts": one.amounts, "document": one.document}
    return attrs.evolve(event, adjusted_on=one.on, **said)


def refused(facts: list[Fact], own: list[Any], event: Any, year: int) -> set[str]:
    """Return the errors that a correction may end in."""
    one = of(facts, event, year)
    if one is None:
        return {"InvalidInput"}
    found: set[str] = set()
    if one.kind in {"carried_in", "carry_returned"} or event.on < one.on:
        found.add("InvalidInput")
    if any(isinstance(f, AdjustmentCorrected) and f.of == event.of for f in own):
        found.add("AlreadyCorrected")
    return found


def sums(event: AdjustmentCorrected) -> Iterator[tuple[Any, int]]:
    """Yield what a corrected leg of a virement adds to those corrected with it."""
    if event.kind is not None and event.kind.startswith("virement"):
        for part in event.amounts:
            key = event.on, event.document, "back", part.source
            yield key, -money.ADDS[event.kind] * part.amount

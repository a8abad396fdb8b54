"""What of an indicator's figure falls to each value of each dimension."""

from fractions import Fraction
from typing import Any

from . import judged, pairs, printing, told
from .cut import Cut


def shown(cut: Cut, stream: str, label: str, one: judged.Judgement) -> dict[str, Any]:
    """Return what falls to each value of each dimension: summed, or of the last."""
    if one.indicator.computed_from:
        return {}
    facts = told.standing(cut.facts, stream, label, cut.through)
    wants_number = one.target.kind in judged.NUMERIC
    if facts and not wants_number and not judged.is_number(facts[-1].event):
        return {}  # The latest result says of which kind the figure is.
    counted = [f for f in facts if judged.is_number(f.event)]
    if not counted:
        return {}
    events = judged.chosen(judged.of_one_kind(counted), one.indicator, one.target)
    plain = events[0].numerator is None
    if judged.is_sum(one.indicator) or not plain:
        events = pairs.so_far(events)
    if not (judged.is_sum(one.indicator) and plain):
        if plain and judged.stated(one.indicator) is None:
            events = events[-1:]
        events = [event for event in events if event.parts][-1:]
    made: dict[str | None, dict[str, Fraction]] = {}
    for part in (part for event in events for part in event.parts):
        own = made.setdefault(part.dimension, {})
        own[part.value] = own.get(part.value, Fraction(0)) + Fraction(part.number)
    texts: dict[str, Any] = {}
    for dimension, own in made.items():
        said = {value: printing.exactly(number) for value, number in own.items()}
        texts |= said if dimension is None else {dimension: said}
    return {"parts": texts} if texts else {}

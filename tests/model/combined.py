"""Figures of units that are computed from those of projects."""

from fractions import Fraction
from typing import Any

from . import judged, money, pairs, revised, told
from .cut import Cut


def computed(cut: Cut, one: Any, target: Any) -> judged.Reading:
    """Make a unit's figure of the results of projects."""
    measure = str(one.measure)
    parts: list[judged.Reading] = []
    events: list[Any] = []
    units = set()
    count, wordy = 0, False
    for reference in one.computed_from:
        approved = money.approval(cut.money_of(reference.project))
        if approved is None:
            continue
        stream = cut.stream(reference.project)
        row = revised.on_day(cut.facts, stream, reference.indicator, cut.through)
        if row is None:  # The form has no such row, or has it no more.
            return judged.Reading(None, 0, measure, "unknown")
        if approved.on > cut.through:
            continue
        label = revised.label_on(cut.facts, stream, row, cut.through)
        part, own = judged.standard(cut.facts, stream, label, row, cut.through)
        found = told.standing(cut.facts, stream, label, cut.through)
        units.add(own.unit)
        if found:
            parts.append(judged.read(found, part, own))
            count += len(found)
            if any(judged.is_number(f.event) for f in found):
                events += judged.chosen(judged.of_one_kind(found), part, own)
            else:  # Said in words, against what has become a number.
                wordy = True
    if len({unit for unit in (*units, target.unit) if unit is not None}) > 1:
        return judged.Reading(None, count, measure, "units")
    return _made(one, target, parts, events, count, wordy=wordy)


def _made(
    one: Any,
    target: Any,
    parts: list[judged.Reading],
    events: list[Any],
    count: int,
    *,
    wordy: bool,
) -> judged.Reading:
    """Put together what the parts that have results come to."""
    measure = str(one.measure)
    if not parts:
        return judged.Reading(None, 0, measure, "no result")
    numbers = [part.value for part in parts if isinstance(part.value, Fraction)]
    empty = sum(part.reason == pairs.NOTHING for part in parts)
    missing = None if len(numbers) + empty == len(one.computed_from) else "part"
    if empty == len(parts):
        return judged.Reading(None, count, measure, missing or pairs.NOTHING)
    rates = measure == "ratio" or target.unit == "%"
    if len(parts) > 1 and rates:
        if wordy or any(event.numerator is None for event in events):
            return judged.Reading(None, count, measure, "plain")
        return judged.Reading(judged.pooled(events, target), count, "ratio", missing)
    if not numbers:
        return judged.Reading(None, count, measure, "no result")
    total = Fraction(sum(numbers))
    alone = len(parts) == 1 and events[0].numerator is not None
    return judged.Reading(total, count, "ratio" if alone else measure, missing)

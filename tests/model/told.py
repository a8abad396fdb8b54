"""What was told of an indicator, whatever it was called then."""

from datetime import date
from typing import Any

from attrs import evolve

from ledger.events import ResultReported, ResultRetracted, TargetRevised

from .book import Fact
from .revised import label_on, meanings, named


def standing(facts: list[Fact], stream: str, label: str, through: date) -> list[Fact]:
    """Return the results that count, in order of their dates and recording."""
    retracted = {f.event.of for f in facts if isinstance(f.event, ResultRetracted)}
    found = [
        f
        for f in said_of(facts, ResultReported, stream, label)
        if f.event.on <= through and f.id not in retracted
    ]
    return sorted(found, key=lambda f: (f.event.on, f.position))


def said_of(
    facts: list[Fact], kind: type, stream: str, label: str | None
) -> list[Fact]:
    """Return what was said of an indicator, whatever it was called then."""
    own = [f for f in facts if f.stream == stream]
    known = meanings(own, stream) if label is not None else {}
    which: Any = known.get(label or "", label)
    return [
        f
        for f in own
        if isinstance(f.event, kind)
        and known.get(f.event.indicator or "", f.event.indicator) == which
    ]


def labelled(facts: list[Fact], stream: str, event: Any, day: date) -> Any:
    """Return a fact that names its indicator as a day does."""
    if event.indicator is None:
        return event
    row = named(facts, stream, event.indicator, day)
    if row is None:
        return event
    return evolve(event, indicator=label_on(facts, stream, row, day))


def target_at(
    facts: list[Fact], stream: str, label: str, indicator: Any, through: date
) -> Any:
    """Return the target in force: the last effective, the last recorded among equals."""
    return target_since(facts, stream, label, indicator, through)[0]


def revision(facts: list[Fact], stream: str, label: str, through: date) -> Any:
    """Return what revised the target in force, if anything did."""
    found = None
    for f in said_of(facts, TargetRevised, stream, label):
        if f.event.on <= through and (found is None or found.on <= f.event.on):
            found = f.event
    return found


def target_since(
    facts: list[Fact], stream: str, label: str, indicator: Any, through: date
) -> tuple[Any, date]:
    """Return the target in force, and the day since which it is."""
    target, since = indicator.target, date.min
    for f in said_of(facts, TargetRevised, stream, label):
        if since <= f.event.on <= through:
            target, since = f.event.target, f.event.on
    return target, since

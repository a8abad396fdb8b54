"""Which results make an indicator's figure, and why the others do not."""

from collections.abc import Sequence
from typing import Final

from ledger.audit.explain.explanation import Cut
from ledger.domain.envelope import RecordedEvent
from ledger.domain.events import ResultReported
from ledger.domain.indicator import Measure
from ledger.domain.results import Tracked
from ledger.domain.target_kind import QUANTITIES, TargetKind

_LEVELS: Final = frozenset({Measure.LEVEL, Measure.LATEST, Measure.RATIO})
_NUMBERS: Final = frozenset({"rate", "number"})


def left_out(
    reported: Sequence[RecordedEvent],
    stream: Sequence[RecordedEvent],
    tracked: Tracked,
    cut: Cut,
) -> dict[int, str | None]:
    """
    Say of each result why it plays no part; ``None`` where it does.

    Args:
        reported: The results of the indicator.

        stream: All events of its stream, for retractions.

    Returns:
        The reasons by position.
    """
    retracted = cut.retracted(stream)
    reasons: dict[int, str | None] = {}
    for each in reported:
        reason = cut.excludes(each)
        if reason is None and each.id in retracted:
            reason = f"retracted at position {retracted[each.id]}"
        reasons[each.position] = reason
    standing = [each for each in reported if reasons[each.position] is None]
    if standing:
        reasons.update(_superseded(standing, tracked, cut))
    return reasons


def _superseded(
    standing: Sequence[RecordedEvent], tracked: Tracked, cut: Cut
) -> dict[int, str]:
    """Say of which results others take the place: the last one says of what kind."""
    standard = tracked.standard(cut.through)
    told = standing
    if standard.kind in QUANTITIES:
        told = [each for each in standing if _kind(each.event) in _NUMBERS]
        if not told:
            return {each.position: "no number" for each in standing}
    last = max(told, key=lambda each: (each.on, each.position))
    kind = _kind(last.event)
    if kind in _NUMBERS:  # The first recorded says of which kind.
        numbers = [each for each in told if _kind(each.event) in _NUMBERS]
        kind = _kind(min(numbers, key=lambda each: each.position).event)
        told = [each for each in numbers if _kind(each.event) == kind]
        last = max(told, key=lambda each: (each.on, each.position))
    monthly = standard.kind is TargetKind.DAY_OF_MONTH
    alone = {
        "rate": standard.measure is Measure.LATEST,
        "date": not monthly,
        "number": standard.measure in _LEVELS,
    }.get(kind, True)
    if alone:
        reason = f"the latest counts, at position {last.position}"
        return {each.position: reason for each in standing if each is not last}
    reason = f"no {kind}, as that of position {last.position} is"
    return {each.position: reason for each in standing if _kind(each.event) != kind}


def _kind(event: object) -> str:
    assert isinstance(event, ResultReported)
    if event.rating is not None:
        return "rating"
    if event.reached_on is not None:
        return "date"
    if event.denominator is not None:
        return "rate"
    return "text" if event.value is None else "number"

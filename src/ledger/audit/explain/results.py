"""Which results make an indicator's figure, and why the others do not."""

from collections.abc import Sequence

from ledger.audit.explain.explanation import Cut
from ledger.domain.envelope import RecordedEvent
from ledger.domain.results import Tracked
from ledger.projections.counting import counting


def left_out(
    reported: Sequence[RecordedEvent],
    stream: Sequence[RecordedEvent],
    tracked: Tracked,
    cut: Cut,
) -> dict[int, str | None]:
    """
    Return why each result plays no part; ``None`` where it does.

    Args:
        reported: The results of the indicator.

        stream: All events of its stream, for retractions.

        tracked: The indicator at the position of the cut.

    Returns:
        The reasons by position.
    """
    retracted = cut.retracted(stream)
    superseded = _superseded(reported, tracked, cut)
    reasons: dict[int, str | None] = {}
    for each in reported:
        reason = cut.excludes(each)
        if reason is None and each.id in retracted:
            reason = f"retracted at position {retracted[each.id]}"
        reasons[each.position] = reason or superseded.get(each.version)
    return reasons


def _superseded(
    reported: Sequence[RecordedEvent], tracked: Tracked, cut: Cut
) -> dict[int, str]:
    """Return why results that stand do not count, by their versions."""
    results = tracked.results
    count = results.count_by(cut.through.toordinal())
    if not count:
        return {}
    found = counting(tracked.standard(cut.through), results, count)
    reason = "no number"
    if found.kind is not None:
        version = results.versions[found.places[-1]]
        (last,) = (each.position for each in reported if each.version == version)
        reason = f"no {found.kind}, as that of position {last} is"
        if found.alone:
            reason = f"the latest counts, at position {last}"
    others = set(range(count)).difference(found.places)
    return {results.versions[place]: reason for place in others}

"""What results say, which make an indicator's figure, and why the others do not."""

from collections.abc import Sequence
from datetime import date

from ledger.audit.explain.explanation import Basis, Cut, basis, shown
from ledger.domain.envelope import RecordedEvent
from ledger.domain.finding import Text
from ledger.domain.indicator import Rating
from ledger.domain.result_parts import spelled
from ledger.domain.result_series import last_running
from ledger.domain.results import Tracked
from ledger.messages import Message, message
from ledger.projections.counting import counting


def left_out(
    reported: Sequence[RecordedEvent],
    stream: Sequence[RecordedEvent],
    tracked: Tracked,
    cut: Cut,
) -> dict[int, Message | None]:
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
    reasons: dict[int, Message | None] = {}
    for each in reported:
        reason = cut.excludes(each)
        if reason is None and each.id in retracted:
            reason = message("left_out.retracted", position=retracted[each.id])
        reasons[each.position] = reason or superseded.get(each.version)
    return reasons


def _superseded(
    reported: Sequence[RecordedEvent], tracked: Tracked, cut: Cut
) -> dict[int, Message]:
    """Return why results that stand do not count, by their versions."""
    results = tracked.results
    count = results.count_by(cut.through.toordinal())
    if not count:
        return {}
    found = counting(tracked.standard(cut.through), results, count)
    reason = message("left_out.no_number")
    if found.kind is not None:
        version = results.versions[found.places[-1]]
        (last,) = (each.position for each in reported if each.version == version)
        reason = message("left_out.other_kind", kind=found.kind, position=last)
        if found.alone:
            reason = message("left_out.latest_counts", position=last)
    others = set(range(count)).difference(found.places)
    reasons = {results.versions[place]: reason for place in others}
    empty = results.denominators or ()
    nothing = message("left_out.nothing_measured")
    reasons |= {
        results.versions[place]: nothing
        for place in others
        if empty and empty[place] == 0
    }
    start = last_running(results.running, count)
    if start is not None and start in found.places:
        version = results.versions[start]
        (of,) = (fact.position for fact in reported if fact.version == version)
        later = message("left_out.to_date", position=of)
        before = (place for place in others if place < start)
        reasons |= {results.versions[place]: later for place in before}
    return reasons


def latest(
    stream: Sequence[RecordedEvent], tracked: Tracked, through: date
) -> tuple[Basis, ...]:
    """Return the latest result by a day, if any, whether or not it counts."""
    count = tracked.results.count_by(through.toordinal())
    versions = tracked.results.versions[count - 1 : count] if count else ()
    came = (each for each in stream if each.version in versions)
    return tuple(basis(each, says(each.event)) for each in came)


def says(event: object) -> Text:
    """Return what a result, a score or an explanation says, in a word."""
    parts = getattr(event, "parts", ())
    if parts:
        whole = _says_whole(event)
        return f"{whole} ({spelled(parts)})"
    return _says_whole(event)


def _says_whole(event: object) -> Text:
    """Return what a fact says, without its parts."""
    numerator = getattr(event, "numerator", None)
    if numerator is not None:
        pair = f"{numerator:f}/{getattr(event, 'denominator', None):f}"
        return _to_date(event, pair)
    names = ("value", "rating", "reached_on", "score", "text")
    for name in names:
        given = getattr(event, name, None)
        if given is not None:
            share = getattr(event, "share", None)
            if isinstance(given, Rating):
                rating = Message(f"choice.Rating.{given.value}")
                return message("says.share", rating=rating, share=share)
            return _to_date(event, shown(given) or "")
    return ""


def _to_date(event: object, spelled: str) -> Text:
    """Return a number as it is said: so far, or as it stands."""
    if not getattr(event, "to_date", False):
        return spelled
    return message("says.to_date", number=spelled)

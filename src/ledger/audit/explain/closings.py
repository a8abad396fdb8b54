"""Where the day of a closing comes from."""

from collections.abc import Sequence
from datetime import date

from ledger.audit.explain.explanation import Cut, Explanation, basis, check_sum
from ledger.domain.closing_events import ProjectClosed, ProjectReopened
from ledger.domain.envelope import RecordedEvent
from ledger.messages import Message, message


def explain_closing(
    events: Sequence[RecordedEvent], cut: Cut, closed_on: date | None
) -> Explanation:
    """Explain the day of the closing that stands, where there is one by then."""
    closings = [each for each in events if type(each.event) is ProjectClosed]
    reopenings = [each for each in events if type(each.event) is ProjectReopened]
    lifted = cut.known(reopenings)
    reasons = [cut.excludes(each) or _lifted(each, lifted) for each in closings]
    pairs = list(zip(closings, reasons, strict=True))
    days = [each.on for each, reason in pairs if reason is None]
    check_sum("closed_on", closed_on, max(days, default=None))
    return Explanation(
        figure="closed_on",
        value=closed_on,
        formula=message("formula.closed_on", through=cut.through),
        events=tuple(basis(each, each.on.isoformat(), why) for each, why in pairs),
    )


def _lifted(
    closing: RecordedEvent, reopenings: Sequence[RecordedEvent]
) -> Message | None:
    """Return that a closing was lifted, where a reopening came after it."""
    places = (each.position for each in reopenings if each.position > closing.position)
    by = next(places, None)
    return None if by is None else message("left_out.lifted", position=by)

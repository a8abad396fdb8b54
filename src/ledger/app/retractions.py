"""What retractions and corrections name of their stream, by key or by event id."""

import attrs

from ledger.domain.correction_events import AdjustmentCorrected
from ledger.domain.correction_rules import of_adjustment, of_none
from ledger.domain.errors import InvalidInput
from ledger.domain.events import BudgetAdjusted, ResultReported, ResultRetracted
from ledger.domain.refusals import UnknownResult
from ledger.domain.subject import Stream, code_of
from ledger.messages import message, named
from ledger.store.protocol import Writer


def resolved(writer: Writer, event: ResultRetracted, stream: Stream) -> ResultRetracted:
    """
    Return a retraction that names its result by event id and version.

    Raises:
        InvalidInput: Its key is that of several results.
        UnknownResult: There is none.
    """
    own = [
        each
        for each, _ in writer.find_request(event.of)
        if each.stream == stream and isinstance(each.event, ResultReported)
    ]
    if len(own) > 1:
        found = message("found.results", count=len(own))
        right = message("expected.one_event_id")
        raise InvalidInput(
            named("of.result"),
            message("found.key_of_other", of=event.of, what=found),
            right,
        )
    known = own[0] if own else writer.find(event.of)
    if (
        known is None
        or known.stream != stream
        or not isinstance(known.event, ResultReported)
    ):
        place = message("place.within", outer=code_of(stream), inner=event.indicator)
        raise UnknownResult(event.of, within=place)
    return attrs.evolve(event, of=known.id, version=known.version)


def adjustment_of(
    writer: Writer, event: AdjustmentCorrected, stream: Stream
) -> AdjustmentCorrected:
    """
    Return a correction with what it says of its adjustment, which it names by its id.

    Where there is no such one it says nothing of it: the rules refuse it.

    Raises:
        InvalidInput: It names a correction, or says something else of the adjustment.
    """
    own = [
        each
        for each, _ in writer.find_request(event.of)
        if each.stream == stream and isinstance(each.event, BudgetAdjusted)
    ]
    known = own[0] if len(own) == 1 else writer.find(event.of)
    if known is None or known.stream != stream:
        return of_none(event)
    if isinstance(known.event, AdjustmentCorrected):
        raise InvalidInput("of", event.of, message("expected.right_adjustment"))
    if not isinstance(known.event, BudgetAdjusted):
        return of_none(event)
    return of_adjustment(event, known.event, known.version, known.id)

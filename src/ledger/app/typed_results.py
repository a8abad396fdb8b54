"""Results as a file prints them, read in the unit of their targets."""

import msgspec
from attrs import evolve as replace

from ledger.domain.events import ResultReported
from ledger.domain.finding import finding
from ledger.domain.unread_results import UnreadResult, number_in_unit
from ledger.intake.requests import Request
from ledger.store.state.held_states import HeldStates


def read_in_unit(request: Request, held: HeldStates) -> Request:
    """
    Return a request for a result that was printed as ``98%``, as one for the number.

    It has a note on what was read.

    Raises:
        UnreadResult: It is no number, or one in another unit than the target's.
    """
    event, typed, state = request.event, request.typed or "", held.states[1]
    assert isinstance(event, ResultReported)
    label = state.label(event.indicator)
    if label is None:
        return request  # The rules say so.
    standard = state.tracked[label].standard(event.on)
    number = number_in_unit(typed, standard)
    if number is None:
        unread = UnreadResult(typed, event)
        unread.judged_by(standard)
        raise unread
    note = finding(
        "result.read_in_unit",
        place=(state.subject, label),
        found=typed,
        understood=f"{number:f}",
        unit=standard.unit,
    )
    fact, notes = replace(event, value=number), (*request.notes, note)
    return msgspec.structs.replace(request, event=fact, typed=None, notes=notes)

"""Which approval of a project-year holds on a day, where one was withdrawn."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from ledger.domain.approval_events import ApprovalWithdrawn
from ledger.domain.envelope import RecordedEvent
from ledger.domain.refund_events import PriorYearRefund


class _Approved(Protocol):
    @property
    def withdrawn_on(self) -> date | None:
        """The day from which the approval does not hold; ``None`` where it stands."""

    @property
    def withdrawn(self) -> Sequence[Any]:
        """What was known under approvals that were withdrawn, in order."""


A = TypeVar("A", bound=_Approved)


def approved_on_day(state: A, on: date) -> A:
    """
    Return what is known under the approval of a day: the last, or a withdrawn one.

    An approval comes no earlier than the withdrawal before it, so that each day has at
    most one.
    """
    for earlier in state.withdrawn:
        if on < earlier.withdrawn_on:
            found: A = earlier
            return found
    return state


def approvals_from(state: A, on: date) -> Iterator[tuple[date, A]]:
    """Yield what is known under each approval from a day on, and since which day."""
    for earlier in state.withdrawn:
        if on < earlier.withdrawn_on:
            yield on, earlier
            on = earlier.withdrawn_on
    yield on, state


def last_withdrawal(state: _Approved) -> date | None:
    """Return the day from which the last approval was withdrawn, if any was."""
    days: list[date] = [earlier.withdrawn_on for earlier in state.withdrawn]
    return days[-1] if days else None


def under_approval_of(
    events: Sequence[RecordedEvent], on: date, until: int
) -> Sequence[RecordedEvent]:
    """
    Return the events of a stream that stand under the approval of a day.

    Refunds of earlier years do, under whichever: they are of the year, approved or not.
    Otherwise the withdrawal that ends it is the last; what comes after the position
    *until* is unknown yet, and ends nothing.
    """
    start = 0
    for place, recorded in enumerate(events):
        if isinstance(recorded.event, ApprovalWithdrawn) and recorded.position <= until:
            if on < recorded.on:
                later = events[place + 1 :]
                back = [
                    each for each in later if isinstance(each.event, PriorYearRefund)
                ]
                return [*events[start : place + 1], *back]
            start = place + 1
    return events[start:]

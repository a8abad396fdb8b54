"""Whose year gives the carried-over money of forms, asked before they are recorded."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from attrs import field, frozen

from ledger.app.givers import TOLERANCE, given_of, money_of, resolved_approval
from ledger.domain.announcements import announcement_of
from ledger.domain.errors import LedgerError
from ledger.domain.events import BudgetApproved
from ledger.domain.finding import Finding
from ledger.domain.funding import is_carried_over
from ledger.domain.settings import Settings
from ledger.intake.error_collector import as_finding
from ledger.intake.requests import Request
from ledger.store.state.stream_states import States


class _NothingWritten:
    """Stands for who writes where nothing is written; all is read from the log."""

    saved: Final = 0

    def flush(self) -> None:
        """Do nothing: all that there is can be read."""


@frozen
class _StandingMoney:
    """What is known of givers while nothing is appended."""

    states: States
    settings: Settings
    today: date
    writer: _NothingWritten = field(factory=_NothingWritten)


def refused_givers(
    states: States, settings: Settings, requests: Sequence[Request]
) -> list[Finding]:
    """
    Return an error for each approval whose giver has not what the form prints.

    Approvals of the year before in the same import are givers that are open: what is
    printed of them is announced.
    """
    approvals = [
        (each.place, each.event)
        for each in requests
        if isinstance(each.event, BudgetApproved)
    ]
    found = list[Finding]()
    if not any(is_carried_over(p.source) for _, e in approvals for p in e.amounts):
        return found
    asked = _StandingMoney(states, settings, states.log.today())
    known = {(event.project, event.fiscal_year) for _, event in approvals}
    with states.log.reading():
        states.forget()  # Another process may have recorded since.
        for place, event in approvals:
            giver = event.carried_from or event.project
            if (giver, event.fiscal_year - 1) in known:
                continue
            try:
                _check(asked, event)
            except LedgerError as problem:
                found.append(as_finding(problem).at(place))
        states.forget()
    return found


def _check(asked: _StandingMoney, event: BudgetApproved) -> None:
    """
    Check that somebody gives what a form prints, and has as much if it is closed.

    Raises:
        LedgerError: As when it is recorded.
    """
    event = resolved_approval(asked, event, last=True)
    if not event.carried:
        return
    before = event.fiscal_year - 1
    giver = money_of(asked, event.carried_from or event.project, before)
    announcement = announcement_of(giver, event)
    on = max(event.on, asked.settings.year(event.fiscal_year).start)
    if giver.closed_on is not None and on - asked.today <= TOLERANCE:
        assert announcement is not None
        given_of(asked, giver, announcement.amounts, on)

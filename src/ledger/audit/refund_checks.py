"""Checks refunds by the payments of earlier years that they are of, at the end."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ledger.audit.protocol import Check, Protocol
from ledger.audit.read_years import read_events, read_money
from ledger.domain.budget import Budget
from ledger.domain.envelope import RecordedEvent
from ledger.domain.errors import LedgerError, said_by
from ledger.domain.identity import voucher_identity
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refund_rules import RefundedBudget, paid_lines
from ledger.domain.refunds import Refund
from ledger.domain.settings import Settings
from ledger.domain.subject import Stream, Subject, year_of
from ledger.domain.vouchers import most_reversible
from ledger.messages import message
from ledger.store.forensics import Forensics


class CollectedRefund(NamedTuple):
    """A refund that was read, and the fiscal year in which it came."""

    position: int
    project: str
    year: int
    refund: Refund


def collected(recorded: RecordedEvent, stream: Stream) -> list[CollectedRefund]:
    """Return the refund that an event is, if it is one."""
    event, year = recorded.event, year_of(stream)
    if not isinstance(event, PriorYearRefund) or year is None:
        return []
    amount = event.amount if event.takes_back is None else -event.amount
    refund = Refund.of_event(event, event.source or "", amount)
    return [CollectedRefund(recorded.position, event.project, year, refund)]


def check_refunds(
    refunds: Iterable[CollectedRefund],
    inspection: Forensics,
    settings: Settings,
    protocol: Protocol,
) -> None:
    """Check that each is of a payment, and that they never come to more than that."""
    by_year: dict[tuple[str, int], list[CollectedRefund]] = {}
    for one in sorted(refunds):
        by_year.setdefault((one.project, one.refund.of_year), []).append(one)
    for (project, year), own in by_year.items():
        stream = Subject.project(project, year).stream
        movements = [one.refund.movement(one.year) for one in own]
        money = read_money(read_events(inspection, stream), stream)
        paid = RefundedBudget.with_(money, movements)
        last = {_payment(one): one for one in own}
        for one in last.values():
            _check(one, paid, settings, protocol)


def _payment(one: CollectedRefund) -> tuple[str, str]:
    return voucher_identity(one.refund.of), one.refund.source


def _check(
    one: CollectedRefund, paid: Budget, settings: Settings, protocol: Protocol
) -> None:
    """Check the refunds of one payment and source, of which one is the last."""
    refund, said = one.refund, None
    try:
        lines = paid_lines(paid, one.project, refund.of, refund.of_year, refund.source)
        left, day = most_reversible(lines, voucher_identity(refund.of), date.min)
    except LedgerError as problem:
        said = said_by(problem)
    else:
        if left < 0:
            over = settings.money(-left)
            said = message("fault.refunded_above", of=refund.of, over=over, day=day)
    if said is not None:
        place = Subject.project(one.project, one.year).stream
        protocol.fault(Check.RULES, said, position=one.position, place=place)

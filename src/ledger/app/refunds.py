"""Finds the payments of earlier years that refunds and late reversals are of."""

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from attrs import define, evolve, field

from ledger.domain.budget import Budget, opened_on
from ledger.domain.closing_events import OpenedProject
from ledger.domain.codes import unknown_project
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.domain.events import Disbursed, DisbursementReversed, Event
from ledger.domain.identity import voucher_identity
from ledger.domain.opened_years import opened_by_refund
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refund_rules import (
    RefundedBudget,
    as_refund,
    check_refundable,
    one_taken_back,
    paid_lines,
)
from ledger.domain.refunds import Refund
from ledger.domain.refusals import UnknownVoucher
from ledger.domain.subject import Stream, Subject, SubjectKind, year_of
from ledger.messages import message
from ledger.store.protocol import Writer
from ledger.store.state.stream_states import States


@define
class Refunds:
    """What came back of payments in later years, while an append is made."""

    writer: Writer
    states: States
    _any: bool | None = field(default=None, init=False)
    _first: int | None = field(default=None, init=False)
    _size: int = field(default=-1, init=False)

    def completed(
        self,
        event: DisbursementReversed | PriorYearRefund,
        money: Budget,
        *,
        waited: bool,
    ) -> Event:
        """
        Return a refund with what it says of its payment; a late reversal becomes one.

        Args:
            money: That of the year in which the money came.

            waited: Whether all others of the append were tried: a payment of the same
                year may be among them.

        Raises:
            UnknownVoucher: There is no such payment in an earlier year.
            ReversalExceeded: Less is left of it.
            InvalidInput: A payment of the same year has the voucher too, and no year is
                named.
        """
        late = isinstance(event, DisbursementReversed)
        taken = one_taken_back(money, event)
        if taken is not None:
            return _taking_back(event, taken)
        if late and (money.has_voucher(event.of) or not waited):
            return event
        asked = as_refund(event) if isinstance(event, DisbursementReversed) else event
        if not late and asked.of_year is None and money.has_voucher(asked.of):
            right = message(
                "expected.year_of_disbursement", year=str(money.fiscal_year)
            )
            raise InvalidInput("of_year", None, right)
        found = self._payment(asked, money)
        if found is None:
            if self._opened_as_before(asked, money) is None:
                if late:
                    return event
                raise unknown_project(asked.project)
            raise self._unknown(asked, money)
        year, paid = found
        refund = evolve(asked, of_year=year)
        lines = paid_lines(paid, refund.project, refund.of, year, refund.source)
        refund = evolve(refund, source=lines[0].source)
        if refund.payee is None:
            refund = evolve(refund, payee=self._payee(refund))
        if opened_on(money) is None and not money.refunds:
            refund = evolve(refund, opens=self._opened_as_before(refund, money))
        if isinstance(refund.amount, int):
            check_refundable(self.seen(paid), refund, self.states.log.settings)
        self._any = True
        return refund

    def seen(self, money: Budget) -> Any:
        """Return the money of a year with what came back of it in later years."""
        return RefundedBudget.with_(money, self._later(money))

    def _later(self, paid: Budget) -> list[Any]:
        """Return what came back in later years of the payments of one."""
        settings = self.states.log.settings
        last = settings.year_of(self.writer.today + timedelta(days=1)).year
        years = range(paid.fiscal_year + 1, last + 1)
        if self._any is None and years:
            self._any = PriorYearRefund.__name__ in self.states.log.head().counts
        if not self._any:
            return []
        return [
            each.movement(year)
            for year in years
            for each in self._money(paid.project, year).refunds
            if each.of_year == paid.fiscal_year
        ]

    def _payment(
        self, refund: PriorYearRefund, money: Budget
    ) -> tuple[int, Budget] | None:
        """Return the year of the payment, and its money: the latest that has one."""
        if refund.of_year is not None:
            year = self.states.log.settings.year(refund.of_year).year
            years = iter([year] if year < money.fiscal_year else [])
        else:
            years = self._years_before(money.fiscal_year)
        for year in years:
            paid = self._money(refund.project, year)
            if paid.has_voucher(refund.of):
                return year, paid
        return None

    def _years_before(self, year: int) -> Iterator[int]:
        """Yield the years before one, back to the first that any project has."""
        return iter(range(year - 1, self._first_year() - 1, -1))

    def _first_year(self) -> int:
        """Return the first fiscal year that any project has, of here included."""
        if self._first is None or self._size != self.writer.size:
            self._size = self.writer.size
            self.writer.flush()
            streams = self.states.log.streams(SubjectKind.PROJECT)
            self._first = (year_of(streams[0]) if streams else None) or date.max.year
        return self._first

    def _opened_as_before(
        self, refund: PriorYearRefund, money: Budget
    ) -> OpenedProject | None:
        """Return whose a year is that a refund opens, where one has a budget."""
        years = self._years_before(money.fiscal_year)
        earlier = (self._money(refund.project, year) for year in years)
        return opened_by_refund(earlier, refund.on)

    def _payee(self, refund: PriorYearRefund) -> str | None:
        """Return whom the payment that a refund is of was made to."""
        identity = voucher_identity(refund.of)
        paid = self._disbursed(refund.project, refund.of_year or 0)
        own = [each for each in paid if voucher_identity(each.voucher) == identity]
        return own[-1].payee if own else None

    def _unknown(self, asked: PriorYearRefund, money: Budget) -> LedgerError:
        """Return the error that no payment of an earlier year has a voucher."""
        own, years = money.fiscal_year, self._years_before(money.fiscal_year)
        within = asked.project
        if asked.of_year is not None:
            if asked.of_year >= own:
                right = message("expected.earlier_year", year=str(own))
                return InvalidInput("of_year", str(asked.of_year), right)
            years = iter([asked.of_year])
            within = f"{within} ({asked.of_year})"
        vouchers = (
            each.voucher
            for year in years
            for each in self._disbursed(asked.project, year)
        )
        near = get_close_matches(asked.of, vouchers)
        return UnknownVoucher(asked.of, within=within, known=near)

    def _disbursed(self, project: str, year: int) -> list[Disbursed]:
        """Return the payments of a project-year, in order."""
        self.writer.flush()
        stream = Subject.project(project, year).stream
        events = (each.event for each in self.states.log.read_stream(stream))
        return [each for each in events if isinstance(each, Disbursed)]

    def _money(self, project: str, year: int) -> Budget:
        """Return the money of a project-year."""
        stream: Stream = Subject.project(project, year).stream
        held = self.states.of(stream)
        self.states.unpack(held, Disbursed)
        money: Budget = held.states[0]
        return money


def _taking_back(
    event: DisbursementReversed | PriorYearRefund, taken: Refund
) -> PriorYearRefund:
    """Return what takes back a refund, with what that says of its payment."""
    asked = as_refund(event) if isinstance(event, DisbursementReversed) else event
    return evolve(
        asked,
        of=taken.of,
        of_year=taken.of_year,
        source=taken.source,
        takes_back=asked.takes_back or taken.voucher,
        payee=asked.payee or taken.payee,
    )

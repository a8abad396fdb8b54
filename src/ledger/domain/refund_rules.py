"""What the rules allow of refunds of earlier years' payments."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from attrs import evolve as replace

from ledger.domain.budget import Budget, opened_on
from ledger.domain.errors import InvalidInput
from ledger.domain.events import DisbursementReversed
from ledger.domain.identity import voucher_identity
from ledger.domain.money_guards import check_amount, not_approved
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refunds import Refund
from ledger.domain.refusals import AfterClosure, UnknownVoucher
from ledger.domain.settings import Settings
from ledger.domain.source_rules import checked_source, chosen_source
from ledger.domain.voucher_rules import check_left, is_booked_again
from ledger.domain.vouchers import Movement, most_reversible
from ledger.messages import message


class RefundedBudget:
    """
    A budget of whose payments something came back in later years; else as it is.

    The rules are asked with it for what can still come back.
    """

    __slots__ = ("_budget", "_refunds")

    def __init__(self, budget: Budget, refunds: Sequence[Movement]) -> None:
        self._budget = budget
        self._refunds = refunds

    @classmethod
    def with_(cls, budget: Budget, refunds: Sequence[Movement]) -> Any:
        """Return what the rules take for a budget."""
        return cls(budget, refunds) if refunds else budget

    def __getattr__(self, name: str) -> Any:
        return getattr(self._budget, name)

    def movements_of(self, voucher: str) -> list[Movement]:
        """Return what moved the money of its disbursements, refunds included."""
        known = self._budget.movements_of(voucher)
        paid = {each.paid for each in known}
        back = (each for each in self._refunds if each.paid in paid)
        return sorted([*known, *back], key=attrgetter("on"))


def decide_refund(
    budget: Budget, event: PriorYearRefund, settings: Settings
) -> PriorYearRefund:
    """
    Take what came back of an earlier year's payment into a year that is not closed.

    That may have no budget. What is left of the payment is asked of its own year.
    """
    if budget.closed_on is not None:
        raise AfterClosure(event.project, event.on, budget.closed_on)
    is_booked_again(budget, event, settings)
    check_amount(event.amount, least=1)
    year = settings.year(budget.fiscal_year).year
    if event.of_year is None or event.of_year >= year:
        right = message("expected.year_before", year=str(year))
        raise InvalidInput("of_year", event.of_year, right)
    if event.source is None:
        raise InvalidInput("source", None, message("expected.source_of_disbursement"))
    source = checked_source(event.source)
    if event.takes_back is not None:
        _check_taken_back(budget, event, source, settings)
    first = opened_on(budget) is None and not budget.refunds
    if first and event.opens is None:
        raise not_approved(event.project, budget)
    if not first and event.opens is not None:
        expected = message("expected.computed", value=message("found.nothing"))
        raise InvalidInput("opens", event.opens.name, expected)
    return event if source == event.source else replace(event, source=source)


def _check_taken_back(
    budget: Budget, event: PriorYearRefund, source: str, settings: Settings
) -> None:
    """Check that so much is left of the refund that one takes back."""
    voucher = event.takes_back or ""
    own = [
        each
        for each in refunds_of(budget, voucher)
        if (each.source, each.of_year) == (source, event.of_year)
        and voucher_identity(each.of) == voucher_identity(event.of)
    ]
    if not own:
        raise UnknownVoucher(voucher, within=event.project)
    first = min(each.on for each in own)
    if event.on < first:
        raise InvalidInput("on", event.on, message("expected.day_from", first=first))
    year = budget.fiscal_year
    movements = [
        each.movement(year) for each in budget.refunds if each.source == source
    ]
    taken = own[0].movement(year)
    lines = [each for each in movements if each.paid == taken.paid]
    left, _ = most_reversible(lines, taken.voucher, event.on)
    check_left(event, voucher, left, settings)


def refunds_of(budget: Budget, voucher: str) -> list[Refund]:
    """Return the refunds that a voucher records, without what takes back others."""
    known = [each for each in budget.refunds if each.has_voucher(voucher)]
    return [each for each in known if each.takes_back is None]


def paid_lines(
    paid: Budget, project: str, of: str, year: int | None, source: str | None
) -> list[Movement]:
    """
    Return what moved the money of the payment that a refund is of, of one source.

    Args:
        paid: The money of the payment's year, *year*.

        of: Its voucher.

    Raises:
        UnknownVoucher: There is no such payment.
        UnknownSource: It was paid from others.
        InvalidInput: The voucher is that of a reversal, or was paid from several
            sources and none is named.
    """
    identity = voucher_identity(of)
    related = paid.movements_of(of)
    own = [each for each in related if each.voucher == identity]
    if not own:
        refunded = any(each.has_voucher(of) for each in paid.refunds)
        within = f"{project} ({year})"
        raise UnknownVoucher(of, within=within, refunded=refunded or None)
    if own[0].of is not None:
        raise InvalidInput("of", of, message("expected.voucher_of_disbursement"))
    known = sorted({each.source for each in own})
    named = chosen_source(project, of, source, known)
    return [each for each in related if (each.source, each.paid) == (named, identity)]


def check_refundable(paid: Budget, event: PriorYearRefund, settings: Settings) -> None:
    """
    Check that so much is left of the payment that a refund is of, on every day.

    Args:
        paid: The money of the payment's year, with the refunds of it so far.

    Raises:
        ReversalExceeded: Less is left.
    """
    if event.takes_back is None:
        asked = event.project, event.of, event.of_year, event.source
        lines = paid_lines(paid, *asked)
        left, _ = most_reversible(lines, voucher_identity(event.of), event.on)
        check_left(event, event.of, left, settings)


def as_refund(event: DisbursementReversed) -> PriorYearRefund:
    """Return a reversal as a refund: its payment is of an earlier year."""
    return PriorYearRefund(
        project=event.project,
        on=event.on,
        voucher=event.voucher,
        of=event.of,
        amount=event.amount,
        source=event.source,
        reason=event.reason,
    )


def one_taken_back(
    money: Budget, event: DisbursementReversed | PriorYearRefund
) -> Refund | None:
    """
    Return the refund that a reversal is of, or a refund takes back; ``None``: none.

    Args:
        money: That of the year in which the money came.

    Raises:
        InvalidInput: The voucher records several, and what is named leaves them so; or
            it takes back a refund itself.
        UnknownVoucher: No refund has the voucher that is to be taken back.
    """
    if isinstance(event, DisbursementReversed):
        voucher, payment, needed = event.of, event.disbursement, False
    elif event.takes_back is not None:
        voucher, payment, needed = event.takes_back, event.of, True
    else:
        return None
    known = [each for each in money.refunds if each.has_voucher(voucher)]
    if not known and not needed:
        return None
    own = [each for each in known if each.takes_back is None]
    if known and not own:
        raise InvalidInput("of", voucher, message("expected.refund_again"))
    if event.source is not None:
        source = checked_source(event.source)
        own = [each for each in own if each.source == source]
    if payment is not None:
        identity = voucher_identity(payment)
        own = [each for each in own if voucher_identity(each.of) == identity]
    if not own:
        raise UnknownVoucher(voucher, within=event.project)
    if len(own) > 1:
        words = sorted(f"{each.of} ({each.of_year})" for each in own)
        right = message("expected.choice", words=words, nearest=None)
        raise InvalidInput("disbursement", payment, right)
    return own[0]

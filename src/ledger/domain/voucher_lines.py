"""Several lines of one voucher in one append: one day, one payee."""

from collections.abc import Callable, Iterable
from typing import Any

from attrs import evolve as replace

from ledger.domain.budget import Budget
from ledger.domain.errors import InvalidInput
from ledger.domain.events import Disbursed, DisbursementReversed, Event
from ledger.domain.identity import plain_name, voucher_identity
from ledger.domain.refund_events import PriorYearRefund
from ledger.domain.refusals import VoucherUsed
from ledger.messages import message


class OpenVoucher:
    """
    A budget of which no voucher is used; all else is as it is.

    The rules are asked with it for a further line of a voucher.
    """

    __slots__ = ("_budget",)

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    @classmethod
    def with_(cls, budget: Budget) -> Any:
        """Return what the rules take for a budget."""
        return cls(budget)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._budget, name)

    def has_voucher(self, _voucher: str) -> bool:
        """Return that it has not."""
        return False


def decided_line(
    event: Event,
    written: Iterable[Event],
    used: VoucherUsed,
    money: Budget,
    decide: Callable[[Any], Event],
) -> Event:
    """
    Return the fact that a further line of a voucher becomes.

    Args:
        written: What the append has written of the stream so far.

        used: What the rules said of the voucher.

        decide: Returns what they say of the line, given the money.

    Raises:
        VoucherUsed: The append has no line of it, or has one of another day or payee,
            or this very line.
        InvalidInput: Money of one source would be on two commitments, or would leave
            with one line and come back with another.
    """
    identity = voucher_identity(used.voucher)
    lines = [
        each
        for each in written
        if isinstance(each, Disbursed | DisbursementReversed | PriorYearRefund)
        and type(each) is type(event)
        and each.on == event.on
        and voucher_identity(each.voucher) == identity
    ]
    if not lines:
        raise used
    payee = _payee(event)
    for each in lines:
        if _payee(each) != payee:
            raise _paid_to_two(each, event, used)
    fact = decide(OpenVoucher.with_(money))
    plain = [_without_history(each) for each in lines]
    if _without_history(fact) in plain:
        raise VoucherUsed(used.project, used.voucher, used.used, used.line)
    if isinstance(fact, DisbursementReversed) and any(
        _leaves(each) != _leaves(fact) for each in lines
    ):
        raise InvalidInput("of", fact.of, message("expected.lines_of_one_way"))
    if isinstance(fact, Disbursed):
        for each in lines:
            assert isinstance(each, Disbursed)
            if each.source == fact.source and each.commitment != fact.commitment:
                right = message(
                    "expected.commitment_of_line", commitment=each.commitment
                )
                raise InvalidInput("commitment", fact.commitment, right)
    return fact


def _leaves(event: Event) -> bool:
    """Return whether money leaves again with a reversal: that of another one."""
    of_another = getattr(event, "disbursement", None) is not None
    return of_another and not getattr(event, "taken_back", False)


def _payee(event: Event) -> str | None:
    payee: str | None = getattr(event, "payee", None)
    return payee and plain_name(payee).strip()


def _without_history(event: Event) -> Event:
    """Return a line as it would be of a voucher that was never used before."""
    if isinstance(event, Disbursed) and event.booked_again:
        return replace(event, booked_again=False)
    return event


def _paid_to_two(first: Event, other: Event, used: VoucherUsed) -> VoucherUsed:
    """Return the refusal of a voucher with two payees: both are named."""
    names = [
        getattr(each, "payee", None) or message("found.no_payee")
        for each in (first, other)
    ]
    both = message("found.two_payees", payee=names[0], other=names[1])
    return VoucherUsed(used.project, used.voucher, both)

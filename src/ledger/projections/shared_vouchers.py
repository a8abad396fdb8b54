"""Payments of one voucher and one amount in two projects of a unit."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from ledger.domain.budget import Budget
from ledger.domain.finding import Finding, finding
from ledger.domain.settings import Settings
from ledger.domain.subject import ProjectCode, UnitCode
from ledger.domain.titles import titled
from ledger.domain.vouchers import still_stands
from ledger.messages import listed, message

_LISTED: Final = 3
"""So many vouchers are named in a note."""


class _Payment(NamedTuple):
    voucher: str
    amount: int


def shared_vouchers(
    budgets: Iterable[Budget], through: date, settings: Settings
) -> Iterator[Finding]:
    """
    Yield a note for each two projects of a unit that share vouchers and their amounts.

    A voucher of several projects is nothing strange; one of the same amount in two is.

    Args:
        budgets: Of the projects of one fiscal year.
    """
    units: dict[UnitCode, list[Budget]] = {}
    for budget in budgets:
        units.setdefault(titled(budget, through).unit, []).append(budget)
    for unit, own in sorted(units.items()):
        if len(own) > 1 and _may_share(own):
            yield from _notes(unit, own, through, settings)


def _may_share(budgets: Sequence[Budget]) -> bool:
    """Return whether any voucher stands twice in them, as it seldom does."""
    names: list[str] = []
    for budget in budgets:
        for each in budget.disbursements.values():
            names += each.names()
    return len({*names}) < len(names)


def _notes(
    unit: UnitCode, budgets: Sequence[Budget], through: date, settings: Settings
) -> Iterator[Finding]:
    """Yield the notes about a unit in which some voucher is in two projects."""
    known: dict[_Payment, list[Budget]] = {}
    for budget in budgets:
        own = {
            _Payment(name, amount)
            for each in budget.disbursements.values()
            for name, amount in zip(each.names(), each.timeline()[2], strict=True)
            if amount > 0
        }
        for payment in own:
            known.setdefault(payment, []).append(budget)
    shared: dict[tuple[ProjectCode, ...], list[_Payment]] = {}
    for payment in sorted(each for each, having in known.items() if len(having) > 1):
        having = [each for each in known[payment] if _has(each, payment, through)]
        if len(having) > 1:
            projects = tuple(sorted(each.project for each in having))
            shared.setdefault(projects, []).append(payment)
    for projects, payments in shared.items():
        vouchers = [
            message(
                "found.voucher_of_amount",
                voucher=each.voucher,
                amount=settings.money(each.amount),
            )
            for each in payments[:_LISTED]
        ]
        yield finding(
            "disbursement.in_two_projects",
            place=unit,
            found=listed(each.voucher for each in payments[:_LISTED]),
            expected=message("expected.disbursement_once"),
            vouchers=listed(vouchers),
            more=max(0, len(payments) - _LISTED) or None,
            projects=listed(projects),
        ).spoken(settings.language)


def _has(budget: Budget, payment: _Payment, through: date) -> bool:
    """Return whether a payment stands in a project by a day."""
    rows = budget.movements_of(payment.voucher)
    paid = any(
        (each.voucher, each.amount) == payment
        and each.of is None
        and each.on <= through
        for each in rows
    )
    return paid and still_stands(rows, payment.voucher, through)

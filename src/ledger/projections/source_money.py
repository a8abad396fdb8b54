"""The amounts of each funding source of one project at a date."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec.structs import replace

from ledger.domain.adjustment_kind import NO_PARTS, BudgetParts
from ledger.domain.budget import Budget, current_by_source
from ledger.domain.budget_parts import (
    is_plain,
    original_by_source,
    parts_by_source,
)
from ledger.domain.commitment import CommitmentStage
from ledger.domain.money import Currency
from ledger.domain.refunds import Refund
from ledger.projections.amounts import HeldMoney, Money, no_money

_NOTHING: Final[dict[str, int]] = {}
_NO_PARTS: Final[dict[str, BudgetParts]] = {}


def by_source(
    state: Budget, through: date, currency: Currency, *, closed: bool
) -> dict[str, Money]:
    """Return the amounts of each source, what a closing left of it among them."""
    parts: Mapping[str, BudgetParts] = _NO_PARTS
    original: Mapping[str, int] = state.original
    current = state.original
    if not is_plain(state):
        current = current_by_source(state, through)
        original = original_by_source(state, through)
        parts = parts_by_source(state, through)
    reserved, contracted = _NOTHING, _NOTHING
    if state.commitments:
        reserved = state.open_commitments(CommitmentStage.RESERVED, through)
        contracted = state.open_commitments(CommitmentStage.CONTRACTED, through)
    handed = _handed_on(state, through) if state.handed_on else _NOTHING
    sums = {}
    for source, amount in current.items():
        disbursements = state.disbursements.get(source)
        spent = 0 if disbursements is None else disbursements.spent(through)
        sums[source] = Money(
            currency,
            original.get(source, 0),
            amount,
            spent,
            state.carried_over.get(source, 0) if closed else 0,
            state.lapsed.get(source, 0) if closed else 0,
            spent if closed else 0,
            reserved.get(source, 0) if reserved else 0,
            contracted.get(source, 0) if contracted else 0,
            handed.get(source, 0) if handed else 0,
            handed.get(source, 0) if handed and not closed else 0,
            0,
            parts.get(source, NO_PARTS) if parts else NO_PARTS,
            (HeldMoney(state, source, through),),
        )
    return sums


def with_refunds(
    sources: dict[str, Money], refunds: Sequence[Refund], currency: Currency
) -> dict[str, Money]:
    """Return the amounts of each source with what came back of earlier years."""
    sums, nothing = dict(sources), no_money(currency)
    for source, amount in refunded(refunds).items():
        if amount:
            known = sums.get(source, nothing)
            sums[source] = replace(known, minor_refunded=amount)
    return sums


def refunded(refunds: Sequence[Refund]) -> dict[str, int]:
    """Return what came back of earlier years, by source."""
    sums: dict[str, int] = {}
    for each in refunds:
        sums[each.source] = sums.get(each.source, 0) + each.amount
    return sums


def _handed_on(state: Budget, through: date) -> dict[str, int]:
    """Return what went on to the year after by a day, by source."""
    sums: dict[str, int] = {}
    for on, source, amount in state.handed_on:
        if on <= through:
            sums[source] = sums.get(source, 0) + amount
    return sums

"""Amounts and funding sources as callers state them, and as events hold them."""

from collections.abc import Mapping

from ledger.app.open_ledger import OpenLedger
from ledger.domain.budget import LONGEST_TEXT
from ledger.domain.characters import check_filled
from ledger.domain.errors import InvalidAmount, InvalidInput
from ledger.domain.funding import ONLY_SOURCE, Funding, canonical_source
from ledger.domain.money import Amount
from ledger.messages import message

Amounts = Amount | Mapping[str, Amount]
"""One amount, or amounts by funding source."""


def stated(source: str | None) -> str:
    """Return what an event holds of a source that may be left out, but not blank."""
    if source is None:
        return ONLY_SOURCE
    check_filled("source", source, LONGEST_TEXT)
    return canonical_source(source)


def funding(
    ledger: OpenLedger, /, source: str | None, amount: Amount, field: str = "amount"
) -> Funding:
    """Return an amount of a source that may be left out, given in a *field*."""
    return Funding(source=stated(source), amount=moved(ledger, amount, field))


def moved(ledger: OpenLedger, /, amount: Amount, field: str = "amount") -> int:
    """
    Return an amount that moves in minor units, given in a *field*.

    Raises:
        InvalidAmount: It is no amount, or below zero.
    """
    minor = ledger.settings.currency.minor(amount, field=field, signed=True)
    if minor < 0:
        raise InvalidAmount(field, amount, message("expected.above_zero"))
    return minor


def fundings(
    ledger: OpenLedger, /, source: str | None, amount: Amounts
) -> tuple[Funding, ...]:
    """Return amounts by source in order of the sources; one amount is of *source*."""
    if not isinstance(amount, Mapping):
        return (funding(ledger, source, amount),)
    if source is not None:
        raise InvalidInput("source", source, message("expected.no_source"))
    parts = [funding(ledger, name, each) for name, each in amount.items()]
    return tuple(sorted(parts, key=lambda part: part.source))

"""Sources of which more was spent than the budget has, by exceptions."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from ledger.domain.budget import Budget
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import named_source
from ledger.domain.settings import Settings
from ledger.domain.vouchers import still_stands
from ledger.messages import listed, message
from ledger.projections.amounts import Money


def overspent(
    state: Budget, parts: Mapping[str, Money], through: date, settings: Settings
) -> tuple[Finding, ...]:
    """
    Return a finding for each source that is overspent on a day, with its exceptions.

    Args:
        parts: The amounts of each source on that day.
    """
    if not state.exceptions:
        return ()  # As in most.
    available = {source: part.available for source, part in parts.items()}
    if through >= settings.year(state.fiscal_year).end:
        # What later days take of it stands in no report of another day.
        for source, end in _in_the_end(state, settings).items():
            available[source] = min(available.get(source, end), end)
    return tuple(_findings(state, available, through, settings))


def overspent_in_the_end(state: Budget, settings: Settings) -> tuple[Finding, ...]:
    """Return a finding for each source that is overspent after all that is known."""
    if not state.exceptions:
        return ()
    available = _in_the_end(state, settings)
    return tuple(_findings(state, available, date.max, settings))


def _in_the_end(state: Budget, settings: Settings) -> dict[str, Decimal]:
    """Return what is left after all that is known of each source with an exception."""
    return {
        each.source: settings.currency.major(state.free(each.source, date.max)[0])
        for each in state.exceptions
    }


def _findings(
    state: Budget, available: Mapping[str, Decimal], through: date, settings: Settings
) -> Iterator[Finding]:
    known = [each for each in state.exceptions if each.on <= through]
    for source in sorted({each.source for each in known}):
        if available[source] >= 0:
            continue
        exceptions = [
            message(
                "found.exception",
                amount=settings.money(each.amount),
                on=each.on,
                voucher=each.voucher,
                allowed_by=each.allowed_by,
                reason=each.reason,
            )
            for each in known
            if each.source == source
            and still_stands(state.movements_of(each.voucher), each.voucher, through)
        ]
        yield finding(
            "budget.overspent",
            place=state.project,
            found=settings.amount(available[source]),
            expected=message("expected.cover"),
            source=named_source(source),
            amount=settings.amount(-available[source]),
            exceptions=listed(exceptions),
        ).spoken(settings.language)

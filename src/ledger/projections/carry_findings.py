"""What looks wrong with carried-over money."""

from datetime import date

from ledger.domain.budget import Budget
from ledger.domain.carry_ages import is_older, left_of_years
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import named_source
from ledger.domain.settings import Settings
from ledger.messages import message


def old_carries(
    state: Budget, through: date, settings: Settings
) -> tuple[Finding, ...]:
    """Return the findings about what is left and was carried over too often."""
    if not state.carried_in:
        return ()
    return tuple(
        finding(
            "carry.older",
            place=state.project,
            expected=message("expected.spent_or_returned"),
            amount=settings.money(part.amount),
            source=named_source(source),
            since=str(part.since),
        ).spoken(settings.language)
        for source in sorted({each.source for each in state.carried_in})
        for part in left_of_years(state, source, through)
        if is_older(part, state.fiscal_year)
    )

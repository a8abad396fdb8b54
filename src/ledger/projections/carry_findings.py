"""What looks wrong with carried-over money."""

from collections.abc import Iterator
from datetime import date

from ledger.domain.budget import Budget
from ledger.domain.budget_parts import is_plain
from ledger.domain.carry_ages import is_older, left_of_years
from ledger.domain.finding import Finding, finding
from ledger.domain.funding import is_carried_over, named_source
from ledger.domain.settings import Settings
from ledger.messages import message


def carry_findings(
    state: Budget, through: date, settings: Settings
) -> tuple[Finding, ...]:
    """Return the findings about what an approval took alone, and about old money."""
    if is_plain(state):
        return ()
    return (*_taken_alone(state, settings), *_older(state, through, settings))


def _taken_alone(state: Budget, settings: Settings) -> Iterator[Finding]:
    """Yield what an approval says is carried over, which no closing handed on."""
    for source, amount in state.original.items():
        if amount and is_carried_over(source):
            yield finding(
                "carry.alone",
                place=state.project,
                expected=message("expected.carry_legs"),
                amount=settings.money(amount),
                source=named_source(source),
            ).spoken(settings.language)


def _older(state: Budget, through: date, settings: Settings) -> tuple[Finding, ...]:
    """Return the findings about what is left and was carried over too often."""
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

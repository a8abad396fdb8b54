"""What looks wrong with carried-over money."""

from collections.abc import Iterator
from datetime import date

from ledger.domain.announcements import announced_by, announcement_at
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
    if is_plain(state) and not state.announcements:
        return ()
    return (
        *_taken_alone(state, settings),
        *_announced(state, through, settings),
        *_older(state, through, settings),
    )


def _announced(state: Budget, through: date, settings: Settings) -> Iterator[Finding]:
    """Yield what a form says is carried over, which did not come yet."""
    announced = announcement_at(state, through)
    if announced is None:
        return
    for source, amount in announced_by(state, through).items():
        giver = {"giver": announced.giver, "year": str(state.fiscal_year - 1)}
        yield finding(
            "carry.announced",
            place=state.project,
            expected=message("expected.giver_closed", **giver),
            amount=settings.money(amount),
            source=named_source(source),
            **giver,
        ).spoken(settings.language)


def _taken_alone(state: Budget, settings: Settings) -> Iterator[Finding]:
    """Yield what an approval says is carried over, which no closing handed on."""
    alone = dict(state.original)
    for each in state.adjustments:
        if not each.kind.is_carry and not each.kind.is_virement:
            alone[each.source] = alone.get(each.source, 0) + each.amount
    for source, amount in alone.items():
        if amount > 0 and is_carried_over(source):
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

"""The identities of years, sources and projects that hold on every day."""

from collections import Counter
from contextlib import suppress
from itertools import pairwise

from ledger.errors import UnknownProject
from ledger.events import BudgetApproved


def check_identities(ledger, through):
    """Check every identity of the money of a ledger as it stands on a day."""
    view, years = ledger.view(through=through), lines(ledger, through)
    for of_year in years.values():
        moved = Counter()
        for line in of_year:
            for part in (line, *line.by_source.values()):
                check_year(part, closed=line.closed_on is not None)
            check_sources(line)
            for source, part in line.by_path.items():
                moved[source] += part.virements_in - part.virements_out
        assert not any(moved.values())
    total = view.total()
    of_today = years.get(ledger.settings.year_of(through).year, [])
    for name in ("current_budget", "disbursed", "available", "open", "refunded"):
        summed = sum(getattr(line, name) for line in of_today)
        assert getattr(total, name) == summed
    check_between(ledger, years, through)
    check_to_date(ledger, years, through)
    check_refunds(ledger, years, through)


def check_refunds(ledger, years, through):
    """Check that a year's refunds are those that came in it, in the register as well."""
    came, settings = Counter(), ledger.settings
    for recorded in ledger.events(types=["PriorYearRefund"]):
        event = recorded.event
        if event.on <= through:
            sign = 1 if event.takes_back is None else -1
            amount = sign * settings.currency.major(event.amount)
            came[settings.year_of(event.on).year] += amount
    for year, of_year in years.items():
        assert sum(line.refunded for line in of_year) == came[year]
        register = ledger.view(through=through).refunds(year=year)
        assert register.totals["refunded"] == came[year]
        assert sum(row["refunded"] for row in register.by_unit) == came[year]


def lines(ledger, through):
    """Return the lines of every project of every year that has begun, by year."""
    view, last = ledger.view(through=through), ledger.settings.year_of(through).year
    found, streams = {}, {recorded.stream for recorded in ledger.events()}
    for stream in sorted(each for each in streams if each.startswith("project:")):
        _, name, project = stream.split(":", maxsplit=2)
        year = int(name)
        if year <= last:
            with suppress(UnknownProject):
                line = view.project(project, year=year)
                found.setdefault(year, []).append(line)
    return found


def check_sources(line):
    """Check that the sources of a project are what it has in all."""
    names = "current_budget disbursed available open carried_over lapsed handed_on"
    for name in (*names.split(), "refunded"):
        parts = line.by_path.values()
        assert sum(getattr(part, name) for part in parts) == getattr(line, name)


def check_year(part, *, closed):
    """Check what one project-year, or a source of it, comes to."""
    adjusted = part.supplements + part.virements_in
    adjusted -= part.reductions + part.virements_out + part.recalls
    given = part.original_budget + part.in_year_budget
    given += part.carried_in - part.carry_returned
    assert part.current_budget == given + adjusted
    rest = part.current_budget - part.disbursed - part.carried_over - part.lapsed
    if closed:
        assert rest == part.open == part.available == part.withheld == 0
    else:
        assert part.carried_over == part.lapsed == 0
        assert part.available == rest - part.open - part.handed_on
        assert part.withheld == part.handed_on


def check_between(ledger, years, through):
    """Check that what a year hands on is what the next one takes, but what it has alone."""
    alone, settings = Counter(), ledger.settings
    for recorded in ledger.events(types=["BudgetApproved", "ApprovalWithdrawn"]):
        event = recorded.event
        approves = isinstance(event, BudgetApproved)
        year = event.fiscal_year if approves else event.year
        if event.on <= through:
            legs = event.carried if approves else ()
            for part in event.amounts:
                if part.source.split("/")[0] == "carried_over" and part not in legs:
                    amount = settings.currency.major(part.amount)
                    of = year or settings.year_of(event.on).year
                    alone[of] += amount if approves else -amount
    first, last = min(years, default=0), max(years, default=0)
    for earlier, later in pairwise(range(first - 1, last + 1)):
        gone = sum(line.handed_on for line in years.get(earlier, []))
        come = sum(
            line.carried_in - line.carry_returned for line in years.get(later, [])
        )
        assert gone == come - alone[later]


def check_to_date(ledger, years, through):
    """Check what all years come to: carried-in money counts once, as new money."""
    whole = ledger.life_to_date(through=through).totals
    every = [line for of_year in years.values() for line in of_year]
    for key in ("new_money", "disbursed", "lapsed"):
        assert whole[f"{key}_to_date"] == sum(getattr(line, key) for line in every)
    alone = sum(line.opening - line.handed_on for line in every)
    left = whole["unspent"] + whole["in_passage"]
    given = whole["new_money_to_date"] + alone
    assert given == whole["disbursed_to_date"] + whole["lapsed_to_date"] + left

"""Ledgers of two years with a form that prints carried-over money, for tests of it."""

from datetime import UTC, date, datetime

from attrs import evolve

from ledger import Funding, Ledger, Settings
from support import Clock, approval
from support_identities import check_identities

CARRIED = "carried_over/fiscal"
CLOCK = datetime(2025, 2, 1, 9, tzinfo=UTC)
DAY = date(2024, 1, 15)
MARCH = date(2024, 3, 31)
DECEMBER = date(2023, 12, 31)


def approved(code="P", year=2024, on=DAY, carried_from=None, **amounts):
    """Return an approval with amounts in yuan; ``carried`` is carried-over fiscal."""
    given = amounts or {"fiscal": 100, "carried": 300}
    parts = tuple(
        Funding(
            source={"carried": CARRIED, "bare": "上年结转"}.get(s, s), amount=a * 100
        )
        for s, a in given.items()
    )
    made = approval(code, amounts=parts, on=on, fiscal_year=year)
    return evolve(made, carried_from=carried_from)


def opened(*codes, path=":memory:", now=CLOCK, **sources):
    """Open a ledger in which these projects have 1 000.00 in 2023."""
    settings = Settings(language="en")
    ledger = Ledger.open(path, actor="t", settings=settings, clock=Clock(now))
    for code in codes or ("P",):
        given = sources or {"fiscal": 1000}
        ledger.append(approved(code, 2023, date(2023, 1, 1), **given))
    return ledger


def closed(*codes, left=300):
    """Open such a ledger, in which they are closed and carry some over."""
    ledger = opened(*codes)
    for code in codes or ("P",):
        ledger.close_project(code, year=2023, carried_over={"fiscal": left})
    return ledger


def line(ledger, code="P", through=MARCH, known_at=None, **more):
    """Return a project as of two days."""
    return ledger.view(through=through, known_at=known_at).project(code, **more)


def figures(ledger, code="P", through=MARCH):
    """Return current budget, carried in, announced and free of the new year."""
    found = line(ledger, code, through)
    announced = sum(found.announced.values())
    return found.current_budget, found.carried_in, announced, found.free


def codes(ledger, year=2024, month=3):
    found = ledger.monthly_report(year, month).findings
    return [each.code for each in found if each.code.startswith(("carry", "plan.not"))]


def sound(ledger):
    assert ledger.verify().ok
    assert ledger.stale_snapshots() == []
    for day in (DECEMBER, DAY, MARCH, date(2024, 12, 31)):
        check_identities(ledger, day)


def kinds(recorded):
    return [type(each.event).__name__ for each in recorded]

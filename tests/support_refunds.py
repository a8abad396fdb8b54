"""A project of 2023 whose payment of December comes back in 2024."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

from ledger import Funding, Ledger, Settings
from support import Clock, approval
from support_identities import check_identities

CLOCK = datetime(2024, 9, 1, 9, tzinfo=UTC)
DECEMBER = date(2023, 12, 20)
JANUARY = date(2024, 1, 9)
JUNE = date(2024, 6, 30)
END = date(2023, 12, 31)
SOURCES = ("fiscal/county", "other")


def approved(code, year, unit="U-1"):
    """Return the approval of a project for a year, from two sources."""
    amounts = tuple(Funding(source=each, amount=1_500_00) for each in SOURCES)
    start = date(year, 1, 1)
    return approval(code, amounts=amounts, on=start, fiscal_year=year, unit=unit)


def opened(path=":memory:", **how):
    """Open a ledger with a project of 2023 that disbursed 1000.00 in December."""
    settings = Settings(language="en", scale="1")
    ledger = Ledger.open(path, actor="t", settings=settings, clock=Clock(CLOCK), **how)
    ledger.append(approved("P", 2023))
    pay(ledger, 1000, "1")
    return ledger


@contextmanager
def closed_year():
    """Close the project's 2023; what a test leaves behind is sound on three days."""
    with opened() as made:
        made.close_project("P", year=2023)
        yield made
        assert made.verify().ok
        assert not made.stale_snapshots()
        for on in (END, JANUARY, JUNE):
            check_identities(made, on)


def pay(ledger, amount, voucher, on=DECEMBER, source="fiscal/county", code="P"):
    """Disburse to a payee."""
    return ledger.disburse(
        code, amount, voucher=voucher, on=on, source=source, payee="builder"
    )


def back(ledger, amount, of="1", voucher="R", on=JANUARY, **more):
    """Record a refund."""
    return ledger.refund("P", amount, of=of, voucher=voucher, on=on, **more)

"""What is fixed when a ledger is created."""

from datetime import date
from functools import lru_cache

from attrs import field, frozen

from ledger.domain.calendar import FiscalYear
from ledger.domain.errors import InvalidInput
from ledger.domain.money import Currency
from ledger.domain.plan import Convention

_fiscal_year = lru_cache(maxsize=64)(FiscalYear)


@frozen(kw_only=True)
class Settings:
    """
    The conventions of one ledger; every report prints them.

    Attributes:
        first_month: The calendar month in which its fiscal years begin.

        convention: What is planned between two checkpoints. No standard exists: one
            budget gives seven figures under seven conventions.

        title: What the ledger is called; it heads every report.
    """

    currency: Currency = field(factory=Currency)
    first_month: int = 1
    convention: Convention = field(default=Convention.LINEAR, converter=Convention)
    title: str = ""

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.first_month <= 12:
            raise InvalidInput("first_month", self.first_month, "a month, 1 to 12")
        if len(self.title) > 200 or not (self.title or " ").isprintable():
            raise InvalidInput("title", self.title, "up to 200 printable characters")

    def year(self, fiscal_year: int) -> FiscalYear:
        """Return the fiscal year named *fiscal_year*."""
        return _fiscal_year(fiscal_year, self.first_month)

    def year_of(self, day: date) -> FiscalYear:
        """Return the fiscal year that *day* lies in."""
        return self.year(day.year - (day.month < self.first_month))

    def money(self, minor: int) -> str:
        """Return integer *minor* units as people write them, with the currency."""
        return f"{self.currency.major(minor):,f} {self.currency.code}"

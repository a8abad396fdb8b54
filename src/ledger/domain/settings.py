"""The settings of a ledger, fixed when it is created."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from attrs import field, frozen

from ledger.domain.calendar import FiscalYear
from ledger.domain.choices import one_of
from ledger.domain.errors import InvalidInput
from ledger.domain.money import Currency
from ledger.domain.plan import Convention
from ledger.domain.scale import Scale
from ledger.messages import Language, Message, message

_fiscal_year = lru_cache(maxsize=64, typed=True)(FiscalYear)


def _currency(value: Currency | str) -> Currency:
    return value if isinstance(value, Currency) else Currency(value)


def _convention(value: Convention | str) -> Convention:
    return one_of(Convention, "convention", value)


def _language(value: Language | str) -> Language:
    return one_of(Language, "language", value)


def _scale(value: Scale | str) -> Scale:
    return one_of(Scale, "scale", value)


@frozen(kw_only=True)
class Settings:
    """
    The conventions of one ledger; every report prints them.

    Attributes:
        currency: Or its code.

        first_month: The calendar month in which its fiscal years begin.

        convention: What is planned between two checkpoints. No standard exists: one
            budget gives seven figures under seven conventions.

        title: What the ledger is called; it heads every report.

        language: Of reports, where none is asked for; by default Chinese for a ledger
            in yuan, else English.

        scale: What reports for people count money in, by default 万元 for a ledger in
            yuan; JSON and CSV give the main unit.

    Raises:
        InvalidInput: The month is not 1 to 12, the title too long or not printable, or
            a word is none of those that there are.
    """

    currency: Currency = field(factory=Currency, converter=_currency)
    first_month: int = 1
    convention: Convention = field(default=Convention.LINEAR, converter=_convention)
    title: str = ""
    language: Language = field(converter=_language)
    scale: Scale = field(converter=_scale)

    @language.default
    def _usual_language(self) -> Language:
        return Language.CHINESE if self.currency.code == "CNY" else Language.ENGLISH

    @scale.default
    def _usual_scale(self) -> Scale:
        return Scale.WAN if self.currency.code == "CNY" else Scale.ONE

    def __attrs_post_init__(self) -> None:
        month, title = self.first_month, self.title
        if type(month) is not int or not 1 <= month <= 12:
            raise InvalidInput("first_month", month, message("expected.month_number"))
        if (
            not isinstance(title, str)
            or len(self.title) > 200
            or not (self.title or " ").isprintable()
        ):
            raise InvalidInput("title", self.title, message("expected.title"))

    @property
    def shown_digits(self) -> int:
        """Decimals of an amount for people: the currency's own; 2 of 万."""
        return 2 if self.scale is Scale.WAN else self.currency.digits

    def year(self, fiscal_year: int) -> FiscalYear:
        """Return the fiscal year named *fiscal_year*."""
        return _fiscal_year(fiscal_year, self.first_month)

    def year_of(self, day: date) -> FiscalYear:
        """Return the fiscal year that *day* lies in."""
        return self.year(day.year - (day.month < self.first_month))

    def money(self, minor: int) -> Message:
        """Return integer *minor* units as people read them, as :meth:`amount`."""
        return self.amount(self.currency.major(minor))

    def amount(self, major: Decimal) -> Message:
        """
        Return an amount in the main unit as people read it: exact, with its unit.

        >>> print(Settings().amount(Decimal("48600.00")).said(Language.CHINESE))
        4.86 万元
        """
        return message(
            "money.wan" if self.scale is Scale.WAN else "money.one",
            amount=f"{major:,f}",
            wan=f"{Scale.WAN.of(major):,f}",
            currency=message(f"currency.{self.currency.code}"),
        )

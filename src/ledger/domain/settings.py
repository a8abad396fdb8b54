"""The settings of a ledger, fixed when it is created."""

from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import Factory, field, frozen

from ledger.domain.arguments import all_checked
from ledger.domain.calendar import (
    FiscalYear,
    YearNaming,
    month_end,
    month_from,
    parse_month,
    read_fiscal_year,
)
from ledger.domain.choice_words import (
    ConventionWord,
    LanguageWord,
    ScaleWord,
    YearNamingWord,
)
from ledger.domain.choices import one_of
from ledger.domain.errors import InvalidInput
from ledger.domain.money import YUAN, Currency
from ledger.domain.plan import Convention
from ledger.domain.presentation import Language, Scale
from ledger.messages import Message, Plain, message

_fiscal_year = lru_cache(maxsize=64, typed=True)(FiscalYear)
_MOST_DAYS: Final = 1_024


def _currency(value: Currency | str) -> Currency:
    return value if isinstance(value, Currency) else Currency(value)


def _convention(value: Convention | ConventionWord) -> Convention:
    return one_of(Convention, "convention", value)


def _naming(value: YearNaming | YearNamingWord) -> YearNaming:
    return one_of(YearNaming, "year_named_for", value)


def _language(value: Language | LanguageWord) -> Language:
    return one_of(Language, "language", value)


def _scale(value: Scale | ScaleWord) -> Scale:
    return one_of(Scale, "scale", value)


class _YearsOn(dict[date, FiscalYear]):
    """The fiscal years of days; a batch holds few days many times."""

    def __init__(self, settings: "Settings") -> None:
        super().__init__()
        self.settings = settings

    def __missing__(self, day: date) -> FiscalYear:
        """Find the fiscal year of one more day."""
        if len(self) >= _MOST_DAYS:
            self.clear()
        own = self.settings
        first = own.first_month, own.first_day
        earlier = (day.month, day.day) < first
        ends = own.year_named_for is YearNaming.END and first != (1, 1)
        year = self[day] = own.year(day.year - earlier + ends)
        return year


@all_checked
@frozen(kw_only=True)
class Settings:
    """
    The conventions of one ledger; every report prints them.

    Attributes:
        currency: Or its code.

        first_month: The calendar month in which its fiscal years begin.

        first_day: The day of it, and of each of their months: 1 to 28.

        year_named_for: The calendar year that names a fiscal year: the one in which
            it begins, or the one in which it ends.

        convention: What is planned between two checkpoints. No standard exists: one
            budget gives seven figures under seven conventions.

        title: What the ledger is called; it heads every report.

        language: Of reports, where none is asked for; by default Chinese for a ledger
            in yuan, else English.

        scale: What reports for people count money in, by default 万元 for a ledger in
            yuan; JSON and CSV give the main unit.

        allow_exceptions: Whether a disbursement may exceed the budget where it says who
            allowed that; by default all of them are refused.

        refuse_old_carry: Whether money that saw more than two year-ends cannot be
            handed on; by default it is a finding.

        years_on: The fiscal year of each day: of those asked for before, at once.

    Raises:
        InvalidInput: The month is not 1 to 12, the day not 1 to 28, the title too long
            or not printable, or a word is none of those that there are.
    """

    currency: Currency = field(factory=Currency, converter=_currency)
    first_month: int = 1
    first_day: int = 1
    year_named_for: YearNaming = field(default=YearNaming.START, converter=_naming)
    convention: Convention = field(default=Convention.LINEAR, converter=_convention)
    title: str = ""
    language: Language = field(converter=_language)
    scale: Scale = field(converter=_scale)
    allow_exceptions: bool = False
    refuse_old_carry: bool = False
    _years: dict[int, FiscalYear] = field(
        init=False, repr=False, eq=False, factory=dict
    )
    years_on: _YearsOn = field(
        init=False,
        repr=False,
        eq=False,
        default=Factory(_YearsOn, takes_self=True),
    )

    @language.default
    def _usual_language(self) -> Language:
        return Language.CHINESE if self.currency.code == YUAN else Language.ENGLISH

    @scale.default
    def _usual_scale(self) -> Scale:
        return Scale.WAN if self.currency.code == YUAN else Scale.ONE

    def __attrs_post_init__(self) -> None:
        month, day, title = self.first_month, self.first_day, self.title
        if type(month) is not int or not 1 <= month <= 12:
            raise InvalidInput("first_month", month, message("expected.month_number"))
        if type(day) is not int or not 1 <= day <= 28:
            raise InvalidInput("first_day", day, message("expected.day_number"))
        for name in ("allow_exceptions", "refuse_old_carry"):
            if type(getattr(self, name)) is not bool:
                right = message("expected.yes_or_no")
                raise InvalidInput(name, getattr(self, name), right)
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

    @property
    def unit(self) -> Message:
        """What people count amounts in: the main unit of the currency, or 万 of it."""
        main = self.currency.unit
        return message("word.wan_of", unit=main) if self.scale is Scale.WAN else main

    def year(self, fiscal_year: int) -> FiscalYear:
        """Return the fiscal year named *fiscal_year*."""
        known = self._years.get(fiscal_year)
        if known is None or type(fiscal_year) is not int:
            start = self.first_month, self.first_day, self.year_named_for
            known = self._years[fiscal_year] = _fiscal_year(fiscal_year, *start)
        return known

    def year_of(self, day: date) -> FiscalYear:
        """Return the fiscal year that *day* lies in."""
        return self.years_on[day]

    def year_named(self, given: object) -> int:
        """
        Take the name of a fiscal year, as a number or as a label with both its years.

        Raises:
            InvalidInput: As :func:`ledger.domain.calendar.read_fiscal_year`.
        """
        return read_fiscal_year(given, self.year(2000))

    def month_end(self, year: int, month: int) -> date:
        """Return the last day of the month that begins in a calendar month."""
        end = month_end(year, month)
        if self.first_day == 1:
            return end
        return month_from(end.replace(day=self.first_day))

    def month_start(self, month: str) -> date:
        """Return the first day of a month given as ``YYYY-MM``."""
        return parse_month(month).replace(day=self.first_day)

    def month_of(self, day: date) -> str:
        """Return the month that *day* lies in, by where it begins, as ``YYYY-MM``."""
        return _month_of(day, self.first_day)

    def money(self, minor: int) -> Message:
        """Return integer *minor* units as people read them, as :meth:`amount`."""
        return self.amount(self.currency.major(minor))

    def amount(self, major: Decimal) -> Message:
        """
        Return an amount in the main unit as people read it: exact, with its unit.

        >>> print(Settings().amount(Decimal("48600.00")).said(Language.CHINESE))
        4.86 万元
        """
        spelled: dict[str, Plain] = {
            "amount": f"{major:,f}",
            "wan": f"{Scale.WAN.of(major):,f}",
            "currency": self.currency.unit,
        }
        return Message("money.wan" if self.scale is Scale.WAN else "money.one", spelled)


@lru_cache(maxsize=64)
def _month_of(day: date, first_day: int) -> str:
    """Return a day's month; each project of a report has the same twelve."""
    if day.day >= first_day:
        return f"{day:%Y-%m}"
    return f"{day.replace(day=1) - timedelta(days=1):%Y-%m}"

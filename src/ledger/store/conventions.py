"""The settings of a log, fixed when it is created, as they are stored and sealed."""

from collections.abc import Mapping
from typing import Final

import msgspec

from ledger.domain.calendar import YearNaming
from ledger.domain.errors import LogCorrupted, said_by
from ledger.domain.money import Currency
from ledger.domain.plan import Convention
from ledger.domain.presentation import Language, Scale
from ledger.domain.settings import Settings
from ledger.messages import message

_EXCEPTIONS: Final = "exceptions"
_ALLOWED: Final = "allowed"
"""What stands there only where they are: by default all are refused."""

_OLD_CARRY: Final = "old_carry"
_REFUSED: Final = "refused"
"""What stands there only where it is: by default it is a finding."""


def values_of(settings: Settings, origin: str) -> dict[str, str]:
    """Return the settings of a log, and its name, as they are stored."""
    return {
        "origin": origin,
        "currency": settings.currency.code,
        "first_month": str(settings.first_month),
        "first_day": str(settings.first_day),
        "year_named_for": settings.year_named_for.value,
        "convention": settings.convention.value,
        "title": settings.title,
        "language": settings.language.value,
        "scale": settings.scale.value,
        **({_EXCEPTIONS: _ALLOWED} if settings.allow_exceptions else {}),
        **({_OLD_CARRY: _REFUSED} if settings.refuse_old_carry else {}),
    }


def settings_of(values: Mapping[str, str]) -> Settings:
    """
    Return the settings that a log holds as *values*.

    Raises:
        LogCorrupted: One is missing, or cannot be taken.
    """
    try:
        return Settings(
            currency=Currency(values["currency"]),
            first_month=int(values["first_month"]),
            first_day=int(values["first_day"]),
            year_named_for=YearNaming(values["year_named_for"]),
            convention=Convention(values["convention"]),
            title=values["title"],
            language=Language(values["language"]),
            scale=Scale(values["scale"]),
            allow_exceptions={"": False, _ALLOWED: True}[values.get(_EXCEPTIONS, "")],
            refuse_old_carry={"": False, _REFUSED: True}[values.get(_OLD_CARRY, "")],
        )
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise LogCorrupted(
            message("error.corrupted.settings", problem=said_by(problem))
        ) from problem


def conventions_of(values: Mapping[str, str]) -> str:
    """Return the settings that a log holds as canonical JSON."""
    return msgspec.json.encode(values, order="sorted").decode()

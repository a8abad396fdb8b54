"""What a ledger shows of a fiscal year as registers, each at a day."""

from datetime import datetime
from typing import TYPE_CHECKING

from ledger.app.open_ledger import OpenLedger
from ledger.domain.calendar import DateLike

if TYPE_CHECKING:
    from ledger.reports.documents.registers import (
        AdjustmentRegister,
        CarryOverRegister,
        ClosedMonths,
        ContractRegister,
        TwoYears,
    )


def contracts(
    ledger: OpenLedger,
    /,
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
    year: int | None = None,
) -> "ContractRegister":
    """
    Return the register of contracts at a day.

    It is short for :meth:`View.contracts` of the view at that day.

    Args:
        year: The fiscal year of the projects; by default the one that the day lies in.
    """
    return ledger.view(through=through, known_at=known_at).contracts(year=year)


def carried_over(
    ledger: OpenLedger,
    /,
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
    year: int | None = None,
) -> "CarryOverRegister":
    """
    Return the carry-over table at a day.

    It is short for :meth:`View.carried_over` of the view at that day.

    Args:
        year: The fiscal year of the projects; by default the one that the day lies in.
    """
    return ledger.view(through=through, known_at=known_at).carried_over(year=year)


def two_years(
    ledger: OpenLedger,
    /,
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
) -> "TwoYears":
    """
    Return the fiscal year and the one before at a day.

    It is short for :meth:`View.two_years` of the view at that day.
    """
    return ledger.view(through=through, known_at=known_at).two_years()


def adjustments(
    ledger: OpenLedger,
    /,
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
    year: int | None = None,
) -> "AdjustmentRegister":
    """
    Return how budgets came about at a day.

    It is short for :meth:`View.adjustments` of the view at that day.

    Args:
        year: The fiscal year of the projects; by default the one that the day lies in.
    """
    return ledger.view(through=through, known_at=known_at).adjustments(year=year)


def closed_months(
    ledger: OpenLedger,
    /,
    *,
    through: DateLike | None = None,
    known_at: datetime | int | str | None = None,
    year: int | None = None,
) -> "ClosedMonths":
    """
    Return which months are closed, and what was restated since, at a day.

    It is short for :meth:`View.closed_months` of the view at that day.

    Args:
        year: The fiscal year of the projects; by default the one that the day lies in.
    """
    return ledger.view(through=through, known_at=known_at).closed_months(year=year)

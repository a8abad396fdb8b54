"""The months of a fiscal year: what each plans and what each disburses."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.domain.settings import Settings


class Month(NamedTuple):
    """
    One month of the fiscal year.

    What was disbursed is ``None`` in months that begin after the report's date, and
    what was disbursed so far in the month that it lies in.
    """

    month: str
    planned: Decimal
    disbursed: Decimal | None
    cumulative_planned: Decimal
    cumulative_disbursed: Decimal | None


def months_of(
    ends: list[date],
    due: list[int],
    spent: list[int],
    through: date,
    settings: Settings,
) -> list[Month]:
    """
    Return the months that end on some days.

    Args:
        ends: The last days of months, in order, from the first of a fiscal year.

        due, spent: What is planned and what is disbursed by each of them, in minor
            units.

        through: Months that begin after it have no disbursements.
    """
    major = settings.currency.major
    months = []
    for i, end in enumerate(ends):
        before = ends[i - 1] if i else settings.year_of(end).eve
        known = before < through
        months.append(
            Month(
                month=settings.month_of(end),
                planned=major(due[i] - (due[i - 1] if i else 0)),
                disbursed=major(spent[i] - (spent[i - 1] if i else 0))
                if known
                else None,
                cumulative_planned=major(due[i]),
                cumulative_disbursed=major(spent[i]) if known else None,
            )
        )
    return months

"""The months of a fiscal year: what each plans and what each disburses."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ledger.domain.money import major
from ledger.domain.settings import Settings


class Month(NamedTuple):
    """
    One month of the fiscal year.

    What was disbursed is ``None`` in months that begin after the report's date, and
    what was disbursed so far in the month that it lies in. What is planned is ``None``
    where a plan is lacking.
    """

    month: str
    planned: Decimal | None
    disbursed: Decimal | None
    cumulative_planned: Decimal | None
    cumulative_disbursed: Decimal | None


def months_of(
    ends: list[date],
    due: list[int] | None,
    spent: list[int],
    through: date,
    settings: Settings,
) -> list[Month]:
    """
    Return the months that end on some days.

    Args:
        ends: The last days of months, in order, from the first of a fiscal year.

        due, spent: What is planned, if that is known, and what is disbursed by each
            of them, in minor units.

        through: Months that begin after it have no disbursements.
    """
    currency, months = settings.currency, []
    before, due_before, spent_before = settings.year_of(ends[0]).eve, 0, 0
    planned = due is not None
    for end, by_plan, paid in zip(ends, due or spent, spent, strict=True):
        known = before < through
        months.append(
            Month(  # By place: names would cost more than the arithmetic.
                settings.month_of(end),
                major(currency, by_plan - due_before) if planned else None,
                major(currency, paid - spent_before) if known else None,
                major(currency, by_plan) if planned else None,
                major(currency, paid) if known else None,
            )
        )
        before, due_before, spent_before = end, by_plan, paid
    return months

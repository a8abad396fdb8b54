"""From which day a corrected form holds where nobody says it."""

from datetime import UTC, date, datetime

import pytest

from ledger import Ledger, Settings
from support import Clock, form, forms


def form_of(budget):
    """Return the form of a project for 2024."""
    made = form(
        "P",
        budget=str(budget),
        fiscal_funds=None,
        sources={"财政资金": str(budget)},
        plan_row=["0", str(budget)],
        plan_columns=["6月底", "12月底"],
    )
    return forms(made, fiscal_year=2024, money_unit="元")


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2023, 12, 25), date(2024, 1, 1)),
        (date(2024, 5, 6), date(2024, 5, 6)),
        (date(2025, 2, 1), date(2024, 12, 31)),
    ],
)
def test_it_is_a_day_of_the_year_of_the_form(today, day):
    """Today, the first day of a year to come, the last of one that is over."""
    clock = Clock(datetime(today.year, today.month, today.day, 9, tzinfo=UTC))
    settings = Settings(language="en")
    with Ledger.open(":memory:", actor="t", settings=settings, clock=clock) as ledger:
        ledger.import_forms(form_of(100), on="2023-12-20")
        ledger.import_forms(form_of(120), revise=True)
        adjusted = ledger.view(through="2024-12-31").project("P").adjustments
        assert [each.on for each in adjusted] == [day]

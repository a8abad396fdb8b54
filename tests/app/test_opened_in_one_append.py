"""Whose a project-year is that refunds or legs open, in one append with what says it."""

from datetime import date
from itertools import permutations

import pytest

from ledger import Funding
from ledger.events import (
    BudgetAdjusted,
    CarriedOver,
    DisbursementReversed,
    FormRevised,
    PriorYearRefund,
    ProjectClosed,
)
from support_refunds import JANUARY, opened

RENAMED = FormRevised(project="P", on=date(2023, 12, 1), name="新名", correction=True)
AMOUNT = (Funding(source="fiscal/county", amount=500_00),)
CLOSED = ProjectClosed(
    project="P", on=date(2023, 12, 31), year=2023, carried_over=AMOUNT
)
OVER = CarriedOver(project="P", on=JANUARY, year=2023, amounts=AMOUNT, document="D")
BROUGHT = (Funding(source="carried_over/fiscal/county", amount=500_00),)
LEG = BudgetAdjusted(
    project="P", on=JANUARY, kind="carried_in", amounts=BROUGHT, document="D"
)


def back(voucher, on=JANUARY):
    return PriorYearRefund(
        project="P", on=on, amount=100_00, of="1", voucher=voucher, of_year=2023
    )


LATE = DisbursementReversed(project="P", on=JANUARY, amount=100_00, of="1", voucher="R")


@pytest.mark.parametrize(
    "facts",
    [
        [back("R"), RENAMED],
        [back("R"), back("S", date(2024, 1, 5)), RENAMED],
        [LATE, RENAMED],
        [CLOSED, OVER, LEG, RENAMED],
        [CLOSED, OVER, LEG, back("R"), RENAMED],
    ],
    ids=["a refund", "two refunds", "a late reversal", "a leg", "both"],
)
def test_what_opens_a_year_says_whose_it_is_when_all_is_told(facts):
    """Its line has the corrected name, in whichever order they stand."""
    for order in permutations(facts):
        with opened() as ledger:
            ledger.append(*order)
            project = ledger.view(through=JANUARY).project("P")
            assert (project.fiscal_year, project.name) == (2024, "新名"), order
            assert ledger.verify().ok

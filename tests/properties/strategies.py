"""Histories of one project, as Hypothesis draws them."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from ledger import (
    AdjustmentKind,
    BudgetAdjusted,
    DisbursementReversed,
    Funding,
    Refused,
    ResultReported,
)
from support import PROJECT, approval, disbursement, indicator

days = st.integers(0, 364).map(lambda n: date(2023, 1, 1) + timedelta(n))
amounts = st.integers(1, 60_000)


@st.composite
def requests(draw, project=PROJECT):
    """Draw requests for one project, in the order of recording: many are refused."""
    drawn = []
    for number in range(draw(st.integers(1, 12))):
        on, amount = draw(days), draw(amounts)
        kind = draw(st.sampled_from(["pay", "pay", "back", "more", "less", "result"]))
        if kind == "pay":
            drawn.append(disbursement(amount, f"V-{number}", on, project))
        elif kind == "back":
            of = f"V-{draw(st.integers(0, 12))}"
            drawn.append(
                DisbursementReversed(
                    project=project, on=on, voucher=f"R-{number}", of=of, amount=amount
                )
            )
        elif kind == "result":
            value = Decimal(draw(st.integers(0, 9)))
            drawn.append(
                ResultReported(
                    project=project, on=on, indicator="开展就业培训数", value=value
                )
            )
        else:
            adjustment = (
                AdjustmentKind.SUPPLEMENT
                if kind == "more"
                else AdjustmentKind.REDUCTION
            )
            drawn.append(
                BudgetAdjusted(
                    project=project,
                    on=on,
                    kind=adjustment,
                    amounts=(Funding(source="fiscal", amount=amount),),
                )
            )
    return drawn


def first(project=PROJECT):
    """Return the approval that every history starts with."""
    return approval(project, 100_000, indicators=(indicator(),))


def taken(ledger, drawn):
    """Record what the rules allow of *drawn*; return it."""
    kept = []
    for event in drawn:
        try:
            ledger.append(event)
        except Refused:
            continue
        except ValueError:  # A reversal dated before its disbursement.
            continue
        kept.append(event)
    return kept

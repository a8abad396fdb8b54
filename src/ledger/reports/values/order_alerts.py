"""What is alerted about orders to put something right (整改) on a day."""

from collections.abc import Iterator
from datetime import date

from ledger.domain.rectifications import open_orders
from ledger.domain.results import Indicators
from ledger.messages import message
from ledger.reports.values.alert_conditions import AlertCode, Condition


def order_conditions(
    state: Indicators, through: date, *, earlier: bool
) -> Iterator[Condition]:
    """
    Yield the orders that are still open after their last day, each by itself.

    Args:
        earlier: Whether they are about a fiscal year before that of the day, which is
            then named.
    """
    for number, order in open_orders(state, through):
        if order.due < through:
            yield Condition(
                AlertCode.RECTIFICATION_OVERDUE,
                None,
                None,
                message(
                    "alert.not_rectified",
                    number=number,
                    requirement=order.requirement,
                    reported=order.reported,
                    year=state.fiscal_year if earlier else None,
                ),
                figure=order.reported,
                threshold=order.due,
                due=order.due,
                order=number,
                year=state.fiscal_year,
            )

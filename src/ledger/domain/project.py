"""What a request becomes: held to the rules of money, or of indicators."""

from typing import Any

from ledger.domain import budget_rules, result_rules
from ledger.domain.budget import Budget
from ledger.domain.events import MONEY_EVENTS, Event
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings


def decide(
    money: Budget, indicators: Indicators, event: Event, settings: Settings
) -> Event:
    """
    Return the fact that a request for *event* becomes, given its stream's states.

    Raises:
        Refused: The subclass says which rule forbids it.
        InvalidInput: A field of *event* cannot be taken.
    """
    asked: Any = event
    if type(event) in MONEY_EVENTS:
        return budget_rules.decide(money, asked, settings)
    return result_rules.decide(indicators, asked, settings)

"""What the rules allow of an outlook: money against budget, indicators by targets."""

from decimal import Decimal
from typing import Final

from attrs import evolve as replace

from ledger.domain.budget import LONGEST_TEXT, Budget, current_by_source
from ledger.domain.characters import check_filled
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import is_short
from ledger.domain.funding import Funding, named_source
from ledger.domain.indicator import IndicatorLabel
from ledger.domain.money_guards import checked_amounts
from ledger.domain.refusals import UnknownIndicator
from ledger.domain.results import Indicators
from ledger.domain.settings import Settings
from ledger.domain.source_rules import check_known
from ledger.domain.statement_events import OutlookStated
from ledger.domain.target_kind import QUANTITIES
from ledger.domain.units import canonical
from ledger.domain.variance import Likelihood
from ledger.messages import message

_OF_INDICATORS: Final = ("value", "text", "likelihood")
"""Fields that say something of an indicator, and of money nothing."""


def decide_outlook(
    money: Budget, state: Indicators, event: OutlookStated, settings: Settings
) -> OutlookStated:
    """
    Return the fact that an outlook becomes, with what is as planned filled in.

    Raises:
        InvalidInput: It says too little, or what cannot be.
        UnknownIndicator: There is no such indicator.
    """
    if event.reason is not None:
        check_filled("reason", event.reason, LONGEST_TEXT)
    if event.indicator is None:
        return _decide_money(money, event, settings)
    if event.amounts:
        expected = message("expected.outlook_of_one")
        raise InvalidInput("indicator", event.indicator, expected)
    return _decide_indicator(state, event, event.indicator)


def _decide_money(
    money: Budget, event: OutlookStated, settings: Settings
) -> OutlookStated:
    for name in _OF_INDICATORS:
        if getattr(event, name) is not None:
            raise InvalidInput("indicator", None, message("expected.outlook_indicator"))
    if event.project is None:
        raise InvalidInput("indicator", None, message("expected.outlook_of_unit"))
    budget = current_by_source(money, event.on)
    amounts = event.amounts
    if event.as_planned and not amounts:
        sources = sorted(budget.items())
        amounts = tuple(Funding(source=s, amount=a) for s, a in sources)
    if not amounts:
        raise InvalidInput("amount", None, message("expected.outlook_amount"))
    amounts = checked_amounts(amounts, least=0, of=money)
    for part in amounts:
        check_known(money, part.source)
    stated = {part.source: part.amount for part in amounts}
    for source, disbursements in money.disbursements.items():
        spent = disbursements.spent(event.on)
        if spent > stated.get(source, 0):
            expected = message(
                "expected.outlook_spent",
                spent=settings.money(spent),
                source=named_source(source),
            )
            found = settings.money(stated.get(source, 0))
            raise InvalidInput("amount", found, expected)
    whole, current = sum(stated.values()), sum(budget.values())
    if whole > current and event.reason is None:
        expected = message("expected.outlook_reason", budget=settings.money(current))
        raise InvalidInput("amount", settings.money(whole), expected)
    return event if amounts == event.amounts else replace(event, amounts=amounts)


def _decide_indicator(
    state: Indicators, event: OutlookStated, name: IndicatorLabel
) -> OutlookStated:
    label = name if name in state.tracked else state.label(name)
    if label is None:
        raise UnknownIndicator(name, within=state.subject, known=list(state.tracked))
    standard = state.tracked[label].standard(event.on)
    value, text, likelihood = event.value, event.text, event.likelihood
    if event.as_planned:
        if value is None and text is None:
            text = standard.text
        likelihood = likelihood or Likelihood.CERTAIN
    if value is not None and text is not None:
        raise InvalidInput("value", value, message("expected.outlook_value"))
    if text is not None:
        check_filled("text", text, LONGEST_TEXT)
    if value is not None:
        value = _checked_value(value, numeric=standard.kind in QUANTITIES)
    if likelihood is None:
        expected = message("expected.choice", words=[*Likelihood], nearest=None)
        raise InvalidInput("likelihood", None, expected)
    return replace(
        event, indicator=label, value=value, text=text, likelihood=likelihood
    )


def _checked_value(value: Decimal, *, numeric: bool) -> Decimal:
    """Return a number as facts hold it."""
    if not numeric:
        raise InvalidInput("value", value, message("expected.outlook_in_words"))
    if not value.is_finite() or not is_short(value):
        raise InvalidInput("value", value, message("expected.number"))
    return canonical(value)

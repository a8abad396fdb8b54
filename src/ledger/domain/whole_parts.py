"""The rule by which parts of a result make its whole, where a policy asks for it."""

from ledger.domain.errors import InvalidInput
from ledger.domain.events import ResultReported
from ledger.domain.policy import Policy, UnequalParts
from ledger.domain.result_parts import make_whole, unequal
from ledger.domain.results import Indicators
from ledger.domain.revised_indicators import on_day
from ledger.messages import message


def check_whole(indicators: Indicators, fact: ResultReported, policy: Policy) -> None:
    """
    Refuse a result whose parts do not make its whole, where a policy asks for that.

    Args:
        fact: Decided already, with the label of its indicator.

    Raises:
        InvalidInput: They do not, and would only be a finding otherwise.
    """
    if policy.unequal_parts is UnequalParts.KEPT or fact.value is None:
        return
    label = fact.indicator
    tracked = on_day(indicators, fact.on).tracked
    if label not in tracked:
        return  # It had that name on another day alone.
    standard = tracked[label].standard(fact.on)
    if not make_whole(standard.unit, adds_up=standard.measure.row.adds_up):
        return
    for dimension, number in unequal(fact.parts, fact.value):
        shown = message(
            "found.parts_make", indicator=label, dimension=dimension, sum=number
        )
        expected = message("expected.parts_of_whole", whole=fact.value)
        raise InvalidInput("parts", shown, expected)

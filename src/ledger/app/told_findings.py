"""Findings about facts that look wrong when they are recorded."""

from datetime import date

from ledger.domain.decisions import check_day
from ledger.domain.events import Event, ResultReported
from ledger.domain.finding import Finding
from ledger.domain.result_doubts import doubt, result_finding
from ledger.domain.result_series import Measurement
from ledger.domain.results import Indicators


def told_of(fact: Event, indicators: Indicators, today: date) -> list[Finding]:
    """
    Return the findings about a fact: a day that has not come, a strange result.

    Args:
        indicators: What is known before the fact.
    """
    told = [check_day(fact, today)] if fact.on > today else []
    if isinstance(fact, ResultReported):
        told.append(_of_result(fact, indicators))
    return [finding for finding in told if finding is not None]


def _of_result(fact: ResultReported, indicators: Indicators) -> Finding | None:
    one = indicators.tracked.get(fact.indicator)
    if one is None:
        return None
    standard = one.standard(fact.on)
    value = fact.share if fact.value is None else fact.value
    value = fact.numerator if fact.numerator is not None else value
    if doubt(standard, value, fact.denominator, fact.rating) is None:
        return None
    row = Measurement(fact.on, 0, value, fact.denominator, fact.rating)
    strange = result_finding(standard, row)
    place = indicators.subject, fact.indicator
    return None if strange is None else strange.at(*place)

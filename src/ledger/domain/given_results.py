"""What a result may be given as, and what numbers it may have."""

from collections.abc import Mapping
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

from ledger.domain.errors import InvalidInput
from ledger.domain.events import ResultReported
from ledger.domain.exact_numbers import is_short
from ledger.domain.indicator import RATING_BANDS, Rating
from ledger.domain.measure import Measure, NumberKind
from ledger.domain.refusals import WrongResult
from ledger.domain.results import Standard, Tracked
from ledger.domain.target_kind import DATES, QUANTITIES, TargetKind
from ledger.domain.units import canonical, is_plain
from ledger.messages import Message, message, named

_NUMBERS = ("value", "numerator", "denominator", "share")

_Given = tuple[bool, bool, bool, bool, bool, bool]
_WAYS = ("value", "numerator", "denominator", "rating", "reached_on", "text")
_ways_of = attrgetter(*_WAYS)
_VALUE: Final = (True, False, False, False, False, False)
_FRACTION: Final = (False, True, True, False, False, False)
_RATING: Final = (False, False, False, True, False, False)
_DAY: Final = (False, False, False, False, True, False)
_TEXT: Final = (False, False, False, False, False, True)
_RATING_AND_TEXT: Final = (False, False, False, True, False, True)

_ALLOWED: Final[Mapping[TargetKind, tuple[_Given, ...]]] = {
    **dict.fromkeys(TargetKind, (_VALUE, _FRACTION, _RATING, _DAY, _TEXT)),
    **dict.fromkeys(QUANTITIES, (_VALUE, _FRACTION)),
    **dict.fromkeys(DATES, (_DAY,)),
    TargetKind.QUALITATIVE: (_RATING, _TEXT, _RATING_AND_TEXT),
}
"""What a target of each kind can be compared with."""


def check_kind(label: str, target: Standard, event: ResultReported) -> None:
    """
    Check that a result is something that its target can be compared with.

    A day that was reached has come by the day of its result.
    """
    given = _given_by(event)
    allowed = _ALLOWED[target.kind]
    if given not in allowed:
        found = _together(given) if any(given) else None
        ways = [_together(each) for each in allowed if each != _RATING_AND_TEXT]
        raise WrongResult(
            message(
                "error.wrong_result.other_kind",
                label=label,
                given=found,
                empty=found is None or None,
                target=target.text,
                right=ways,
                together=_RATING_AND_TEXT in allowed or None,
            )
        )
    if event.reached_on is not None and event.reached_on > event.on:
        right = message("expected.day_to", last=event.on)
        raise InvalidInput(named("reached_on"), event.reached_on, right)


def check_numbers(
    label: str, one: Tracked, standard: Standard, event: ResultReported
) -> None:
    """
    Check that a number is of the kind of those that stand, and of its measure.

    Under a percentage a plain number among pairs is a rate without its parts: it is
    kept, left out and reported; of any other unit it would be another quantity.
    """
    given = NumberKind.PLAIN if event.denominator is None else NumberKind.PAIR
    if given is NumberKind.PLAIN and event.value is None:
        return
    series = one.results
    measured = expected = standard.measure.row.takes_only
    if expected is None and standard.unit != "%":
        if series.pooled(len(series)):
            expected = NumberKind.PAIR
        elif series.numbers(len(series)):
            expected = NumberKind.PLAIN
    if expected is not None and given is not expected:
        because = message("found.results_of_other_kind")
        if measured is not None:
            because = message("found.measure", measure=standard.measure)
        raise WrongResult(
            message(
                "error.wrong_result.other_number",
                label=label,
                given=given,
                because=because,
                right=expected,
            )
        )


def check_to_date(label: str, standard: Standard, event: ResultReported) -> None:
    """
    Check that a figure so far is one of a sum or of pairs that are pooled.

    Raises:
        WrongResult: Its measure takes no sums, or it is no number.
    """
    row = standard.measure.row
    paired = event.numerator is not None and row.pools
    if event.to_date and not (paired or (event.value is not None and row.adds_up)):
        measure = standard.measure
        raise WrongResult(
            message("error.wrong_result.to_date", label=label, measure=measure)
        )


def _given_by(event: ResultReported) -> _Given:
    """Return of each way to give a result whether it is used."""
    value, numerator, denominator, rating, reached_on, text = _ways_of(event)
    return (
        value is not None,
        numerator is not None,
        denominator is not None,
        rating is not None,
        reached_on is not None,
        text is not None,
    )


def _together(given: _Given) -> Message:
    """Return the ways that are used together, in words."""
    ways = [Message(f"way.{n}") for n, there in zip(_WAYS, given, strict=True) if there]
    return message("found.ways", ways=ways)


def is_plain_count(event: ResultReported) -> bool:
    """Return whether a result is one number alone, plainly spelled, 0 or above."""
    value = event.value
    return (
        type(value) is Decimal
        and event.numerator is None
        and event.denominator is None
        and event.share is None
        and event.rating is None
        and event.reached_on is None
        and event.text is None
        and is_plain(value)
        and not value.is_signed()
    )


def plain_numbers(
    label: str, measure: Measure, event: ResultReported
) -> dict[str, Any]:
    """
    Check that the numbers of a result are exact, and what its measure allows.

    Returns those that are not in their one plain spelling, respelled.
    """
    respelled: dict[str, Any] = {}
    for name in _NUMBERS:
        number = getattr(event, name)
        if number is None or (type(number) is Decimal and is_plain(number)):
            continue
        if not isinstance(number, Decimal) or not number.is_finite():
            raise InvalidInput(name, number, message("expected.finite_decimal"))
        long = len(number.as_tuple().digits) > 30 or not is_short(number)
        if long or number.adjusted() >= 18:
            raise InvalidInput(name, number, message("expected.number_in_range"))
        plain = canonical(number)
        if plain is not number:
            respelled[name] = plain
    whole = event.denominator
    if whole is not None and (whole < 0 or (not whole and event.numerator)):
        raise InvalidInput("denominator", whole, message("expected.whole_of_rate"))
    if event.numerator is not None and event.numerator < 0:
        raise InvalidInput(
            "numerator", event.numerator, message("expected.zero_or_more")
        )
    if event.value is not None and event.value < 0 and measure.row.adds_up:
        raise InvalidInput(
            "value", event.value, message("expected.zero_or_more_of_sum", label=label)
        )
    if event.share is not None:
        _check_share(event.rating, event.share)
    return respelled


def _check_share(rating: Rating | None, claimed: Decimal) -> None:
    if rating is None:
        raise InvalidInput("share", claimed, message("expected.rating_with_share"))
    low, high = RATING_BANDS[rating]
    inside = low <= claimed < high or claimed == high == 1
    if not inside:
        most, below = (high, None) if high == 1 else (None, high)
        bounds = {"low": low, "most": most, "below": below}
        right = message("expected.share_of_rating", rating=rating, **bounds)
        raise InvalidInput("share", claimed, right)

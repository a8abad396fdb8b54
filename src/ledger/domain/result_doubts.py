"""What looks wrong about a single result that is recorded all the same."""

from decimal import Decimal

from ledger.domain.exact_numbers import EXACTLY, Number, exactly
from ledger.domain.finding import Finding, finding
from ledger.domain.indicator import Rating
from ledger.domain.printed_multiple import may_have_multiple, printed_multiple
from ledger.domain.result_series import Measurement, decimal
from ledger.domain.results import Standard
from ledger.domain.units import canonical
from ledger.messages import message


def doubt(
    standard: Standard,
    value: Number | None,
    whole: Number | None,
    rating: Rating | None,
) -> str | None:
    """Return the code of a finding about a result that is recorded all the same."""
    if value is None:
        return "result.share_missing" if rating is Rating.PARTLY else None
    if whole is not None:
        return "result.above_whole" if _comparable(value) > _comparable(whole) else None
    if standard.unit != "%":
        return "result.multiple_missing" if _lacks_multiple(standard, value) else None
    if not 0 < _comparable(value) <= 1:
        return None
    beyond = standard.value is not None and _comparable(standard.value) > 1
    return "result.share_for_percent" if beyond else None


def result_finding(standard: Standard, result: Measurement[Number]) -> Finding | None:
    """Return the finding about a result that is recorded all the same, if any."""
    value, whole = decimal(result.value), decimal(result.denominator)
    code = doubt(standard, result.value, result.denominator, result.rating)
    match code:
        case "result.above_whole":
            return finding(
                code,
                found=f"{value}/{whole}",
                expected=message("expected.part_of_whole"),
                value=value,
                whole=whole,
            )
        case "result.share_missing":
            return finding(code, expected=message("expected.share_claimed"))
        case "result.share_for_percent":
            assert value is not None
            percent = f"{EXACTLY.multiply(value, 100):f}"
            return finding(
                code,
                found=str(value),
                expected=message("expected.percent", percent=percent),
                target=standard.text,
            )
        case "result.multiple_missing":
            assert value is not None
            factor, word = printed_multiple(standard.text)
            counted = f"{canonical(EXACTLY.multiply(value, factor)):f}"
            return finding(
                code,
                found=f"{value}{standard.unit or ''}",
                expected=message(
                    "expected.multiple", number=str(value), word=word, counted=counted
                ),
                target=standard.text,
                word=word,
            )
        case _:
            return None


def _lacks_multiple(standard: Standard, value: Number) -> bool:
    """
    Return whether a number fits a target only in the multiple that it is printed in.

    3.2 against 3万元 does, which is 30000; 5000 against 12万人 does not.
    """
    wanted = standard.value
    if wanted is None or not may_have_multiple(standard.text):
        return False
    factor, _ = printed_multiple(standard.text)
    number = exactly(value)
    return factor > 1 and 0 < number * factor <= 2 * exactly(wanted)


def _comparable(number: Number) -> Decimal | int:
    """Return a number of a state to be compared; a whole one stays as it is."""
    return number if isinstance(number, int) else Decimal(number)

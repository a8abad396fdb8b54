"""
What of a result falls to each value of a dimension, such as a sex or an age.

The parts of one dimension make the whole of a sum or a count; those of a rate do not,
and are kept as they are. Dimensions are never added to each other.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from attrs import evolve as replace
from attrs import frozen

from ledger.domain.arguments import all_checked
from ledger.domain.errors import InvalidInput
from ledger.domain.exact_numbers import EXACTLY, exactly, is_short, total
from ledger.domain.identity import indicator_identity
from ledger.domain.money import Amount, exact
from ledger.domain.units import canonical, is_count
from ledger.messages import message

PartsGiven = Mapping[str, Amount | Mapping[str, Amount]] | str
"""Parts as they are given: by dimension and value, by value alone, or as a text."""

_BETWEEN: Final = re.compile("[;；]")
_OF_DIMENSION: Final = re.compile("[:：]")
_EQUALS: Final = re.compile("[=＝]")
_MARKS: Final = re.compile("[;；:：=＝\n\r\t]")


@all_checked
@frozen(kw_only=True)
class ResultPart:
    """
    What of a result falls to one value of a dimension.

    Attributes:
        dimension: ``None`` of the one without a name.
    """

    dimension: str | None = None
    number: Decimal
    value: str


def parts_given(given: PartsGiven) -> tuple[ResultPart, ...]:
    """
    Take parts by dimension and value, by value alone, or as a text.

    >>> spelled(parts_given({"f": 30, "age": {"under 18": 5, "older": 45}}))
    'f=30; age:under 18=5; age:older=45'

    Raises:
        InvalidInput: They are neither, or a number is none.
    """
    if isinstance(given, str):
        return tuple(
            _written(piece) for piece in _BETWEEN.split(given) if piece.strip()
        )
    if not isinstance(given, Mapping):
        raise InvalidInput("parts", given, message("expected.parts"))
    return tuple(_each(given))


def _each(given: Mapping[str, Amount | Mapping[str, Amount]]) -> Iterator[ResultPart]:
    for name, of in given.items():
        if isinstance(of, Mapping):
            for value, number in of.items():
                yield _part(name, value, number)
        else:
            yield _part(None, name, of)


def _written(piece: str) -> ResultPart:
    """Take one part as ``value=number`` or ``dimension:value=number``."""
    match _EQUALS.split(piece):
        case [name, number]:
            match _OF_DIMENSION.split(name):
                case [value]:
                    return _part(None, value, number)
                case [dimension, value]:
                    return _part(dimension, value, number)
    raise InvalidInput("parts", piece.strip(), message("expected.parts"))


def _part(dimension: str | None, value: str, number: Amount) -> ResultPart:
    for name in (value, *([] if dimension is None else [dimension])):
        if not isinstance(name, str):
            raise InvalidInput("parts", name, message("expected.parts"))
    return ResultPart(
        dimension=None if dimension is None else dimension.strip(),
        number=exact(number, field="parts"),
        value=value.strip(),
    )


def checked_parts(
    parts: tuple[ResultPart, ...], *, of_number: bool, adds_up: bool
) -> tuple[ResultPart, ...]:
    """
    Return parts with each number in its one plain spelling.

    Args:
        of_number: Whether what they are parts of is a number.

        adds_up: Whether that is a sum, whose parts are not below zero.

    Raises:
        InvalidInput: They are parts of no number, two have one name, a name is blank
            or has a mark that parts are written with, or a number is out of range.
    """
    if not of_number:
        raise InvalidInput("parts", spelled(parts), message("expected.parts_of_number"))
    seen = set[tuple[str, str]]()
    for part in parts:
        names = part.dimension or "", part.value
        name = _name(part)
        if (
            not part.value.strip()
            or part.dimension == ""
            or any(_MARKS.search(each) for each in names)
        ):
            raise InvalidInput("parts", name, message("expected.name_of_part"))
        identity = indicator_identity(names[0]), indicator_identity(names[1])
        if identity in seen:
            raise InvalidInput("parts", name, message("expected.part_once"))
        seen.add(identity)
        number = part.number
        if not number.is_finite() or not is_short(number) or number.adjusted() >= 18:
            raise InvalidInput("parts", number, message("expected.number_in_range"))
        if number < 0 and adds_up:
            raise InvalidInput("parts", number, message("expected.zero_or_more"))
    return tuple(replace(part, number=canonical(part.number)) for part in parts)


def make_whole(unit: str | None, *, adds_up: bool) -> bool:
    """Return whether the parts of a dimension make the whole: of a sum or a count."""
    return adds_up or is_count(unit)


def unequal(
    parts: Iterable[ResultPart], whole: Decimal
) -> Iterator[tuple[str | None, Decimal]]:
    """Yield each dimension whose parts do not make the *whole*, with their sum."""
    for dimension, own in by_dimension(parts).items():
        numbers = [part.number for part in own]
        if total(numbers) != exactly(whole):
            yield dimension, _sum(numbers)


def by_dimension(
    parts: Iterable[ResultPart],
) -> dict[str | None, list[ResultPart]]:
    """Return parts by their dimensions, in order."""
    dimensions: dict[str | None, list[ResultPart]] = {}
    for part in parts:
        dimensions.setdefault(part.dimension, []).append(part)
    return dimensions


def added_up(parts: Iterable[ResultPart]) -> tuple[ResultPart, ...]:
    """Return one part for each value of each dimension: the sum of all of it."""
    values: dict[tuple[str | None, str], list[Decimal]] = {}
    for part in parts:
        values.setdefault((part.dimension, part.value), []).append(part.number)
    return tuple(
        ResultPart(dimension=dimension, number=_sum(numbers), value=value)
        for (dimension, value), numbers in values.items()
    )


def spelled(parts: Iterable[ResultPart]) -> str:
    """Return parts as they are written, so that they can be taken again."""
    return "; ".join(f"{_name(part)}={part.number:f}" for part in parts)


def _name(part: ResultPart) -> str:
    return part.value if part.dimension is None else f"{part.dimension}:{part.value}"


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    whole = Decimal()
    for number in numbers:
        whole = EXACTLY.add(whole, number)
    return canonical(whole)

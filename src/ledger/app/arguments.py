"""
Arguments that a method cannot take, refused in words.

Nothing is checked while all is well: what was given is compared with what a method says
that it takes only after it failed with an error of Python's own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import Parameter, signature
from types import UnionType
from typing import Final, Union, get_args, get_origin

from ledger.domain.errors import InvalidInput
from ledger.messages import Message, message

_BY_PLACE: Final = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_ANY: Final = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)


def misfit(
    function: Callable[..., object],
    given: Sequence[object],
    named: Mapping[str, object],
) -> InvalidInput | None:
    """
    Return the refusal of the first argument that *function* cannot take, if any.

    Args:
        given: By place, from its first parameter on.

        named: By name.
    """
    parameters = signature(function).parameters
    by_place = [each.name for each in parameters.values() if each.kind in _BY_PLACE]
    rest = [e.name for e in parameters.values() if e.kind is Parameter.VAR_POSITIONAL]
    beyond = given[len(by_place) :]
    if beyond and not rest:
        names = [n for n, e in parameters.items() if e.kind is Parameter.KEYWORD_ONLY]
        right = message("expected.by_name", names=names)
        return InvalidInput("argument", beyond[0], right)
    values = [*zip(by_place, given, strict=False), *named.items()]
    values += [(name, value) for name in rest for value in beyond]
    for name, value in values:
        hint = parameters[name].annotation if name in parameters else None
        if not _fits(hint, value):
            return InvalidInput(name, value, _expected(hint))
    missing = parameters.keys() - dict(values).keys()
    for name, each in parameters.items():
        if name in missing and each.default is each.empty and each.kind not in _ANY:
            return InvalidInput(name, None, _expected(each.annotation))
    return None


def check_type(name: str, value: object, kind: type) -> None:
    """
    Check that *value* is of *kind*.

    Raises:
        InvalidInput: It is not.
    """
    if not isinstance(value, kind):
        right = message("expected.type", types=[kind.__name__])
        raise InvalidInput(name, value, right)


def _kinds(hint: object) -> Iterator[type]:
    """Return the classes that a hint allows."""
    if get_origin(hint) in (Union, UnionType):
        for each in get_args(hint):
            yield from _kinds(each)
    else:
        kind = get_origin(hint) or hint
        if isinstance(kind, type) and kind is not Parameter.empty:
            yield kind


def _expected(hint: object) -> Message:
    """Return the names of the classes that a hint allows."""
    names = [each.__name__ for each in _kinds(hint) if each is not type(None)]
    return message("expected.type", types=names)


def _fits(hint: object, value: object) -> bool:
    """Return whether *value* is what a hint allows, as far as that can be asked."""
    kinds = tuple(_kinds(hint))
    try:
        return not kinds or isinstance(value, kinds)
    except TypeError:  # Some protocols cannot be asked.
        return True

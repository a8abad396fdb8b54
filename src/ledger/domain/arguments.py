"""
Arguments that a function cannot take, refused in words.

Nothing is checked while all is well: what was given is compared with what a function
says that it takes only after it failed with an error of Python's own.
"""

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from functools import cache, wraps
from inspect import Parameter, getattr_static, signature
from types import FunctionType, UnionType
from typing import (
    IO,
    Any,
    Final,
    Literal,
    NewType,
    ParamSpec,
    TypeVar,
    Union,
    Unpack,
    get_args,
    get_origin,
)

from attrs import fields, has

from ledger.domain.choices import not_among
from ledger.domain.errors import InvalidInput, LedgerError
from ledger.messages import Message, message

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=type)

_BY_PLACE: Final = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
_BY_NAME: Final = (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY)
_ANY: Final = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
_OWN: Final = ("self", "cls")


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """
    Return *function*, which refuses in words what Python itself would not take.

    >>> @checked
    ... def half(number: int) -> int:
    ...     return number // 2
    >>> half("4")
    Traceback (most recent call last):
    ledger.domain.errors.InvalidInput: number: found '4'; expected int
    >>> half(numbre=4)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ledger.domain.errors.InvalidInput: keyword: found 'numbre'; expected one of num...
    """

    @wraps(function)
    def door(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except LedgerError:
            raise
        except Exception as problem:
            refusal = misfit(function, args, kwargs)
            if refusal is None:
                raise
            raise refusal from problem

    return door


def all_checked(kind: K) -> K:
    """Return *kind*, whose construction and public methods are all :func:`checked`."""
    for name in dir(kind):
        if name.startswith("_") and name != "__init__":
            continue
        own = getattr_static(kind, name)
        if isinstance(own, classmethod | staticmethod):
            setattr(kind, name, type(own)(checked(own.__func__)))
        elif isinstance(own, FunctionType):
            setattr(kind, name, checked(own))
    return kind


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
    known = keywords(function)
    unknown = _misspelt(known, named)
    if unknown is not None:
        return unknown
    parameters = _parameters(function)
    by_place = [each.name for each in parameters.values() if each.kind in _BY_PLACE]
    rest = [e.name for e in parameters.values() if e.kind is Parameter.VAR_POSITIONAL]
    beyond = given[len(by_place) :]
    if beyond and not rest:
        names = [n for n, e in parameters.items() if e.kind is Parameter.KEYWORD_ONLY]
        right = message("expected.by_name", names=names or by_place[1:])
        return InvalidInput("argument", beyond[0], right)
    values = [*zip(by_place, given, strict=False), *named.items()]
    values += [(name, value) for name in rest for value in beyond]
    hints = {name: each.annotation for name, each in parameters.items()} | known
    for name, value in values:
        wrong = _wrong(hints[name], value)
        if wrong is not None:
            return InvalidInput(name, wrong[0], _expected(wrong[1]))
    missing = parameters.keys() - dict(values).keys()
    for name, each in parameters.items():
        if name in missing and each.default is each.empty and each.kind not in _ANY:
            return InvalidInput(name, None, _expected(each.annotation))
    for name in by_place[: len(given)]:
        if name in named:
            right = message("expected.given_once")
            return InvalidInput(name, named[name], right)
    return None


@cache
def keywords(function: Callable[..., object]) -> dict[str, object]:
    """Return what each keyword of *function* takes, with those that it passes on."""
    hints: dict[str, object] = {}
    for name, each in _parameters(function).items():
        if each.kind is Parameter.VAR_KEYWORD and get_origin(each.annotation) is Unpack:
            (passed,) = get_args(each.annotation)
            hints.update(passed.__annotations__)
        elif each.kind in _BY_NAME and name not in _OWN:
            hints[name] = each.annotation
    return hints


def check_keywords(known: Mapping[str, object], named: Mapping[str, object]) -> None:
    """
    Check that all keywords are *known*.

    Raises:
        InvalidInput: One is not; the nearest is named.
    """
    refusal = _misspelt(known, named)
    if refusal is not None:
        raise refusal


def _misspelt(
    known: Mapping[str, object], named: Mapping[str, object]
) -> InvalidInput | None:
    if named.keys() <= known.keys():
        return None
    return not_among(sorted(known), "keyword", min(named.keys() - known.keys()))


def misfit_within(value: object) -> InvalidInput | None:
    """
    Return the refusal of the first field of a value that is not what its class says.

    >>> from attrs import frozen
    >>> @frozen
    ... class Point:
    ...     x: int
    >>> misfit_within(Point("5"))
    <InvalidInput x: found '5'; expected int>
    """
    kind: Any = type(value)
    for each in fields(kind) if has(kind) else ():
        own = getattr(value, each.name)
        wrong = _wrong(each.type, own)
        if wrong is not None:
            return InvalidInput(each.name, wrong[0], _expected(wrong[1]))
        for part in own if isinstance(own, tuple) else (own,):
            inner = misfit_within(part)
            if inner is not None:
                return inner
    return None


def check_type(name: str, value: object, kind: Any) -> None:
    """
    Check that *value* is of *kind*, a class or several that are joined by ``|``.

    Raises:
        InvalidInput: It is not.
    """
    if not isinstance(value, kind):
        raise InvalidInput(name, value, _expected(kind))


def _parameters(function: Callable[..., object]) -> Mapping[str, Parameter]:
    """Return the parameters with their hints, those in quotes where they are known."""
    try:
        return signature(function, eval_str=True).parameters
    except NameError:
        return signature(function).parameters


def _wrong(hint: object, value: object) -> tuple[object, object] | None:
    """Return what a hint does not allow of a value, and the hint that it is against."""
    fitting = [parts for kind, parts in _options(hint) if _is_a(value, kind)]
    if not fitting:
        return value, hint
    wrong = [_wrong_part(parts, value) for parts in fitting]
    return None if None in wrong else wrong[0]


def _wrong_part(parts: Sequence[object], value: object) -> tuple[object, object] | None:
    """Return the first part of a collection that is not what its hint says."""
    within: Iterable[tuple[object, object]] = ()
    if isinstance(value, Mapping) and len(parts) == 2:
        within = (
            (parts[i], each) for item in value.items() for i, each in enumerate(item)
        )
    elif isinstance(value, tuple) and len(parts) > 1 and parts[1] is not ...:
        within = zip(parts, value, strict=False)
    elif isinstance(value, Collection) and parts:
        within = ((parts[0], each) for each in value)
    found = (_wrong(hint, each) for hint, each in within)
    return next((wrong for wrong in found if wrong is not None), None)


def _options(hint: object) -> Iterator[tuple[type, tuple[object, ...]]]:
    """Yield the classes that a hint allows, each with the hints of its parts."""
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    kind, parts = get_origin(hint), get_args(hint)
    if kind is Literal:
        kind, parts = type(parts[0]), ()
    if kind in (Union, UnionType):
        for each in parts:
            yield from _options(each)
        return
    kind = type(None) if hint is None else kind or hint
    if not isinstance(kind, type) or kind in (Any, Parameter.empty):
        kind = object  # Nothing is known of it.
    yield kind, parts if issubclass(kind, Iterable) else ()


def _is_a(value: object, kind: type) -> bool:
    """Return whether a value is of a class, as far as that can be asked."""
    if kind is IO:
        return hasattr(value, "write")
    try:
        return isinstance(value, (int, float) if kind is float else kind)
    except TypeError:  # Protocols cannot be asked, but for what can be called.
        return callable(value) or "__call__" not in vars(kind)


def _expected(hint: object) -> Message:
    """Return the names of the classes that a hint allows."""
    kinds = (kind for kind, _ in _options(hint))
    shown = dict.fromkeys(kind for kind in kinds if kind not in (type(None), object))
    names = [message(f"class.{kind.__name__}") for kind in shown]
    return message("expected.type", types=names) if names else message("expected.value")


# Errors cannot know of it where they are defined: refusals are errors too.
all_checked(LedgerError)

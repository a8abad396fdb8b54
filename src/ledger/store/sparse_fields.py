"""Fields that are stored only where they say something, and how events are read so."""

from collections.abc import Callable, Iterable
from typing import Any, Final, get_args

import attrs
import msgspec

from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule

_NO_DEFAULT: Final = object()
"""What no field holds: one with it as its default is always stored."""


TERMS: Final = frozenset({Policy, ScoringRule})
"""Classes whose values are stored whole inside an event."""


def terms(own: Any) -> dict[str, Any]:
    """
    Return the fields of a policy or a rule as they are stored.

    One that is marked as sparse came later: it is left out where it is the default, so
    that what was stored before is spelled as it was.
    """
    return {
        field.name: value
        for field in attrs.fields(type(own))
        if (value := getattr(own, field.name)) != field.default
        or not field.metadata.get("sparse")
    }


def stored_shape(cls: type[Any], names: Iterable[str]) -> Callable[..., msgspec.Struct]:
    """
    Return what makes a struct of the values of some fields of *cls*, and others.

    One of a field that is marked as sparse is left out where it is the default.
    """
    fields = attrs.fields_dict(cls)
    shape: list[tuple[str, Any, Any]] = []
    for name in names:
        sparse = name in fields and fields[name].metadata.get("sparse")
        shape.append((name, Any, fields[name].default if sparse else _NO_DEFAULT))
    return msgspec.defstruct(cls.__name__, shape, gc=False, omit_defaults=True)


def leaving_out(
    cls: type[Any], encode: Callable[[Any], bytes]
) -> Callable[[Any], bytes]:
    """
    Return *encode* for an event of *cls*, with what is sparse within its values absent.

    Such a field of a value came later, and is ``None`` in most: its key is cut from the
    JSON, where no text can hold a quote without a backslash before it.
    """
    within = _classes(field.type for field in attrs.fields(cls))
    nothing = [
        msgspec.json.encode(field.name) + b":null,"
        for kind in within
        for field in attrs.fields(kind)
        if field.metadata.get("sparse") and kind not in TERMS
    ]
    if not nothing:
        return encode

    def shorter(value: Any) -> bytes:
        raw = encode(value)
        for key in nothing:
            raw = raw.replace(key, b"")
        return raw

    return shorter


def _classes(hints: Iterable[Any]) -> set[type[Any]]:
    """Return the classes of our own that hints name, and those in their fields."""
    classes, waiting = set[type[Any]](), [*hints]
    while waiting:
        hint = waiting.pop()
        waiting += get_args(hint)
        if attrs.has(hint) and hint not in classes:  # A message may hold others.
            classes.add(hint)
            waiting += [field.type for field in attrs.fields(hint)]
    return classes


def absent_fields(cls: type[Any]) -> bytes:
    """
    Return the fields of *cls* that may be left out, as the start of its JSON.

    They stand before what is stored, which holds where both name a field: a decoder is
    slow to find out by itself what is not there.
    """
    encode = msgspec.json.encode
    return b"".join(
        b"%b:%b," % (encode(field.name), encode(field.default))
        for field in attrs.fields(cls)
        if field.metadata.get("sparse")
    )

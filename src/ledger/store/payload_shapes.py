"""What of an event its payload holds, in which order, and what encodes it."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Final

import attrs
import msgspec

from ledger.domain.streams import OF_LEDGER
from ledger.store.brief_findings import brief
from ledger.store.sparse_fields import TERMS, leaving_out, stored_shape, terms
from ledger.store.stored_texts import FLAT, kinds

_FINDINGS: Final = "findings"
"""The field of findings, which are stored without what is empty."""

_encode_sorted = msgspec.json.Encoder(order="sorted").encode
_encode = msgspec.json.Encoder().encode


def payload_shape(
    cls: type[Any],
) -> tuple[
    Callable[..., msgspec.Struct],
    Callable[[Any], tuple[Any, ...]],
    Callable[[Any], bytes],
]:
    """Return the shape of the payload of *cls*, a getter of its values, an encoder."""
    types = {a.name: a.type for a in attrs.fields(cls)}
    inside = _inside(cls)
    in_order = all(is_in_order(types[name]) for name in inside)
    encode = _encode if in_order else _encode_sorted
    make = stored_shape(cls, inside)
    values: Callable[[Any], tuple[Any, ...]] = attrgetter(*inside)
    if _FINDINGS in inside:
        values = _with(brief, values, inside.index(_FINDINGS))
    for place, name in enumerate(inside):
        if types[name] in TERMS:
            values = _with(terms, values, place)
    return make, values, leaving_out(cls, encode)


def _with(
    spell: Callable[[Any], object],
    values: Callable[[Any], tuple[Any, ...]],
    place: int,
) -> Callable[[Any], tuple[Any, ...]]:
    """Return a getter that gives the value at *place* as it is stored."""

    def spelled(event: Any) -> tuple[Any, ...]:
        found = values(event)
        return *found[:place], spell(found[place]), *found[place + 1 :]

    return spelled


def is_in_order(hint: Any) -> bool:
    """Return whether the keys inside a value of this type are in order as they are."""
    for kind in kinds(hint):
        if kind in FLAT:
            continue
        if not attrs.has(kind):
            return False
        names = [a.name for a in attrs.fields(kind)]
        if names != sorted(names):
            return False
        if not all(is_in_order(a.type) for a in attrs.fields(kind)):
            return False
    return True


def _inside(cls: type[Any]) -> list[str]:
    """Return the fields of *cls* that its payload has, in order."""
    return sorted(attrs.fields_dict(cls).keys() - outside_payload(cls))


def outside_payload(cls: type[Any]) -> set[str]:
    """Return the fields of *cls* that are columns of their own, not of its payload."""
    if cls in OF_LEDGER:
        return {"on"}
    fields = attrs.fields_dict(cls)
    outside = {"on", "project"} & set(fields)
    if "project" not in fields or fields["project"].default is None:
        outside.add("unit")
    return outside

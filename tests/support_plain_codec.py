"""
A codec plain enough to be believed: attrs fields as JSON of the standard library.

It says what a stored payload means and has nothing of what makes the codec of the store
fast. Tests compare the two.
"""

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import get_args, get_origin

import attrs

from ledger.domain.events import Event

EVENT_TYPES = {cls.__name__: cls for cls in get_args(Event)}


def encode(event):
    """Return the type name and the payload of *event*: what no column says of it."""
    kind = type(event)
    fields = attrs.asdict(event)
    stored = {name: fields[name] for name in fields.keys() - columns(kind)}
    return kind.__name__, canonical(stored)


def decode(name, columns_, payload):
    """Return the event of a type name, its columns as texts and its payload."""
    return typed(EVENT_TYPES[name], {**columns_, **json.loads(payload)})


def columns(kind):
    """Return the fields of an event class that are its day and its stream."""
    known = attrs.fields_dict(kind)
    may_be_a_units = "project" not in known or known["project"].default is None
    return {"on", "project"} | ({"unit"} if may_be_a_units else set())


def canonical(value):
    """Return JSON with sorted keys, no blanks, and numbers with a point as text."""
    return json.dumps(
        value, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def typed(kind, value):
    """Return a JSON *value* as the type that a field has."""
    if value is None or kind in {str, int, bool}:
        return value
    if get_origin(kind) is tuple:
        return tuple(typed(get_args(kind)[0], one) for one in value)
    if isinstance(kind, UnionType):
        [given] = set(get_args(kind)) - {type(None)}
        return typed(given, value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal or issubclass(kind, Enum):
        return kind(value)
    types = {field.name: field.type for field in attrs.fields(kind)}
    return kind(**{name: typed(types[name], value[name]) for name in value})

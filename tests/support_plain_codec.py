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
from typing import NewType, Union, get_args, get_origin

import attrs

from ledger.domain.events import Event
from ledger.domain.finding import Finding
from ledger.events import PeriodClosed, PeriodReopened, PolicySet
from ledger.messages import Message

EVENT_TYPES = {cls.__name__: cls for cls in get_args(Event)}


def encode(event):
    """Return the type name and the payload of *event*: what no column says of it."""
    kind = type(event)
    fields = plain(event)
    stored = {name: fields[name] for name in fields.keys() - columns(kind)}
    if "findings" in stored:
        stored["findings"] = [brief(found) for found in event.findings]
    return kind.__name__, canonical(stored)


def plain(value):
    """Return a value as JSON has it: of attrs fields, those that say something."""
    if attrs.has(type(value)):
        own = {a: getattr(value, a.name) for a in attrs.fields(type(value))}
        return {
            a.name: plain(each)
            for a, each in own.items()
            if not (a.metadata.get("sparse") and each == a.default)
        }
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value


def decode(name, columns_, payload):
    """Return the event of a type name, its columns as texts and its payload."""
    return typed(EVENT_TYPES[name], {**columns_, **json.loads(payload)})


def brief(found):
    """Return a finding or a message as JSON has it: without what it has not."""
    if isinstance(found, Finding | Message):
        own = {a.name: getattr(found, a.name) for a in attrs.fields(type(found))}
        return {
            name: brief(value)
            for name, value in own.items()
            if value is not None and value not in ((), {})
        }
    if isinstance(found, dict):
        return {name: brief(value) for name, value in found.items()}
    return list(map(brief, found)) if isinstance(found, tuple | list) else found


def whole(found):
    """Return the message, or whatever else a value of a finding is, in JSON."""
    if isinstance(found, dict):
        return Message(found["code"], values_of(found))
    return list(map(whole, found)) if isinstance(found, list) else found


def values_of(found):
    """Return the values of a finding or a message in JSON."""
    return {name: whole(value) for name, value in found.get("values", {}).items()}


def as_finding(found):
    """Return the finding in JSON."""
    parts = {name: whole(found[name]) for name in found.keys() - {"code", "values"}}
    return Finding(
        found["code"], values_of(found), place=parts.pop("where", ()), **parts
    )


def columns(kind):
    """Return the fields of an event class that are its day and its stream."""
    if kind in {PeriodClosed, PeriodReopened, PolicySet}:
        return {"on"}
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
    if isinstance(kind, NewType):
        return typed(kind.__supertype__, value)
    if kind is Finding:
        return as_finding(value)
    if get_origin(kind) is tuple and get_args(kind)[-1] is not ...:
        return tuple(map(typed, get_args(kind), value))
    if get_origin(kind) is tuple:
        return tuple(typed(get_args(kind)[0], one) for one in value)
    if get_origin(kind) in {Union, UnionType}:
        [given] = set(get_args(kind)) - {type(None)}
        return typed(given, value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal or issubclass(kind, Enum):
        return kind(value)
    types = {field.name: field.type for field in attrs.fields(kind)}
    return kind(**{name: typed(types[name], value[name]) for name in value})

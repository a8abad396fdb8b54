"""A policy or a rule of points as files and commands state it, field by field."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

import attrs

from ledger.domain.choices import not_among
from ledger.domain.errors import InvalidInput
from ledger.domain.policy import Policy
from ledger.domain.scoring_rule import ScoringRule
from ledger.messages import message

_PAIR: Final = re.compile(r"\s*(?P<first>[^:]+?)\s*:\s*(?P<second>[^:]+?)\s*").fullmatch
T = TypeVar("T", Policy, ScoringRule)

POLICY: Final = tuple(attrs.fields_dict(Policy))
SCORING: Final = tuple(attrs.fields_dict(ScoringRule))
_IN_PAIRS: Final = frozenset(
    name
    for name, own in attrs.fields_dict(ScoringRule).items()
    if isinstance(own.default, tuple)
)


def stated(kind: type[T], given: Mapping[str, Any], name: str) -> T:
    """
    Return the policy or the rule that some of its fields state; the others are usual.

    >>> caps = {"execution_caps": "0.8:85,0.5:60"}
    >>> stated(ScoringRule, caps, "scoring").execution_caps
    ((Decimal('0.8'), 85), (Decimal('0.5'), 60))

    Args:
        given: Values by the names of fields, as JSON or as text has them.

        name: Of what holds them, for errors.

    Raises:
        InvalidInput: A field is unknown, or cannot have its value.
    """
    known = attrs.fields_dict(kind)
    for term in given:
        if term not in known:
            raise not_among(list(known), name, term)
    return kind(**{term: _value(term, value) for term, value in given.items()})


def both_stated(words: Iterable[str]) -> tuple[Policy, ScoringRule]:
    """
    Return the policy and the rule that words state, each as ``NAME=VALUE``.

    Raises:
        InvalidInput: One is of another shape, names no field, or stands twice.
    """
    given: dict[str, str] = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or name in given:
            raise InvalidInput("stated", word, message("expected.stated_terms"))
        if name not in (*POLICY, *SCORING):
            raise not_among([*POLICY, *SCORING], "stated", name)
        given[name] = value
    own = {name: value for name, value in given.items() if name in POLICY}
    rest = {name: value for name, value in given.items() if name in SCORING}
    return stated(Policy, own, "policy"), stated(ScoringRule, rest, "scoring")


def _value(name: str, value: Any) -> Any:
    """Return pairs that a text has as ``first:second,first:second``; others as is."""
    if name not in _IN_PAIRS or not isinstance(value, str):
        return value
    return [
        (match["first"], _whole(match["second"])) if match else (part,)
        for part in value.split(",")
        for match in [_PAIR(part)]
    ]


def _whole(text: str) -> int | str:
    return int(text) if text.isdecimal() and len(text) < _LONG else text


_LONG: Final = 10

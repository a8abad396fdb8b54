"""Findings as they are stored with an event: data, without what is empty."""

from typing import Any, Final

import attrs

from ledger.domain.finding import Finding
from ledger.messages import Message

_EMPTY: Final[tuple[object, ...]] = (None, (), {})


def brief(value: Any) -> Any:
    """
    Return findings as JSON values, without what they or their texts have not.

    >>> brief((Finding("form.weights", found="99"),))
    [{'code': 'form.weights', 'found': '99'}]
    """
    if isinstance(value, Finding | Message):
        own = (
            (a.name, getattr(value, a.name)) for a in attrs.fields(type(value)) if a.eq
        )
        return {name: brief(each) for name, each in own if each not in _EMPTY}
    if isinstance(value, dict):
        return {name: brief(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [brief(each) for each in value]
    return value

"""What rows and columns of forms may show, by kind of form; and what none may lack."""

from collections.abc import Iterable, Iterator
from typing import Final

FORMS: Final = (
    "self_evaluation",
    "unit_self_evaluation",
    "monitoring",
    "unit_monitoring",
)
"""The kinds of forms that a layout has."""

_MONEY: Final = ("original", "current", "disbursed", "rate", "ahead")
_OF_BOTH: Final = ("name", "code", "authority", "unit", "goals")
_EVALUATED: Final = (
    *("money_possible", "money_score", "total_possible", "total", "grade"),
    *("achieved", "conclusion", "problems", "measures"),
)
_OF_UNIT: Final = ("basic", "project")
"""The rows of a unit's money that are no sources."""

_MONITORED: Final = ("money_why",)
_INDICATOR: Final = (
    *("block", "level1", "level2", "level3"),
    *("target", "nature", "value", "measured_in", "result"),
)
_SCORED: Final = ("possible", "score", "why")
_WATCHED: Final = (
    *("forecast", "funding", "institutional", "staffing", "facilities", "other"),
    *("text", "certain", "possible", "impossible", "remark"),
)

NEEDED: Final = ("block", "level1", "level2", "level3", "result")
"""Columns that every form has; ``block`` is the first of all."""


def is_monitoring(form: str) -> bool:
    """Return whether a kind of form is one of monitoring."""
    return form.endswith("monitoring")


def fields_of(form: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the fields that cells of a kind of form may hold."""
    own = _MONITORED if is_monitoring(form) else _EVALUATED
    parts = _OF_UNIT if form.startswith("unit_") else ()
    return (*_OF_BOTH, *own, *_money([*sources, *parts]))


def columns_of(form: str) -> tuple[str, ...]:
    """Return the keys that columns of a kind of form may have."""
    return (*_INDICATOR, *(_WATCHED if is_monitoring(form) else _SCORED))


def _money(sources: Iterable[str]) -> Iterator[str]:
    yield from _MONEY
    for source in sources:
        yield from (f"{figure}_{source}" for figure in _MONEY)

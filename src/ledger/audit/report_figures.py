"""The figures of a report one by one, each with the way to it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ledger.figures import registry
from ledger.figures.figure import FigureKind

Report = Mapping[str, Any]
"""A report, or an item of it, as JSON values."""

Where = tuple[str, ...]
"""The keys and names on the way to a figure: names may have dots."""

_NAMED_BY: Final = {"projects": "project", "units": "unit", "months": "month"}
"""Lists of a report, by what names their items."""

_INDICATORS: Final = "indicators"
_OF_MONEY: Final = {("projects",), ("by_unit",)}
_TOTALS: Final = ("totals",)
_WEIGHT: Final = "weight"

_NO_FIGURES: Final = frozenset({"position", "root", "known_at", "receipt", "findings"})
"""Keys of a report that hold none."""


class Change(NamedTuple):
    """A figure of which two reports say different things; ``None`` where it is not."""

    where: Where
    before: Any
    after: Any

    @property
    def path(self) -> str:
        """The way to it with dots, such as ``projects.CODE.disbursed``."""
        return ".".join(self.where)


def differing(before: Report, after: Report, where: Where = ()) -> Iterator[Change]:
    """
    Yield the figures of which two reports, or items, say different things.

    Args:
        where: The way to the items.
    """
    if before == after:
        return
    old, new = dict(cells(before, where)), dict(cells(after, where))
    for each in dict.fromkeys([*old, *new]):
        was, now = old.get(each), new.get(each)
        if was != now and not (each[-1] == _WEIGHT and _is_one_number(was, now)):
            yield Change(each, was, now)


def _is_one_number(was: Any, now: Any) -> bool:
    """Return whether two weights are equal: one that is shared has its own decimals."""
    return None not in (was, now) and Decimal(was) == Decimal(now)


def cells(value: Any, where: Where) -> Iterator[tuple[Where, Any]]:
    """Yield each figure below *value* with the way to it."""
    if isinstance(value, Mapping) and not _is_text(where):
        for key, each in value.items():
            if where or key not in _NO_FIGURES:
                yield from cells(each, (*where, key))
    elif isinstance(value, list) and all(isinstance(each, Mapping) for each in value):
        for name, each in named(value, where[-1]):
            yield from cells(each, (*where, name))
    else:
        yield where, value


def _is_text(where: Where) -> bool:
    """Return whether a figure is a text as data, which is one value."""
    if where[-3:-2] == (_INDICATORS,):
        rows = registry.indicators()
    elif where[-3:-2] in _OF_MONEY or where[:-1] == _TOTALS:
        rows = registry.money()
    else:
        return False
    kinds = {row.key: row.kind for row in rows}
    return kinds.get(where[-1]) is FigureKind.REASON


def named(items: Iterable[Report], kind: str) -> Iterator[tuple[str, Report]]:
    """
    Yield the items of a list, each with its name; a second of a name by its place.

    Args:
        kind: The key of the list.
    """
    key, seen = _NAMED_BY.get(kind, "indicator"), set[str]()
    for place, each in enumerate(items):
        name = str(each.get(key, place))
        if name in seen:
            name = f"{name}#{place}"
        seen.add(name)
        yield name, each

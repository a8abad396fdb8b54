"""The names that an object of the interchange form may have; others are reported."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from ledger.domain.finding import Finding, finding
from ledger.domain.funding import FORM_FIELDS
from ledger.messages import message

_INDICATOR: Final = frozenset(
    "level1 level2 level3 description target basis measure weight baseline direction "
    "computed_from milestones between builds_up horizons".split()
)
_KNOWN: Final = {
    "file": frozenset("document department projects".split()),
    "document": frozenset(
        "fiscal_year money_unit approved_on number county name".split()
    ),
    "project": frozenset(
        "project_code project_name unit_code unit_name budget "
        "sources plan_columns plan_row plan_reading plan_header approved_on document "
        "purpose goals indicators execution_weight origin carried_from "
        "project_category "
        "seq title".split()
    ).union(field.name for field in FORM_FIELDS.values()),
    "indicator": _INDICATOR,
    "department": frozenset(
        "unit_code unit_name overall_goal goals execution_weight".split()
    ),
    "goal": frozenset("seq title objective indicators quantities".split()),
}
_MOST: Final = 20
_SHOWN: Final = 100


def unknown(values: object, what: str) -> Iterator[Finding]:
    """
    Yield which names of an object mean nothing here, each with what it holds.

    Args:
        what: The object, such as ``indicator``.
    """
    if not isinstance(values, Mapping):
        return
    known = _KNOWN[what]
    odd = [name for name in values if name not in known]
    for name in odd[:_MOST]:
        shown = str(name)[:_SHOWN]
        near = get_close_matches(shown, known, n=1, cutoff=0.6)
        yield finding(
            "form.unknown_field",
            found=shown,
            expected=near[0]
            if near
            else message("expected.one_of", words=sorted(known)),
            of=message(f"object.{what}"),
            value=_text(values[name]),
        )
    if len(odd) > _MOST:
        more, of = len(odd) - _MOST, message(f"object.{what}")
        yield finding("form.unknown_field", more=more, of=of)


def every(objects: object, what: str) -> Iterable[tuple[int, Finding]]:
    """Yield what :func:`unknown` says of each of a list, with its number from 1."""
    if isinstance(objects, list):
        for number, each in enumerate(objects, start=1):
            for found in unknown(each, what):
                yield number, found


def _text(value: Any) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
